"""What a role report attests of a person in a position, and which attestations of a single seat are outvoted."""

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
    outvoted: bool = False
    """True where far more reports of those days give the single seat to somebody else."""

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
    def held(self) -> When | None:
        """The day on which the person was in office."""
        holds = self.status in {"current", "acting"} and not self.ended and not self.outvoted
        return self.when if holds else None

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


def voted(held: Mapping[str, Sequence[Attestation]], policy: TenurePolicy) -> dict[str, list[Attestation]]:
    """The attestations of all holders of a single seat, those marked that are outvoted.

    The press gives a name its old title ("Presiden Habibie menghentikan ..."). Such a report makes no day certain where
    another holder is attested before it and after it, within some weeks, by far more reports.
    """
    days = {
        holder: sorted(a.held.earliest for a in some if a.held and a.status == "current")
        for holder, some in held.items()
    }
    return {
        holder: [replace(a, outvoted=True) if _outvoted(a, holder, days, policy) else a for a in some]
        for holder, some in held.items()
    }


def _outvoted(a: Attestation, holder: str, days: Mapping[str, Sequence[date]], policy: TenurePolicy) -> bool:
    """True for a report that another holder's many reports of those weeks stand against."""
    if a.held is None or a.status != "current":
        return False
    around = timedelta(days=policy.vote_days)
    first, day, last = a.held.earliest - around, a.held.earliest, a.held.latest + around
    own = _between(days[holder], first, last)
    for other, theirs in days.items():
        if other != holder and _between(theirs, first, last) >= policy.vote_ratio * own:
            before = bisect_left(theirs, day) > bisect_left(theirs, first)
            after = bisect_left(theirs, a.held.latest) < bisect_right(theirs, last)
            if before and after:
                return True
    return False


def _between(days: Sequence[date], first: date, last: date) -> int:
    return bisect_right(days, last) - bisect_left(days, first)
