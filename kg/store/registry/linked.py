"""The links in force that the index was last brought in line with, and which of them are in its graph."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from kg.resolve.links import Link


class Linked:
    """The table link: a link is awake while its identity is in the graph."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Takes the registry's connection."""
        self._db = db

    def source(self) -> str:
        """Names the state of the files that the links were taken from."""
        row = self._db.execute("SELECT source FROM link_source").fetchone()
        return str(row[0]) if row else ""

    def take(self, links: Iterable[Link], source: str) -> None:
        """Notes the links in force, in the place of those before; none is in the graph yet."""
        rows = [(k.id, k.item, k.confidence, "\n".join(k.by), k.endpoint, k.on.isoformat(), k.shown) for k in links]
        self._db.execute("DELETE FROM link")
        self._db.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, ?, -1)", rows)
        self._db.execute("DELETE FROM link_source")
        self._db.execute("INSERT INTO link_source VALUES (?)", (source,))

    def woken(self) -> bool:
        """Wakes the links whose identity is in the graph and lets the others sleep; true where one changed."""
        awake = "EXISTS (SELECT 1 FROM identity WHERE identity.id = link.id)"
        changed = self._db.execute(f"UPDATE link SET awake = {awake} WHERE awake <> {awake}")  # noqa: S608 (own text)
        return changed.rowcount > 0

    def awake(self) -> list[Link]:
        """The links that are in the graph, sorted."""
        rows = self._db.execute(
            "SELECT id, item, confidence, by, endpoint, day, shown FROM link WHERE awake = 1 ORDER BY id, item"
        )
        return [
            Link(
                one,
                item,
                True,
                confidence,
                tuple(filter(None, by.split("\n"))),
                endpoint,
                date.fromisoformat(day),
                shown,
            )
            for one, item, confidence, by, endpoint, day, shown in rows
        ]
