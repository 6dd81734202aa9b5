"""What every reader of dates asks of the lexemes of a string: the words around, years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kg.lang.calendar_expressions import Day, Month, Year, steps
from kg.lang.calendar_words import Lexeme, Words

Dated = TypeVar("Dated", Day, Month)
"""What a year may follow."""

YEARS = range(1900, 2100)
"""Four figures within are taken for a year: the press dates no event before, and larger ones are counts."""


class Reader:
    """Looks at the lexemes of one string with the words of its language."""

    def __init__(self, lexemes: Sequence[Lexeme], words: Words) -> None:
        """Takes the lexemes of a string and the words of its language."""
        self.lexemes = lexemes
        self.words = words

    def _year_at(self, index: int) -> tuple[Year, int] | None:
        number = self.lexemes[index].number if index < len(self.lexemes) else None
        if number is None or number not in YEARS or self._is(index + 1, "counted"):
            return None
        return Year(number), index + 1

    def _with_year(self, point: Dated, index: int) -> tuple[Dated, int]:
        noun = self.words.year_nouns.at(self.lexemes, index)
        at = noun[1] if noun else index + self._abbreviates(index)
        bracket = not noun and self._is_mark(index, "(") and self._is_mark(index + 2, ")")
        year = self._year_at(at + bracket)
        if year is not None:
            return replace(point, year=year[0].year), year[1] + bracket
        pull = self.words.pulls.at(self.lexemes, at) if noun and noun[0] in self.words.units else None
        return (replace(point, years=steps(pull[0])), pull[1]) if pull else (point, index)

    def _abbreviates(self, index: int) -> bool:
        """True of the full stop in "31 Des. 2023"."""
        short = self._word(index - 1) in self.words.months_short
        return short and self._is_mark(index, ".") and self._year_at(index + 1) is not None

    def _numbered(self, index: int) -> bool:
        if index == 0:
            return False
        before = self.lexemes[index - 1]
        return before.kind in ("number", "figure") or before.word in self.words.numbers.first_words

    def _word(self, index: int) -> str:
        return self.lexemes[index].word if 0 <= index < len(self.lexemes) else ""

    def _is(self, index: int, name: str) -> bool:
        return self._word(index) in self.words.sets[name]

    def _is_mark(self, index: int, marks: str) -> bool:
        word = self._word(index)
        return len(word) == 1 and word in marks
