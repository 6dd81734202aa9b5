"""From role reports to tenures with honest bounds.

An article attests an office, it starts nothing. Evidence of one person in one position, sorted by time, gives

    current on D    latestStart <= D <= earliestEnd
    former on D     latestEnd <= D
    future on D     earliestStart >= D
    took office S   both start bounds lie in S
    left office E   both end bounds lie in E

and a person who is current after having been former has held the position twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.model import Status, When


@dataclass(frozen=True, slots=True, order=True)
class Attestation:
    """One role report about a person in a position: when it holds, what it says, which report it is."""

    when: When
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

    @property
    def certain(self) -> tuple[date, date] | None:
        """The days on which the person certainly held the position."""
        if self.latest_start is None or self.earliest_end is None:
            return None
        return self.latest_start, self.earliest_end

    @property
    def inferred(self) -> bool:
        """True where every attestation needed something filled in from other articles."""
        return all(a.inferred for a in self.attestations)


def tenures(attestations: Iterable[Attestation]) -> Iterator[Tenure]:
    """The tenures that the attestations of one person in one position give, in order of time."""
    ordered = sorted(attestations, key=_order)
    for acting in (False, True):
        yield from _stretches([a for a in ordered if (a.status == "acting") == acting], acting)


_STATUS_ORDER: dict[Status, int] = {"former": 0, "current": 1, "acting": 1, "future": 2}
"""On one day: who is called former left before, who is to come is not in yet."""


def _order(a: Attestation) -> tuple[date, int, Attestation]:
    return a.when.earliest, _STATUS_ORDER[a.status], replace(a, start=None, end=None)


def _stretches(ordered: list[Attestation], acting: bool) -> Iterator[Tenure]:
    stretch: list[Attestation] = []
    ended: date | None = None
    for a in ordered:
        if ended is not None and a.status != "former" and a.when.earliest >= ended:
            yield _bounds(stretch, acting)
            stretch, ended = [], None
        stretch.append(a)
        if a.status == "former" or a.end is not None:
            day = a.end.latest if a.end else a.when.latest
            ended = day if ended is None else min(ended, day)
    if stretch:
        yield _bounds(stretch, acting)


def _bounds(stretch: list[Attestation], acting: bool) -> Tenure:
    """The bounds of one stretch. Evidence that would run backwards loosens a bound; it never inverts the order."""
    held = [a.when for a in stretch if a.status in {"current", "acting"}]
    starts = [a.start for a in stretch if a.start]
    ends = [a.end for a in stretch if a.end]
    future = [a.when.earliest for a in stretch if a.status == "future"]
    former = [a.when.latest for a in stretch if a.status == "former"]
    latest_start = min([w.latest for w in held] + [s.latest for s in starts], default=None)
    earliest_end = max([w.earliest for w in held] + [e.earliest for e in ends], default=None)
    earliest_start = max([s.earliest for s in starts] + future, default=None)
    latest_end = min([e.latest for e in ends] + former, default=None)
    if earliest_start and latest_start and earliest_start > latest_start:
        earliest_start = min((s.earliest for s in starts), default=None)
        if earliest_start and earliest_start > latest_start:
            earliest_start = None
    if latest_end and earliest_end and earliest_end > latest_end:
        earliest_end = min(earliest_end, latest_end)
    if latest_start and earliest_end and latest_start > earliest_end:
        latest_start = earliest_end
    if earliest_start and earliest_end and earliest_start > earliest_end:
        earliest_end = None if latest_start is None else max(latest_start, earliest_start)
    if latest_end and latest_start and latest_start > latest_end:
        latest_start = latest_end
    return Tenure(acting, earliest_start, latest_start, earliest_end, latest_end, tuple(sorted(stretch, key=_order)))
