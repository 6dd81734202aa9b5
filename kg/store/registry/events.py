"""Event reports, the blocks in which they are compared, and the events that they were joined to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from kg.model import EventReport

_decoder = msgspec.json.Decoder(EventReport)

Name = tuple[str, str]
"""(article, key) of an event report."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An event report, without its evidence, and what is known of its article."""

    report: EventReport
    quotes: str
    """The words that tell of it."""
    passages: str
    """The sentences they stand in, a line each."""
    iri: str
    """Of the article."""
    published: str | None


class Events:
    """The tables event and event_block."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Takes the registry's connection."""
        self._db = db

    def put(self, article: str, event: EventReport) -> None:
        """Takes up an event report."""
        quotes = " ".join(evidence.quote for evidence in event.evidence)
        passages = "\n".join(sorted({evidence.sentence_quote for evidence in event.evidence}))
        payload = msgspec.json.encode(replace(event, evidence=(), date_evidence=None))
        row = (article, event.key, quotes, passages, payload)
        self._db.execute("INSERT INTO event VALUES (?, ?, ?, ?, NULL, NULL, ?)", row)

    def get(self, name: Name) -> Kept | None:
        """An event report; None where it has been forgotten."""
        row = self._db.execute(
            "SELECT e.payload, e.words, e.passages, a.iri, a.published FROM event e JOIN article a ON a.id = e.article"
            " WHERE e.article = ? AND e.key = ?",
            name,
        ).fetchone()
        return Kept(_decoder.decode(row[0]), *row[1:]) if row else None

    def set_blocks(self, name: Name, blocks: Iterable[str]) -> None:
        """Puts an event report under its blocking keys."""
        self._db.execute("DELETE FROM event_block WHERE article = ? AND key = ?", name)
        self._db.executemany("INSERT INTO event_block VALUES (?, ?, ?)", [(b, *name) for b in sorted(blocks)])

    def blocked_with(self, name: Name) -> list[Name]:
        """Event reports of other articles that share a blocking key, sorted."""
        return self._db.execute(
            "SELECT DISTINCT b.article, b.key FROM event_block a JOIN event_block b ON b.block = a.block"
            " WHERE a.article = ? AND a.key = ? AND b.article <> a.article ORDER BY 1, 2",
            name,
        ).fetchall()

    def stands(self, name: Name) -> tuple[str | None, str | None]:
        """The component and the event that a report was last in."""
        row = self._db.execute("SELECT component, event FROM event WHERE article = ? AND key = ?", name).fetchone()
        return (row[0], row[1]) if row else (None, None)

    def component(self, component: str) -> list[Name]:
        """The reports of a component, sorted."""
        query = "SELECT article, key FROM event WHERE component = ? ORDER BY 1, 2"
        return self._db.execute(query, (component,)).fetchall()

    def join(self, names: Iterable[Name], component: str | None, event: str | None) -> None:
        """Gives event reports their component and their event, or takes both from them."""
        rows = [(component, event, *name) for name in names]
        self._db.executemany("UPDATE event SET component = ?, event = ? WHERE article = ? AND key = ?", rows)
