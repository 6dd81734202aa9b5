"""What a person decided about identities: the last word, above every rule.

A decision is about *ids*, the last parts of IRIs without their base: an identity (``person/ahmad-yani``,
``person/ahmad-yani--bupati-kutai``) or a report of an article (``article/ID#person-ahmad-yani``). An id that is
not in the graph, or no more, sleeps: its decisions work again as soon as its articles are back. One of two may be the
IRI of an item of the world (kg.resolve.links): then the decision confirms or refuses a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import ClassVar, Final, Literal, get_args

from kg.ids import digest
from kg.model import ENTITY_TYPES

Verdict = Literal["same", "different", "name", "wrong"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
PAIRS: Final = frozenset({"same", "different"})
"""The verdicts that are about two ids."""
_PART = r"(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+"
_IDENTITY = re.compile(rf"({'|'.join(ENTITY_TYPES)})/{_PART}")
_ITEM = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_REPORT = re.compile(rf"article/{_PART}#({'|'.join(ENTITY_TYPES)}|role|event)-{_PART}")


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One verdict of one person on one day. Raises ValueError where it says nothing that can be done."""

    verdict: Verdict
    about: tuple[str, ...]
    """Sorted: two ids of one kind, or an id and an item, for ``same`` and ``different``; one identity for ``name``, one
    report for ``wrong``."""
    by: str
    on: date
    why: str = ""
    label: str = ""
    """The name to show, of a ``name``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "about", tuple(sorted(self.about)))
        if fault := next(_faults(self), None):
            raise ValueError(fault)

    @property
    def of_item(self) -> bool:
        """True where it is about an item and an id of ours, in this order."""
        return is_item(self.about[0])

    @property
    def subject(self) -> tuple[str, ...]:
        """What it settles: of two decisions on one subject the later one holds."""
        return ("pair" if self.verdict in PAIRS else self.verdict, *self.about)

    def __str__(self) -> str:
        told = f" {self.label!r}" if self.label else ""
        return f"{self.verdict} {' '.join(self.about)}{told} ({self.by}, {self.on.isoformat()})"


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions in force; all empty where nobody has decided anything."""

    made: tuple[Decision, ...] = ()
    """Sorted; without those that a later one overrules."""
    same: tuple[tuple[str, str], ...] = ()
    """Pairs of ids that are one, sorted, without items; never against `different`, not by way of other pairs either."""
    different: tuple[tuple[str, str], ...] = ()
    """Pairs of ids that are two, sorted, without items."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Id → the name to show."""
    wrong: frozenset[str] = frozenset()
    """Ids of reports that are never used."""
    digest: str = ""
    """Names this set of decisions, with who, when and why."""

    NONE: ClassVar[Decisions]

    @classmethod
    def of(cls, some: Iterable[Decision]) -> Decisions:
        """What holds of the decisions of many people: of those that contradict each other, the later.

        Raises ValueError where two of the same day contradict each other.
        """
        every = tuple(some)
        made = tuple(sorted({*_pairs_in_force(every), *_names_in_force(every), *_of(every, "wrong")}))
        if not made:
            return cls.NONE
        return cls(
            made=made,
            same=_two(made, "same"),
            different=_two(made, "different"),
            names={one.about[0]: one.label for one in made if one.verdict == "name"},
            wrong=frozenset(one.about[0] for one in made if one.verdict == "wrong"),
            digest=digest(*(part for one in made for part in (*one.about, *_said(one)))),
        )

    def __bool__(self) -> bool:
        return bool(self.made)


Decisions.NONE = Decisions()


def touched(before: Set[Decision], after: Set[Decision]) -> frozenset[str]:
    """The ids that a change of decisions is about, with all that the decisions of either side tie to them."""
    tied: dict[str, set[str]] = {}
    for one in before | after:
        for about in one.about if one.verdict in PAIRS else ():
            tied.setdefault(about, set()).update(one.about)
    found = {about for one in before ^ after for about in one.about}
    waiting = list(found)
    for about in waiting:  # grows while it is walked
        fresh = tied.get(about, set()) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)


def kind(about: str) -> str | None:
    """The kind of thing an id names: ``person``, ``organization``, ``place``, ``role``, ``event``; None for no id."""
    match = _IDENTITY.fullmatch(about) or _REPORT.fullmatch(about)
    return match.group(1) if match else None


def is_item(about: str) -> bool:
    """True for the IRI of an item of somebody else's."""
    return _ITEM.fullmatch(about) is not None


def is_report(about: str) -> bool:
    """True for the id of a report of one article."""
    return _REPORT.fullmatch(about) is not None


def _faults(one: Decision) -> Iterator[str]:
    """What keeps a decision from saying something."""
    shown = ", ".join(one.about) or "nothing"
    if one.verdict not in VERDICTS:
        yield f"{one.verdict!r} is no verdict; give one of {', '.join(VERDICTS)}"
    items = sum(map(is_item, one.about)) if one.verdict in PAIRS else 0
    kinds = {kind(each) for each in one.about if not (items == 1 and is_item(each))}
    if None in kinds:
        yield f"about {shown}: no ids; give e.g. person/ahmad-yani or article/ID#person-ahmad-yani"
    if items and any(map(is_report, one.about)):
        yield f"{one.verdict} about {shown}: give a person, organization or place with an item, not a report"
    if one.verdict in PAIRS and (len(set(one.about)) != 2 or len(kinds) != 1 or not kinds <= set(ENTITY_TYPES)):
        yield f"{one.verdict} about {shown}: give two persons, two organizations or two places"
    if one.verdict == "name" and (len(one.about) != 1 or is_report(one.about[0]) or not one.label.strip()):
        yield f"name about {shown}: give one person, organization or place, and its label"
    if one.verdict == "wrong" and not (len(one.about) == 1 and is_report(one.about[0])):
        yield f"wrong about {shown}: give one report of an article: article/ID#person-ahmad-yani"
    if not one.by.strip():
        yield f"{one.verdict} about {shown}: says not by whom"


def _of(every: Iterable[Decision], *verdicts: str) -> list[Decision]:
    return [one for one in every if one.verdict in verdicts]


def _two(made: Iterable[Decision], verdict: Verdict) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(one.about[0], one.about[1]) for one in made if one.verdict == verdict and not one.of_item}))


def _said(one: Decision) -> tuple[str, ...]:
    return one.verdict, one.by, one.on.isoformat(), one.why, one.label


def _by_day(some: Iterable[Decision]) -> Iterator[list[Decision]]:
    """Decisions day by day, the last day first."""
    ordered = sorted(sorted(some), key=lambda one: one.on, reverse=True)
    for _, group in groupby(ordered, key=lambda one: one.on):
        yield list(group)


def _names_in_force(every: Iterable[Decision]) -> Iterator[Decision]:
    held: dict[str, Decision] = {}
    for day in _by_day(_of(every, "name")):
        for one in day:
            other = held.setdefault(one.about[0], one)
            if other.label != one.label and other.on == one.on:
                raise ValueError(_contradiction(one, other))
    yield from held.values()


def _pairs_in_force(every: Iterable[Decision]) -> Iterator[Decision]:
    """Those that fit all later ones, day by day; those of one day must fit each other."""
    groups = _Groups()
    for day in _by_day(_of(every, *PAIRS)):
        fitting = [one for one in day if groups.against(one) is None]
        for one in sorted(fitting, key=lambda each: each.verdict != "same"):
            if other := groups.against(one):
                raise ValueError(_contradiction(one, other))
            groups.add(one)
        yield from fitting


def _contradiction(one: Decision, other: Decision) -> str:
    first, second = sorted((str(one), str(other)))
    return f"contradict each other: {first}; {second}; remove one of them, or give the one that holds a later date"


class _Groups:
    """Ids that decisions make one, and the decisions that keep such groups apart."""

    def __init__(self) -> None:
        self._group: dict[str, set[str]] = {}
        self._joined: dict[str, dict[str, Decision]] = {}
        self._apart: dict[str, dict[str, Decision]] = {}

    def against(self, one: Decision) -> Decision | None:
        """The decision, or one of those, that a new one contradicts."""
        first, second = (self._group.get(each, {each}) for each in one.about)
        if one.verdict == "different":
            joined = self._joined.get(one.about[0], {})
            return None if first is not second else joined.get(one.about[1], joined[min(joined)])
        found = (self._apart.get(a, {}) for a in sorted(first))
        return next((apart[b] for apart in found for b in sorted(apart) if b in second), None)

    def add(self, one: Decision) -> None:
        a, b = one.about
        if one.verdict == "different":
            self._apart.setdefault(a, {})[b] = self._apart.setdefault(b, {})[a] = one
            return
        self._joined.setdefault(a, {})[b] = self._joined.setdefault(b, {})[a] = one
        joined = self._group.get(a, {a}) | self._group.get(b, {b})
        self._group.update(dict.fromkeys(joined, joined))
