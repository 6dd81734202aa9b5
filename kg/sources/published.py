"""The day an article was published: from a field, or from the lines of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from kg.lang import calendar
from kg.lang.pack import Pack
from kg.sources import address
from kg.sources.skipped import Refused

EARLIEST = date(1900, 1, 1)
"""Days before are slips or placeholders (0001-01-01)."""
CLOCKS_DIFFER = timedelta(days=1)
"""A page may be dated one day ahead of this computer: the earth has two dates at a time."""
DATE_WORDS = 16
"""A line that gives the day of publication has at most so many words ("Terbit pada Rabu, 26 Juli ...")."""

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)|(\d{4})(\d{2})(\d{2})(?:T\d+.*)?$")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
_ADVICE = "write it as 2023-07-26, or leave it out"


def given(value: object, pack: Pack) -> date | None:
    """The day that a field names in any usual form: ISO, Indonesian or English words, seconds since 1970.

    A time zone is not reckoned with: the day is taken as it is written. Raises Refused for anything else.
    """
    written = "" if value is None else str(value).strip()
    if not written:
        return None
    day = _iso(written) or _epoch(written) or next((d.when.earliest for d in calendar.days(written, pack)), None)
    if day is None:
        raise Refused(f"has a date that can't be read ({written[:40]!r})", _ADVICE)
    return checked(day)


def in_lines(lines: Iterable[str], pack: Pack) -> date | None:
    """The day that the lines of a page around the article give, the first one that does."""
    for line in lines:
        if len(line.split()) <= DATE_WORDS and any(c.isdigit() for c in line):
            found = calendar.days(line, pack)
            if found:
                return checked(found[0].when.earliest)
    return None


def in_address(url: str | None) -> date | None:
    """The day that the path of an article's address gives, unless it lies in the future."""
    day = address.day(url)
    return day if day and is_past(day) else None


def checked(day: date) -> date:
    """The day itself. Raises Refused where it lies in the future or before there was a press."""
    if not is_past(day):
        raise Refused(f"is dated {day.isoformat()}, in the future", "correct the date")
    if day < EARLIEST:
        raise Refused(f"is dated {day.isoformat()}, which can't be", _ADVICE)
    return day


def is_past(day: date) -> bool:
    """True for days up to tomorrow. The only use of the clock: it turns articles away, and changes none."""
    return day <= date.today() + CLOCKS_DIFFER


def _iso(written: str) -> date | None:
    match = _ISO.match(written)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _epoch(written: str) -> date | None:
    if not _EPOCH.fullmatch(written):
        return None
    seconds = float(written)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).date()
