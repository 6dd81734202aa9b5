"""What is to be computed anew, and which subjects of the resolved graph have been written by whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final, Literal

Kind = Literal[
    "decided",
    "key",
    "mate",
    "root",
    "identity",
    "bearer",
    "doubt",
    "role",
    "holder",
    "holding",
    "position",
    "told",
    "waiting",
    "component",
    "event",
]
"""``decided`` are ids that people decide on (kg.resolve.decisions) or did; ``role``, ``told`` and ``waiting`` are
reports, pairs of article and key; ``holding`` is a pair of position and person; the others go by name."""

_SOME: Final = 500
"""Names read at once: what is marked is never all in memory."""


class Changes:
    """Marks of what is to be computed anew. Marks that are set while a kind is walked are walked too."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Takes the registry's connection."""
        self._db = db

    def mark(self, kind: Kind, name: str) -> None:
        """Marks something to be computed anew."""
        self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?, ?)", (kind, name))

    def is_marked(self, kind: Kind, name: str) -> bool:
        """True where something is marked."""
        return self._db.execute("SELECT 1 FROM dirty WHERE kind = ? AND name = ?", (kind, name)).fetchone() is not None

    def mark_all(self, kind: Kind, select: str, value: str) -> None:
        """Marks what a SELECT of one column with one parameter gives, but for NULL."""
        rows = [(kind, row[0]) for row in self._db.execute(select, (value,)) if row[0] is not None]
        self._db.executemany("INSERT OR IGNORE INTO dirty VALUES (?, ?)", rows)

    def marked(self, kind: Kind) -> Iterator[str]:
        """What is marked, sorted; the marks stay."""
        last = ""
        while some := self._some(kind, last):
            yield from some
            last = some[-1]

    def taken(self, kind: Kind) -> Iterator[str]:
        """What is marked, sorted; each mark goes as its name is given."""
        while some := self._some(kind, ""):
            for name in some:
                self._db.execute("DELETE FROM dirty WHERE kind = ? AND name = ?", (kind, name))
                yield name

    def mark_pair(self, kind: Kind, first: str, second: str) -> None:
        """Marks a pair to be computed anew."""
        self.mark(kind, f"{first}\n{second}")

    def taken_pairs(self, kind: Kind) -> Iterator[tuple[str, str]]:
        """What is marked of a kind that has pairs for names; each mark goes as its pair is given."""
        for name in self.taken(kind):
            first, _, second = name.rpartition("\n")
            yield first, second

    def swap_nodes(self, owner: str, subjects: Iterable[str]) -> tuple[str, ...]:
        """Notes the subjects that an owner now has in the resolved graph; returns those it had."""
        rows = self._db.execute("SELECT subject FROM node WHERE owner = ? ORDER BY subject", (owner,))
        old, new = tuple(row[0] for row in rows), tuple(subjects)
        gone, come = set(old).difference(new), set(new).difference(old)
        self._db.executemany("DELETE FROM node WHERE owner = ? AND subject = ?", [(owner, s) for s in sorted(gone)])
        self._db.executemany("INSERT INTO node VALUES (?, ?)", [(owner, s) for s in sorted(come)])
        return old

    def made_of(self, owner: str, now: bytes | None) -> bytes | None:
        """Notes what an owner's nodes are made of, None for nothing; returns what they were made of."""
        old = self._db.execute("SELECT of FROM made WHERE owner = ?", (owner,)).fetchone()
        if now is None:
            self._db.execute("DELETE FROM made WHERE owner = ?", (owner,))
        elif old is None or old[0] != now:
            self._db.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (owner, now))
        return old[0] if old else None

    def _some(self, kind: Kind, after: str) -> list[str]:
        query = "SELECT name FROM dirty WHERE kind = ? AND name > ? ORDER BY name LIMIT ?"
        return [row[0] for row in self._db.execute(query, (kind, after, _SOME))]
