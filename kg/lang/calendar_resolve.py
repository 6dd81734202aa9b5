"""A date expression held against the day of publication: the When it means, and the name of the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.lang.calendar_expressions import Day, DayOfMonth, Expression, Month, Offset, Point, Range, Weekday, Year
from kg.model import When

PAST = timedelta(days=300)
"""A day without a year lies behind if it did so at most this many days ago: about ten months. The press
writes the year of what is older, and the coming one is nearer then."""

NEAR = timedelta(days=31)
"""News dates what happened in the last days: so near to the publication a wrong weekday is a slip of the pen,
and a date that can be mended to lie so near was meant so."""

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
    return _from_publication(point, anchor.published, anchor.ahead) if anchor.published else None


def _from_publication(point: Weekday | DayOfMonth | Offset, published: date, ahead: bool) -> Resolved:
    if isinstance(point, Weekday):
        return When.day(_weekday(point, published, ahead)), "weekday"
    if isinstance(point, DayOfMonth):
        return When.day(_day_of_month(point, published, ahead)), "day-of-month"
    return _offset(point, published), f"relative-{point.unit}"


def _range(expression: Range, anchor: Anchor) -> Resolved | None:
    first, last = _completed(expression.first, expression.last)
    end = _point(last, anchor)
    begin = _point(first, anchor)
    if begin is None or end is None:
        return None
    if begin[0].earliest > end[0].latest:
        begin = _point(first, replace(anchor, published=end[0].latest, ahead=False)) or begin
    rule = "years" if isinstance(first, Year) else "range"
    return When(begin[0].earliest, end[0].latest), rule


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
    """The year in which a day fits: by words and distance, unless only another has the weekday named."""
    days = _years_around(point, published)
    found = _chosen(days, published, pull, ahead)
    fitting = [day for day in days if day.weekday() == point.weekday]
    if found is None or found in fitting or abs(found - published) <= NEAR:
        return found
    return _chosen(fitting, published, pull, ahead) or found


def _chosen(days: Sequence[date], published: date, pull: str | None, ahead: bool) -> date | None:
    past = [day for day in days if day <= published]
    future = [day for day in days if day >= published]
    if pull == "present":
        return min(days, key=lambda day: abs(day - published), default=None)
    if pull == "past" or not future:
        return past[-1] if past else None
    if pull == "future" or ahead or not past:
        return future[0]
    return past[-1] if published - past[-1] <= PAST else future[0]


def _years_around(point: Day, published: date) -> list[date]:
    around = (_date(year, point.month, point.day) for year in range(published.year - 1, published.year + 2))
    return [day for day in around if day]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _checked(point: Day, found: date, anchor: Anchor) -> Resolved:
    """A day in figures wins over its weekday, unless a slip of the pen explains that they disagree."""
    if point.weekday is None:
        return When.day(found), "day"
    if found.weekday() == point.weekday:
        return When.day(found), "day-weekday"
    mended = next(_mended(point, found, anchor.published), None) if anchor.published else None
    return (When.day(mended), "day-mended") if mended else (When.day(found), "day-weekday-mismatch")


def _mended(point: Day, found: date, published: date) -> Iterator[date]:
    """Nearer to the publication and on the weekday named: with another year, swapped, with another month."""
    readings = [(published.year, point.month, point.day)]
    if point.numeric:
        readings.append((point.year or published.year, point.day, point.month))
        readings.append((published.year, published.month, point.day))
    for year, month, day in readings:
        mended = _date(year, month, day)
        nearer = mended and abs(mended - published) <= min(NEAR, abs(found - published))
        if mended and nearer and mended.weekday() == point.weekday:
            yield mended


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


def _day_of_month(point: DayOfMonth, published: date, ahead: bool) -> date:
    """The day in the month told; else the last one so far, or the next where words say that it lies ahead."""
    if point.months is not None or point.pull == "present":
        return _shifted_month(published, point.months or 0).earliest.replace(day=point.day)
    months = [_shifted_month(published, count).earliest for count in range(-2, 3)]
    days = [day for month in months if (day := _date(month.year, month.month, point.day))]
    if point.pull == "future" or (ahead and point.pull is None):
        return min(day for day in days if day >= published)
    return max(day for day in days if day <= published)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _offset(point: Offset, published: date) -> When:
    make: dict[str, Callable[[date, int], When]] = {
        "day": lambda day, count: When.day(day + timedelta(days=count)),
        "week": _week,
        "month": _shifted_month,
        "year": lambda day, count: When.year(day.year + count),
        "decade": lambda day, count: When.year(day.year + 10 * count),
    }
    when = make[point.unit](published, point.count)
    return When(when.latest - timedelta(days=1), when.latest) if point.weekend else when


def _week(day: date, count: int) -> When:
    monday = _monday(day) + timedelta(days=7 * count)
    return When(monday, monday + timedelta(days=6))


def _shifted_month(day: date, count: int) -> When:
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return When.month(years, month + 1)
