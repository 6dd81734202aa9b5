"""Dates as the Indonesian press writes them, found in a string and resolved against a day of publication.

    calendar.find("Ia tiba Rabu (26/7).", pack, date(2023, 7, 28))   # "Rabu (26/7)" is 2023-07-26
    calendar.days("Sabtu, 14 September 2024 - 15:34 WIB", pack)      # full days only, no publication needed

Words stand in ``dates.toml``, the grammar in calendar_grammar.py and calendar_periods.py,
the arithmetic in calendar_resolve.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.lang.calendar_grammar import Grammar
from kg.lang.calendar_resolve import Anchor, resolve
from kg.lang.calendar_words import lexemes, words_of
from kg.lang.pack import Pack
from kg.model import When


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression in a string: ``text[begin:end]``, what it means, and the rule that read it."""

    begin: int
    end: int
    when: When
    rule: str


def find(text: str, pack: Pack, published: date | None = None, year_hint: int | None = None) -> tuple[Found, ...]:
    """Every date expression that can be resolved, in order.

    Without a publication date only what names its year is returned, and days and months of `year_hint`.
    """
    parts = lexemes(text)
    found: list[Found] = []
    for phrase in Grammar(parts, words_of(pack)).phrases():
        resolved = resolve(phrase.expression, Anchor(published, year_hint, phrase.ahead))
        if resolved is not None:
            found.append(Found(parts[phrase.start].begin, parts[phrase.end - 1].end, *resolved))
    return tuple(found)


def days(text: str, pack: Pack) -> tuple[Found, ...]:
    """Every full day (day, month and year) that a string names, in order; nothing relative."""
    return tuple(each for each in find(text, pack) if each.when.earliest == each.when.latest)
