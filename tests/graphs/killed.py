"""Builds a graph in small batches, killing itself at the n-th time that something is made durable (0: never).

A negative n is the size that no file may pass: a full disk.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

import reports_by_hand  # noqa: E402

from kg import build, index  # noqa: E402
from kg.model import Report  # noqa: E402
from kg.resolve.decisions import Decision  # noqa: E402

COPIES = 2
DAY = date(2026, 11, 28)
DECIDED = (
    Decision("same", ("person/budi-santosa", "person/siti-rahma"), "Sri", DAY),
    Decision("different", ("person/sergei-shoigu", "article/siang-2-1#person-sergey-shoigu"), "Sri", DAY),
    Decision("wrong", ("article/malam-4-1#person-andrei-belousov",), "Sri", DAY),
)


def reports() -> list[Report]:
    """The reports made by hand, some times over under other ids."""
    made = reports_by_hand.reports()
    return [replace(report, article=f"{report.article}-{copy}") for copy in range(COPIES) for report in made]


def main(path: Path, fatal: int) -> None:
    """Builds all, forgets one, decides, replaces one."""
    real, count = os.fsync, 0

    def fsync(descriptor: int) -> None:
        nonlocal count
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        real(descriptor)

    if fatal < 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (-fatal, -fatal))
    os.fsync = fsync
    index.BATCH_ARTICLES = 3  # type: ignore[misc]
    complete(path)
    print(count)


def complete(path: Path) -> None:
    """What the graph has in the end, whatever it had before."""
    every = reports()
    build.add(lambda _: every, path)
    build.forget([every[0].article], path)
    with index.Index(index.folder(path)) as opened:
        opened.decide(DECIDED)
        opened.settle()
    build.add(lambda _: [replace(every[1], title="Judul lain")], path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
