"""Offices on the day of an event: who is called minister where a fresh event is told held the office that day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.nlp.layers import Happening, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc

FRESH_DAYS: Final = 7
"""An event is fresh so many days before its article: of older ones the press may use today's title (set by hand)."""


def on_days(doc: Doc, roles: Sequence[Role], happenings: Sequence[Happening], published: date | None) -> Iterator[Role]:
    """The roles, and again those that stand in one sentence with a fresh event of their person, for its day."""
    yield from roles
    for role in roles:
        if role.status != "current" or role.date or role.ended or published is None:
            continue
        sentence = doc[role.start].sent
        days = {
            happening.date.when
            for happening in happenings
            if happening.date is not None and _shows(role, happening, range(sentence.start, sentence.end))
        }
        for day in sorted(days):
            begun = role.began is None or role.began.latest <= day.latest
            if begun and day.earliest == day.latest and 0 < (published - day.earliest).days <= FRESH_DAYS:
                yield replace(role, date=day)


def _shows(role: Role, happening: Happening, sentence: range) -> bool:
    """True where an actual event of the person is told in the sentence."""
    takes_part = any(key == role.person for _, key in happening.participants)
    return takes_part and happening.factuality == "actual" and any(t in sentence for t, _ in happening.triggers)
