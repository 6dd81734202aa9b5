"""From role reports to tenures with honest bounds.

An article attests an office, it starts nothing. Evidence of one person in one position, sorted by time, gives

    current on D    latestStart <= D <= earliestEnd
    former on D     latestEnd <= D
    future on D     earliestStart >= D
    took office S   both start bounds lie in S
    left office E   both end bounds lie in E

and a person who is current after having been former, or with another holder of a single seat between, has
held the position twice. What another holder's days tell of the bounds is inferred and marked so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from kg.model import Status, When


@dataclass(frozen=True, slots=True)
class Attestation:
    """One role report about a person in a position: when it holds, what it says, which report it is."""

    when: When | None
    """None: neither the article nor the report has a date; it bounds nothing."""
    status: Status
    report: str
    """IRI of the role report."""
    inferred: bool = False
    start: When | None = None
    end: When | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one position over one stretch of time; a bound is None where nothing is known."""

    acting: bool
    earliest_start: date | None = None
    latest_start: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None
    attestations: tuple[Attestation, ...] = ()
    closed: bool = False
    """True where another holder's days gave a bound."""

    @property
    def certain(self) -> tuple[date, date] | None:
        """The days on which the person certainly held the position."""
        if self.latest_start is None or self.earliest_end is None:
            return None
        return self.latest_start, self.earliest_end

    @property
    def inferred(self) -> bool:
        """True where a bound, or something in every attestation, was filled in from other articles."""
        return self.closed or all(a.inferred for a in self.attestations)


def tenures(attestations: Iterable[Attestation], others: Sequence[When] = (), away_days: int = 0) -> list[Tenure]:
    """The tenures that the attestations of one person in one position give, in order of time.

    `others` are the days on which a single seat is attested as somebody else's. They part two tenures where
    so many days lie between the attestations around them.
    """
    every, found = list(attestations), []
    for acting in (False, True):
        mine = [a for a in every if (a.status == "acting") == acting]
        undated = tuple(sorted((a for a in mine if a.when is None), key=lambda a: a.report))
        parts = _Parts([] if acting else others, away_days)
        some = [_bounds(s, acting, after) for s, after in parts.of(sorted((a for a in mine if a.when), key=_order))]
        if undated:
            first = some.pop(0) if some else Tenure(acting)
            some.insert(0, replace(first, attestations=(*first.attestations, *undated)))
        found.extend(some)
    return found


def seat(held: Mapping[str, Sequence[Attestation]], away_days: int) -> dict[str, list[Tenure]]:
    """The tenures of all holders of a single seat: each ends before the next one certainly began."""
    days = {
        holder: [_when(a) for a in attestations if a.when and a.status == "current"]
        for holder, attestations in held.items()
    }
    found = {
        holder: tenures(held[holder], [day for other in days if other != holder for day in days[other]], away_days)
        for holder in sorted(held)
    }
    certain = {holder: [t.certain for t in some if t.certain and not t.acting] for holder, some in found.items()}
    return {
        holder: [_closed(t, [c for other in certain if other != holder for c in certain[other]]) for t in some]
        for holder, some in found.items()
    }


def returns(some: Sequence[Tenure], days: int) -> Iterator[tuple[Tenure, Tenure]]:
    """Pairs of tenures of which an article calls the first over, and another soon has it going on."""
    regular = [t for t in some if not t.acting]
    for before, after in pairwise(regular):
        left = [_when(a).latest for a in before.attestations if a.when and a.status == "former"]
        held = [_when(a).earliest for a in after.attestations if a.when and a.status == "current"]
        started = any(a.start for a in after.attestations)
        if left and held and not started and (min(held) - min(left)).days <= days:
            yield before, after


_STATUS_ORDER: dict[Status, int] = {"former": 0, "current": 1, "acting": 1, "future": 2}
"""On one day: who is called former left before, who is to come is not in yet."""


def _order(a: Attestation) -> tuple[date, int, str]:
    return _when(a).earliest, _STATUS_ORDER[a.status], a.report


def _when(a: Attestation) -> When:
    assert a.when is not None, "undated attestations bound nothing and are set apart"
    return a.when


@dataclass(frozen=True, slots=True)
class _Parts:
    """Parts the attestations of one person where one tenure must have ended before the next."""

    others: Sequence[When]
    away_days: int

    def of(self, ordered: Sequence[Attestation]) -> Iterator[tuple[list[Attestation], date | None]]:
        """The stretches, each with the day that the stretch before it ended by."""
        stretch: list[Attestation] = []
        ended: date | None = None
        after: date | None = None
        for a in ordered:
            over = ended is not None and a.status != "former" and _when(a).earliest >= ended
            if over or self._interrupted(stretch, a):
                yield stretch, after
                stretch, ended, after = [], None, ended
            stretch.append(a)
            if a.status == "former" or a.end is not None:
                day = a.end.latest if a.end else _when(a).latest
                ended = day if ended is None else min(ended, day)
        if stretch:
            yield stretch, after

    def _interrupted(self, stretch: Sequence[Attestation], a: Attestation) -> bool:
        """True where others held the seat between the last time that the stretch attests and this one."""
        held = [_when(b).latest for b in stretch if b.status == "current"] if self.others else []
        if not held or a.status != "current":
            return False
        last, again = max(held), _when(a).earliest
        away = (again - last).days >= self.away_days
        return away and any(last < other.earliest and other.latest < again for other in self.others)


def _bounds(stretch: list[Attestation], acting: bool, after: date | None) -> Tenure:
    """The bounds of one stretch that began no earlier than `after`, the end of the stretch before it."""
    held = [_when(a) for a in stretch if a.status in {"current", "acting"}]
    starts = [a.start for a in stretch if a.start]
    ends = [a.end for a in stretch if a.end]
    future = [_when(a).earliest for a in stretch if a.status == "future"]
    former = [_when(a).latest for a in stretch if a.status == "former"]
    bounds = [
        max([s.earliest for s in starts] + future + ([after] if after else []), default=None),
        min([w.latest for w in held] + [s.latest for s in starts], default=None),
        max([w.earliest for w in held] + [e.earliest for e in ends], default=None),
        min([e.latest for e in ends] + former, default=None),
    ]
    first, certain, until, last = in_order(bounds)
    return Tenure(acting, first, certain, until, last, tuple(sorted(stretch, key=_order)))


_DROPPED = ((0, 1, 0), (2, 3, 3), (1, 2, 2), (0, 2, 0), (1, 3, 3), (0, 3, 0))
"""Pairs of bounds that must not run backwards, and the one given up where evidence contradicts itself: the
outer bound, which rests on what is said of another time, before the inner one."""


def in_order(bounds: list[date | None]) -> list[date | None]:
    """Earliest and latest start, earliest and latest end, in that order; one in conflict becomes unknown."""
    kept = list(bounds)
    for low, high, dropped in _DROPPED:
        first, last = kept[low], kept[high]
        if first is not None and last is not None and first > last:
            kept[dropped] = None
    return kept


def _closed(tenure: Tenure, others: Iterable[tuple[date, date]]) -> Tenure:
    """The tenure with bounds from the days on which the seat was certainly somebody else's."""
    if tenure.certain is None or tenure.acting:
        return tenure
    first, last = tenure.certain
    intervals = list(others)
    begins = [begin for begin, _ in intervals if begin > last] + ([tenure.latest_end] if tenure.latest_end else [])
    ends = [end for _, end in intervals if end < first] + ([tenure.earliest_start] if tenure.earliest_start else [])
    latest_end, earliest_start = min(begins, default=None), max(ends, default=None)
    if (latest_end, earliest_start) == (tenure.latest_end, tenure.earliest_start):
        return tenure
    return replace(tenure, latest_end=latest_end, earliest_start=earliest_start, closed=True)
