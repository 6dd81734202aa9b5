"""The registry: what identity needs to know of every report, in SQLite; a change touches only its neighbours.

It is made from the reports and can be made anew at any time. It also holds the write lock of the graph
folder: one process writes at a time.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kg.errors import BadInput
from kg.model import Report
from kg.store.registry.added import AddedGraphs
from kg.store.registry.changes import Changes
from kg.store.registry.decided import Decided
from kg.store.registry.entities import Entities, Keyed
from kg.store.registry.events import Events
from kg.store.registry.leads import Leads
from kg.store.registry.linked import Linked
from kg.store.registry.offices import Offices

PARTS: Final = ("entity", "named", "role", "event", "event_block", "refers")
"""The tables that hold what articles say; the others hold what was made of it."""
CACHE_KIB: Final = 65_536
"""Pages of the registry kept in memory."""


_BEARERS: Final = (
    "SELECT e.identity || char(10) || a.iri || char(10) || e.key"
    " FROM entity e JOIN article a ON a.id = e.article WHERE e.article = ?"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """An article that is in the graph: what it was read from, by what, and in which segment it stands."""

    digest: str
    producer: str
    segment: str


class Registry:
    """SQLite behind a few named questions. Opening it takes the write lock of the graph folder."""

    def __init__(self, path: Path) -> None:
        """Opens, or makes, the registry.

        Raises BadInput where another process writes, sqlite3.DatabaseError where the file is damaged.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, timeout=1.0)
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            self._db.execute("BEGIN IMMEDIATE")
            if self._db.execute("PRAGMA user_version").fetchone()[0] != schema_version():
                self.clear()
        except sqlite3.DatabaseError as error:
            self._db.close()
            if "locked" not in str(error):
                raise
            raise BadInput(f"{path}: another kg writes to this graph ({error}); wait until it has ended") from error
        self.changes = Changes(self._db)
        self.decided = Decided(self._db)
        self.linked = Linked(self._db)
        self.added = AddedGraphs(self._db)
        self.entities = Entities(self._db)
        self.leads = Leads(self._db)
        self.offices = Offices(self._db)
        self.events = Events(self._db)

    def __enter__(self) -> Self:
        """The registry itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keeps what was written where all went well, and lets go of the lock."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK" if kind else "COMMIT")
        self._db.close()

    def commit(self) -> None:
        """Makes what was written so far durable."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def clear(self) -> None:
        """Forgets all."""
        for kind, name in self._db.execute("SELECT type, name FROM sqlite_master").fetchall():
            if kind == "table" and not name.startswith("sqlite_"):
                self._db.execute(f'DROP TABLE "{name}"')
        for statement in re.sub("--.*", "", _schema()).split(";"):
            self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {schema_version()}")

    def seen(self, article: str) -> Seen | None:
        """How an article stands in the graph; None where it does not."""
        row = self._db.execute("SELECT digest, producer, segment FROM article WHERE id = ?", (article,)).fetchone()
        return Seen(*row) if row else None

    def articles(self) -> Iterator[str]:
        """The ids of all articles, sorted."""
        yield from (row[0] for row in self._db.execute("SELECT id FROM article ORDER BY id"))

    def segments_of(self, iris: Set[str]) -> dict[str, list[str]]:
        """Segment → the articles in it, of those whose IRIs are given. Reads the list of all articles once."""
        found: dict[str, list[str]] = {}
        for article, segment, iri in self._db.execute("SELECT id, segment, iri FROM article ORDER BY id"):
            if iri in iris:
                found.setdefault(segment, []).append(article)
        return found

    def put(self, report: Report, iri: str, keys: Mapping[str, Keyed]) -> None:
        """Takes up a report; what it may change is marked. `keys` has the keys and facets of each entity."""
        published = report.published.isoformat() if report.published else None
        row = (report.article, report.digest, report.producer, "", published, iri)
        self._db.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)", row)
        for entity in report.entities:
            self.entities.put(report.article, entity, keys[entity.key], published)
        for role in report.roles:
            self.offices.put(report.article, role)
            self._refer(report.article, "role", role.key, (role.person, role.body, role.territory))
        for event in report.events:
            self.events.put(report.article, event)
            named = (*(p.entity for p in event.participants), *(a.entity for a in event.attributions))
            self._refer(report.article, "told", event.key, (*named, *event.places))

    def drop(self, article: str) -> None:
        """Forgets an article; what stood with it is marked."""
        self.changes.mark_all("key", "SELECT key FROM named WHERE article = ?", article)
        self.changes.mark_all("identity", "SELECT identity FROM entity WHERE article = ?", article)
        self.changes.mark_all("bearer", _BEARERS, article)
        self.changes.mark_all("holder", "SELECT holder FROM role WHERE article = ?", article)
        self.changes.mark_all("component", "SELECT component FROM event WHERE article = ?", article)
        self.changes.mark_all("event", "SELECT event FROM event WHERE article = ?", article)
        for table in PARTS:
            self._db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))  # noqa: S608 (own names)
        self._db.execute("DELETE FROM article WHERE id = ?", (article,))

    def place(self, placed: Mapping[str, str]) -> None:
        """Notes the segment that each article now stands in."""
        rows = [(segment, article) for article, segment in placed.items()]
        self._db.executemany("UPDATE article SET segment = ? WHERE id = ?", rows)

    def totals(self) -> dict[str, int]:
        """How many persons, organizations, places, offices and events the graph holds."""
        kinds = ("person", "organization", "place")
        counts = {k: self._count("identity WHERE id >= ? AND id < ?", f"{k}/", f"{k}0") for k in kinds}
        counts["articles"] = self._count("article")
        counts["offices"] = self._count("(SELECT DISTINCT position FROM holding)")
        counts["events"] = self._count("(SELECT DISTINCT event FROM event WHERE event IS NOT NULL)")
        return counts

    def contents(self) -> Iterator[tuple[str, str]]:
        """(table, digest of its rows) of all tables: equal for equal reports."""
        tables = [row[0] for row in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in sorted(name for name in tables if not name.startswith("sqlite_")):
            columns = len(self._db.execute(f'PRAGMA table_info("{table}")').fetchall())
            order, rows = ", ".join(str(n + 1) for n in range(columns)), hashlib.sha256()
            query = f'SELECT * FROM "{table}" ORDER BY {order}'  # noqa: S608 (own names)
            for row in self._db.execute(query):
                rows.update(repr(row).encode())
            yield table, rows.hexdigest()

    def _refer(self, article: str, kind: str, key: str, entities: Iterable[str | None]) -> None:
        rows = [(article, entity, kind, key) for entity in entities if entity is not None]
        self._db.executemany("INSERT OR IGNORE INTO refers VALUES (?, ?, ?, ?)", rows)
        self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?, ?)", (kind, f"{article}\n{key}"))

    def _count(self, source: str, *values: str) -> int:
        query = f"SELECT COUNT(*) FROM {source}"  # noqa: S608 (own text)
        return int(self._db.execute(query, values).fetchone()[0])


@lru_cache(maxsize=1)
def _schema() -> str:
    return (files("kg.store.registry") / "schema.sql").read_text(encoding="utf-8")


def schema_version() -> int:
    """A number that names the schema: a registry of another schema is emptied, and made anew."""
    return int(hashlib.sha256(_schema().encode()).hexdigest()[:7], 16)
