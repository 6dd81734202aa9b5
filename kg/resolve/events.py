"""Which event reports tell of one event: same type, dates that can be one, enough shared (``policy.toml``).

Reports that match, directly or through others, are one event, unless their days or the persons in them part
them: then each is an event, and a report that fits several goes to the one it shares most with. Nothing depends
on the order of arrival.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from typing import Final

from kg.model import Factuality, Stance, When
from kg.resolve import countries
from kg.resolve.policy import EventWeights

MAX_MONTHS: Final = 24
"""A report that leaves more months open is never compared: it says too little."""
_SLACK: Final = 1
"""Days. Time zones: two reports of one hour may name neighbouring days."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event report with identities in the place of the article's own entities."""

    article: str
    report: str
    """IRI of the event report."""
    type: str
    sense: str
    participants: tuple[tuple[str, str], ...]
    """(role, identity), sorted."""
    places: tuple[str, ...]
    """Identities, the most specific first."""
    date: When | None
    published: Day | None
    factuality: Factuality
    sources: tuple[tuple[Stance, str], ...]
    """(stance, identity), sorted: who reports, claims or denies it."""
    thing: str | None
    words: frozenset[str]
    """Folded words of the thing and of the passages that tell of it."""

    @property
    def identities(self) -> frozenset[str]:
        """Who takes part, whatever the role."""
        return frozenset(identity for _, identity in self.participants)

    @property
    def persons(self) -> frozenset[str]:
        """The persons who take part."""
        return frozenset(identity for identity in self.identities if identity.startswith("person/"))

    @property
    def head(self) -> str | None:
        """The first word of the thing: ``surat``."""
        return self.thing.split()[0].casefold() if self.thing and self.thing.split() else None


@dataclass(frozen=True, slots=True)
class Happened:
    """One event and the reports that tell of it, sorted."""

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
        """What the reports make of it: a denial wins over a claim, a report that it happened over a plan."""
        told = Counter(t.factuality for t in self.reports)
        if told["claimed"] + told["denied"] >= max(told["actual"], 1):
            return "denied" if told["denied"] else "claimed"
        return "actual" if told["actual"] else "planned"

    @property
    def participants(self) -> tuple[tuple[str, str], ...]:
        """(role, identity), sorted: who takes part, in the role that most reports give; in all of several."""
        roles: dict[str, Counter[str]] = {}
        for role, identity in (pair for told in self.reports for pair in told.participants):
            roles.setdefault(identity, Counter())[role] += 1
        return tuple(
            sorted((r, i) for i, counts in roles.items() for r, n in counts.items() if n == max(counts.values()))
        )

    @property
    def places(self) -> tuple[str, ...]:
        """The most specific places, sorted: none that a report names around a more specific one."""
        around = {place for told in self.reports for place in told.places[1:]}
        inner = {told.places[0] for told in self.reports if told.places}
        return tuple(sorted(inner - around or inner))

    @property
    def sources(self) -> tuple[tuple[Stance, str], ...]:
        """(stance, identity), sorted: who reports, claims or denies it."""
        return tuple(sorted({source for told in self.reports for source in told.sources}))

    def days_apart(self) -> tuple[Told, ...]:
        """The reports that name days of which no two can be one; none where all can."""
        dated = [(t, t.date) for t in self.reports if t.date]
        return tuple(t for t, day in dated if any(not day.overlaps(other) for _, other in dated))

    def countries_apart(self) -> tuple[Told, ...]:
        """The reports that put it in different countries; places inside a country are not compared."""
        known = countries.identities()
        located = [(t, known.intersection(t.places)) for t in self.reports if known.intersection(t.places)]
        return tuple(t for t, where in located if any(not where & other for _, other in located))

    def doubted(self) -> tuple[Told, ...]:
        """The reports that differ on whether it is real: it happened, or somebody claims or denies it."""
        real = tuple(t for t in self.reports if t.factuality == "actual")
        contested = tuple(t for t in self.reports if t.factuality in {"claimed", "denied"})
        return real + contested if real and contested else ()


def blocks(told: Told, weights: EventWeights) -> frozenset[str]:
    """Blocking keys: type, participant and month; reports that share none are never compared."""
    days = window(told, weights.undated_days)
    months = ["-"] if days is None else _months(_shifted(days[0], -_SLACK), _shifted(days[1], _SLACK))
    some = months if len(months) <= MAX_MONTHS else ()
    return frozenset(f"{told.type}|{identity}|{month}" for identity in told.identities for month in some)


def match(a: Told, b: Told, weights: EventWeights) -> bool:
    """True where two reports that share a block tell of one event."""
    same = a.article != b.article and (a.type, a.sense) == (b.type, b.sense)
    return same and compatible(a, b, weights) and score(a, b, weights) >= weights.threshold


def window(told: Told, undated_days: int) -> tuple[Day, Day] | None:
    """The days on which the event can have been; None where nothing is known."""
    if told.date is not None:
        return told.date.earliest, told.date.latest
    if told.published is None:
        return None
    ahead = undated_days if told.factuality == "planned" else 0
    return _shifted(told.published, -undated_days), _shifted(told.published, ahead)


def compatible(a: Told, b: Told, weights: EventWeights) -> bool:
    """True where the dates leave a day on which both can have been, give or take one day of time zones."""
    one, other = window(a, weights.undated_days), window(b, weights.undated_days)
    if one is None or other is None:
        return one is None and other is None
    return _shifted(one[0], -_SLACK) <= other[1] and _shifted(other[0], -_SLACK) <= one[1]


def score(a: Told, b: Told, weights: EventWeights) -> float:
    """How much two reports share, by the table of weights."""
    total = _parts(a, b, weights)
    if set(a.places) & set(b.places):
        total += weights.same_place
    if a.date is not None and a.date == b.date and a.date.earliest == a.date.latest:
        total += weights.same_day
    if a.published and b.published and abs((a.published - b.published).days) <= 2:
        total += weights.near_day
    return total + _things(a, b, weights)


def split(component: Sequence[Told], weights: EventWeights) -> list[tuple[Told, ...]]:
    """The events of a set of reports that match: one, or one for each of the days that part it."""
    dated = sorted((t for t in component if t.date), key=_precision)
    undated = sorted((t for t in component if not t.date), key=lambda t: t.report)
    events: list[list[Told]] = []
    for told in (*dated, *undated):
        fitting = [event for event in events if all(_joins(told, t, weights) for t in event)]
        if fitting:
            max(fitting, key=lambda event: _nearness(told, event, weights)).append(told)
        else:
            events.append([told])
    return [tuple(sorted(event, key=lambda t: t.report)) for event in events]


def _parts(a: Told, b: Told, weights: EventWeights) -> float:
    """What those who take part are worth: shared ones, and ones that the other does not know."""
    persons, bodies = a.persons & b.persons, (a.identities - a.persons) & (b.identities - b.persons)
    total = len(persons) * weights.same_person + len(bodies) * weights.same_body
    if a.persons - persons and b.persons - persons:
        total += weights.other_persons
    elif a.type in weights.sole_types and len(persons) == len(a.persons | b.persons) == 1:
        total += 0.0 if _places_apart(a, b) else weights.same_sole
    if not persons and a.identities - a.persons - bodies and b.identities - b.persons - bodies:
        total += weights.other_bodies
    return total


def _places_apart(a: Told, b: Told) -> bool:
    """True where both name places and none in common; a country may hold any other place."""
    known = countries.identities()
    inside = [set(told.places) - known for told in (a, b)]
    around = [set(told.places) & known for told in (a, b)]
    return any(one and other and not one & other for one, other in (inside, around))


def _things(a: Told, b: Told, weights: EventWeights) -> float:
    if (a.head and a.head in b.words) or (b.head and b.head in a.words):
        return weights.same_thing
    return weights.other_thing if a.head and b.head else 0.0


def _joins(a: Told, b: Told, weights: EventWeights) -> bool:
    """True where two reports of one component can tell of one event."""
    at_odds = bool(a.persons - b.persons and b.persons - a.persons) and score(a, b, weights) < weights.threshold
    return a.article != b.article and compatible(a, b, weights) and not at_odds


def _nearness(told: Told, event: Sequence[Told], weights: EventWeights) -> tuple[float, str]:
    return max(score(told, t, weights) for t in event), min(t.report for t in event)


def _precision(told: Told) -> tuple[int, Day, str]:
    assert told.date is not None, "undated reports come after the dated ones"
    return (told.date.latest - told.date.earliest).days, told.date.earliest, told.report


def _shifted(day: Day, days: int) -> Day:
    """A day so many days off; itself at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _months(first: Day, last: Day) -> list[str]:
    """``2023-07`` for every month that holds one of the days."""
    span = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in span[: MAX_MONTHS + 1]]
