"""Role reports, the persons they are given to, and the positions these hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import msgspec

from kg.model import RoleReport

_decoder = msgspec.json.Decoder(RoleReport)


@dataclass(frozen=True, slots=True)
class Holding:
    """One person in one position; the payload is the caller's."""

    position: str
    holder: str
    title: str
    single: bool
    payload: bytes


class Offices:
    """The tables role and holding."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Takes the registry's connection."""
        self._db = db

    def put(self, article: str, role: RoleReport) -> None:
        """Takes up a role report, without its evidence."""
        payload = msgspec.json.encode(replace(role, evidence=()))
        self._db.execute("INSERT INTO role VALUES (?, ?, NULL, ?)", (article, role.key, payload))

    def role(self, article: str, key: str) -> tuple[RoleReport, str | None] | None:
        """A role report and the holder it was last given to; None where it has been forgotten."""
        query = "SELECT payload, holder FROM role WHERE article = ? AND key = ?"
        row = self._db.execute(query, (article, key)).fetchone()
        return (_decoder.decode(row[0]), row[1]) if row else None

    def roles(self, holder: str) -> list[tuple[str, str, str | None, RoleReport]]:
        """(article, its IRI, its date, role report) of all roles that a person is given."""
        rows = self._db.execute(
            "SELECT r.article, a.iri, a.published, r.payload FROM role r JOIN article a ON a.id = r.article"
            " WHERE r.holder = ? ORDER BY r.article, r.key",
            (holder,),
        )
        return [(article, iri, published, _decoder.decode(payload)) for article, iri, published, payload in rows]

    def told_in(self, article: str) -> list[RoleReport]:
        """The role reports of an article."""
        rows = self._db.execute("SELECT payload FROM role WHERE article = ? ORDER BY key", (article,))
        return [_decoder.decode(payload) for (payload,) in rows]

    def hold(self, article: str, key: str, holder: str) -> None:
        """Gives a role report its holder."""
        self._db.execute("UPDATE role SET holder = ? WHERE article = ? AND key = ?", (holder, article, key))

    def holdings(self, holder: str) -> dict[str, Holding]:
        """What a person holds, by position."""
        rows = self._db.execute("SELECT * FROM holding WHERE holder = ? ORDER BY position", (holder,))
        return {row[0]: _holding(row) for row in rows}

    def holders(self, position: str) -> Iterator[Holding]:
        """Who holds a position, sorted by person."""
        rows = self._db.execute("SELECT * FROM holding WHERE position = ? ORDER BY holder", (position,))
        yield from map(_holding, rows)

    def holding(self, position: str, holder: str) -> Holding | None:
        """One person in one position; None where the person does not hold it any more."""
        query = "SELECT * FROM holding WHERE position = ? AND holder = ?"
        row = self._db.execute(query, (position, holder)).fetchone()
        return _holding(row) if row else None

    def single(self, position: str) -> bool:
        """True where somebody is attested in it as the only one."""
        query = "SELECT MAX(single) FROM holding WHERE position = ?"
        return bool(self._db.execute(query, (position,)).fetchone()[0])

    def set_holdings(self, holder: str, holdings: Iterable[Holding]) -> None:
        """Notes all that a person holds."""
        self._db.execute("DELETE FROM holding WHERE holder = ?", (holder,))
        rows = [(h.position, h.holder, h.title, h.single, h.payload) for h in holdings]
        self._db.executemany("INSERT INTO holding VALUES (?, ?, ?, ?, ?)", rows)


def _holding(row: tuple[str, str, str, int, bytes]) -> Holding:
    return Holding(row[0], row[1], row[2], bool(row[3]), row[4])
