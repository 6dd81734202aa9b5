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
    every = list(attestations)
    for acting in (False, True):
        mine = [a for a in every if (a.status == "acting") == acting]
        undated = tuple(sorted((a for a in mine if a.when is None), key=lambda a: a.report))
        found = list(_stretches(sorted((a for a in mine if a.when), key=_order), acting))
        if undated:
            first = found.pop(0) if found else Tenure(acting)
            found.insert(0, replace(first, attestations=(*first.attestations, *undated)))
        yield from found


_STATUS_ORDER: dict[Status, int] = {"former": 0, "current": 1, "acting": 1, "future": 2}
"""On one day: who is called former left before, who is to come is not in yet."""


def _order(a: Attestation) -> tuple[date, int, str]:
    return _when(a).earliest, _STATUS_ORDER[a.status], a.report


def _when(a: Attestation) -> When:
    assert a.when is not None, "undated attestations bound nothing and are set apart"
    return a.when


def _stretches(ordered: list[Attestation], acting: bool) -> Iterator[Tenure]:
    stretch: list[Attestation] = []
    ended: date | None = None
    after: date | None = None
    for a in ordered:
        if ended is not None and a.status != "former" and _when(a).earliest >= ended:
            yield _bounds(stretch, acting, after)
            stretch, ended, after = [], None, ended
        stretch.append(a)
        if a.status == "former" or a.end is not None:
            day = a.end.latest if a.end else _when(a).latest
            ended = day if ended is None else min(ended, day)
    if stretch:
        yield _bounds(stretch, acting, after)


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
    return Tenure(acting, *_in_order(bounds), tuple(sorted(stretch, key=_order)))


_DROPPED = ((0, 1, 0), (2, 3, 3), (1, 2, 2), (0, 2, 0), (1, 3, 3), (0, 3, 0))
"""Pairs of bounds that must not run backwards, and the one that is given up where evidence contradicts itself:
the outer bound, which rests on what is said of another time, before the inner one."""


def _in_order(bounds: list[date | None]) -> list[date | None]:
    """The bounds with earliestStart <= latestStart <= earliestEnd <= latestEnd: a bound in conflict is unknown."""
    kept = list(bounds)
    for low, high, dropped in _DROPPED:
        first, last = kept[low], kept[high]
        if first is not None and last is not None and first > last:
            kept[dropped] = None
    return kept
