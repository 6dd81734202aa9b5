"""Who acts: country and sector of persons, organizations and places on the day of an event, from the graph alone.

A person has the sectors of the offices that they certainly held on that day. Nothing is guessed: what the graph and
the table of codes do not say is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from kg.export.nodes import Node, Nodes
from kg.export.plover_codes import Codebook
from kg.rdf import vocab as v
from kg.rdf.terms import IRI

REMEMBERED: Final = 10_000
"""Actors kept in memory: those in the news come again and again."""
COUNTRY_WORDS: Final = 4
"""Words of the longest name of a country at the end of an organization's name ("Papua Nugini", "Uni Emirat Arab")."""

Days = tuple[str, str]
"""The first and the last day of an event, ISO."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts, on a day."""

    iri: str
    name: str
    kind: str
    code: str | None
    """Country, or another actor code of PLOVER."""
    sectors: tuple[str, ...]
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An office, and the days between which a person certainly held it."""

    label: str
    code: str | None
    sector: str | None
    since: str
    until: str

    def on(self, days: Days) -> bool:
        """True where it was held from the first to the last of these days."""
        return self.since <= days[0] and days[1] <= self.until


class Actors:
    """Looks actors up, and remembers some."""

    def __init__(self, nodes: Nodes, codes: Codebook) -> None:
        self.nodes, self.codes = nodes, codes
        self._known = lru_cache(REMEMBERED)(self._read)

    def on(self, iri: str, days: Days | None) -> Actor:
        """An actor on the days of an event."""
        actor, offices = self._known(iri)
        held = [office for office in offices if days and office.on(days)]
        if not held:
            return actor
        countries = {office.code for office in held if office.code}
        return Actor(
            iri=iri,
            name=actor.name,
            kind=actor.kind,
            code=countries.pop() if len(countries) == 1 else None,
            sectors=tuple(sorted({office.sector for office in held if office.sector})),
            offices=tuple(sorted({office.label for office in held})),
        )

    def _read(self, iri: str) -> tuple[Actor, tuple[Held, ...]]:
        node = self.nodes.resolved(iri)
        types = node.all(v.TYPE)
        if v.PERSON.value in types:
            return Actor(iri, node.name(), "person", None, (), ()), tuple(self._offices(iri))
        if v.PLACE.value in types:
            kind = "country" if v.COUNTRY.value in types else "place"
            return Actor(iri, node.name(), kind, self._country(node), (), ()), ()
        code, sector = self._organization(node)
        return Actor(iri, node.name(), "organization", code, (sector,) if sector else (), ()), ()

    def _offices(self, person: str) -> Iterator[Held]:
        """The offices of which both days are known between which they were certainly held."""
        rows = self.nodes.select(
            f"SELECT ?office ?since ?until WHERE {{ GRAPH <{self.nodes.resolved_graph}> {{"
            f" ?tenure {v.HOLDER} <{person}> ; {v.POSITION_OF} ?office ;"
            f" {v.LATEST_START} ?since ; {v.EARLIEST_END} ?until }} }}"
        )
        for office, since, until in rows:
            assert isinstance(office, IRI)
            assert since and until
            node = self.nodes.resolved(office.value)
            code, sector = self._office(node)
            yield Held(node.name(), code, sector, _value(since), _value(until))

    def _office(self, office: Node) -> tuple[str | None, str | None]:
        """Code and sector of an office: its title says the sector before its body does."""
        title = (office.one(v.TITLE) or "").lower()
        body = office.one(v.OF)
        node = self.nodes.resolved(body) if body else None
        code, sector = None, self.codes.offices.of(title)
        if node is None:
            return code, sector
        if v.PLACE.value in node.all(v.TYPE):
            return self._country(node), sector or self.codes.head_offices.of(title)
        code, of_body = self._organization(node)
        return code, sector or of_body

    def _country(self, place: Node) -> str | None:
        return self.codes.place(place.name())

    def _organization(self, node: Node) -> tuple[str | None, str | None]:
        """Code and sector of an organization, by the first of its names that says one."""
        names = [node.name(), *node.all(v.ALT_LABEL)]
        code = next(filter(None, map(self.codes.actors.of, names)), None)
        if code and not self.codes.is_country(code):
            return code, None
        sector = next(filter(None, map(self.codes.bodies.of, names)), None)
        return (code or self._named_country(node.name()) if sector else code), sector

    def _named_country(self, name: str) -> str | None:
        """The country at the end of a name ("Kementerian Pertahanan Jepang"), where it names no other."""
        words = name.split()
        found = {}
        for begin, end in combinations(range(1, len(words) + 1), 2):
            if end - begin <= COUNTRY_WORDS and (code := self.codes.country(" ".join(words[begin:end]))):
                found[code] = end
        return next((code for code, end in found.items() if end == len(words)), None) if len(found) == 1 else None


def _value(term: object) -> str:
    return str(getattr(term, "value", term))
