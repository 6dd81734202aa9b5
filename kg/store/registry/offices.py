"""Role reports, the persons they are given to, and the positions these hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec

from kg.model import RoleReport

_decoder = msgspec.json.Decoder(RoleReport)


@dataclass(frozen=True, slots=True)
class Said:
    """A role report that a person is given: where it stands, what it says, identities of body and territory."""

    article: str
    iri: str
    """Of the article."""
    key: str
    published: str | None
    said: bytes
    """What `role_of` reads; equal for reports that say the same."""
    body: str | None
    territory: str | None


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
        said = msgspec.json.encode(replace(role, evidence=(), key="", person="", body=None, territory=None))
        row = (article, role.key, role.person, role.body, role.territory, said)
        self._db.execute("INSERT INTO role VALUES (?, ?, NULL, ?, ?, ?, ?)", row)

    def given(self, article: str, key: str) -> tuple[str, str | None] | None:
        """The person that a role report names and the holder it was last given to; None where it is forgotten."""
        query = "SELECT person, holder FROM role WHERE article = ? AND key = ?"
        row = self._db.execute(query, (article, key)).fetchone()
        return (row[0], row[1]) if row else None

    def roles(self, holder: str) -> list[Said]:
        """All role reports that a person is given, sorted by article."""
        rows = self._db.execute(
            "SELECT r.article, a.iri, r.key, a.published, r.said, b.identity, t.identity"
            " FROM role r JOIN article a ON a.id = r.article"
            " LEFT JOIN entity b ON b.article = r.article AND b.key = r.body"
            " LEFT JOIN entity t ON t.article = r.article AND t.key = r.territory"
            " WHERE r.holder = ? ORDER BY r.article, r.key",
            (holder,),
        )
        return [Said(*row) for row in rows]

    def bodies(self, article: str) -> list[tuple[str, str]]:
        """(person, body) of the role reports of an article, those that name a body; entity keys."""
        query = "SELECT person, body FROM role WHERE article = ? AND body IS NOT NULL ORDER BY key"
        return self._db.execute(query, (article,)).fetchall()

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

    def set_holdings(self, holder: str, before: Mapping[str, Holding], after: Mapping[str, Holding]) -> None:
        """Notes what a person holds, by position, in the place of what was noted before."""
        gone = [(position, holder) for position in before if position not in after]
        self._db.executemany("DELETE FROM holding WHERE position = ? AND holder = ?", gone)
        changed = [held for position, held in after.items() if held != before.get(position)]
        rows = [(h.position, h.holder, h.title, h.single, h.payload) for h in changed]
        self._db.executemany("INSERT OR REPLACE INTO holding VALUES (?, ?, ?, ?, ?)", rows)


def role_of(said: bytes) -> RoleReport:
    """What role reports say, without key, person, body, territory and evidence."""
    return _decoder.decode(said)


def _holding(row: tuple[str, str, str, int, bytes]) -> Holding:
    return Holding(row[0], row[1], row[2], bool(row[3]), row[4])
