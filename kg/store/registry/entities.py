"""The entities of all articles: their keys, the parents of short keys, the identities made of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Final, NamedTuple

from kg.model import EntityReport

Name = tuple[str, str]
"""(article, entity key)."""
RARE: Final = 50
"""Keys of fewer entities are where a search for two keys begins."""
Moved = tuple[str, str, str | None, str]
"""(article, entity key, identity so far, IRI of the article)."""


_MOVED = "SELECT e.article, e.key, e.identity, a.iri FROM entity e JOIN article a ON a.id = e.article"


class Keyed(NamedTuple):
    """The keys of one entity, and its facets as a text."""

    lead: str
    others: tuple[str, ...]
    facets: str = ""


class Counted(NamedTuple):
    """The entities with one lead and the same facets: how many, and the first and last day of their articles."""

    lead: str
    facets: str
    articles: int
    first: str | None
    last: str | None


class Entities:
    """The tables entity, named, parent and identity."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Takes the registry's connection."""
        self._db = db

    def put(self, article: str, entity: EntityReport, keyed: Keyed, day: str | None) -> None:
        """Takes up an entity of an article under its keys, which are marked."""
        row = (article, entity.key, "\n".join(entity.names), keyed.lead, keyed.facets, day)
        self._db.execute("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, NULL)", row)
        keys = sorted({keyed.lead, *keyed.others})
        rows = [(key, article, entity.key, keyed.lead) for key in keys]
        self._db.executemany("INSERT INTO named VALUES (?, ?, ?, ?)", rows)
        self._db.executemany("INSERT OR IGNORE INTO dirty VALUES ('key', ?)", [(key,) for key in keys])

    def vouched(self, short: str) -> list[tuple[str, int]]:
        """(lead, number of articles) of all leads that a short key is vouched for by, sorted."""
        return self._db.execute(
            "SELECT lead, COUNT(DISTINCT article) FROM named WHERE key = ? AND key <> lead GROUP BY lead ORDER BY lead",
            (short,),
        ).fetchall()

    def articles(self, lead: str) -> int:
        """How many entities of articles have a lead."""
        return int(self._db.execute("SELECT COUNT(*) FROM entity WHERE lead = ?", (lead,)).fetchone()[0])

    def told_apart(self, short: str, lead: str) -> int:
        """How many articles have both keys, for two entities; looked for from the one that fewer have."""
        few, many = (short, lead) if self._rare(short) else (lead, short)
        query = (
            "SELECT COUNT(DISTINCT a.article) FROM named a CROSS JOIN named b ON b.article = a.article"
            " AND b.entity <> a.entity WHERE a.key = ? AND b.key = ?"
        )
        return int(self._db.execute(query, (few, many)).fetchone()[0])

    def _rare(self, key: str) -> bool:
        query = "SELECT COUNT(*) FROM (SELECT 1 FROM named WHERE key = ? LIMIT ?)"
        return int(self._db.execute(query, (key, RARE)).fetchone()[0]) < RARE

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

    def leads(self, lead: str) -> bool:
        """True where some entity has this lead."""
        return self._db.execute("SELECT 1 FROM entity WHERE lead = ? LIMIT 1", (lead,)).fetchone() is not None

    def counted(self, lead: str) -> list[Counted]:
        """The entities of a lead by their facets, sorted."""
        query = (
            "SELECT lead, facets, COUNT(*), MIN(day), MAX(day) FROM entity WHERE lead = ?"
            " GROUP BY facets ORDER BY facets"
        )
        return [Counted(*row) for row in self._db.execute(query, (lead,))]

    def first(self, lead: str, facets: str) -> Name:
        """The first of the entities of a lead with these facets."""
        query = "SELECT article, key FROM entity WHERE lead = ? AND facets = ? ORDER BY 1, 2 LIMIT 1"
        article, key = self._db.execute(query, (lead, facets)).fetchone()
        return article, key

    def card(self, name: Name) -> tuple[str, str]:
        """Lead and facets of an entity."""
        lead, facets = self._db.execute(
            "SELECT lead, facets FROM entity WHERE article = ? AND key = ?", name
        ).fetchone()
        return lead, facets

    def company(self, lead: str, facets: str | None = None) -> frozenset[str]:
        """The leads of persons and bodies that articles name with those of a lead (and these facets)."""
        rows = self._db.execute(
            "SELECT DISTINCT o.lead FROM entity e JOIN entity o ON o.article = e.article AND o.key <> e.key"
            " WHERE e.lead = ?1 AND (?2 IS NULL OR e.facets = ?2)"
            " AND (o.lead GLOB 'person:*' OR o.lead GLOB 'organization:*')",
            (lead, facets),
        )
        return frozenset(row[0] for row in rows)

    def meets(self, lead: str, other: str, facets: str | None = None) -> bool:
        """True where some article names entities of both leads, the first with these facets."""
        return (
            self._db.execute(
                "SELECT 1 FROM entity o JOIN entity e ON e.article = o.article AND e.key <> o.key"
                " WHERE o.lead = ?2 AND e.lead = ?1 AND (?3 IS NULL OR e.facets = ?3) LIMIT 1",
                (lead, other, facets),
            ).fetchone()
            is not None
        )

    def named_with(self, lead: str, facets: str, other: str) -> list[Name]:
        """The entities of a lead with these facets whose articles name the other lead too, sorted."""
        return self._db.execute(
            "SELECT e.article, e.key FROM entity o JOIN entity e ON e.article = o.article AND e.key <> o.key"
            " WHERE o.lead = ?3 AND e.lead = ?1 AND e.facets = ?2 ORDER BY 1, 2",
            (lead, facets, other),
        ).fetchall()

    def named_beside(self, name: Name) -> list[str]:
        """The leads of the other entities of an entity's article."""
        query = "SELECT DISTINCT lead FROM entity WHERE article = ? AND key <> ? ORDER BY 1"
        return [row[0] for row in self._db.execute(query, name)]

    def between(self, lead: str, facets: str, first: str, last: str) -> list[Name]:
        """The entities of a lead with these facets whose articles came out between two days, sorted."""
        query = "SELECT article, key FROM entity WHERE lead = ? AND facets = ? AND day BETWEEN ? AND ? ORDER BY 1, 2"
        return self._db.execute(query, (lead, facets, first, last)).fetchall()

    def moved(self, lead: str, facets: str, identity: str) -> list[Moved]:
        """The entities of a lead with these facets that have another identity than this, or none."""
        where = "e.lead = ? AND e.facets = ? AND e.identity IS NOT ?"
        return self._db.execute(f"{_MOVED} WHERE {where}", (lead, facets, identity)).fetchall()

    def moved_alone(self, article: str, key: str, identity: str) -> list[Moved]:
        """An entity of an article, if it has another identity than this, or none."""
        where = "e.article = ? AND e.key = ? AND e.identity IS NOT ?"
        return self._db.execute(f"{_MOVED} WHERE {where}", (article, key, identity)).fetchall()

    def spellings(self, identity: str) -> Counter[str]:
        """The number of entities for each spelling of an identity."""
        counts: Counter[str] = Counter()
        query = "SELECT names, COUNT(*) FROM entity WHERE identity = ? GROUP BY names"
        for names, count in self._db.execute(query, (identity,)):
            counts.update(dict.fromkeys(names.split("\n"), count))
        return counts

    def identify(self, article: str, key: str, identity: str) -> None:
        """Gives an entity its identity; the roles and events that name it are marked."""
        self._db.execute("UPDATE entity SET identity = ? WHERE article = ? AND key = ?", (identity, article, key))
        self._db.execute(
            "INSERT OR IGNORE INTO dirty SELECT kind, article || char(10) || key FROM refers"
            " WHERE article = ? AND entity = ?",
            (article, key),
        )

    def mark_bearers(self, identity: str) -> None:
        """Marks the roles and events that name an identity, whose label is another now."""
        self._db.execute(
            "INSERT OR IGNORE INTO dirty SELECT r.kind, r.article || char(10) || r.key FROM entity e"
            " JOIN refers r ON r.article = e.article AND r.entity = e.key WHERE e.identity = ?",
            (identity,),
        )

    def identity_of(self, article: str, key: str) -> str:
        """The identity of an entity of an article."""
        query = "SELECT identity FROM entity WHERE article = ? AND key = ?"
        return str(self._db.execute(query, (article, key)).fetchone()[0])

    def identity_of_lead(self, lead: str) -> str:
        """The identity of most entities of a lead."""
        query = "SELECT identity FROM entity WHERE lead = ? GROUP BY identity ORDER BY COUNT(*) DESC, identity LIMIT 1"
        return str(self._db.execute(query, (lead,)).fetchone()[0])

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
