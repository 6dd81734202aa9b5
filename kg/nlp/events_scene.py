"""Events of one occasion: what an article tells of the day and the place of one holds for the others.

"Kim bertemu Shoigu di Pyongyang, Rabu (26/7). ... Keduanya mencapai konsensus ...": the consensus has the day and the
place of the meeting. Which types of event come together so says the ontology (``rw:setting``, ``rw:placeRole``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Day

from kg.model import When
from kg.nlp.events_merge import Draft, elsewhere
from kg.nlp.events_text import Text
from kg.nlp.events_where import first_place, narrowed_by
from kg.nlp.layers import Date
from kg.ontology import EventType

NEAR = 150
"""How many words apart two events of one occasion are told at most: about six sentences (set on gold/train)."""
BESIDE = 60
"""How many words from an occasion a day may stand that no event of the article has: two or three sentences
(set on gold/train, where 40 and 100 do no better)."""
NEWS_DAYS = 31
"""How many days before or after its article such a day lies at most: others it looks back to."""
OCCASION, JOURNEY = "occasion", "journey"
"""Settings: what people come together for, and how they come there."""
TOGETHER = (OCCASION, JOURNEY, "part")
"""The settings that share day and place: these, and what is only part of an occasion."""
SHARED = 2
"""How many persons in two events make one occasion of them, whoever else is there."""

Types = Mapping[str, EventType]


def settled(text: Text, events: Sequence[Draft], types: Types, days: Sequence[Date]) -> None:
    """Gives events without a day or a place those of the nearest event of the same occasion, or of what they are."""
    told = [(event, event.date, tuple(event.places)) for event in events if types[event.type].setting in TOGETHER]
    for event, date, places in told:
        near = [each for each in told if each[0] is not event and _together(event, each[0], types)]
        near.sort(key=lambda each: _distance(event, each[0]))
        if date is None:
            event.date = next((when for _, when, _ in near if when), None) or _beside(event, types, days)
        if not places:
            event.places = list(next((where for _, _, where in near if where), ()))
    here = first_place(text)
    for event in events:
        event.places = event.places or _places(event, types[event.type].place_role)
        if not event.places and types[event.type].article_place and event.factuality == "actual":
            event.places = [key for key in here if key not in event.keys]


def _together(event: Draft, other: Draft, types: Types) -> bool:
    """True where one event that happened is, by its persons, part of another told close by."""
    if event.factuality != "actual" or other.factuality != "actual" or _distance(event, other) > NEAR:
        return False
    if event.date and other.date and not event.date.when.overlaps(other.date.when):
        return False
    if elsewhere(event, other):
        return False
    mine, theirs = event.persons, other.persons
    shared = mine & theirs
    arrived = types[other.type].setting == JOURNEY and theirs <= mine
    return bool(shared) and (mine <= theirs or len(shared) >= SHARED or arrived)


def days_of_news(text: Text, dates: Sequence[Date], published: Day | None) -> list[Date]:
    """The days that an article gives to what it reports; none of the report itself, none of long ago."""
    days = [date for date in dates if date.scope is None and not date.dates_report and narrowed_by(text, date) is None]
    return [date for date in days if _is_news(date.when, published)]


def _is_news(when: When, published: Day | None) -> bool:
    if when.earliest != when.latest:
        return False
    return published is None or abs((when.earliest - published).days) <= NEWS_DAYS


def _beside(event: Draft, types: Types, days: Sequence[Date]) -> Date | None:
    """The day in the sentences around an occasion that happened: "... digelar di Solo. Pada Jumat (6/3) itu, ..."."""
    if types[event.type].setting != OCCASION or event.factuality != "actual":
        return None
    near = [date for date in days if event.apart(date.start) <= BESIDE]
    return min(near, key=lambda date: event.apart(date.start), default=None)


def _places(event: Draft, role: str | None) -> list[str]:
    """Where it happens if nothing else is told: at whom it is aimed, if that is a place."""
    return [key for each, key in sorted(event.participants) if each == role and event.kinds[key] == "place"][:1]


def _distance(event: Draft, other: Draft) -> int:
    return min(event.apart(start) for start, _ in other.triggers)
