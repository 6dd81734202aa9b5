"""Thousands of mixed queries by several clients, slow and hostile ones among them, while articles come and go.

    python bench/soak.py [QUERIES [CLIENTS]]

Who asks what, and how answers are checked, stands in tests/server/soak.py. Prints how often each way of asking came,
wrong answers, and what the server held before, during and after: memory, workers, descriptors, snapshots.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from press import Press

from kg import build

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "server"))
from soak import Held, soak  # type: ignore[attr-defined]

ARTICLES: Final = 60
QUERIES: Final = 10_000
CLIENTS: Final = 6


def main() -> None:
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else QUERIES
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else CLIENTS
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        build.add(lambda _: map(Press().article, range(ARTICLES)), graph)
        found = soak(Path(folder), graph, asked, clients)
    print(
        f"{sum(found.done.values())} done in {found.seconds:.0f} s at load {os.getloadavg()[0]:.0f}: {dict(found.done)}"
    )
    every = max(1, len(found.over_time) // 10)
    for when, each in (
        ("before", found.before),
        *(("", one) for one in found.over_time[::every]),
        ("after", found.after),
    ):
        print(f"{when:7} {_shown(each)}")
    print(f"{len(found.wrong)} wrong", *found.wrong[:20], sep="\n")
    sys.exit(bool(found.wrong))


def _shown(held: Held | None) -> str:
    assert held
    sizes = f"server {held.resident} MiB, largest worker {held.workers} MiB"
    return f"{sizes}, {held.processes} workers, {held.descriptors} descriptors, {held.snapshots} snapshots"


if __name__ == "__main__":
    main()
