"""What date expressions say before they are held against a calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

Pull = Literal["past", "future", "present"]
"""On which side of the day of publication, by the word after: "lalu", "mendatang", "ini"."""

PULLS: tuple[Pull, ...] = get_args(Pull)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month: "26 Juli 2023", "Rabu (26/7)", "17 Agustus lalu"."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    pull: Pull | None = None
    years: int | None = None
    """Distance in years, for "26 Juli tahun lalu"."""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day whose month is left out: "tanggal 5", "tanggal 5 bulan depan"."""

    day: int
    pull: Pull | None = None
    months: int | None = None
    """Distance in months, for "tanggal 5 bulan depan"."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month: "Juli 2023", "bulan Juni", "akhir Mei lalu"."""

    month: int
    year: int | None = None
    pull: Pull | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year: "tahun 2020", "pada 2019"."""

    year: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday alone: "Rabu malam", "Senin depan", "Sabtu pekan lalu"."""

    weekday: int
    pull: Pull | None = None
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """A stretch counted from the publication: "kemarin", "dua pekan lalu", "akhir pekan lalu"."""

    unit: str
    count: int
    weekend: bool = False


Point = Day | DayOfMonth | Month | Year | Weekday | Offset


@dataclass(frozen=True, slots=True)
class Range:
    """From one point to another: "26-28 Juli 2023", "2019 hingga 2024", "kuartal III 2024"."""

    first: Point
    last: Point


Expression = Point | Range
Read = tuple[Expression, int]
"""An expression and the index after its last lexeme."""


def with_weekday(expression: Expression, weekday: int) -> Expression:
    """The weekday of a day, or of the first day of a range."""
    if isinstance(expression, Range) and isinstance(expression.first, Day):
        return replace(expression, first=replace(expression.first, weekday=weekday))
    return replace(expression, weekday=weekday) if isinstance(expression, Day) else expression


def pulled(expression: Expression, pull: Pull) -> Expression:
    """The expression with the word after it that says on which side of the publication it lies."""
    if isinstance(expression, Range):
        return Range(_pull(expression.first, pull), _pull(expression.last, pull))
    return _pull(expression, pull)


def _pull(point: Point, pull: Pull) -> Point:
    return replace(point, pull=pull) if isinstance(point, Day | DayOfMonth | Month | Weekday) else point


def steps(pull: Pull) -> int:
    """How many units away a pull leads: "pekan lalu" is one back."""
    return {"past": -1, "present": 0, "future": 1}[pull]
