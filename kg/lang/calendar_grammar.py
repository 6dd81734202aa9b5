"""The grammar of date expressions: reads them from the lexemes of a string (words: dates.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.lang.calendar_expressions import (
    Day,
    DayOfMonth,
    Expression,
    Month,
    Offset,
    Point,
    Range,
    Read,
    Weekday,
    Year,
    pulled,
    steps,
    with_weekday,
)
from kg.lang.calendar_periods import Periods
from kg.lang.calendar_reader import Reader
from kg.lang.calendar_words import Joint, Lexeme, Words

AHEAD_REACH = 14
"""How many lexemes before a date a cue that it lies ahead ("akan") is looked for: about a clause."""

CLAUSE_ENDS = '.;:!?\n"“”'


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression found: lexemes ``start`` to ``end``; ``ahead`` where the words around say so."""

    expression: Expression
    start: int
    end: int
    ahead: bool


class Grammar(Reader):
    """Reads the date expressions of one string, left to right, the longest at each place."""

    def __init__(self, lexemes: Sequence[Lexeme], words: Words) -> None:
        """Takes the lexemes of a string and the words of its language."""
        super().__init__(lexemes, words)
        self._periods = Periods(lexemes, words)

    def phrases(self) -> Iterator[Phrase]:
        """Every date expression, in order, none overlapping another."""
        index = 0
        while index < len(self.lexemes):
            read = self._expression(index) if self._may_begin(index) else None
            if read is None:
                index += 1
                continue
            expression, end = read
            if not self._is(index - 1, "recurs_before") and not self._is_named(expression, index):
                yield Phrase(expression, index, end, self._lies_ahead(index, end))
            index = end

    def _is_named(self, expression: Expression, index: int) -> bool:
        """True in "Pasar Minggu"; nothing is named by "kemarin", "tahun lalu" or "bulan Mei"."""
        if isinstance(expression, Offset) or not self._is(index - 1, "names_before"):
            return False
        return self.lexemes[index].kind != "word" or self.lexemes[index].capital

    def _may_begin(self, index: int) -> bool:
        lexeme = self.lexemes[index]
        known = lexeme.kind != "word" or lexeme.word in self.words.anchors
        return known and lexeme.kind not in ("mark", "figure")

    def _expression(self, index: int) -> Read | None:
        read = self._point(index)
        if read is None or isinstance(read[0], Range):
            return read
        return self._range(read[0], read[1], index) or read

    def _point(self, index: int) -> Read | None:
        if index >= len(self.lexemes):
            return None
        days = (self._ago, self._weekday, self._deictic, self._days)
        readers = (self._period, *days, self._month, self._relative, self._year)
        return next((read for reader in readers if (read := reader(index)) is not None), None)

    def _range(self, first: Point, index: int, start: int) -> Read | None:
        joint = self.words.to.at(self.lexemes, index)
        if joint is None or not self._may_join(joint[0], first, start):
            return None
        last = self._point(joint[1]) or self._year_at(joint[1]) or self._month_after(first, joint[1])
        if last is None or isinstance(first, Year) != isinstance(last[0], Year):
            return None
        if isinstance(last[0], Range):  # "Kamis-Jumat (25-26/5)"
            return last if isinstance(first, Weekday) else None
        return Range(first, last[0]), last[1]

    def _may_join(self, joint: Joint, first: Point, start: int) -> bool:
        if joint == "years":
            return isinstance(first, Year)
        return joint == "any" or self._is(start - 1, "between")

    def _month_after(self, first: Point, index: int) -> Read | None:
        month = self._month_at(index) if isinstance(first, Month) else None
        return (Month(month), index + 1) if month else None

    # --- one point of time ---------------------------------------------------------------------------------

    def _period(self, index: int) -> Read | None:
        read = self._periods.at(index)
        return self._tail(*read) if read else None

    def _ago(self, index: int) -> Read | None:
        if self._is(index - 1, "vague"):  # "1-2 tahun lalu"
            return None
        count, at = self._count(index)
        unit = self.words.units.get(self._word(at)) if count else None
        if count is None:
            count, unit, at = 1, self.words.one.get(self._word(index)), index
        sign = self.words.ago.at(self.lexemes, at + 1) if unit else None
        if unit is None or sign is None or self._is_length(index, sign[1]):
            return None
        return Offset(unit, sign[0] * count), sign[1]

    def _is_length(self, start: int, end: int) -> bool:
        """True in "selama tiga tahun mendatang": how long, not when."""
        return self._is(end - 1, "length_after") and self._is(start - 1, "length_before")

    def _count(self, index: int) -> tuple[int | None, int]:
        number = self.lexemes[index].number
        if number is not None:
            return number, index + 1
        tens = self.words.numbers.at(self.lexemes, index)
        if tens is None:
            return None, index
        ones = self.words.numbers.at(self.lexemes, tens[1]) if tens[0] >= 20 else None
        return (tens[0] + ones[0], ones[1]) if ones else tens

    def _weekday(self, index: int, inner: bool = False) -> Read | None:
        """A weekday with its date; `inner`: it stands after another one, and a third is not looked for."""
        at = index + self._is(index, "day_nouns")
        weekday = self.words.weekdays.get(self._word(at))
        if weekday is None or not self._names_a_weekday(index, at):
            return None
        expression, end = self._tail(Weekday(weekday), at + 1)
        dated = self._dated(end, weekdays=not inner)
        if dated is None:
            return expression, end
        return self._tail(with_weekday(dated[0], weekday), dated[1])

    def _names_a_weekday(self, index: int, at: int) -> bool:
        if self._is(at + 1, "names_after"):
            return False
        if at > index or not self.lexemes[at].capital:
            return at > index
        return not self._is(at, "sunday_or_week") or not self._is_a_week(at)

    def _is_a_week(self, index: int) -> bool:
        """True for "1 Minggu", and for "Minggu lalu" where a sentence gives it the capital."""
        opens = self._begins_sentence(index) and self.words.pulls.at(self.lexemes, index + 1) is not None
        return opens or self._numbered(index)

    def _begins_sentence(self, index: int) -> bool:
        return index == 0 or (self.lexemes[index - 1].kind == "mark" and not self._is_mark(index - 1, ",("))

    def _dated(self, index: int, weekdays: bool = True) -> Read | None:
        """The date after a weekday or "besok": "(26/7)", ", 26 Juli 2023", "26/7"."""
        at = index + self._is_mark(index, ",")
        bracket = self._is_mark(at, "(")
        begin = at + bracket
        if begin >= len(self.lexemes):
            return None
        weekday = self._weekday(begin, inner=True) if weekdays else None
        read = weekday or self._days(begin, free=True)
        if read is None or isinstance(read[0], Weekday):
            return None
        if not isinstance(read[0], Range):
            read = self._range(read[0], read[1], begin) or read
        return read[0], self._closing(read[1]) if bracket else read[1]

    def _closing(self, index: int) -> int:
        """The index after the bracket's end, past a part of the day."""
        after = self._skip_day_part(index)
        return after + 1 if self._is_mark(after, ")") else index

    def _deictic(self, index: int) -> Read | None:
        read = self.words.deictic.at(self.lexemes, index)
        if read is None or (self._is(index, "length_words") and self._is(index - 1, "length_before")):
            return None
        end = self._skip_day_part(read[1])
        dated = self._dated(end)
        if dated is not None:
            return dated
        at = end + self._is_mark(end, ",")
        weekday = self._weekday(at) if at < len(self.lexemes) else None
        if weekday is None:
            return Offset("day", read[0]), end
        # "kemarin Senin" is said of any Monday past
        return (pulled(weekday[0], "past") if read[0] < 0 else Offset("day", read[0])), weekday[1]

    def _days(self, index: int, free: bool = False) -> Read | None:
        """Days: "26 Juli 2023", "26/7/2023", "25-27/5/2026"; "26/7" where free or alone in brackets."""
        date_noun = self._is(index, "date_nouns")
        noun = date_noun or (self._is(index, "day_nouns") and not self._ends_day_part(index))
        at = index + noun
        read = self._one_day(at, free or noun) or self._day_range(at, free or noun)
        return read or (self._day_of_month(at) if date_noun else None)

    def _ends_day_part(self, index: int) -> bool:
        """True of the "hari" in "malam hari" and "dini hari"."""
        return index > 0 and self.words.day_parts.at(self.lexemes, index - 1) is not None

    def _one_day(self, index: int, free: bool) -> Read | None:
        if index >= len(self.lexemes):
            return None
        if self.lexemes[index].figures is not None:
            return self._numeric(index, free)
        return self._day_month(index) if self.lexemes[index].number in range(1, 32) else None

    def _numeric(self, index: int, free: bool) -> Read | None:
        day, month, year = self.lexemes[index].figures or (0, 0, None)
        if year is None and not (free or self._alone_in_brackets(index) or self._slashed_beside(index)):
            return None
        return self._tail(Day(day, month, year, numeric=True), index + 1)

    def _alone_in_brackets(self, index: int) -> bool:
        before = index - 1
        while before >= 0 and (self.lexemes[before].number or self._is_mark(before, "-–")):
            before -= 1
        return self._is_mark(before, "(") and self._is_mark(self._skip_day_part(index + 1), ")-–")

    def _slashed_beside(self, index: int) -> bool:
        """True in "25/7 - 27/7": two numeric dates joined by a dash are a range."""
        for dash, other in ((index + 1, index + 2), (index - 1, index - 2)):
            if self._is_mark(dash, "-–") and 0 <= other < len(self.lexemes) and self.lexemes[other].figures:
                return True
        return False

    def _day_month(self, index: int) -> Read | None:
        month = self._month_at(index + 1, short=True)
        day = self.lexemes[index].number
        if month is None or day is None:
            return None
        return self._tail(*self._with_year(Day(day, month), index + 2))

    def _day_of_month(self, index: int) -> Read | None:
        """A day after "tanggal" whose month follows after a noun, or is left out: "5 bulan depan", "5"."""
        day = self.lexemes[index].number if index < len(self.lexemes) else None
        if day not in range(1, 32) or day is None:
            return None
        if not self._is(index + 1, "month_nouns"):
            return None if self._names_more(index + 1) else self._tail(DayOfMonth(day), index + 1)
        pull = self.words.pulls.at(self.lexemes, index + 2)
        if pull is not None:
            return DayOfMonth(day, months=steps(pull[0])), pull[1]
        month = self._month_at(index + 2)
        return self._tail(*self._with_year(Day(day, month), index + 3)) if month else None

    def _names_more(self, index: int) -> bool:
        """True in "tanggal 1 Syawal", "tanggal 3, 4 dan 5 Mei": the day is of another month, or one of several."""
        after = self.lexemes[index : index + 2]
        return bool(after) and (after[0].capital or any(each.kind not in ("word", "mark") for each in after))

    def _day_range(self, index: int, free: bool) -> Read | None:
        day = self.lexemes[index].number if index < len(self.lexemes) else None
        joint = self.words.to.at(self.lexemes, index + 1) if day in range(1, 32) else None
        if day is None or joint is None:
            return None
        noun = self._is(joint[1], "day_nouns")
        last = self._one_day(joint[1] + noun, free or noun)
        if last is None or not isinstance(last[0], Day) or day >= last[0].day:
            return None
        return Range(replace(last[0], day=day), last[0]), last[1]

    def _month(self, index: int) -> Read | None:
        part = self._is(index, "parts")
        noun = self._is(index + part, "month_nouns")
        at = index + part + noun
        month = self._month_at(at, short=not (part or noun))
        if month is None:
            return None
        expression, end = self._tail(*self._with_year(Month(month), at + 1))
        cued = part or noun or self._is(index - 1, "month_cues") or self._joins_months(at)
        told = expression != Month(month) or (cued and self._word(at) in self.words.months)
        return (expression, end) if told else None

    def _joins_months(self, index: int) -> bool:
        after = self.words.to.at(self.lexemes, index + 1)
        return after is not None and self._month_at(after[1]) is not None

    def _month_at(self, index: int, short: bool = False) -> int | None:
        if index >= len(self.lexemes):
            return None
        word = self.lexemes[index]
        lower = self.lexemes[index - 1].number is not None or self._is(index - 1, "month_nouns")
        if not (word.capital or lower):
            return None
        abbreviated = self.words.months_short.get(word.word) if short and word.capital else None
        return self.words.months.get(word.word) or abbreviated

    def _relative(self, index: int) -> Read | None:
        part = self._is(index, "parts")
        unit = self.words.units.get(self._word(index + part))
        pull = self.words.pulls.at(self.lexemes, index + part + 1)
        if unit not in ("week", "month", "year") or pull is None or self._counted_off(index):
            return None
        weekend = unit == "week" and self._is(index, "weekend")
        return Offset(unit, steps(pull[0]), weekend), pull[1]

    def _counted_off(self, index: int) -> bool:
        """True in "beberapa tahun lalu", "1,5 tahun lalu": no single year."""
        return self._numbered(index) or self._is(index - 1, "vague")

    def _year(self, index: int) -> Read | None:
        part = self._is(index, "parts")
        noun = self.words.year_nouns.at(self.lexemes, index + part)
        at = noun[1] if noun else index + part
        read = self._year_at(at)
        if read is None or (noun and self._counted_off(index)):  # "Nomor 17 Tahun 2023"
            return None
        told = part or noun or self._is(index - 1, "year_cues") or self._joins_years(at) or self._led_away(read[1])
        return self._tail(*read) if told else None

    def _led_away(self, index: int) -> bool:
        """True after the year in "pemilu 2019 lalu"; "ini" tells nothing: "mobil 2019 ini"."""
        pull = self.words.pulls.at(self.lexemes, index)
        return pull is not None and pull[0] != "present"

    def _joins_years(self, index: int) -> bool:
        joint = self.words.to.at(self.lexemes, index + 1)
        last = self._year_at(joint[1]) if joint and joint[0] == "any" else None
        first = self._year_at(index)
        if last is None or first is None or self._is(index - 1, "money"):
            return False
        return first[0].year < last[0].year

    # --- what follows a point ------------------------------------------------------------------------------

    def _tail(self, expression: Expression, index: int) -> Read:
        """Reads "malam", "lalu", "mendatang", "pekan lalu" after a point."""
        after = self._skip_day_part(index)
        pull = self.words.pulls.at(self.lexemes, after)
        if pull is not None:
            return pulled(expression, pull[0]), self._skip_day_part(pull[1])
        week = self._week_tail(after) if isinstance(expression, Weekday) else None
        if week is not None and isinstance(expression, Weekday):
            return replace(expression, weeks=week[0]), week[1]
        return expression, after

    def _week_tail(self, index: int) -> tuple[int, int] | None:
        if index >= len(self.lexemes):
            return None
        read = self._ago(index) or self._relative(index)
        if read is None or not isinstance(read[0], Offset) or read[0].unit != "week":
            return None
        return read[0].count, read[1]

    def _skip_day_part(self, index: int) -> int:
        part = self.words.day_parts.at(self.lexemes, index)
        return part[1] if part else index

    # --- the words around ----------------------------------------------------------------------------------

    def _lies_ahead(self, start: int, end: int) -> bool:
        for index in range(start - 1, max(start - AHEAD_REACH, 0) - 1, -1):
            if self._is_mark(index, CLAUSE_ENDS) or self._is(index, "speech"):
                break
            if self._is(index, "ahead_cues"):
                return True
        return self._opens_clause(start) and self._ahead_after(end)

    def _opens_clause(self, start: int) -> bool:
        at = start - self._is(start - 1, "month_cues")
        return self._begins_sentence(at)

    def _ahead_after(self, end: int) -> bool:
        for index in range(end, min(end + AHEAD_REACH, len(self.lexemes))):
            if self._is_mark(index, CLAUSE_ENDS) or self._is(index, "speech"):
                return False
            if self._is(index, "ahead_cues"):
                return True
        return False
