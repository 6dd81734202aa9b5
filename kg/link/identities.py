"""The identities of a graph that are worth looking up, with all that a match can be checked by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from kg.link.policy import ChoicePolicy
from kg.model import EntityType
from kg.rdf import vocab as v
from kg.rdf.terms import IRI
from kg.resolve import countries
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
    bodies: frozenset[str]
    """Every name of the body and of the territory, in lower case."""
    country: str | None
    """ISO 3166 code of the country that it is of, where that is known."""
    days: tuple[date, ...]
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
        found = {code for name in self.names if (code := _named(name))}
        return min(found) if len(found) == 1 and self.type != "person" else None


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
    bodies = _grouped(
        _rows(
            store,
            f"SELECT DISTINCT ?position ?name ?code WHERE {{ {held}"
            f" ?position {v.OF}|{v.TERRITORY} ?body . ?body {v.HIDDEN_LABEL} ?name"
            f" OPTIONAL {{ ?position {v.OF} ?body . ?body {v.ISO_CODE} ?code }} }}",
        )
    )
    found: dict[str, list[Office]] = defaultdict(list)
    for one, position, title, *bounds in sorted(tenures):
        names = frozenset(name for name, _ in bodies.get(position, ()))
        codes = sorted({code or _named(name) or "" for name, code in bodies.get(position, ())} - {""})
        days = tuple(date.fromisoformat(each) for each in bounds if each)
        found[one].append(Office(title, names, codes[0] if len(codes) == 1 else None, days))
    return {one: tuple(some) for one, some in found.items()}


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
