"""The policy of identity: one table, ``policy.toml`` beside this file, read once and checked."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kg.errors import Broken


@dataclass(frozen=True)
class EventWeights:
    """What two event reports can share and how much each counts (``[events]``)."""

    threshold: float
    same_person: float
    same_body: float
    same_place: float
    same_day: float
    near_day: float
    same_article: float
    undated_days: int


@dataclass(frozen=True)
class Policy:
    """How names, offices and events of several articles become one."""

    person_spelling: tuple[tuple[re.Pattern[str], str], ...]
    legal_forms: frozenset[str]
    place_kinds: frozenset[str]
    national_titles: tuple[str, ...]
    loose_titles: dict[str, tuple[str, ...]]
    rival_titles: tuple[frozenset[str], ...]
    events: EventWeights


@lru_cache(maxsize=1)
def load() -> Policy:
    """The policy table. Raises Broken where it cannot be understood."""
    path = files("kg.resolve") / "policy.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return Policy(
            person_spelling=tuple((re.compile(a), b) for a, b in table["spelling"]["person"]),
            legal_forms=frozenset(table["organizations"]["legal_forms"]),
            place_kinds=frozenset(table["places"]["kinds"]),
            national_titles=tuple(table["holders"]["national"]),
            loose_titles={k: tuple(v) for k, v in table["titles"]["loose"].items()},
            rival_titles=tuple(frozenset(r["titles"]) for r in table["titles"]["rival"]),
            events=EventWeights(**table["events"]),
        )
    except (OSError, KeyError, TypeError, ValueError, re.error) as error:
        raise Broken(f"{path}: cannot be understood ({error}); mend it or reinstall riwayat") from error
