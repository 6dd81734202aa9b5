"""The words around the dates of an office, from the language pack's ``terms.toml``; the lists are described there."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

from kg.errors import Broken
from kg.lang.pack import Pack
from kg.nlp.titles_words import Phrases


@dataclass(frozen=True, slots=True)
class TermWords:
    """The lists of terms.toml by their names, and numbers and units of time from dates.toml."""

    since: Phrases[str]
    until: Phrases[str]
    spans: Phrases[str]
    named: Phrases[str]
    now: Phrases[str]
    joins: Phrases[str]
    light: Phrases[str]
    holds: Phrases[str]
    leaves: Phrases[str]
    before_holds: Phrases[str]
    which: Phrases[str]
    served: Phrases[str]
    during: Phrases[str]
    recent: Phrases[str]
    chosen: Phrases[str]
    again: Phrases[str]
    announces: Phrases[str]
    suspends: Phrases[str]
    opens: Phrases[str]
    through: Phrases[str]
    posts: Phrases[str]
    complements: Phrases[str]
    term_of: Phrases[str]
    runs_out: Phrases[str]
    as_of: int
    """The year after which a text without any day is taken to be written."""
    undated: int
    """The year that an article without a day is no older than, so that who left before is no head of state in it."""
    numbers: Phrases[int]
    units: Phrases[str]
    one: Phrases[str]
    """ "setahun": one of the unit."""


@lru_cache(maxsize=4)
def term_words(pack: Pack) -> TermWords:
    """The words of a language pack. Raises Broken where a list is missing."""
    try:
        table, dates = pack.table("terms"), pack.table("dates")
        lists = {
            f.name: Phrases((p, p) for p in table[f.name])
            for f in fields(TermWords)
            if isinstance(table.get(f.name), list)
        }
        return TermWords(
            **lists,
            as_of=table["as_of"],
            undated=table["undated"],
            numbers=Phrases(dates["numbers"].items()),
            units=Phrases((word, unit) for unit, words in dates["units"].items() for word in words),
            one=Phrases((word, unit) for unit, words in dates["one"].items() for word in words),
        )
    except (KeyError, TypeError) as error:
        raise Broken(f"{pack.folder}: terms.toml: missing or bad list: {error}; compare kg/lang/id") from error
