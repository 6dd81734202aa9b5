"""A graph of about a million quads, of reports made by chance: the press, offices told by hand, events with claims.

Most articles are those of bench/press.py. Others bring what those lack: many terms of one office with starts, ends and
clashes (bench/tenures.py), and claims with those who make and deny them (bench/events_asked.py).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from events_asked import reports as of_events
from press import Press
from tenures import World

from kg import build
from kg.model import Report
from kg.store.embedded import EmbeddedStore

PRESS, TERMS, EVENTS = 3_000, 1_200, 900
"""Articles of each kind; set so that the graph has a million quads and a few more."""
QUADS: Final = 1_000_000


def reports() -> Iterator[Report]:
    """All articles, the same in each run."""
    press = Press()
    yield from map(press.article, range(PRESS))
    yield from islice((_named("jabatan", each) for each in World(TERMS).reports()), TERMS)
    yield from (_named("peristiwa", each) for each in of_events(EVENTS))


def made(path: Path) -> EmbeddedStore:
    """The store of the graph of a folder, which is built where there is none."""
    if not (path / "manifest.json").exists():
        build.add(lambda _: reports(), path)
    return build.reader(path)


def _named(kind: str, report: Report) -> Report:
    """A report under an id that no article of another kind has."""
    return replace(report, article=f"{kind}-{report.article}")


if __name__ == "__main__":
    print(len(made(Path(sys.argv[1]))), "quads")
