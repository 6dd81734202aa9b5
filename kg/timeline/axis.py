"""From days to places on the sheet: the stretch of time that a picture shows, and its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

LEAST: Final = 14
"""Days that an axis shows at least: one day alone would be as wide as the sheet."""
Unit = Literal["day", "month", "year"]
STEPS: Final[tuple[tuple[Unit, int, float], ...]] = (
    ("day", 1, 70),
    ("day", 2, 70),
    ("day", 7, 70),
    ("month", 1, 56),
    ("month", 3, 56),
    ("month", 6, 56),
    ("year", 1, 40),
    ("year", 2, 40),
    ("year", 5, 40),
    ("year", 10, 40),
    ("year", 20, 40),
    ("year", 50, 40),
    ("year", 100, 40),
    ("year", 500, 40),
)
"""Distances between marks, the closest first, and the least width between two: that of a label and a gap."""
_DAYS: Final[dict[Unit, float]] = {"day": 1, "month": 28, "year": 365}


@dataclass(frozen=True, slots=True)
class Mark:
    """A day at which the axis is labelled."""

    x: float
    label: str
    year: bool
    """True where a year begins."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from the first to the last (their ordinals), spread from left to right."""

    first: int
    last: int
    left: float
    right: float

    @classmethod
    def over(cls, days: Iterable[date], left: float, right: float) -> Axis:
        """The axis on which all days lie; there is at least one."""
        ordinals = [day.toordinal() for day in days]
        first, last = min(ordinals), max(ordinals)
        missing = max(0, LEAST - (last - first + 1))
        first = max(1, first - missing // 2)
        return cls(first, max(last, first + LEAST - 1), left, right)

    def begin(self, day: date) -> float:
        """Where a day begins."""
        return self._x(day.toordinal())

    def end(self, day: date) -> float:
        """Where a day is over."""
        return self._x(day.toordinal() + 1)

    def marks(self) -> tuple[Mark, ...]:
        """The marks at the shortest distance for whose labels there is room."""
        unit, step = next(((unit, step) for unit, step, room in STEPS if self._fits(unit, step, room)), STEPS[-1][:2])
        return tuple(
            Mark(self._x(day.toordinal()), _label(day, unit), day.month == day.day == 1)
            for day in _days(self.first, self.last, unit, step)
        )

    def _fits(self, unit: Unit, step: int, room: float) -> bool:
        return step * _DAYS[unit] * self._day >= room

    @property
    def _day(self) -> float:
        """How wide a day is."""
        return (self.right - self.left) / (self.last + 1 - self.first)

    def _x(self, ordinal: int) -> float:
        return self.left + (ordinal - self.first) * self._day


def _label(day: date, unit: Unit) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def _days(first: int, last: int, unit: Unit, step: int) -> Iterator[date]:
    """The days between two on which a mark stands: weeks begin on Mondays, quarters and decades where people count."""
    if unit == "day":
        start = first if step == 1 else first + (1 - first) % step
        yield from map(date.fromordinal, range(start, last + 1, step))
        return
    begin, end = date.fromordinal(first), date.fromordinal(last)
    months = step if unit == "month" else 12 * step
    for number in range(begin.year * 12 // months * months, end.year * 12 + 12, months):
        year, month = divmod(number, 12)
        if year >= 1 and begin <= date(year, month + 1, 1) <= end:
            yield date(year, month + 1, 1)
