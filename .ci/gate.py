#!/usr/bin/env python3
"""Holds the scores on the gold articles at or above the floors in floors.toml.

    python .ci/gate.py [--shared ../shared] [--update] [--json FILE]

Builds dev and seeds of the gold with the installed `kg`, exports N-Quads, runs the scorer on them. A figure
under its floor fails. The floors belong to one state of gold and scorer, named by its digest: another state
fails too, until they are pinned anew. `--update` raises the floors to what is measured now and pins the
digest; it refuses to lower one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"
HELD = ("entities", "roles", "roles with status", "events")
MARGIN = 0.01
"""Room between a measured figure and its floor: another processor rounds otherwise, and a name on the edge falls."""
HEADER = """\
# Floors of the gate (.ci/gate.py): F1 on dev and seeds of ../shared/gold, counted by ../shared/eval/score.py.
# Raised by: python .ci/gate.py --update. It lowers none; whoever lowers one by hand says why in the commit.
"""


def main() -> int:
    """The gate: 0 where all floors hold, 1 where one does not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--json", type=Path, help="write every figure there, whether or not the floors hold")
    options = parser.parse_args()
    corpus = digest(options.shared)
    pinned = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    if corpus != pinned["corpus"] and not options.update:
        was = pinned["corpus"][:12]
        print(f"gate: gold or scorer changed ({corpus[:12]}, pinned {was}); run: {sys.argv[0]} --update")
        return 1
    with tempfile.TemporaryDirectory(prefix="riwayat-gate-") as folder:
        measured = score(options.shared, Path(folder))
    if options.json:
        options.json.write_text(json.dumps(measured), encoding="utf-8")
    fallen = compare(measured, pinned["floors"])
    if fallen:
        print(f"gate: under the floor: {', '.join(fallen)}")
        return 1
    if options.update:
        write(corpus, pinned["floors"], measured)
    return 0


def digest(shared: Path) -> str:
    """SHA-256 of what is scored and of the scorer."""
    found = hashlib.sha256()
    for path in [
        *articles(shared),
        *sorted(shared.glob("gold/dev/*.json")),
        *sorted(shared.glob("gold/seeds/*.json")),
    ]:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    found.update((shared / "eval/score.py").read_bytes())
    return found.hexdigest()


def articles(shared: Path) -> list[Path]:
    """The files to build."""
    return [shared / "gold/articles/dev.jsonl", *sorted(shared.glob("gold/articles/seed-*.txt"))]


def score(shared: Path, folder: Path) -> dict[str, float]:
    """Builds, verifies, validates and exports the gold articles; the F1 of each figure."""
    kg = str(Path(sys.executable).with_name("kg"))
    graph, quads, counted = folder / "graph", folder / "graph.nq", folder / "figures.json"
    run(kg, "build", *map(str, articles(shared)), "--graph", str(graph))
    run(kg, "verify", "--graph", str(graph))
    run(kg, "validate", "--graph", str(graph))
    run(kg, "export", "--graph", str(graph), "--format", "nq", "-o", str(quads))
    gold = [str(shared / "gold/dev"), str(shared / "gold/seeds")]
    queries = str(HERE.parent / "queries")
    scorer = str(shared / "eval/score.py")
    run(
        sys.executable,
        scorer,
        "--graph",
        str(quads),
        "--queries",
        queries,
        "--gold",
        *gold,
        "--json",
        str(counted),
    )
    found = json.loads(counted.read_text(encoding="utf-8"))
    return {name: figures["F1"] for name, figures in found.items()}


def run(*command: str) -> None:
    """Runs a command and shows what it prints; ends the gate where it fails."""
    print("gate:", Path(command[0]).name, command[1], flush=True)
    status = subprocess.run(command, check=False).returncode
    if status:
        sys.exit(f"gate: that ended with status {status}")


def compare(measured: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Prints each figure beside its floor; the names of those under it."""
    for name in HELD:
        print(f"gate: {name:18} F1 {measured[name]:.4f}  floor {floors[name]:.3f}")
    return [name for name in HELD if measured[name] < floors[name]]


def write(corpus: str, floors: dict[str, float], measured: dict[str, float]) -> None:
    """Writes the floors, raised to what was measured less the margin; none is lowered."""
    lines = [f'"{n}" = {max(floors[n], math.floor((measured[n] - MARGIN) * 1000) / 1000):.3f}' for n in HELD]
    FLOORS.write_text("\n".join([f'{HEADER}corpus = "{corpus}"', "", "[floors]", *lines, ""]), encoding="utf-8")
    print(f"gate: wrote {FLOORS}")


if __name__ == "__main__":
    sys.exit(main())
