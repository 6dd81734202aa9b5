"""The decisions that the index was last brought in line with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from kg.resolve.decisions import Decision


class Decided:
    """The table decision."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Takes the registry's connection."""
        self._db = db

    def made(self) -> frozenset[Decision]:
        """The decisions that were in force."""
        rows = self._db.execute("SELECT verdict, about, by, day, why, label FROM decision")
        return frozenset(
            Decision(verdict, tuple(about.split("\n")), by, date.fromisoformat(day), why, label)
            for verdict, about, by, day, why, label in rows
        )

    def take(self, made: Iterable[Decision]) -> None:
        """Notes the decisions that are in force now, in the place of those before."""
        rows = [(d.verdict, "\n".join(d.about), d.by, d.on.isoformat(), d.why, d.label) for d in made]
        self._db.execute("DELETE FROM decision")
        self._db.executemany("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?)", rows)
