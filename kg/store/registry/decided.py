"""The decisions that the index was last brought in line with, and the reports that they are about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from kg.ids import report_name
from kg.resolve.decisions import Decision

Bearer = tuple[str, str]
"""(article, key) of an entity report."""


class Decided:
    """The table decision, and the tables of reports as decisions see them."""

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

    def bearers(self, identity: str) -> list[Bearer]:
        """The entity reports of an identity, sorted."""
        query = "SELECT article, key FROM entity WHERE identity = ? ORDER BY article, key"
        return self._db.execute(query, (identity,)).fetchall()

    def reported(self, article: str, name: str) -> list[Bearer]:
        """The entity report with a name (kg.ids.report_name) in the article with an IRI; none where there is none."""
        query = "SELECT e.article, e.key FROM article a JOIN entity e ON e.article = a.id WHERE a.iri = ?"
        return [(of, key) for of, key in self._db.execute(query, (article,)) if report_name(key) == name]

    def identity(self, article: str, key: str) -> str | None:
        """The identity of an entity report; None where it is not used any more."""
        query = "SELECT identity FROM entity WHERE article = ? AND key = ?"
        row = self._db.execute(query, (article, key)).fetchone()
        return None if row is None else row[0]

    def told(self, article: str) -> int:
        """How many entities, roles and events are used of the article with an IRI."""
        query = (
            "SELECT (SELECT COUNT(*) FROM entity WHERE article = id) + (SELECT COUNT(*) FROM role WHERE article = id)"
            " + (SELECT COUNT(*) FROM event WHERE article = id) FROM article WHERE iri = ?"
        )
        row = self._db.execute(query, (article,)).fetchone()
        return 0 if row is None else int(row[0])
