"""The words of dates and the lexemes a string is cut into, for the grammar of calendar_grammar.py."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from kg.lang.calendar_expressions import PULLS, Pull
from kg.lang.pack import Pack

T = TypeVar("T")
Tables = Mapping[str, Any]
Joint = Literal["any", "days", "years"]
"""What a word between two ends joins: any two; the numbers of days and the ends after "antara"; years."""

CENTURY_PIVOT = 60
"""Two figures up to this are a year of the 2000s. The press writes "26/07/23" of news, hardly of history."""

_LEXEME = re.compile(
    r"""
      (?P<word>    [^\W\d_] [^\W_]* (?:['’‘][^\W_]+)* )
    | (?P<iso>     (?<![\w/.-]) \d{4}-\d\d-\d\d (?![\d/-]) )
    | (?P<slashed> (?<![\w/.,]) \d{1,2}[ ]?/[ ]?\d{1,2} (?:[ ]?/[ ]?(?:\d{4}|\d\d))? (?![\w/]|[ ]/|[.,]\d) )
    | (?P<joined>  (?<![\w/.,-]) \d{1,2} (?P<joint>[.-]) \d{1,2} (?P=joint) \d{4} (?![\w/-]|[.,]\d) )
    | (?P<number>  (?<![\w.,]) \d+ (?!\w|[.,]\d) )
    | (?P<figure>  \d (?:[.,]?\w)* )
    | (?P<mark>    \n | [^\s\w] | _ )
    """,
    re.VERBOSE,
)
_FIGURES = re.compile(r"\d+")


class Lexeme(NamedTuple):
    """One word, number, numeric date or mark of a string. A tuple: an article has thousands."""

    begin: int
    end: int
    word: str
    """Lower case."""
    kind: str
    capital: bool

    @property
    def number(self) -> int | None:
        """The value of a whole number that is no part of a larger figure."""
        return int(self.word) if self.kind == "number" and len(self.word) <= 4 else None

    @property
    def figures(self) -> tuple[int, int, int | None] | None:
        """Day, month and year of a numeric date."""
        if self.kind not in ("iso", "slashed", "joined"):
            return None
        parts = _FIGURES.findall(self.word)
        day, month, year = reversed(parts) if self.kind == "iso" else (*parts, None)[:3]
        return int(day), int(month), _year(year)


def lexemes(text: str) -> list[Lexeme]:
    """The lexemes of a string in order; line breaks are marks, other white space is dropped."""
    return [_lexeme(match) for match in _LEXEME.finditer(text)]


def _lexeme(match: re.Match[str]) -> Lexeme:
    word = match.group()
    kind = match.lastgroup or "mark"
    return Lexeme(match.start(), match.end(), word.lower(), kind, word[0].isupper())


def _year(figures: str | None) -> int | None:
    if figures is None or len(figures) == 4:
        return int(figures) if figures else None
    return int(figures) + (2000 if int(figures) <= CENTURY_PIVOT else 1900)


class Phrases(Generic[T]):
    """Words and phrases with a value each; the longest that matches wins."""

    def __init__(self, values: Mapping[str, T]) -> None:
        """Cuts the phrases into words as `lexemes` cuts a text."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in values.items():
            words = tuple(lexeme.word for lexeme in lexemes(phrase))
            self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[Lexeme], index: int) -> tuple[T, int] | None:
        """The value of the longest phrase that begins at an index, and the index after it."""
        if index >= len(words):
            return None
        for phrase, value in self._by_first.get(words[index].word, ()):
            end = index + len(phrase)
            if end <= len(words) and all(words[index + k].word == word for k, word in enumerate(phrase)):
                return value, end
        return None

    @property
    def first_words(self) -> frozenset[str]:
        """Every word that a phrase begins with."""
        return frozenset(self._by_first)


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of dates.toml, ready to be looked up."""

    months: Mapping[str, int]
    months_short: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Phrases[int]
    units: Mapping[str, str]
    one: Mapping[str, str]
    deictic: Phrases[int]
    pulls: Phrases[Pull]
    ago: Phrases[int]
    to: Phrases[Joint]
    day_parts: Phrases[str]
    year_nouns: Phrases[str]
    ordinals: Phrases[int]
    stretches: Mapping[str, int]
    """Lengths in months."""
    other_eras: Phrases[str]
    sets: Mapping[str, frozenset[str]]
    """The plain word lists by their names in the file."""
    anchors: frozenset[str]
    """Every word that a date expression may begin with."""


@lru_cache(maxsize=4)
def words_of(pack: Pack) -> Words:
    """The date words of a language pack. Raises Broken where dates.toml or speech.toml cannot be read."""
    table = pack.table("dates")
    sets = {name: frozenset(value) for name, value in table.items() if _plain(value)}
    sets["speech"] = _speech(pack.table("speech"))
    parts: dict[str, Any] = {
        "months": _numbered(table["months"]),
        "months_short": _numbered(table["months_short"]),
        "weekdays": {word: number - 1 for word, number in _numbered(table["weekdays"]).items()},
        "numbers": Phrases[int](table["numbers"]),
        "units": _by_word(table["units"]),
        "one": _by_word(table["one"]),
        "deictic": Phrases[int](table["deictic"]),
        "ordinals": Phrases[int](table["ordinals"]),
        "stretches": table["stretches"],
    }
    pulls: dict[str, Pull] = {word: pull for pull in PULLS for word in table[pull]}
    signs = {word: sign for name, sign in (("ago", -1), ("ahead", 1)) for word in table[name]}
    names: dict[Joint, str] = {"any": "to", "days": "to_days", "years": "to_years"}
    joints = {word: joint for joint, name in names.items() for word in table[name]}
    return Words(
        **parts,
        pulls=Phrases(pulls),
        ago=Phrases(signs),
        to=Phrases(joints),
        day_parts=_phrases(table["day_parts"]),
        year_nouns=_phrases(table["year_nouns"]),
        other_eras=_phrases(table["other_eras"]),
        sets=sets,
        anchors=_anchors(parts, sets, table),
    )


def _plain(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _phrases(row: Iterable[str]) -> Phrases[str]:
    return Phrases({word: word for word in row})


def _numbered(rows: Iterable[Iterable[str]]) -> dict[str, int]:
    return {word: number for number, row in enumerate(rows, start=1) for word in row}


def _by_word(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {word: unit for unit, row in table.items() for word in row}


def _speech(table: Mapping[str, Iterable[str]]) -> frozenset[str]:
    names = ("before", "after", "claims_before", "claims_after", "denies_before", "denies_after", "via")
    return frozenset(word for name in names for word in table[name])


def _anchors(parts: Tables, sets: Mapping[str, frozenset[str]], table: Tables) -> frozenset[str]:
    plain = ("months", "months_short", "weekdays", "units", "one", "stretches")
    found = {word for name in plain for word in parts[name]}
    found |= parts["numbers"].first_words | parts["deictic"].first_words
    nouns = ("parts", "day_nouns", "month_nouns", "decade_nouns", "century_nouns")
    found |= {word for name in nouns for word in sets[name]}
    return frozenset(found) | _phrases(table["year_nouns"]).first_words
