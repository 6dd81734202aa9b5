"""What a role report attests of a person in a position, and which attestations of a single seat are doubtful."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.model import Status, When
from kg.resolve.policy import TenurePolicy


@dataclass(frozen=True, slots=True)
class Attestation:
    """One role report about a person in a position: when it holds, what it says, which report it is."""

    when: When | None
    """None: neither the article nor the report has a date."""
    status: Status
    report: str
    """IRI of the role report."""
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
    return {
        holder: [replace(a, doubted=True) if seat.doubts(a, holder, some) else a for a in some]
        for holder, some in held.items()
    }


class _Seat:
    """The days on which each holder of a single seat is attested."""

    def __init__(self, held: Mapping[str, Sequence[Attestation]], policy: TenurePolicy) -> None:
        self._days = {holder: sorted(a.held.earliest for a in some if a.held) for holder, some in held.items()}
        self._policy = policy

    def doubts(self, a: Attestation, holder: str, own: Sequence[Attestation]) -> bool:
        """True for a report of a current holder that others stand against."""
        if a.held is None or a.status != "current":
            return False
        return self._outvoted(a.held, holder) or self._left(a.held, holder, own)

    def _outvoted(self, when: When, holder: str) -> bool:
        """True where another holder's many reports of those weeks lie around the day."""
        around = timedelta(days=self._policy.vote_days)
        first, last = when.earliest - around, when.latest + around
        least = self._policy.vote_ratio * _between(self._days[holder], first, last)
        return any(
            _between(days, first, last) >= least
            and bisect_left(days, first) < bisect_left(days, when.earliest)
            and bisect_left(days, when.latest) < bisect_right(days, last)
            for other, days in self._days.items()
            if other != holder
        )

    def _left(self, when: When, holder: str, own: Sequence[Attestation]) -> bool:
        """True where the holder was called former before, no new start is told, and the seat was another's since."""
        reach = timedelta(days=self._policy.return_days)
        gone = [b.gone for b in own if b.gone and when.earliest - reach <= b.gone < when.earliest]
        if not gone or any(b.began and max(gone) <= b.began.latest <= when.latest for b in own):
            return False
        return any(_between(days, min(gone), when.latest) for other, days in self._days.items() if other != holder)


def _between(days: Sequence[date], first: date, last: date) -> int:
    return bisect_right(days, last) - bisect_left(days, first)
