"""From role reports to tenures with honest bounds.

An article attests an office, it starts nothing. Evidence of one person in one position, sorted by time, gives

    current on D    latestStart <= D <= earliestEnd
    former on D     latestEnd <= D
    future on D     earliestStart >= D
    took office S   both start bounds lie in S
    left office E   both end bounds lie in E

The person has held the position more than once where somebody left it before being in it again, where another
holder of a single seat stands between, and where a start is told long after the person already held it. What
another tenure's days tell of the bounds is inferred and marked so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from kg.model import Status, When
from kg.resolve.attestations import Attestation, weighed
from kg.resolve.bounds import UNKNOWN, Bound, Bounds, consistent, earliest, latest
from kg.resolve.policy import TenurePolicy


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one position over one stretch of time."""

    acting: bool
    bounds: Bounds = UNKNOWN
    attestations: tuple[Attestation, ...] = ()

    @property
    def certain(self) -> tuple[date, date] | None:
        """The days on which the person certainly held the position."""
        start, end = self.bounds.latest_start, self.bounds.earliest_end
        return (start.day, end.day) if start and end else None

    @property
    def inferred(self) -> bool:
        """True where a bound follows from another tenure, or something in every attestation was filled in."""
        return any(b.inferred for b in self.bounds.known) or all(a.inferred for a in self.attestations)


def tenures(attestations: Iterable[Attestation], policy: TenurePolicy, others: Rivals | None = None) -> list[Tenure]:
    """The tenures that the attestations of one person in one position give, in order of time.

    `others` are those who are attested in a single seat besides.
    """
    every, found = list(attestations), []
    for acting in (False, True):
        mine = [a for a in every if (a.status == "acting") == acting]
        undated = tuple(sorted((a for a in mine if a.anchor is None), key=lambda a: a.reports))
        stretches = _Stretches(None if acting else others, policy)
        some = list(_bounded(list(stretches.of([a for a in mine if a.anchor])), acting))
        if undated:
            first = some.pop(0) if some else Tenure(acting)
            some.insert(0, replace(first, attestations=(*first.attestations, *undated)))
        found.extend(some)
    return found


def seat(held: Mapping[str, Sequence[Attestation]], policy: TenurePolicy) -> dict[str, list[Tenure]]:
    """The tenures of all holders of a single seat: each ends before the next one certainly began."""
    kept = weighed(held, policy)
    days = sorted({(a.held, holder) for holder, some in kept.items() for a in some if a.held and a.status == "current"})
    found = {holder: tenures(kept[holder], policy, Rivals(days, holder)) for holder in sorted(kept)}
    certain = [(holder, t.bounds) for holder, some in found.items() for t in some if t.certain and not t.acting]
    starts = sorted(((b.latest_start, holder) for holder, b in certain if b.latest_start), key=_day)
    ends = sorted(((b.earliest_end, holder) for holder, b in certain if b.earliest_end), key=_day)
    return {holder: [_closed(t, holder, starts, ends) for t in some] for holder, some in found.items()}


def returns(some: Sequence[Tenure], policy: TenurePolicy) -> Iterator[tuple[Tenure, Tenure]]:
    """Pairs of tenures of which an article calls the first over, and another soon has it going on."""
    regular = [t for t in some if not t.acting]
    for before, after in pairwise(regular):
        left = [a.gone for a in before.attestations if a.gone]
        held = [a.held.earliest for a in after.attestations if a.held]
        started = any(a.began for a in after.attestations)
        if left and held and not started and (min(held) - min(left)).days <= policy.return_days:
            yield before, after


_STATUS_ORDER: dict[Status, int] = {"current": 0, "acting": 0, "former": 1, "future": 2}
"""On one day: who leaves is in office until then, who is to come is not in yet."""


def _order(a: Attestation) -> tuple[date, int, tuple[str, ...]]:
    return a.anchor or date.min, _STATUS_ORDER[a.status], a.reports


@dataclass(frozen=True, slots=True)
class Rivals:
    """Who else than a holder is attested in a single seat, from day to day."""

    days: Sequence[tuple[When, str]]
    """Days and persons, the holder too, sorted."""
    holder: str

    def between(self, after: date, before: date) -> bool:
        """True where somebody else is attested between two days."""
        for at in range(bisect_right(self.days, after, key=_begins), len(self.days)):
            day, person = self.days[at]
            if day.earliest >= before:
                return False
            if person != self.holder and day.latest < before:
                return True
        return False


def _begins(each: tuple[When, str]) -> date:
    return each[0].earliest


class _Stretches:
    """Parts the attestations of one person where one tenure must have ended before the next."""

    def __init__(self, others: Rivals | None, policy: TenurePolicy) -> None:
        """Takes those who held the seat besides."""
        self._policy = policy
        self._others = others

    def of(self, some: Iterable[Attestation]) -> Iterator[list[Attestation]]:
        """The stretches in order of time, one for each tenure. A plan parts nothing: it goes to what follows it."""
        ordered = sorted(some, key=_order)
        plans = [a for a in ordered if a.status == "future"]
        stretches = list(self._parts([a for a in ordered if a.status != "future"]))
        if not stretches or any(a.gone for a in stretches[-1]):
            stretches.append([])
        for stretch in stretches[:-1]:
            coming = [a for a in plans if _anchor(a) <= _anchor(stretch[-1])]
            plans = plans[len(coming) :]
            yield [*coming, *stretch]
        if plans or stretches[-1]:
            yield [*plans, *stretches[-1]]

    def _parts(self, ordered: Sequence[Attestation]) -> Iterator[list[Attestation]]:
        renewals = self._renewals(ordered)
        stretch = _Stretch()
        for a in ordered:
            if stretch.told and not _looks_back(a) and self._parted(stretch, a, renewals):
                yield stretch.told
                stretch = _Stretch()
            stretch.add(a)
        if stretch.told:
            yield stretch.told

    def _parted(self, stretch: _Stretch, a: Attestation, renewals: Iterable[date]) -> bool:
        """True where the stretch is over before this attestation."""
        here, last = _anchor(a), _anchor(stretch.told[-1])
        again = self._policy.term_days if a.ended and not a.began else 1  # a second end: outlets differ by days
        left = stretch.gone is not None and (here - stretch.gone).days >= again
        return left or any(last < day <= here for day in renewals) or self._interrupted(stretch, a)

    def _renewals(self, ordered: Sequence[Attestation]) -> list[date]:
        """Starts told long after the person already held the office, and not in a stretch that goes on over them."""
        found: list[date] = []
        spans = [span for a in ordered if (span := _span(a))]
        for start in sorted({a.began.earliest for a in ordered if a.began}):
            before = any(until <= start and (start - since).days >= self._policy.term_days for since, until in spans)
            over = any(since < start < until for since, until in spans)
            if before and not over and (not found or (start - found[-1]).days >= self._policy.term_days):
                found.append(start)
        return found

    def _interrupted(self, stretch: _Stretch, a: Attestation) -> bool:
        """True where others held the seat between the last time that the stretch attests and this one."""
        if stretch.held is None or not a.held or (a.held.earliest - stretch.held).days < self._policy.away_days:
            return False
        return self._others is not None and self._others.between(stretch.held, a.held.earliest)


@dataclass(slots=True)
class _Stretch:
    """What is told of one tenure so far, while attestations are added in order."""

    told: list[Attestation] = field(default_factory=list)
    gone: date | None = None
    """The first day by which the person had left."""
    held: date | None = None
    """The last day on which the person was in office."""

    def add(self, a: Attestation) -> None:
        """Takes the next attestation."""
        self.told.append(a)
        if a.gone:
            self.gone = min(a.gone, self.gone or a.gone)
        if a.held:
            self.held = max(a.held.latest, self.held or a.held.latest)


def _anchor(a: Attestation) -> date:
    assert a.anchor is not None, "what has no date at all bounds nothing and is set apart"
    return a.anchor


def _looks_back(a: Attestation) -> bool:
    """True where the report tells of the tenure before it: the office is over, or it has the old title of somebody."""
    return a.doubted or (a.status == "former" and not a.ended)


def _span(a: Attestation) -> tuple[date, date] | None:
    """The days over which one report has the person in office, at the least."""
    since, until = a.began or a.attested or a.ended, a.ended or a.attested or a.began
    return (since.latest, until.earliest) if since and until else None


def _bounded(stretches: Sequence[list[Attestation]], acting: bool) -> Iterator[Tenure]:
    """The tenures of stretches: each begins after the one before it is over, and is over when the next one starts."""
    for number, stretch in enumerate(stretches):
        before = [Bound(_anchor(a), a.reports) for a in stretches[number - 1] if a.gone] if number else []
        after = [_began(a) for a in stretches[number + 1] if a.began] if number + 1 < len(stretches) else []
        yield Tenure(acting, _bounds(stretch, latest(before), earliest(after)), tuple(sorted(stretch, key=_order)))


def _began(a: Attestation) -> Bound:
    assert a.began is not None
    return Bound(a.began.latest, a.reports, inferred=True)


def _bounds(stretch: Iterable[Attestation], before: Bound | None, after: Bound | None) -> Bounds:
    """The bounds of one stretch between the end of the one `before` it and the start of the one `after` it."""
    starts, certain, until, ends = [], [], [], []
    for a in stretch:
        said = a.reports
        if a.began:
            starts.append(Bound(a.began.earliest, said))
            certain.append(Bound(a.began.latest, said))
        if a.held:
            certain.append(Bound(a.held.latest, said))
            until.append(Bound(a.held.earliest, said))
        if a.ended:
            until.append(Bound(a.ended.earliest, said))
        if a.gone:
            ends.append(Bound(a.gone, said))
    latest_start = earliest(certain)
    coming = [Bound(a.when.earliest, a.reports) for a in stretch if a.when and a.status == "future"]
    starts += [bound for bound in coming if not latest_start or bound.day <= latest_start.day]
    return _within(Bounds(latest(starts), latest_start, latest(until), earliest(ends)), before, after)


def _within(bounds: Bounds, before: Bound | None, after: Bound | None) -> Bounds:
    """The bounds with what other tenures tell of unknown or looser outer bounds; what is certain stays."""
    first, last = bounds.earliest_start, bounds.latest_end
    if before and (not bounds.latest_start or before.day <= bounds.latest_start.day):
        first = latest([before, *([first] if first else [])])
    if after and (not bounds.earliest_end or after.day >= bounds.earliest_end.day):
        last = earliest([after, *([last] if last else [])])
    return consistent(replace(bounds, earliest_start=first, latest_end=last))


_Sure = tuple[Bound, str]
"""A day on which a seat was certainly somebody's, and whose."""


def _closed(tenure: Tenure, holder: str, starts: Sequence[_Sure], ends: Sequence[_Sure]) -> Tenure:
    """The tenure with bounds from the days on which the seat was certainly somebody else's; both are sorted."""
    if tenure.certain is None or tenure.acting:
        return tenure
    first, last = tenure.certain
    later = range(bisect_right(starts, last, key=_day), len(starts))
    before = range(bisect_left(ends, first, key=_day) - 1, -1, -1)
    begins, over = _first(starts, later, holder), _first(ends, before, holder)
    return replace(tenure, bounds=_within(tenure.bounds, latest(over), earliest(begins)))


def _day(sure: _Sure) -> date:
    return sure[0].day


def _first(some: Sequence[_Sure], walk: Iterable[int], holder: str) -> list[Bound]:
    """The bounds of others that lie on the first of their days on a walk."""
    found: list[Bound] = []
    for bound, other in (some[at] for at in walk):
        if found and bound.day != found[0].day:
            break
        if other != holder:
            found.append(replace(bound, inferred=True))
    return found
