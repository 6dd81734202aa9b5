"""What a role report attests of a person in a position, and which attestations of a single seat are doubtful."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from kg.model import Status, When
from kg.resolve.policy import TenurePolicy

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Attestation:
    """What role reports say about a person in a position: when it holds, what it says, which reports say just that."""

    when: When | None
    """None: neither the article nor the report has a date."""
    status: Status
    reports: tuple[str, ...]
    """IRIs of role reports, sorted; one or more."""
    inferred: bool = False
    """True where the body or the title was filled in from other reports."""
    start: When | None = None
    end: When | None = None
    doubted: bool = False
    """True where other reports of the single seat stand against it: it makes no day certain."""

    @property
    def began(self) -> When | None:
        """When the person took office; None for what is only planned."""
        planned = self.status == "future" or (self.start and self.when and self.start.earliest > self.when.latest)
        return None if planned else self.start

    @property
    def ended(self) -> When | None:
        """When the person left office; None for what is only planned."""
        planned = self.status == "future" or (self.end and self.when and self.end.earliest > self.when.latest)
        return None if planned else self.end

    @property
    def attested(self) -> When | None:
        """The day for which the report has the person in office."""
        return self.when if self.status in {"current", "acting"} and not self.ended else None

    @property
    def held(self) -> When | None:
        """The day on which the person was in office, so far as other reports leave it standing."""
        return None if self.doubted else self.attested

    @property
    def gone(self) -> date | None:
        """The last day by which the person had left."""
        if self.ended:
            return self.ended.latest
        return self.when.latest if self.when and self.status == "former" else None

    @property
    def anchor(self) -> date | None:
        """The day by which it is put in order; None for what has no date at all."""
        when = self.ended or self.when or self.began
        return when.earliest if when else None


def weighed(held: Mapping[str, Sequence[Attestation]], policy: TenurePolicy) -> dict[str, list[Attestation]]:
    """The attestations of all holders of a single seat, those marked that other reports make doubtful.

    The press gives a name its old title ("Presiden Habibie menghentikan ..."). Such a report makes no day certain: one
    that far more reports of those weeks stand against, and one of somebody who was already called former while
    another holder is attested.
    """
    seat = _Seat(
        {holder: [a for a in some if a.held and a.status == "current"] for holder, some in held.items()}, policy
    )
    return {holder: list(_marked(some, seat.doubtful(holder, some))) for holder, some in held.items()}


def _marked(some: Sequence[Attestation], doubtful: frozenset[When]) -> Iterator[Attestation]:
    for a in some:
        yield replace(a, doubted=True) if a.status == "current" and a.held in doubtful else a


class _Seat:
    """The days on which each holder of a single seat is attested."""

    def __init__(self, held: Mapping[str, Sequence[Attestation]], policy: TenurePolicy) -> None:
        self._days = {holder: _Days(some) for holder, some in held.items()}
        self._all = _Days([a for some in held.values() for a in some])
        self._policy = policy

    def doubtful(self, holder: str, own: Sequence[Attestation]) -> frozenset[When]:
        """The days for which others stand against the reports that have a holder in office."""
        days = {a.held for a in own if a.held and a.status == "current"}
        past = _Past(own)
        return frozenset(day for day in days if self._outvoted(day, holder) or self._left(day, holder, past))

    def _outvoted(self, when: When, holder: str) -> bool:
        """True where another holder's many reports of those weeks lie around the day."""
        around = timedelta(days=self._policy.vote_days)
        first, last = when.earliest - around, when.latest + around
        own = self._days[holder].between(first, last)
        least = self._policy.vote_ratio * own
        return self._all.between(first, last) - own >= least and any(
            days.between(first, last) >= least
            and days.between(first, when.earliest - _DAY)
            and days.between(when.latest, last)
            for other, days in self._days.items()
            if other != holder
        )

    def _left(self, when: When, holder: str, past: _Past) -> bool:
        """True where the holder was called former before, no new start is told, and the seat was another's since."""
        gone = past.left(when.earliest - timedelta(days=self._policy.return_days), when.earliest)
        if not gone or past.begun(gone[-1], when.latest):
            return False
        return self._all.between(gone[0], when.latest) > self._days[holder].between(gone[0], when.latest)


class _Days:
    """How many reports have somebody in office from day to day."""

    def __init__(self, some: Iterable[Attestation]) -> None:
        counts: Counter[date] = Counter()
        for a in some:
            if a.held:
                counts[a.held.earliest] += len(a.reports)
        self._days = sorted(counts)
        self._until = [0, *accumulate(counts[day] for day in self._days)]

    def between(self, first: date, last: date) -> int:
        """The number of reports from a day to another, both included."""
        return self._until[bisect_right(self._days, last)] - self._until[bisect_left(self._days, first)]


class _Past:
    """When a holder is told to have left and to have begun."""

    def __init__(self, own: Sequence[Attestation]) -> None:
        self._gone = sorted(a.gone for a in own if a.gone)
        self._began = sorted(a.began.latest for a in own if a.began)

    def left(self, first: date, end: date) -> list[date]:
        """The days, from one to before another, by which the holder had left, in order."""
        return self._gone[bisect_left(self._gone, first) : bisect_left(self._gone, end)]

    def begun(self, first: date, last: date) -> bool:
        """True where a start is told between two days, both included."""
        return bisect_left(self._began, first) < bisect_right(self._began, last)
