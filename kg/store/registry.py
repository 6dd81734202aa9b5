"""The registry: what identity needs to know of every report, in SQLite, so that a change touches only its neighbours.

It is made from the reports and can be made anew at any time. It also holds the write lock of the
graph folder: one process writes at a time.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec

from kg.errors import BadInput
from kg.model import EntityReport, EventReport, Report, RoleReport

_SCHEMA = """
CREATE TABLE IF NOT EXISTS article (id TEXT PRIMARY KEY, digest TEXT, producer TEXT, segment TEXT,
  published TEXT, iri TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS article_segment ON article (segment);
CREATE TABLE IF NOT EXISTS entity (article TEXT, key TEXT, type TEXT, names TEXT, identity TEXT,
  PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entity_identity ON entity (identity);
CREATE TABLE IF NOT EXISTS blocking (key TEXT, article TEXT, entity TEXT,
  PRIMARY KEY (key, article, entity)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS blocking_entity ON blocking (article, entity);
CREATE TABLE IF NOT EXISTS identity (id TEXT PRIMARY KEY, label TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS role (article TEXT, key TEXT, holder TEXT, payload BLOB,
  PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS role_holder ON role (holder);
CREATE TABLE IF NOT EXISTS event (article TEXT, key TEXT, event TEXT, payload BLOB,
  PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS event_event ON event (event);
CREATE TABLE IF NOT EXISTS event_block (block TEXT, article TEXT, key TEXT,
  PRIMARY KEY (block, article, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS event_block_event ON event_block (article, key);
CREATE TABLE IF NOT EXISTS refers (article TEXT, entity TEXT, kind TEXT, key TEXT,
  PRIMARY KEY (article, entity, kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS holding (position TEXT, holder TEXT, PRIMARY KEY (position, holder)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS holding_holder ON holding (holder);
CREATE TABLE IF NOT EXISTS node (owner TEXT, subject TEXT, PRIMARY KEY (owner, subject)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dirty (kind TEXT, name TEXT, PRIMARY KEY (kind, name)) WITHOUT ROWID;
"""

DirtyKind = Literal["key", "identity", "role", "holder", "position", "event", "told"]

_roles = msgspec.json.Decoder(RoleReport)
_events = msgspec.json.Decoder(EventReport)


@dataclass(frozen=True, slots=True)
class Seen:
    """An article that is in the graph: what it was read from, by what, and in which segment it stands."""

    digest: str
    producer: str
    segment: str


class Registry:
    """SQLite behind a few named questions. One connection; opening to write takes the lock of the graph folder."""

    def __init__(self, path: Path) -> None:
        """Opens, or makes, the registry for writing. Raises BadInput where another process writes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, timeout=1.0)
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            self._db.close()
            raise BadInput(
                f"{path}: another kg writes to this graph ({error}); wait until it has ended"
            ) from error

    def __enter__(self) -> Self:
        """The registry itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keeps what was written where all went well, and lets go of the lock."""
        self._db.execute("ROLLBACK" if kind else "COMMIT")
        self._db.close()

    def commit(self) -> None:
        """Makes what was written so far durable."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def clear(self) -> None:
        """Forgets all."""
        for (table,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 (names from SQLite itself)

    # Articles

    def seen(self, article: str) -> Seen | None:
        """How an article stands in the graph; None where it does not."""
        row = self._db.execute(
            "SELECT digest, producer, segment FROM article WHERE id = ?", (article,)
        ).fetchone()
        return Seen(*row) if row else None

    def articles(self) -> Iterator[str]:
        """The ids of all articles, sorted."""
        yield from (row[0] for row in self._db.execute("SELECT id FROM article ORDER BY id"))

    def put(self, report: Report, iri: str, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Takes up a report; what it may change is marked dirty."""
        published = report.published.isoformat() if report.published else None
        self._db.execute(
            "INSERT INTO article VALUES (?, ?, ?, '', ?, ?)",
            (report.article, report.digest, report.producer, published, iri),
        )
        for entity in report.entities:
            self._put_entity(report.article, entity, keys[entity.key])
        for role in report.roles:
            self._put_role(report.article, role)
        for event in report.events:
            self._put_event(report.article, event)

    def totals(self) -> dict[str, int]:
        """How many persons, organizations, places, offices and events the graph holds."""
        kinds = ("person", "organization", "place")
        counts = {k: self._count("identity WHERE id LIKE ?", f"{k}/%") for k in kinds}
        counts["articles"] = self._count("article WHERE id LIKE ?", "%")
        counts["offices"] = self._count("(SELECT DISTINCT position FROM holding) WHERE position LIKE ?", "%")
        counts["events"] = self._count("(SELECT DISTINCT event FROM event) WHERE event LIKE ?", "%")
        return counts

    def drop(self, article: str) -> None:
        """Forgets an article; what stood with it is marked dirty."""
        one = (article,)
        self._db.execute("INSERT OR IGNORE INTO dirty SELECT 'key', key FROM blocking WHERE article = ?", one)
        self._db.execute(
            "INSERT OR IGNORE INTO dirty SELECT 'identity', identity FROM entity WHERE article = ?"
            " AND identity IS NOT NULL",
            one,
        )
        self._db.execute(
            "INSERT OR IGNORE INTO dirty SELECT 'holder', holder FROM role WHERE article = ? AND holder IS NOT NULL",
            one,
        )
        self._db.execute(
            "INSERT OR IGNORE INTO dirty SELECT 'event', event FROM event WHERE article = ? AND event IS NOT NULL",
            one,
        )
        for table in ("entity", "blocking", "role", "event", "event_block", "refers"):
            self._db.execute(f"DELETE FROM {table} WHERE article = ?", one)  # noqa: S608 (names from the line above)
        self._db.execute("DELETE FROM article WHERE id = ?", one)

    def place(self, placed: Mapping[str, str]) -> None:
        """Notes the segment that each article now stands in."""
        self._db.executemany(
            "UPDATE article SET segment = ? WHERE id = ?", [(s, a) for a, s in placed.items()]
        )

    # Entities

    def neighbours(self, key: str) -> tuple[str, ...]:
        """The blocking keys of all entities that have this one."""
        return self._column(
            "SELECT DISTINCT b.key FROM blocking a JOIN blocking b ON b.article = a.article AND b.entity = a.entity"
            " WHERE a.key = ?",
            (key,),
        )

    def members(self, keys: Iterable[str]) -> list[tuple[str, str, str | None]]:
        """(article, entity key, identity so far) of all entities that have one of the keys, sorted."""
        found: set[tuple[str, str, str | None]] = set()
        for key in keys:
            found.update(
                self._db.execute(
                    "SELECT e.article, e.key, e.identity FROM blocking b JOIN entity e"
                    " ON e.article = b.article AND e.key = b.entity WHERE b.key = ?",
                    (key,),
                )
            )
        return sorted(found, key=lambda m: (m[0], m[1]))

    def spellings(self, members: Iterable[tuple[str, str]]) -> tuple[str, Counter[str]]:
        """Type of the entities, and the number of articles for each spelling."""
        counts: Counter[str] = Counter()
        kind = ""
        for article, key in members:
            row = self._db.execute(
                "SELECT type, names FROM entity WHERE article = ? AND key = ?", (article, key)
            ).fetchone()
            kind = row[0]
            counts.update(row[1].split("\n"))
        return kind, counts

    def identify(self, members: Iterable[tuple[str, str]], identity: str) -> None:
        """Gives entities their identity; the roles and events that name them are marked dirty."""
        for article, key in members:
            self._db.execute(
                "UPDATE entity SET identity = ? WHERE article = ? AND key = ?", (identity, article, key)
            )
            self._touch(article, key)

    def identity_of(self, article: str, key: str) -> str:
        """The identity of an entity of an article."""
        row = self._db.execute(
            "SELECT identity FROM entity WHERE article = ? AND key = ?", (article, key)
        ).fetchone()
        return str(row[0])

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

    def bearers(self, identity: str) -> list[tuple[str, str, str]]:
        """(article, entity key, IRI of the article) of all entities of an identity, sorted."""
        return self._db.execute(
            "SELECT e.article, e.key, a.iri FROM entity e JOIN article a ON a.id = e.article"
            " WHERE e.identity = ? ORDER BY e.article, e.key",
            (identity,),
        ).fetchall()

    # Roles and events

    def roles(self, holder: str) -> list[tuple[str, str, str | None, RoleReport]]:
        """(article, its IRI, its date, role report) of all roles that a person is given."""
        rows = self._db.execute(
            "SELECT r.article, a.iri, a.published, r.payload FROM role r JOIN article a ON a.id = r.article"
            " WHERE r.holder = ? ORDER BY r.article, r.key",
            (holder,),
        )
        return [
            (article, iri, published, _roles.decode(payload))
            for article, iri, published, payload in rows.fetchall()
        ]

    def role(self, article: str, key: str) -> tuple[RoleReport, str | None] | None:
        """A role report and the holder it was last given to; None where it has been forgotten."""
        row = self._db.execute(
            "SELECT payload, holder FROM role WHERE article = ? AND key = ?", (article, key)
        ).fetchone()
        return (_roles.decode(row[0]), row[1]) if row else None

    def hold(self, article: str, key: str, holder: str) -> None:
        """Gives a role report its holder."""
        self._db.execute("UPDATE role SET holder = ? WHERE article = ? AND key = ?", (holder, article, key))

    def positions(self, holder: str) -> tuple[str, ...]:
        """The positions that a person holds a tenure of."""
        return self._column("SELECT position FROM holding WHERE holder = ? ORDER BY position", (holder,))

    def holders(self, position: str) -> tuple[str, ...]:
        """The persons that hold a tenure of a position."""
        return self._column("SELECT holder FROM holding WHERE position = ? ORDER BY holder", (position,))

    def set_positions(self, holder: str, positions: Iterable[str]) -> None:
        """Notes the positions that a person holds a tenure of."""
        self._db.execute("DELETE FROM holding WHERE holder = ?", (holder,))
        self._db.executemany("INSERT INTO holding VALUES (?, ?)", [(p, holder) for p in positions])

    def event(self, article: str, key: str) -> tuple[EventReport, str, str | None, str | None] | None:
        """An event report, the IRI and date of its article, and the event it was last joined to; None if forgotten."""
        row = self._db.execute(
            "SELECT e.payload, a.iri, a.published, e.event FROM event e JOIN article a ON a.id = e.article"
            " WHERE e.article = ? AND e.key = ?",
            (article, key),
        ).fetchone()
        return (_events.decode(row[0]), row[1], row[2], row[3]) if row else None

    def set_blocks(self, article: str, key: str, blocks: Iterable[str]) -> None:
        """Puts an event report under its blocking keys."""
        self._db.execute("DELETE FROM event_block WHERE article = ? AND key = ?", (article, key))
        self._db.executemany(
            "INSERT OR IGNORE INTO event_block VALUES (?, ?, ?)", [(b, article, key) for b in blocks]
        )

    def blocked_with(self, article: str, key: str) -> list[tuple[str, str]]:
        """Event reports of other articles that share a blocking key, sorted."""
        return self._db.execute(
            "SELECT DISTINCT b.article, b.key FROM event_block a JOIN event_block b ON b.block = a.block"
            " WHERE a.article = ? AND a.key = ? AND b.article != a.article ORDER BY 1, 2",
            (article, key),
        ).fetchall()

    def join(self, article: str, key: str, event: str) -> None:
        """Gives an event report its event."""
        self._db.execute("UPDATE event SET event = ? WHERE article = ? AND key = ?", (event, article, key))

    def joined(self, event: str) -> list[tuple[str, str]]:
        """The event reports (article, key) of an event."""
        return self._db.execute(
            "SELECT article, key FROM event WHERE event = ? ORDER BY 1, 2", (event,)
        ).fetchall()

    # What is dirty, and which subjects an owner has in the resolved graph

    def mark(self, kind: DirtyKind, name: str) -> None:
        """Marks something to be computed anew."""
        self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?, ?)", (kind, name))

    def dirty(self, kind: DirtyKind) -> tuple[str, ...]:
        """What of a kind is to be computed anew, sorted."""
        return self._column("SELECT name FROM dirty WHERE kind = ? ORDER BY name", (kind,))

    def clean(self, kind: DirtyKind) -> None:
        """All of a kind has been computed."""
        self._db.execute("DELETE FROM dirty WHERE kind = ?", (kind,))

    def swap_nodes(self, owner: str, subjects: Iterable[str]) -> tuple[str, ...]:
        """Notes the subjects that an owner now has in the resolved graph; returns those it had."""
        old = self._column("SELECT subject FROM node WHERE owner = ? ORDER BY subject", (owner,))
        self._db.execute("DELETE FROM node WHERE owner = ?", (owner,))
        self._db.executemany("INSERT OR IGNORE INTO node VALUES (?, ?)", [(owner, s) for s in subjects])
        return old

    def _count(self, source: str, value: str) -> int:
        return int(self._db.execute(f"SELECT COUNT(*) FROM {source}", (value,)).fetchone()[0])  # noqa: S608

    def _column(self, sql: str, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(row[0] for row in self._db.execute(sql, values))

    def _touch(self, article: str, entity: str) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO dirty SELECT kind, article || char(10) || key FROM refers"
            " WHERE article = ? AND entity = ?",
            (article, entity),
        )

    def _put_entity(self, article: str, entity: EntityReport, keys: tuple[str, ...]) -> None:
        row = (article, entity.key, entity.type, "\n".join(entity.names))
        self._db.execute("INSERT INTO entity VALUES (?, ?, ?, ?, NULL)", row)
        self._db.executemany(
            "INSERT INTO blocking VALUES (?, ?, ?)", [(k, article, entity.key) for k in keys]
        )
        self._db.executemany("INSERT OR IGNORE INTO dirty VALUES ('key', ?)", [(k,) for k in keys])

    def _put_role(self, article: str, role: RoleReport) -> None:
        payload = msgspec.json.encode(replace(role, evidence=()))
        self._db.execute("INSERT INTO role VALUES (?, ?, NULL, ?)", (article, role.key, payload))
        self._refer(article, (role.person, role.body, role.territory), "role", role.key)

    def _put_event(self, article: str, event: EventReport) -> None:
        payload = msgspec.json.encode(replace(event, evidence=(), date_evidence=None))
        self._db.execute("INSERT INTO event VALUES (?, ?, NULL, ?)", (article, event.key, payload))
        named = [p.entity for p in event.participants] + [a.entity for a in event.attributions]
        self._refer(article, (*named, *event.places), "told", event.key)
        self.mark("told", f"{article}\n{event.key}")

    def _refer(self, article: str, entities: Iterable[str | None], kind: str, key: str) -> None:
        rows = [(article, entity, kind, key) for entity in entities if entity is not None]
        self._db.executemany("INSERT OR IGNORE INTO refers VALUES (?, ?, ?, ?)", rows)
        self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?, ?)", (kind, f"{article}\n{key}"))
