"""The day an article was published where nothing on the page says it: inferred from its running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.lang.calendar_expressions import Day, Month, Year
from kg.lang.calendar_grammar import Grammar
from kg.lang.calendar_words import Lexeme, Words, lexemes, words_of
from kg.lang.pack import Pack
from kg.sources.published import is_past

ONLINE_PRESS = 1995
"""Indonesian news is online since then: an earlier date in a text is history, not its publication."""
REPORT_REACH = 16
"""How many lexemes before a date a speech word may stand: "kata juru bicara Kementerian X, Rabu (26/7)"."""
SENTENCE_CHARS = 400
"""No sentence before a date is longer."""
SAME_NEWS = timedelta(days=7)
"""Dates of one piece of news lie within a week; a later one announces what is to come."""

_CLOSED = re.compile(r"[.!?\n]")


@dataclass(frozen=True, slots=True)
class _Named:
    """A day that the text names; ``reports``: it dates what was said; ``before``: its sentence so far."""

    day: Day
    reports: bool
    before: str


def inferred(text: str, pack: Pack) -> date | None:
    """The day of publication as far as the running text tells it, else None.

    News dates itself: "kata X, Rabu (26/7/2023)". Full dates with their right weekday count, those first
    that date what was said; then days without a year, where weekdays or an anniversary tell the year. The
    latest is taken. (Of 2,778 Detik articles this dates 72 %: 75 % of them right, 96 % at most a week early.)
    """
    named, years = _named(text, words_of(pack))
    full = [n for n in named if n.day.weekday is not None and _date(n.day) and _falls(n.day, n.day.year or 0)]
    recent = [n for n in full if (n.day.year or 0) >= ONLINE_PRESS]
    for chosen in ([n for n in recent if n.reports], recent):
        if day := _latest(n.day for n in chosen):
            return day
    bare = [n.day for n in named if n.day.year is None and n.day.pull is None and n.day.years is None]
    year = _year_by_anniversary(named, bare, pack) or _year_by_weekdays(bare, years)
    return _latest(replace(day, year=year) for day in bare) if year else None


def _named(text: str, words: Words) -> tuple[list[_Named], set[int]]:
    """The days of a text that don't lie ahead, and every year it names since there is an online press."""
    named: list[_Named] = []
    years: set[int] = set()
    parts = lexemes(text)
    for phrase in Grammar(parts, words).phrases():
        point = phrase.expression
        if isinstance(point, Day | Month | Year) and (point.year or 0) >= ONLINE_PRESS:
            years.add(point.year or 0)
        if isinstance(point, Day) and not phrase.ahead:
            begin = parts[phrase.start].begin
            before = _CLOSED.split(text[max(0, begin - SENTENCE_CHARS) : begin])[-1]
            named.append(_Named(point, _dates_speech(parts, phrase.start, words), before))
    return named, years


def _dates_speech(parts: Sequence[Lexeme], start: int, words: Words) -> bool:
    for lexeme in reversed(parts[max(0, start - REPORT_REACH) : start]):
        if lexeme.word in ".!?\n":
            return False
        if lexeme.word in words.sets["speech"]:
            return True
    return False


def _latest(days: Iterable[Day]) -> date | None:
    """The latest of the days, but none that stands alone more than a week after the others."""
    found = Counter(day for each in days if (day := _date(each)) is not None and is_past(day))
    if not found:
        return None
    usual = min(found, key=lambda day: (-found[day], day))
    return max(day for day in found if day - usual <= SAME_NEWS)


def _date(day: Day) -> date | None:
    try:
        return date(day.year or 0, day.month, day.day)
    except ValueError:
        return None


def _year_by_weekdays(bare: Sequence[Day], years: set[int]) -> int | None:
    """The year in which all weekdays are right: the latest that the text names, or the one after it."""
    weekdays = [day for day in bare if day.weekday is not None]
    if not weekdays or not years:
        return None
    fitting = [year for year in (max(years), max(years) + 1) if all(_falls(day, year) for day in weekdays)]
    return fitting[0] if len(fitting) == 1 else None


def _falls(day: Day, year: int) -> bool:
    found = _date(replace(day, year=year))
    return found is not None and found.weekday() == day.weekday


def _year_by_anniversary(named: Iterable[_Named], bare: Iterable[Day], pack: Pack) -> int | None:
    """The year that all anniversaries agree on: "peringatan 70 tahun ... (27 Juli 1953)" is of 2023.

    The day itself must stand in the text without a year too: it is of those days.
    """
    cues, units = pack.table("published")["anniversaries"], pack.table("dates")["units"]["year"]
    count = re.compile(rf"\b(\d{{1,3}})\s+(?:{'|'.join(map(re.escape, units))})\b")
    of_now = {(day.day, day.month) for day in bare}
    years: set[int] = set()
    for each in named:
        counted = count.search(each.before)
        cued = counted is not None and any(cue in each.before.lower() for cue in cues)
        if counted and cued and each.day.year and (each.day.day, each.day.month) in of_now:
            years.add(each.day.year + int(counted.group(1)))
    return years.pop() if len(years) == 1 else None
