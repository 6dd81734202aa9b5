"""Lead keys: their own ids, the loose keys under which they are compared, and the pairs that may be one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


class Leads:
    """The tables lead, loose and doubt."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Takes the registry's connection."""
        self._db = db

    def known(self, key: str) -> bool:
        """True where the key is noted as a lead."""
        return self._db.execute("SELECT 1 FROM lead WHERE key = ?", (key,)).fetchone() is not None

    def put(self, key: str, own: str, blocks: Iterable[str]) -> None:
        """Notes a lead, the id of its own and its loose keys."""
        self._db.execute("INSERT INTO lead VALUES (?, ?)", (key, own))
        self._db.executemany("INSERT INTO loose VALUES (?, ?)", [(block, key) for block in sorted(set(blocks))])

    def drop(self, key: str) -> None:
        """Forgets a lead that no entity has any more."""
        for table, column in (("lead", "key"), ("loose", "lead"), ("doubt", "one"), ("doubt", "other")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))  # noqa: S608 (own names)

    def of(self, own: str) -> str | None:
        """The lead with an id of its own."""
        row = self._db.execute("SELECT key FROM lead WHERE id = ?", (own,)).fetchone()
        return str(row[0]) if row else None

    def block(self, block: str, most: int) -> list[str]:
        """The leads under a loose key, sorted; nothing where there are more than `most`."""
        query = "SELECT lead FROM loose WHERE block = ? ORDER BY lead LIMIT ?"
        found = [row[0] for row in self._db.execute(query, (block, most + 1))]
        return found if len(found) <= most else []

    def doubts(self, key: str) -> list[tuple[str, str]]:
        """The pairs of leads that may be one, with this lead."""
        query = "SELECT one, other FROM doubt WHERE one = ?1 UNION SELECT one, other FROM doubt WHERE other = ?1"
        return self._db.execute(query, (key,)).fetchall()

    def doubt(self, one: str, other: str) -> tuple[float, tuple[str, ...]] | None:
        """The sum of a pair that may be one, and the features that spoke; None for any other pair."""
        query = "SELECT sum, spoke FROM doubt WHERE one = ? AND other = ?"
        row = self._db.execute(query, (one, other)).fetchone()
        return (float(row[0]), tuple(row[1].split("\n"))) if row else None

    def set_doubts(
        self, under: str, doubts: Iterable[tuple[str, str, float, tuple[str, ...]]]
    ) -> list[tuple[str, str]]:
        """Notes the pairs of one origin, (one, other, sum, features that spoke); returns those it has or had."""
        old = self._db.execute("SELECT one, other FROM doubt WHERE under = ?", (under,)).fetchall()
        rows = [(one, other, under, total, "\n".join(spoke)) for one, other, total, spoke in doubts]
        self._db.execute("DELETE FROM doubt WHERE under = ?", (under,))
        self._db.executemany("INSERT INTO doubt VALUES (?, ?, ?, ?, ?)", rows)
        return old + [row[:2] for row in rows]
