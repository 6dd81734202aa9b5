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

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "server"))
from press import Press
from soak import Held, soak  # type: ignore[attr-defined]

from kg import build

ARTICLES: Final = 60
QUERIES: Final = 10_000
CLIENTS: Final = 6
LOOKS: Final = 10
"""What the server held is shown so often."""


def main() -> None:
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else QUERIES
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else CLIENTS
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        build.add(lambda _: map(Press().article, range(ARTICLES)), graph)
        found = soak(Path(folder), graph, asked, clients)
    done, load = sum(found.done.values()), os.getloadavg()[0]
    print(f"{done} done in {found.seconds:.0f} s at load {load:.0f}, answers from {found.states} states")
    print(dict(found.done))
    print(f"before  {_shown(found.before)}")
    for each in found.over_time[:: max(1, len(found.over_time) // LOOKS)]:
        print(f"        {_shown(each)}")
    print(f"after   {_shown(found.after)}")
    print(f"{len(found.wrong)} wrong", *found.wrong[:20], sep="\n")
    sys.exit(bool(found.wrong))


def _shown(held: Held | None) -> str:
    assert held
    sizes = f"server {held.resident} MiB, largest worker {held.workers} MiB"
    return f"{sizes}, {held.processes} workers, {held.descriptors} descriptors, {held.snapshots} snapshots"


if __name__ == "__main__":
    main()
