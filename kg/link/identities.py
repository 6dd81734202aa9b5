"""The identities of a graph that are worth looking up, with all that a match can be checked by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from kg.config import LANGUAGE
from kg.lang import pack as packs
from kg.lang.offices import at_home
from kg.link.policy import ChoicePolicy
from kg.model import EntityType
from kg.rdf import vocab as v
from kg.rdf.terms import IRI
from kg.resolve import countries, policy
from kg.resolve.names import fold
from kg.store.base import Solutions, Store

READ: Final = 500
"""Identities whose particulars one query of the index gives."""

_HELD: Final[dict[EntityType, str]] = {
    "person": f"?tenure {v.HOLDER} ?one ; {v.POSITION_OF} ?position .",
    "organization": f"?position {v.OF} ?one . ?tenure {v.POSITION_OF} ?position .",
}


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person is attested in."""

    title: str
    bodies: frozenset[str] = frozenset()
    """Every name of the body or country that it is of, in lower case."""
    territories: frozenset[str] = frozenset()
    """Every name of the country that an envoy is sent to, in lower case."""
    country: str | None = None
    """ISO 3166 code of the country whose people hold it, where that is known."""
    national: bool = False
    """True where it is an office of the whole country: title and country say which."""
    days: tuple[date, ...] = ()
    """The first and the last day on which the person certainly held it; none where there is none."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An identity of ours that is looked up."""

    id: str
    """``person/sergei-shoigu``."""
    type: EntityType
    names: tuple[str, ...]
    """The label, then the other spellings."""
    offices: tuple[Office, ...] = ()
    """Those that a person is attested in; of a body those that somebody holds in it."""

    @property
    def country(self) -> str | None:
        """The country that a name of it names ("Kementerian Pertahanan Rusia"); of a person none."""
        codes = {code for name in self.names if (code := _named(name))}
        return codes.pop() if len(codes) == 1 and self.type != "person" else None


def subjects(store: Store, kind: EntityType, base: str, choice: ChoicePolicy) -> Iterator[Subject]:
    """The identities of a type that are worth looking up, those that most articles attest first.

    Countries are left out: they have their items without asking.
    """
    rows = _rows(
        store,
        f"SELECT ?one (COUNT(?report) AS ?articles) WHERE {{ ?one a {v.ENTITY_CLASSES[kind]} ; {v.ATTESTED_BY} ?report"
        f" FILTER NOT EXISTS {{ ?one a {v.COUNTRY} }} }} GROUP BY ?one",
    )
    counts = {one: int(articles) for one, articles in rows}
    ordered = iter(sorted(counts, key=lambda one: (-counts[one], one)))
    while some := list(islice(ordered, READ)):
        for subject in _particulars(store, kind, some, base):
            known = bool(subject.offices) or kind != "person" or counts[base + subject.id] >= choice.articles
            if known and len(subject.names[0]) > 1:
                yield subject


def asked(subject: Subject, choice: ChoicePolicy) -> tuple[str, ...]:
    """The names under which an identity is looked up: one word of a person only where no fuller name is there."""
    full = [name for name in subject.names if subject.type != "person" or " " in name]
    return tuple((full or subject.names)[: choice.spellings])


def _particulars(store: Store, kind: EntityType, some: Sequence[str], base: str) -> Iterator[Subject]:
    values = "VALUES ?one { " + " ".join(str(IRI(one)) for one in some) + " }"
    labels = _grouped(_rows(store, f"SELECT ?one ?name WHERE {{ {values} ?one {v.PREF_LABEL} ?name }}"))
    others = _grouped(_rows(store, f"SELECT ?one ?name WHERE {{ {values} ?one {v.ALT_LABEL} ?name }}"))
    offices = _offices(store, f"{values} {_HELD[kind]}") if kind in _HELD else {}
    for one in some:
        names = tuple(name for (name,) in (*labels[one], *sorted(others.get(one, ()))))
        yield Subject(one.removeprefix(base), kind, names, offices.get(one, ()))


def _offices(store: Store, held: str) -> dict[str, tuple[Office, ...]]:
    """The offices of persons or bodies, one by one. `held`: the pattern that ties ?one to ?tenure and ?position."""
    tenures = _rows(
        store,
        f"SELECT ?one ?position ?title ?from ?to WHERE {{ {held}"
        f" ?position {v.TITLE} ?title OPTIONAL {{ ?tenure {v.LATEST_START} ?from ; {v.EARLIEST_END} ?to }} }}",
    )
    parts = _grouped(
        _rows(
            store,
            f"SELECT DISTINCT ?position ?what ?name ?code WHERE {{ {held}"
            f' {{ ?position {v.OF} ?body BIND("body" AS ?what) }} UNION'
            f' {{ ?position {v.TERRITORY} ?body BIND("territory" AS ?what) }}'
            f" ?body {v.HIDDEN_LABEL} ?name OPTIONAL {{ ?body {v.ISO_CODE} ?code }} }}",
        )
    )
    found: dict[str, list[Office]] = defaultdict(list)
    for one, position, title, *bounds in sorted(tenures):
        days = tuple(date.fromisoformat(each) for each in bounds if each)
        found[one].append(office(title, parts.get(position, ()), days))
    return {one: tuple(some) for one, some in found.items()}


def office(title: str, parts: Iterable[tuple[str, ...]], days: tuple[date, ...]) -> Office:
    """An office of its title, and of (body or territory, name, code where it is a country) of all names."""
    bodies = frozenset(name for what, name, _ in parts if what == "body")
    territories = frozenset(name for what, name, _ in parts if what == "territory")
    codes = {code for what, _, code in parts if what == "body" and code}
    if len(codes) == 1:
        return Office(title, bodies, territories, codes.pop(), not territories, days)
    if at_home(title, packs.load(LANGUAGE)):
        return Office(title, bodies, territories, policy.load().national.home, True, days)
    return Office(title, bodies, territories, _country_of(bodies | territories), False, days)


def _country_of(names: Iterable[str]) -> str | None:
    """The country that names name, or that the places they name lie in, where that is the home country."""
    if any(fold(name) in countries.home_places() for name in names):
        return policy.load().national.home
    codes = {code for name in names if (code := _named(name))}
    return codes.pop() if len(codes) == 1 else None


def _named(name: str) -> str | None:
    """The country that a name is, or ends in."""
    words = name.split()
    return next((code for start in range(len(words)) if (code := countries.code(" ".join(words[start:])))), None)


def _rows(store: Store, sparql: str) -> Iterator[tuple[str, ...]]:
    answer = store.query(sparql)
    assert isinstance(answer, Solutions)
    for row in answer.rows:
        yield tuple(str(getattr(value, "value", "")) for value in row)


def _grouped(rows: Iterable[tuple[str, ...]]) -> Mapping[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for first, *rest in rows:
        found[first].append(tuple(rest))
    return found
