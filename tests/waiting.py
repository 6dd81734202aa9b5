"""Waiting for what a test needs instead of for a time: quick where the machine is free, right where it is not."""

from __future__ import annotations

import time
from collections.abc import Callable

LATE = 120.0
"""Seconds after which something does not come at all: a hundred times what anything here takes on a free machine."""


def comes(true: Callable[[], object], seconds: float = LATE) -> bool:
    """Whether something becomes true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
