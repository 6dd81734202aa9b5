"""Seconds and memory that it takes to resolve more and more entities of articles, and how the time grows.

    python bench/resolve_growth.py [ENTITIES ...]

Each number is taken up and resolved in a process of its own, from reports made by chance (bench/press.py); the time to
make the reports is taken off. `taken up` is what each article costs by itself: its segment and its rows of the registry
but not its own graph, which has nothing to do with others. `resolved` is what they cost together: identities, offices,
events, conflicts, and the graph of them. `cpu` is the processor time of both, which work of others on the machine does
not change; exponents are made of it. 1 is a cost that grows as the articles do.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

import timed
from press import Press

from kg import index
from kg.model import Report

ENTITIES: Final = (10_000, 100_000, 1_000_000)


class Making:
    """Reports, and the seconds that making them took."""

    def __init__(self, entities: int) -> None:
        self.seconds, self.articles, self._entities = 0.0, 0, entities

    def reports(self) -> Iterator[Report]:
        made = Press().reports(self._entities)
        while True:
            began = time.process_time()
            report = next(made, None)
            self.seconds += time.process_time() - began
            if report is None:
                return
            self.articles += 1
            yield report


def one(entities: int) -> str:
    """Articles, seconds to take them up, to resolve them and of the processor, and the peak in MiB, of one graph."""
    with tempfile.TemporaryDirectory() as path:
        graph, making = index.folder(Path(path) / "graph"), Making(entities)
        graph.create()
        index.article_quads = lambda *_: iter(())  # type: ignore[attr-defined]
        with index.Index(graph) as writing:
            began = time.process_time()
            taken_up = timed.seconds(lambda: writing.add(making.reports())) - making.seconds
            resolved = timed.seconds(writing.settle)
            cpu = time.process_time() - began - making.seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{making.articles} {taken_up:.2f} {resolved:.2f} {cpu:.2f} {peak}"


def main() -> None:
    if sys.argv[1:2] == ["one"]:
        print(one(int(sys.argv[2])))
        return
    print(f"{'entities':>9} {'articles':>9} {'taken up':>10} {'resolved':>10} {'cpu':>10} {'peak':>10}", flush=True)
    found: list[tuple[int, float]] = []
    for entities in map(int, sys.argv[1:] or ENTITIES):
        command = [sys.executable, __file__, "one", str(entities)]
        articles, *figures = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        taken_up, resolved, cpu, peak = map(float, figures)
        found.append((entities, cpu))
        times = " ".join(f"{seconds:8.1f} s" for seconds in (taken_up, resolved, cpu))
        print(f"{entities:9} {articles:>9} {times} {peak:6.0f} MiB", flush=True)
    for (few, quick), (many, slow) in [*pairwise(found), *([(found[0], found[-1])] if len(found) > 2 else [])]:
        print(f"exponent from {few} to {many}: {math.log(slow / quick) / math.log(many / few):.2f}")


if __name__ == "__main__":
    main()
