"""Seconds that it takes to add one article to a graph of many, and to forget it again.

    python bench/add_one.py [FOLDER] [ARTICLES]

The article names Indonesia, its president, two ministers, somebody new, bodies and places, and tells of two events.
The clock starts with the report and stops when all is on disk: opening the graph is in it, reading the article is not.
A FOLDER that holds a graph already is taken as it is, so give the same ARTICLES.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Final

import timed
from press import Press

from kg import build

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
        more = [press.of_the_day(articles - 1 - number) for number in range(TRIES)]
        adding = [timed.seconds(lambda report=report: build.add(lambda _: [report], graph)) for report in more]
        forgetting = [timed.seconds(lambda report=report: build.forget([report.article], graph)) for report in more]
    for what, times in (("add", adding), ("forget", forgetting)):
        print(f"{what:7} {' '.join(f'{each:.2f}' for each in times)} s, median {statistics.median(times):.2f}")


if __name__ == "__main__":
    main()
