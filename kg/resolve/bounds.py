"""Bounds of a tenure: the four days between which it began and ended, each with the reports it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.model import When


@dataclass(frozen=True, slots=True)
class Bound:
    """A day that a start or an end does not go beyond, and the reports that say so."""

    day: date
    reports: tuple[str, ...]
    """IRIs of role reports, sorted."""
    inferred: bool = False
    """True where nobody says it of this tenure: it follows from another tenure's days."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Earliest and latest start, earliest and latest end, in that order of days; None where nothing is known."""

    earliest_start: Bound | None = None
    latest_start: Bound | None = None
    earliest_end: Bound | None = None
    latest_end: Bound | None = None
    disputed: tuple[tuple[str, ...], ...] = ()
    """Sets of reports whose bounds exclude each other."""

    @property
    def known(self) -> tuple[Bound, ...]:
        """The bounds that are known, in order of days."""
        every = (self.earliest_start, self.latest_start, self.earliest_end, self.latest_end)
        return tuple(bound for bound in every if bound)

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that give a bound, sorted."""
        return tuple(sorted({report for bound in self.known for report in bound.reports}))


UNKNOWN: Final = Bounds()

Evidence = Iterable[Bound]


def latest(evidence: Evidence) -> Bound | None:
    """The strictest of lower bounds: the latest day, with all reports that give it."""
    return _strictest(evidence, max)


def earliest(evidence: Evidence) -> Bound | None:
    """The strictest of upper bounds: the earliest day, with all reports that give it."""
    return _strictest(evidence, min)


def said(start: When | None, end: When | None) -> Bounds:
    """The bounds that one report gives, from when it says that an office began and ended."""
    began = (Bound(start.earliest, ()), Bound(start.latest, ())) if start else (None, None)
    ended = (Bound(end.earliest, ()), Bound(end.latest, ())) if end else (None, None)
    return consistent(Bounds(*began, *ended))


def consistent(bounds: Bounds) -> Bounds:
    """The bounds in order of days. Of two that evidence sets against each other the outer one, which rests on what is
    said of another time, becomes unknown, and their reports are disputed.
    """
    first, certain, until, last = bounds.earliest_start, bounds.latest_start, bounds.earliest_end, bounds.latest_end
    disputed: list[tuple[str, ...]] = []
    if first and certain and first.day > certain.day:
        disputed.append(_sides(first, certain))
        first = None
    if until and last and until.day > last.day:
        disputed.append(_sides(until, last))
        last = None
    if first and last and first.day > last.day:
        disputed.append(_sides(first, last))
        first = None
    if first and until and until.day < first.day:  # nobody leaves before the start
        until = first
    if last and certain and certain.day > last.day:  # nobody starts after the end
        certain = last
    if certain and until and certain.day > until.day:  # days too imprecise to be certain of any
        until = None
    return replace(bounds, earliest_start=first, latest_start=certain, earliest_end=until, latest_end=last,
                   disputed=tuple(sorted({*bounds.disputed, *disputed})))  # fmt: skip


def _strictest(evidence: Evidence, choose: Callable[[Iterable[date]], date]) -> Bound | None:
    some = tuple(evidence)
    if not some:
        return None
    day = choose(bound.day for bound in some)
    given = [bound for bound in some if bound.day == day]
    reports = tuple(sorted({report for bound in given for report in bound.reports}))
    return Bound(day, reports, all(bound.inferred for bound in given))


def _sides(one: Bound, other: Bound) -> tuple[str, ...]:
    return tuple(sorted({*one.reports, *other.reports}))
