"""What the address of an article tells."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

_DAY = re.compile(r"(?<!\d)(20\d\d)([-/]?)(\d\d)\2(\d\d)(?:\d{4}|\d{6})?(?!\d)")
"""``/2023/07/27/``, ``/20230727/``, ``/20230727094512-20-...``: many outlets have day, some time, in the path."""


def host(url: str | None) -> str | None:
    """The host of an address: what an article without a site name came from."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def day(url: str | None) -> date | None:
    """The day that the path of an address gives: that of publication, in the press."""
    try:
        match = _DAY.search(urlsplit(url or "").path)
        return date(int(match[1]), int(match[3]), int(match[4])) if match else None
    except ValueError:
        return None
