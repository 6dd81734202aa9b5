"""Reads the stretches of time that are counted or named by figures: quarters, semesters, decades, centuries."""

from __future__ import annotations

from kg.lang.calendar_expressions import Month, Range, Read, Year
from kg.lang.calendar_reader import Reader

DECADES = range(1000, 2100, 10)
"""Years that a decade may begin with."""

SHORT_DECADES = range(10, 100, 10)
"""Two figures that name a decade, always of the 1900s: "tahun 80-an"."""

CENTURIES = range(1, 22)


class Periods(Reader):
    """Reads a quarter, a semester, a decade or a century as a range, whole also where it is "awal 1990-an"."""

    def at(self, index: int) -> Read | None:
        """The period that begins at an index, and the index after it; also "tahun 1980-an hingga 1990-an"."""
        read = self._one(index)
        joint = self.words.to.at(self.lexemes, read[1]) if read else None
        other = self._one(joint[1]) if joint and joint[0] == "any" else None
        return (Range(read[0].first, other[0].last), other[1]) if read and other else read

    def _one(self, index: int) -> tuple[Range, int] | None:
        begin = index + self._is(index, "parts")
        if begin >= len(self.lexemes):
            return None
        return self._stretch(begin) or self._decade(begin, index) or self._century(begin)

    def _stretch(self, index: int) -> tuple[Range, int] | None:
        """Months of a year that is named: "kuartal III 2024", "semester I-2025", "triwulan II tahun lalu"."""
        length = self.words.stretches.get(self._word(index))
        ordinal = self._ordinal(index + 1) if length else None
        if length is None or ordinal is None:
            return None
        last, end = self._year_of(Month(length * ordinal[0]), ordinal[1])
        if last.month > 12 or (last.year is None and last.years is None):
            return None
        first = Month(last.month - length + 1, last.year, years=last.years)
        return Range(first, last), end

    def _year_of(self, month: Month, index: int) -> tuple[Month, int]:
        return self._with_year(month, index + self._is_mark(index, "-–/"))

    def _decade(self, index: int, start: int) -> tuple[Range, int] | None:
        noun = self._is(index, "decade_nouns")
        at = index + noun
        number = self.lexemes[at].number if at < len(self.lexemes) else None
        suffix = self._is_mark(at + 1, "-–") and self._is(at + 2, "decade_suffix")
        if number is None or not (suffix or self._is(index, "decades")):
            return None
        if noun and number in SHORT_DECADES:
            number += 1900
        told = noun or start < index or self._is(start - 1, "year_cues")
        if number not in DECADES or not told:
            return None
        return Range(Year(number), Year(number + 9)), at + 1 + 2 * suffix

    def _century(self, index: int) -> tuple[Range, int] | None:
        ordinal = self._ordinal(index + 1) if self._is(index, "century_nouns") else None
        if ordinal is None or ordinal[0] not in CENTURIES:
            return None
        century, end = ordinal
        if self.words.other_eras.at(self.lexemes, end) is not None:
            return None
        return Range(Year(100 * century - 99), Year(100 * century)), end + self._is(end, "our_era")

    def _ordinal(self, index: int) -> tuple[int, int] | None:
        """A number in figures, in Roman ones or in words: "3", "ke-3", "III", "ketiga"."""
        prefix = self._is(index, "ordinal_prefix")
        at = index + prefix + (prefix and self._is_mark(index + 1, "-–"))
        number = self.lexemes[at].number if at < len(self.lexemes) else None
        return (number, at + 1) if number else self.words.ordinals.at(self.lexemes, at)
