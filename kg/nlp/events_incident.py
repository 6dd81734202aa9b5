"""Incidents: sentences that tell when and where something happened, whatever it was.

"Budi menusuk temannya. ... Peristiwa itu terjadi di Solo, Rabu (4/3).": attacks and deaths (``rw:setting`` "incident")
that have no day or place of their own have those of the sentence told nearest to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.nlp.events_merge import Draft
from kg.nlp.events_standins import CULPRIT
from kg.nlp.events_text import Text
from kg.nlp.events_where import date_near, places_near
from kg.nlp.layers import Date
from kg.ontology import EventType

INCIDENT = "incident"
"""The setting of what happens to people without their will."""
GAP = 6
"""How many words from the noun its verb stands at most: "peristiwa yang menimpa korban itu terjadi"."""
BESIDE = 3
"""How many words from the noun a day without a verb stands at most: "kebakaran pada Kamis"."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Words that tell that something happened, with its day and places."""

    start: int
    end: int
    date: Date | None = None
    places: tuple[str, ...] = ()


def incidents(text: Text, dates: Sequence[Date]) -> list[Incident]:
    """The incidents of an article that have a day or a place, in order."""
    days = [date for date in dates if date.when.earliest == date.when.latest]
    found = [
        Incident(each.start, each.end, date_near(text, days, each), tuple(places_near(text, each)))
        for each in _told(text, {date.start for date in days})
    ]
    return [each for each in found if each.date or each.places]


def _told(text: Text, days: set[int]) -> Iterator[Incident]:
    """Where a noun of what happened has a verb after it, or a day."""
    for index, word in enumerate(text.words):
        if word.removesuffix(text.grammar.possessive) in text.grammar.incidents:
            _, end = text.sentence(index)
            after = range(index + 1, min(end, index + GAP + 1))
            verb = next((token for token in after if text.words[token] in text.grammar.befalling), None)
            if verb is not None:
                yield Incident(index, verb + 1)
            elif days & {*after[:BESIDE]}:
                yield Incident(index, index + 1)


def share_culprits(text: Text, events: Sequence[Draft], types: Mapping[str, EventType]) -> None:
    """Gives what befalls people whoever does harm in the same sentence: "20 tewas ketika Ostland menyerang X"."""
    told = [(each, _culprits(each)) for each in events if types[each.type].setting == INCIDENT]
    for event, own in told:
        role = next(iter(event.harm.get(CULPRIT, ())), None)
        if own or role is None or any(event.kinds[key] != "place" for key in event.keys):
            continue
        here = {text.sentence_of[start] for start, _ in event.triggers}
        for other, culprits in told:
            if other.type != event.type and here & {text.sentence_of[start] for start, _ in other.triggers}:
                event.participants |= {(role, key) for key in culprits if key not in event.keys}
                event.kinds.update({key: other.kinds[key] for key in culprits})


def _culprits(event: Draft) -> list[str]:
    roles = event.harm.get(CULPRIT, ())
    return [key for role, key in sorted(event.participants) if role in roles]


def settle_incidents(events: Sequence[Draft], types: Mapping[str, EventType], told: Sequence[Incident]) -> None:
    """Gives attacks and deaths without a day or a place those of the incident told nearest."""
    for event in events:
        if types[event.type].setting == INCIDENT and event.factuality == "actual":
            near = sorted(told, key=lambda each: event.apart(each.start))
            event.date = event.date or next((each.date for each in near if each.date), None)
            event.places = event.places or list(next((each.places for each in near if each.places), ()))
