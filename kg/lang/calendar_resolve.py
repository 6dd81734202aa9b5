"""A date expression held against the day of publication: the When it means, and the name of the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.lang.calendar_expressions import Day, Expression, Month, Offset, Point, Range, Weekday, Year
from kg.model import When

PAST_DAYS = 300
"""A day without a year lies behind if it did so at most this many days ago: about ten months. The press
writes the year of what is older, and the coming one is nearer then."""

Resolved = tuple[When, str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is resolved against."""

    published: date | None
    year_hint: int | None = None
    """The year of days and months without one where there is no day of publication."""
    ahead: bool = False
    """True where the words around say that the date lies ahead."""


def resolve(expression: Expression, anchor: Anchor) -> Resolved | None:
    """The When of an expression and its rule; None where it cannot be told or no calendar has such a day."""
    try:
        return _range(expression, anchor) if isinstance(expression, Range) else _point(expression, anchor)
    except (ValueError, OverflowError):  # a day that no calendar has, a year out of it
        return None


def _point(point: Point, anchor: Anchor) -> Resolved | None:
    if isinstance(point, Year):
        return When.year(point.year), "year"
    if isinstance(point, Day):
        return _day(point, anchor)
    if isinstance(point, Month):
        return _month(point, anchor)
    if anchor.published is None:
        return None
    if isinstance(point, Weekday):
        return When.day(_weekday(point, anchor.published, anchor.ahead)), "weekday"
    return _offset(point, anchor.published), f"relative-{point.unit}"


def _range(expression: Range, anchor: Anchor) -> Resolved | None:
    first, last = _completed(expression.first, expression.last)
    end = _point(last, anchor)
    begin = _point(first, anchor)
    if begin is None or end is None:
        return None
    if begin[0].earliest > end[0].latest:
        begin = _point(first, replace(anchor, published=end[0].latest, ahead=False)) or begin
    return When(begin[0].earliest, end[0].latest), "range"


def _completed(first: Point, last: Point) -> tuple[Point, Point]:
    """Both ends with the year that one of them has: "Desember - Februari 2023" begins in 2022."""
    if not isinstance(first, Day | Month) or not isinstance(last, Day | Month):
        return first, last
    later = _order(first) > _order(last)
    if first.year is None and last.year is not None:
        return replace(first, year=last.year - later), last
    if last.year is None and first.year is not None:
        return first, replace(last, year=first.year + later)
    return first, last


def _order(point: Day | Month) -> tuple[int, int]:
    return point.month, point.day if isinstance(point, Day) else 0


def _day(point: Day, anchor: Anchor) -> Resolved | None:
    year = _own_year(point, anchor)
    if year is not None:
        return _checked(point, date(year, point.month, point.day), anchor)
    if anchor.published is None:
        return None
    found = _nearest(point, anchor.published, point.pull, anchor.ahead)
    return _checked(point, found, anchor) if found else None


def _own_year(point: Day | Month, anchor: Anchor) -> int | None:
    if point.year is not None:
        return point.year
    if anchor.published is None:
        return anchor.year_hint
    return anchor.published.year + point.years if point.years is not None else None


def _nearest(point: Day, published: date, pull: str | None, ahead: bool) -> date | None:
    """The year in which a day fits: one with the weekday named, else by the words, else the nearest."""
    days = list(_years_around(point, published))
    fitting = [day for day in days if day.weekday() == point.weekday] or days
    past = [day for day in fitting if day <= published]
    future = [day for day in fitting if day >= published]
    if pull == "past" or not future:
        return past[-1] if past else None
    if pull == "future" or ahead or not past:
        return future[0]
    if pull == "present":
        return min(fitting, key=lambda day: abs(day - published))
    return past[-1] if (published - past[-1]).days <= PAST_DAYS else future[0]


def _years_around(point: Day, published: date) -> Iterator[date]:
    if (point.month, point.day) != (2, 29):
        date(2000, point.month, point.day)  # raises where no year has it
    for year in range(published.year - 1, published.year + 2):
        try:
            yield date(year, point.month, point.day)
        except ValueError:
            continue


def _checked(point: Day, found: date, anchor: Anchor) -> Resolved:
    """The date in figures wins over the weekday, unless day and month are swapped: VOA's "Sabtu (6/3)"."""
    if point.weekday is None:
        return When.day(found), "day"
    if found.weekday() == point.weekday:
        return When.day(found), "day-weekday"
    swapped = _swapped(point, anchor) if point.numeric and anchor.published else None
    if swapped is not None and anchor.published and _away(swapped, anchor) < _away(found, anchor):
        return When.day(swapped), "day-swapped"
    return When.day(found), "day-weekday-mismatch"


def _away(day: date, anchor: Anchor) -> timedelta:
    return abs(day - anchor.published) if anchor.published else timedelta.max


def _swapped(point: Day, anchor: Anchor) -> date | None:
    if point.day > 12 or anchor.published is None:
        return None
    swapped = date(point.year or anchor.published.year, point.day, point.month)
    return swapped if swapped.weekday() == point.weekday else None


def _month(point: Month, anchor: Anchor) -> Resolved | None:
    year = _own_year(point, anchor)
    if year is None and anchor.published is not None:
        year = _year_of_month(point, anchor.published, anchor.ahead)
    return (When.month(year, point.month), "month") if year is not None else None


def _year_of_month(point: Month, published: date, ahead: bool) -> int:
    if point.pull == "present":
        return published.year
    if point.pull == "future":
        return published.year + (point.month <= published.month)
    if ahead and point.pull is None:
        return published.year + (point.month < published.month)
    return published.year - (point.month > published.month)


def _weekday(point: Weekday, published: date, ahead: bool) -> date:
    distance = (published.weekday() - point.weekday) % 7
    if point.weeks is not None or point.pull == "present":
        return _monday(published) + timedelta(days=7 * (point.weeks or 0) + point.weekday)
    if point.pull == "future":
        return published + timedelta(days=7 - distance)
    if point.pull == "past":
        return published - timedelta(days=distance or 7)
    if ahead:
        return published + timedelta(days=-distance % 7)
    return published - timedelta(days=distance)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _offset(point: Offset, published: date) -> When:
    make: dict[str, Callable[[date, int], When]] = {
        "day": lambda day, count: When.day(day + timedelta(days=count)),
        "week": _week,
        "month": _shifted_month,
        "year": lambda day, count: When.year(day.year + count),
    }
    when = make[point.unit](published, point.count)
    return When(when.latest - timedelta(days=1), when.latest) if point.weekend else when


def _week(day: date, count: int) -> When:
    monday = _monday(day) + timedelta(days=7 * count)
    return When(monday, monday + timedelta(days=6))


def _shifted_month(day: date, count: int) -> When:
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return When.month(years, month + 1)
