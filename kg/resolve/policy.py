"""The policy of identity: one table, ``policy.toml`` beside this file, read once and checked."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kg.errors import Broken


@dataclass(frozen=True)
class EventWeights:
    """What two event reports can share and how much each counts (``[events]``)."""

    threshold: float
    same_person: float
    same_sole: float
    sole_types: frozenset[str]
    other_persons: float
    same_once: float
    once_roles: frozenset[str]
    company_types: frozenset[str]
    at_home: frozenset[str]
    stay_days: int
    same_body: float
    other_bodies: float
    same_whole: float
    whole_types: frozenset[str]
    same_place: float
    elsewhere: float
    elsewhere_types: frozenset[str]
    same_day: float
    near_day: float
    far_day: float
    same_thing: float
    other_thing: float
    kind_types: frozenset[str]
    same_occasion: float
    undated_days: int


@dataclass(frozen=True)
class Occasions:
    """How a numbered anniversary is told (``[occasions]``)."""

    pattern: re.Pattern[str]
    """Groups 1 and 2: its number; 3: the words after it."""
    ends: frozenset[str]
    everywhere: frozenset[str]


@dataclass(frozen=True)
class TenurePolicy:
    """What parts two tenures, and what a report must not make certain (``[tenures]``)."""

    away_days: int
    term_days: int
    return_days: int
    vote_days: int
    vote_ratio: int


@dataclass(frozen=True)
class National:
    """Bodies that every country has one of (``[national]``), as patterns of folded names without the country."""

    home: str
    """ISO 3166 code."""
    bodies: re.Pattern[str]
    assumed: re.Pattern[str]
    home_share: float
    home_tables: tuple[str, ...]
    leagues: dict[str, tuple[str, ...]]
    """Folded name of a body → folded names of the leagues of countries that have one too."""


@dataclass(frozen=True)
class Regions:
    """Which titles head a region (``[regions]``)."""

    heads: dict[str, str]
    """Beginning of a title → kind of region."""
    kinds: frozenset[str]


@dataclass(frozen=True)
class Weighed:
    """What a feature counts where it speaks in full, and how it is told in a doubt."""

    weight: float
    says: str


@dataclass(frozen=True)
class MatchingPolicy:
    """From which score on two sides are one, and the features that make it (``[matching]``)."""

    same: float
    doubt: float
    block_size: int
    given_share: float
    naming_share: float
    company: int
    term_days: int
    alive_days: int
    past_days: int
    dead_roles: frozenset[str]
    first_names: frozenset[str]
    national_titles: tuple[str, ...]
    features: dict[str, Weighed]


@dataclass(frozen=True)
class Policy:
    """How names, offices and events of several articles become one."""

    legal_forms: frozenset[str]
    heads: frozenset[str]
    common_organizations: re.Pattern[str]
    national: National
    place_kinds: frozenset[str]
    place_levels: tuple[str, ...]
    """The longest first."""
    common_places: re.Pattern[str]
    national_titles: tuple[str, ...]
    government: re.Pattern[str]
    regions: Regions
    matching: MatchingPolicy
    tenures: TenurePolicy
    loose_titles: dict[str, tuple[str, ...]]
    rival_titles: tuple[frozenset[str], ...]
    occasions: Occasions
    events: EventWeights


@lru_cache(maxsize=1)
def load() -> Policy:
    """The policy table. Raises Broken where it cannot be understood."""
    try:
        return _policy(tomllib.loads(_source().decode()))
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise Broken(f"{_PATH}: cannot be understood ({error}); mend it or reinstall riwayat") from error


def version() -> str:
    """Names the state of the table: a graph resolved by another is resolved anew."""
    return hashlib.sha256(_source()).hexdigest()[:12]


_PATH = files("kg.resolve") / "policy.toml"


def _source() -> bytes:
    try:
        return _PATH.read_bytes()
    except OSError as error:
        raise Broken(f"{_PATH}: cannot be read ({error}); reinstall riwayat") from error


def _policy(table: dict[str, Any]) -> Policy:
    organizations, places, titles = table["organizations"], table["places"], table["titles"]
    return Policy(
        legal_forms=frozenset(organizations["legal_forms"]),
        heads=frozenset(organizations["heads"]),
        common_organizations=_any_of(organizations["common"]),
        national=_national(table["national"]),
        place_kinds=frozenset(places["kinds"]),
        place_levels=tuple(sorted(places["levels"], key=lambda level: (-len(level), level))),
        common_places=_any_of(places["common"]),
        national_titles=tuple(table["holders"]["national"]),
        government=_any_of(table["holders"]["government"]),
        regions=Regions(table["regions"]["heads"], frozenset(table["regions"]["kinds"])),
        matching=_matching(table["matching"], tuple(table["holders"]["national"])),
        tenures=TenurePolicy(**table["tenures"]),
        loose_titles={k: tuple(v) for k, v in titles["loose"].items()},
        rival_titles=tuple(frozenset(r["titles"]) for r in titles["rival"]),
        occasions=_occasions(table["occasions"]),
        events=_weights(table["events"]),
    )


def _national(table: dict[str, Any]) -> National:
    leagues = {body: tuple(names) for body, names in table["leagues"].items()}
    bodies, assumed = _any_of(table["bodies"]), _any_of(table["assumed"])
    return National(table["home"], bodies, assumed, table["home_share"], tuple(table["home_tables"]), leagues)


def _matching(table: dict[str, Any], national_titles: tuple[str, ...]) -> MatchingPolicy:
    features = {name: Weighed(**feature) for name, feature in table["features"].items()}
    sets = {name: frozenset(table[name]) for name in ("dead_roles", "first_names")}
    read = {**sets, "national_titles": national_titles, "features": features}
    return MatchingPolicy(**table | read)


def _weights(table: dict[str, Any]) -> EventWeights:
    sets: dict[str, Any] = {name: frozenset(value) for name, value in table.items() if isinstance(value, list)}
    return EventWeights(**table | sets)


def _occasions(table: dict[str, list[str]]) -> Occasions:
    """The pattern takes "peringatan 70 tahun Perang Korea" and "HUT ke-80 Golkar", and no day of a month."""
    words = "|".join(map(re.escape, table["words"]))
    pattern = rf"\b(?:{words})(?: [a-z]+){{0,2}}\)? (?:ke[- ]?(\d+)(?: tahun)?|(\d+) tahun)((?: [a-z]+)+)"
    return Occasions(re.compile(pattern), frozenset(table["ends"]), frozenset(table["everywhere"]))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
