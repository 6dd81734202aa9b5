"""The policy of links: one table, ``policy.toml`` beside this file, read once and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kg.errors import Broken
from kg.model import ENTITY_TYPES

_PATH = files("kg.link") / "policy.toml"


@dataclass(frozen=True)
class AskingPolicy:
    """How an endpoint is asked (``[asking]``)."""

    languages: tuple[str, ...]
    names: int
    items: int
    pause: float
    seconds: float
    failures: int


@dataclass(frozen=True)
class ChoicePolicy:
    """Which identities are looked up (``[identities]``)."""

    spellings: int
    articles: int
    namesakes: int


@dataclass(frozen=True)
class ResultPolicy:
    """What becomes of a match (``[results]``)."""

    sure: float
    ahead: float
    doubtful: float
    days: int
    youngest: int


@dataclass(frozen=True)
class Policy:
    """How links are found: all tables of the file."""

    asking: AskingPolicy
    identities: ChoicePolicy
    results: ResultPolicy
    weights: Mapping[str, Mapping[str, float]]
    """Type of identity → feature → log-odds."""
    alike: tuple[tuple[re.Pattern[str], str], ...]
    joining: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Policy:
    """The policy table. Raises Broken where it cannot be understood."""
    try:
        table = tomllib.loads(_PATH.read_text(encoding="utf-8"))
        asking = table["asking"]
        return Policy(
            asking=AskingPolicy(**asking | {"languages": tuple(asking["languages"])}),
            identities=ChoicePolicy(**table["identities"]),
            results=ResultPolicy(**table["results"]),
            weights={kind: table[kind] for kind in ENTITY_TYPES},
            alike=tuple((re.compile(one), other) for one, other in table["offices"]["alike"]),
            joining=frozenset(table["offices"]["joining"]),
        )
    except (OSError, KeyError, TypeError, ValueError, re.error) as error:
        raise Broken(f"{_PATH}: cannot be understood ({error}); mend it or reinstall riwayat") from error
