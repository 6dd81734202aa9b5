"""Seconds that it takes to add one article to a graph of many, and to forget it again.

    python bench/add_one.py [FOLDER] [ARTICLES]

The article names Indonesia, its president, two ministers, somebody new, bodies and places, and tells of two events.
The clock starts with the report and stops when all is on disk: opening the graph is in it, reading the article is not.
A FOLDER that holds a graph already is taken as it is, so give the same ARTICLES.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

import timed
from press import Press

from kg import build
from kg.model import Report

ARTICLES: Final = 100_000
TRIES: Final = 9


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    articles = int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES
    press = Press()
    with tempfile.TemporaryDirectory() as folder:
        graph = path or Path(folder) / "graph"
        if not (graph / "manifest.json").exists():
            seconds = timed.seconds(lambda: build.add(lambda _: map(press.article, range(articles)), graph))
            print(f"built in {seconds:.0f} s", flush=True)
        build.reader(graph).close()  # an index of another version is made anew before the clock starts
        more = [press.of_the_day(articles - 1 - number) for number in range(TRIES)]
        adding = [both(partial(build.add, partial(_only, report), graph)) for report in more]
        forgetting = [both(partial(build.forget, [report.article], graph)) for report in more]
    print(f"{'':7} {'median':>8} {'longest':>8} {'processor':>10}")
    for what, times in (("add", adding), ("forget", forgetting)):
        wall, processor = zip(*times, strict=True)
        print(f"{what:7} {median(wall):6.2f} s {max(wall):6.2f} s {median(processor):8.2f} s")


def both(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of wall time and of the processor; the latter is not changed by what else the machine does."""
    began = time.process_time()
    wall = timed.seconds(work)
    return wall, time.process_time() - began


def _only(report: Report, _: object) -> list[Report]:
    return [report]


if __name__ == "__main__":
    main()
