"""The limits of the service: kg/server/limits.toml names each, its value and how it was set."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost at most. Sizes are bytes, times are seconds."""

    seconds: float
    rows: int
    bytes: int
    memory: int
    stack: int
    text: int
    depth: int
    steps: int
    workers: int
    waiting: int
    patience: float
    held: int
    kept: int
    spooled: int
    sending: float
    starting: float


def load() -> Limits:
    """The limits as they come with kg; `dataclasses.replace` makes others of them."""
    table = tomllib.loads((files("kg.server") / "limits.toml").read_text(encoding="utf-8"))
    return Limits(**{name: limit["value"] for name, limit in table.items()})
