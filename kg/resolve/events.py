"""Which event reports tell of one event: same type, dates that can be one, enough shared (``policy.toml``).

Reports that match, directly or through others, are one event, unless their own days part them: then each day is
an event and a report without a day goes to the one it shares most with. Nothing depends on the order of arrival.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from kg.model import Factuality, Stance, When
from kg.resolve.policy import EventWeights


@dataclass(frozen=True, slots=True)
class Told:
    """An event report with identities in the place of the article's own entities."""

    article: str
    report: str
    """IRI of the event report."""
    type: str
    participants: tuple[tuple[str, str], ...]
    """(role, identity), sorted."""
    places: tuple[str, ...]
    date: When | None
    published: date | None
    factuality: Factuality
    sources: tuple[tuple[Stance, str], ...]
    """(stance, identity), sorted: who reports, claims or denies it."""
    thing: str | None

    @property
    def identities(self) -> frozenset[str]:
        """Who takes part, whatever the role."""
        return frozenset(identity for _, identity in self.participants)


@dataclass(frozen=True, slots=True)
class Happened:
    """One event and the reports that tell of it."""

    id: str
    reports: tuple[Told, ...]

    @property
    def date(self) -> When | None:
        """The most precise date that most reports agree on; of several, the one that more reports allow."""
        dates = [t.date for t in self.reports if t.date]
        if not dates:
            return None
        return min(dates, key=lambda d: (-sum(d.overlaps(o) for o in dates), d.latest - d.earliest, d))

    @property
    def factuality(self) -> Factuality:
        """What the reports make of it: a denial wins over a claim; a report that it happened over a plan."""
        told = Counter(t.factuality for t in self.reports)
        for value in ("denied", "claimed") if told["claimed"] + told["denied"] >= told["actual"] else ():
            if told[value]:
                return "denied" if value == "denied" else "claimed"
        return "actual" if told["actual"] else max(told, key=lambda f: (told[f], f))


def window(told: Told, undated_days: int) -> tuple[date, date] | None:
    """The days on which the event can have been; None where nothing is known."""
    if told.date is not None:
        return told.date.earliest, told.date.latest
    if told.published is None:
        return None
    reach = timedelta(days=undated_days)
    return told.published - reach, told.published + (reach if told.factuality == "planned" else timedelta())


def blocks(told: Told, weights: EventWeights) -> Iterator[str]:
    """Blocking keys: type, participant and month; reports that share none are never compared."""
    days = window(told, weights.undated_days)
    months = ["-"] if days is None else sorted({f"{day:%Y-%m}" for day in _steps(*days)})
    for identity in sorted(told.identities):
        for month in months[:3]:
            yield f"{told.type}|{identity}|{month}"


def match(a: Told, b: Told, weights: EventWeights) -> bool:
    """True where two reports tell of one event."""
    return a.type == b.type and compatible(a, b, weights) and score(a, b, weights) >= weights.threshold


def compatible(a: Told, b: Told, weights: EventWeights) -> bool:
    """True where the dates leave a day on which both can have been, give or take one day of time zones."""
    one, other = window(a, weights.undated_days), window(b, weights.undated_days)
    if one is None or other is None:
        return one is None and other is None
    day = timedelta(days=1)
    return one[0] - day <= other[1] and other[0] - day <= one[1]


def score(a: Told, b: Told, weights: EventWeights) -> float:
    """How much two reports share, by the table of weights."""
    shared = a.identities & b.identities
    persons = sum(identity.startswith("person/") for identity in shared)
    total = persons * weights.same_person + (len(shared) - persons) * weights.same_body
    total += weights.same_place * bool(set(a.places) & set(b.places))
    total += weights.same_day * (a.date is not None and a.date == b.date and a.date.earliest == a.date.latest)
    near = a.published and b.published and abs((a.published - b.published).days) <= 2
    return total + weights.near_day * bool(near) + weights.same_article * (a.article == b.article)


def components(reports: Sequence[Told], weights: EventWeights) -> Iterator[tuple[Told, ...]]:
    """The events that a set of reports tells of, each with its reports."""
    waiting = sorted(reports, key=lambda t: t.report)
    while waiting:
        group, rest = [waiting[0]], waiting[1:]
        for told in group:  # grows while it is walked
            near = [t for t in rest if match(told, t, weights)]
            group.extend(near)
            rest = [t for t in rest if t not in near]
        yield from split(group, weights)
        waiting = rest


def split(component: Sequence[Told], weights: EventWeights) -> list[tuple[Told, ...]]:
    """The events of one component of matching reports: one, or one for each of the days that part it."""
    ordered = sorted(component, key=lambda t: t.report)
    anchors: list[list[Told]] = []
    for told in sorted((t for t in ordered if t.date), key=_precision):
        home = next((g for g in anchors if all(_joins(told, t, weights) for t in g)), None)
        anchors.append([told]) if home is None else home.append(told)
    for told in (t for t in ordered if not t.date):
        fitting = [g for g in anchors if all(_joins(told, t, weights) for t in g)]
        if not fitting:
            anchors.append([told])
            continue
        max(fitting, key=lambda g: (max(score(told, t, weights) for t in g), g[0].report)).append(told)
    return [tuple(sorted(group, key=lambda t: t.report)) for group in anchors]


def disagreements(told: Iterable[Told]) -> list[tuple[Told, Told]]:
    """Pairs of reports of one event whose dates share no day."""
    dated = [t for t in told if t.date]
    return [(a, b) for a, b in combinations(dated, 2) if a.date and b.date and not a.date.overlaps(b.date)]


def _joins(a: Told, b: Told, weights: EventWeights) -> bool:
    return a.article != b.article and compatible(a, b, weights)


def _precision(told: Told) -> tuple[int, date, str]:
    assert told.date is not None
    return (told.date.latest - told.date.earliest).days, told.date.earliest, told.report


def _steps(first: date, last: date) -> Iterator[date]:
    day = first
    while day < last:
        yield day
        day += timedelta(days=27)
    yield last
