"""What an endpoint says of the items that may be an identity of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from kg.link.asking import Answers, Asking
from kg.link.cache import Row
from kg.link.identities import Subject, asked
from kg.link.policy import ChoicePolicy
from kg.model import EntityType
from kg.resolve.decisions import is_item

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WHOLE_YEAR: Final = (1, 1)
"""Month and day that Wikidata's simple values have where only the year is known."""


@dataclass(frozen=True, slots=True)
class Span:
    """A day as well as an endpoint knows it: the first and the last day that it may be."""

    first: date
    last: date

    @classmethod
    def of(cls, value: str) -> Span | None:
        """The span of an ``xsd:date`` or ``xsd:dateTime``; None of another value, as of an unknown day."""
        match = _DAY.fullmatch(value)
        try:
            day = date(*map(int, match.groups())) if match else None
        except ValueError:
            day = None
        if day is None:
            return None
        return cls(day, date(day.year, 12, 31) if (day.month, day.day) == _WHOLE_YEAR else day)


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that an item is said to hold or to have held, with its bounds where they are told."""

    labels: frozenset[str]
    countries: frozenset[str]
    """Items of the countries that the office is of."""
    start: Span | None
    end: Span | None


@dataclass(frozen=True, slots=True)
class Item:
    """One item that may be an identity of ours."""

    iri: str
    by: frozenset[str]
    """``label`` where a name of ours is its label, ``alias`` where one is another name of it."""
    names: int
    """How many names of ours are its label or alias."""
    label: str
    description: str
    countries: frozenset[str]
    """Items of the countries that it is a citizen of, or that it lies in."""
    born: Span | None
    died: Span | None
    offices: tuple[HeldOffice, ...]

    @property
    def shown(self) -> str:
        """Label and description for people."""
        return f"{self.label}: {self.description}" if self.description else self.label


def items(asking: Asking, some: Sequence[Subject], choice: ChoicePolicy) -> dict[str, tuple[Item, ...]]:
    """The items of the right type that bear a name of an identity, for each of some identities of one type.

    Raises Unanswered where the endpoint does not answer all that has to be asked.
    """
    names = asking.names(chain.from_iterable(asked(subject, choice) for subject in some))
    found = {subject.id: _matches(asked(subject, choice), names, choice) for subject in some}
    every = sorted({item for matches in found.values() for item in matches})
    facts = asking.items(some[0].type, every)
    offices = _offices(asking, facts, some[0].type)
    return {
        one: tuple(_item(item, by, facts[item], offices) for item, by in sorted(matches.items()) if _fits(facts[item]))
        for one, matches in found.items()
    }


def _matches(names: Iterable[str], answers: Answers, choice: ChoicePolicy) -> dict[str, list[tuple[str, str]]]:
    """Item → (how, name) of each name that it bears; a name that too many items have says nothing."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        rows = [row for row in answers.get(name, ()) if is_item(row[0])]
        if len({item for item, _ in rows}) <= choice.namesakes:
            for item, how in rows:
                found.setdefault(item, []).append((how, name))
    return found


def _offices(asking: Asking, facts: Answers, kind: EntityType) -> Answers:
    if kind != "person":
        return {}
    told = {value for rows in facts.values() for what, value, *_ in rows if what == "office"}
    return asking.items("office", sorted(filter(is_item, told)))


def _fits(rows: Iterable[Row]) -> bool:
    """True for an item of the type that was asked for."""
    return any(what == "kind" for what, *_ in rows)


def _item(iri: str, by: Sequence[tuple[str, str]], rows: Iterable[Row], offices: Answers) -> Item:
    told: dict[str, list[Row]] = {}
    for what, *rest in rows:
        told.setdefault(what, []).append(tuple(rest))
    born, died = (sorted(_spans(told.get(what, ())), key=lambda span: span.first) for what in ("born", "died"))
    return Item(
        iri=iri,
        by=frozenset(how for how, _ in by),
        names=len({name for _, name in by}),
        label=_first(told, "label") or iri,
        description=_first(told, "description"),
        countries=frozenset(value for value, *_ in told.get("country", ())),
        born=born[0] if born else None,
        died=died[-1] if died else None,
        offices=tuple(_held(row, offices) for row in told.get("office", ())),
    )


def _held(row: Row, offices: Answers) -> HeldOffice:
    office, start, end = row
    told = offices.get(office, ())
    return HeldOffice(
        labels=frozenset(value for what, value, *_ in told if what == "label"),
        countries=frozenset(value for what, value, *_ in told if what == "country"),
        start=Span.of(start),
        end=Span.of(end),
    )


def _first(told: Mapping[str, Sequence[Row]], what: str) -> str:
    return min((value for value, *_ in told.get(what, ())), default="")


def _spans(rows: Iterable[Row]) -> Iterable[Span]:
    return (span for value, *_ in rows if (span := Span.of(value)))
