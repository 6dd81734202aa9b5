"""The entities of all articles: their keys, the parents of short keys, the identities made of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from kg.model import EntityReport

Member = tuple[str, str, str | None, str]
"""(article, entity key, identity so far, IRI of the article)."""


class Entities:
    """The tables entity, named, parent and identity."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Takes the registry's connection."""
        self._db = db

    def put(self, article: str, entity: EntityReport, lead: str, others: Iterable[str]) -> None:
        """Takes up an entity of an article under its keys, which are marked."""
        row = (article, entity.key, "\n".join(entity.names), lead)
        self._db.execute("INSERT INTO entity VALUES (?, ?, ?, ?, NULL)", row)
        keys = sorted({lead, *others})
        rows = [(key, article, entity.key, lead) for key in keys]
        self._db.executemany("INSERT INTO named VALUES (?, ?, ?, ?)", rows)
        self._db.executemany("INSERT OR IGNORE INTO dirty VALUES ('key', ?)", [(key,) for key in keys])

    def vouched(self, short: str) -> list[tuple[str, int]]:
        """(lead, number of articles) of all leads that a short key is vouched for by, sorted."""
        return self._db.execute(
            "SELECT lead, COUNT(DISTINCT article) FROM named WHERE key = ? AND key <> lead GROUP BY lead ORDER BY lead",
            (short,),
        ).fetchall()

    def told_apart(self, short: str, lead: str) -> int:
        """How many articles have both keys, for two entities."""
        query = (
            "SELECT COUNT(DISTINCT a.article) FROM named a JOIN named b ON b.article = a.article"
            " AND b.entity <> a.entity WHERE a.key = ? AND b.key = ?"
        )
        return int(self._db.execute(query, (short, lead)).fetchone()[0])

    def parent(self, key: str) -> str | None:
        """The fuller key that a short one belongs to."""
        row = self._db.execute("SELECT parent FROM parent WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def set_parent(self, key: str, parent: str | None) -> None:
        """Notes the fuller key that a short one belongs to, or that there is none."""
        if parent is None:
            self._db.execute("DELETE FROM parent WHERE key = ?", (key,))
        else:
            self._db.execute("INSERT OR REPLACE INTO parent VALUES (?, ?)", (key, parent))

    def root(self, key: str) -> str:
        """The key without a parent that following parents leads to."""
        while (above := self.parent(key)) is not None:
            key = above
        return key

    def below(self, root: str) -> list[str]:
        """The root and all keys that lead to it."""
        found = [root]
        for key in found:  # grows while it is walked
            found.extend(row[0] for row in self._db.execute("SELECT key FROM parent WHERE parent = ?", (key,)))
        return found

    def members(self, leads: Iterable[str]) -> list[Member]:
        """The entities that have one of the keys as their lead, sorted."""
        query = (
            "SELECT e.article, e.key, e.identity, a.iri FROM entity e JOIN article a ON a.id = e.article"
            " WHERE e.lead = ?"
        )
        found = [row for lead in leads for row in self._db.execute(query, (lead,))]
        return sorted(found, key=lambda member: member[:2])

    def spellings(self, leads: Iterable[str]) -> Counter[str]:
        """The number of entities for each spelling."""
        counts: Counter[str] = Counter()
        for lead in leads:
            for (names,) in self._db.execute("SELECT names FROM entity WHERE lead = ?", (lead,)):
                counts.update(names.split("\n"))
        return counts

    def identify(self, members: Iterable[Member], identity: str) -> None:
        """Gives entities their identity; the roles and events that name them are marked."""
        for article, key, *_ in members:
            self._db.execute("UPDATE entity SET identity = ? WHERE article = ? AND key = ?", (identity, article, key))
            self._db.execute(
                "INSERT OR IGNORE INTO dirty SELECT kind, article || char(10) || key FROM refers"
                " WHERE article = ? AND entity = ?",
                (article, key),
            )

    def identity_of(self, article: str, key: str) -> str:
        """The identity of an entity of an article."""
        query = "SELECT identity FROM entity WHERE article = ? AND key = ?"
        return str(self._db.execute(query, (article, key)).fetchone()[0])

    def label(self, identity: str) -> str | None:
        """The label an identity is shown with; None where there is none yet."""
        row = self._db.execute("SELECT label FROM identity WHERE id = ?", (identity,)).fetchone()
        return str(row[0]) if row else None

    def set_label(self, identity: str, label: str | None) -> None:
        """Notes the label of an identity, or that it is gone."""
        if label is None:
            self._db.execute("DELETE FROM identity WHERE id = ?", (identity,))
        else:
            self._db.execute("INSERT OR REPLACE INTO identity VALUES (?, ?)", (identity, label))

    def borne(self, identity: str) -> bool:
        """True where some entity has this identity."""
        query = "SELECT 1 FROM entity WHERE identity = ? LIMIT 1"
        return self._db.execute(query, (identity,)).fetchone() is not None
