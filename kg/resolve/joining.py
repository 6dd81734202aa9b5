"""Which event reports tell of one event: same type, dates that can be one, enough shared (``policy.toml``).

Reports that match, directly or through others, are one event, unless their days or the persons in them part
them: then each is an event, and a report that fits several goes to the one it shares most with. Nothing depends
on the order of arrival.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Day
from datetime import timedelta
from typing import Final

from kg.model import When
from kg.resolve import countries, occasions
from kg.resolve.events import Told
from kg.resolve.policy import EventWeights

MAX_MONTHS: Final = 24
"""A report that leaves more months open is never compared: it says too little."""
_SLACK: Final = 1
"""Days. Time zones: two reports of one hour may name neighbouring days."""
_NEAR: Final = 2
"""Days within which outlets report one event."""


def blocks(told: Told, weights: EventWeights) -> frozenset[str]:
    """Blocking keys; reports that share none are never compared.

    Type, participant and month; type, sense and what comes once: an anniversary, somebody's death.
    """
    days, slack = window(told, weights.undated_days), weights.stay_days if _stays(told, weights) else _SLACK
    months = ["-"] if days is None else _months(_shifted(days[0], -slack), _shifted(days[1], slack))
    some = months if len(months) <= MAX_MONTHS else ()
    sent = {f"{land}@{place}" for land in _lands(told, weights) for place in told.places}
    known = (f"{told.type}|{each}|{month}" for each in told.identities | sent for month in some)
    whenever = (*told.occasions, *_once(told, weights))
    return frozenset(known) | {f"{told.type}|{told.sense}|{each}" for each in whenever}


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
    if occasions.same(a.occasions, b.occasions):
        return a.date is None or b.date is None or _same_season(a.date, b.date)
    if _once(a, weights) & _once(b, weights):
        return True
    one, other = window(a, weights.undated_days), window(b, weights.undated_days)
    if one is None or other is None:
        return one is None and other is None
    slack = weights.stay_days if _one_stay(a, b, weights) else _SLACK
    return _shifted(one[0], -slack) <= other[1] and _shifted(other[0], -slack) <= one[1]


def score(a: Told, b: Told, weights: EventWeights) -> float:
    """How much two reports share, by the table of weights."""
    total = _parts(a, b, weights) + _days(a, b, weights) + _things(a, b, weights)
    if set(a.places) & set(b.places):
        total += weights.same_place
    elif (
        a.type in weights.elsewhere_types and not _same_day(a, b) and (_places_apart(a, b) or not a.persons & b.persons)
    ):
        total += weights.elsewhere
    if occasions.same(a.occasions, b.occasions):
        total += weights.same_occasion
    return total


def split(component: Sequence[Told], weights: EventWeights) -> list[tuple[Told, ...]]:
    """The events of a set of reports that match: one, or one for each of the days that part it."""
    events: list[list[Told]] = []
    for told in _in_turn(component, weights):
        fitting = [event for event in events if _fits(told, event, weights)]
        if fitting:
            max(fitting, key=lambda event: _nearness(told, event, weights)).append(told)
        else:
            events.append([told])
    return [tuple(sorted(event, key=lambda t: t.report)) for event in events]


def _in_turn(component: Sequence[Told], weights: EventWeights) -> list[Told]:
    """The dated reports, the most precise first; then the others, those first that match one of them, and so on."""
    turn = sorted((t for t in component if t.date), key=_precision)
    left = sorted((t for t in component if not t.date), key=lambda t: t.report)
    at = 0
    while left:
        if at == len(turn):
            turn.append(left.pop(0))
        near = [t for t in left if match(t, turn[at], weights)]
        left = [t for t in left if t not in near]
        turn += near
        at += 1
    return turn


def _parts(a: Told, b: Told, weights: EventWeights) -> float:
    """What those who take part are worth: shared ones, and ones that the other does not know."""
    persons, bodies = a.persons & b.persons, (a.identities - a.persons) & (b.identities - b.persons)
    total = len(persons) * weights.same_person + len(bodies) * weights.same_body
    if _once(a, weights) & _once(b, weights):
        return total + weights.same_once
    if _in_company(a, b, weights) or (a.type in weights.sole_types and len(persons) == len(a.persons | b.persons) == 1):
        total += 0.0 if _places_apart(a, b) else weights.same_sole
    elif not _one_crowd(a, b):
        total += _strangers(a, b, weights)
    return total + (weights.same_whole if _whole(a, b, weights) else 0.0)


def _strangers(a: Told, b: Told, weights: EventWeights) -> float:
    """What persons, or bodies where no person is shared, count that only one of two reports names, each its own."""
    persons = a.persons & b.persons
    total = weights.other_persons if a.persons - persons and b.persons - persons else 0.0
    mine, other = a.identities - a.persons, b.identities - b.persons
    return total + (weights.other_bodies if not persons and mine - other and other - mine else 0.0)


def _one_crowd(a: Told, b: Told) -> bool:
    """True where both tell of one anniversary in one place: outlets name some of the many who came."""
    return occasions.same(a.occasions, b.occasions) and bool(set(a.places) & set(b.places))


def _whole(a: Told, b: Told, weights: EventWeights) -> bool:
    """True where the same bodies, two or more and nobody else, take part in both."""
    alike = a.identities == b.identities and len(a.identities) > 1 and not a.persons
    return alike and a.type in weights.whole_types and not _places_apart(a, b)


def _once(told: Told, weights: EventWeights) -> frozenset[str]:
    """The persons to whom this happens once."""
    return told.persons & {identity for role, identity in told.participants if role in weights.once_roles}


def _in_company(a: Told, b: Told, weights: EventWeights) -> bool:
    """True where somebody travels in both: a person, a country's delegation, or in one of them who holds its office."""
    if a.type not in weights.company_types:
        return False
    one, other = _travellers(a, weights), _travellers(b, weights)
    return bool(one & other or one & _lands(b, weights) or other & _lands(a, weights))


def _travellers(told: Told, weights: EventWeights) -> frozenset[str]:
    """The persons and countries that travel."""
    travel = told.persons | told.identities & countries.identities()
    return travel - {identity for role, identity in told.participants if role in weights.at_home}


def _lands(told: Told, weights: EventWeights) -> frozenset[str]:
    """The countries of those who travel: themselves, or by their office."""
    if told.type not in weights.company_types:
        return frozenset()
    travel = _travellers(told, weights)
    return travel - told.persons | {country for person, country in told.offices if person in travel}


def _stays(told: Told, weights: EventWeights) -> bool:
    """True for somebody's visit abroad, which lasts some days."""
    return told.type in weights.company_types and bool(countries.identities().intersection(told.places))


def _one_stay(a: Told, b: Told, weights: EventWeights) -> bool:
    """True where both tell that somebody is in one country."""
    abroad = countries.identities().intersection(a.places, b.places)
    return bool(abroad) and _in_company(a, b, weights)


def _places_apart(a: Told, b: Told) -> bool:
    """True where both name places and none in common; a country may hold any other place."""
    known = countries.identities()
    inside = [set(told.places) - known for told in (a, b)]
    around = [set(told.places) & known for told in (a, b)]
    return any(one and other and not one & other for one, other in (inside, around))


def _days(a: Told, b: Told, weights: EventWeights) -> float:
    """What dates and days of publication are worth."""
    total = 0.0
    if _same_day(a, b):
        total += weights.same_day
    near = a.published and b.published and abs((a.published - b.published).days) <= _NEAR
    if near:
        total += weights.near_day
    elif (a.date is None or b.date is None) and not (_anchored(a, b) or _once(a, weights) & _once(b, weights)):
        total += weights.far_day
    return total


def _same_day(a: Told, b: Told) -> bool:
    """True where both give the same single day."""
    return a.date is not None and a.date == b.date and a.date.earliest == a.date.latest


def _anchored(a: Told, b: Told) -> bool:
    """True where a plan, an anniversary or a date close to the other's article leaves no doubt of the time."""
    if "planned" in {a.factuality, b.factuality} or occasions.same(a.occasions, b.occasions):
        return True
    for dated, other in ((a, b), (b, a)):
        if dated.date and other.published and abs((other.published - dated.date.latest).days) <= _NEAR:
            return True
    return a.published is None and b.published is None


def _same_season(a: When, b: When) -> bool:
    """True where two dates share days of the calendar: of an anniversary only the year is told wrong."""
    (one, one_end), (other, other_end) = (
        ((w.earliest.month, w.earliest.day), (w.latest.month, w.latest.day)) for w in (a, b)
    )
    around_new_year = one > one_end or other > other_end
    return around_new_year or (one <= other_end and other <= one_end)


def _things(a: Told, b: Told, weights: EventWeights) -> float:
    if (a.head and a.head in b.words) or (b.head and b.head in a.words) or (a.sense and a.type in weights.kind_types):
        return weights.same_thing
    return weights.other_thing if a.head and b.head else 0.0


def _fits(told: Told, event: Sequence[Told], weights: EventWeights) -> bool:
    """True where a report of a component can tell of the event that others tell of."""
    dated = all(
        compatible(told, t, weights) or _tied(told, t, event, weights) or _tied(t, told, event, weights) for t in event
    )
    own = not any(told.article == t.article or _at_odds(told, t, weights) for t in event)
    return dated and (own or _comes_along(told, event, weights))


def _comes_along(told: Told, event: Sequence[Told], weights: EventWeights) -> bool:
    """True where a report of the same journey names who travels; two of one article where another joins them."""
    if told.type not in weights.company_types:
        return False
    parties = [t for t in event if t.article == told.article]
    apart = all(
        not _travellers(told, weights) & _travellers(t, weights) and not _places_apart(told, t) for t in parties
    )
    return apart and any(match(told, t, weights) for t in event)


def lasts(reports: Sequence[Told], weights: EventWeights) -> int:
    """How many days apart the reports of one event may lie without disagreeing."""
    return weights.stay_days if all(_stays(told, weights) for told in reports if told.date) else 0


def _at_odds(a: Told, b: Told, weights: EventWeights) -> bool:
    """True where each names a person whom the other does not, and they share too little else."""
    return bool(a.persons - b.persons and b.persons - a.persons) and score(a, b, weights) < weights.threshold


def _tied(late: Told, other: Told, event: Sequence[Told], weights: EventWeights) -> bool:
    """True where an anniversary dates a report by another of the event, whatever the day of its article."""
    return any(
        occasions.same(late.occasions, t.occasions) and compatible(late, t, weights) and compatible(t, other, weights)
        for t in event
    )


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
