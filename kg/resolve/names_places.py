"""Normal forms of places' names: without words that say nothing, abbreviations and old names under the usual one.

The words are data: names.toml, place_names.toml and places.toml of the language pack, and policy.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.lang import pack
from kg.resolve.names_letters import NAMES_AT_HAND, fold, understood
from kg.resolve.policy import load


@dataclass(frozen=True)
class Regions:
    """What the tables know of places, all as folded words."""

    usual: Mapping[str, str]
    """Any name of a place → its usual one."""
    aliases: Mapping[str, str]
    """Of these, what is replaced inside the names of bodies: ``jabar`` → ``jawa barat``."""
    provinces: frozenset[str]
    cities: frozenset[str]
    regencies: frozenset[str]
    listed: frozenset[str]
    """Every place of places.toml and every usual name."""
    nature: frozenset[str]
    waters: frozenset[str]
    """Of these, what a land gives its name to."""
    levels: Mapping[str, str]
    """A word for the kind of a place → the one it is compared as."""
    streets: frozenset[str]
    """Of these, kinds whose names are often cut short."""

    divided: frozenset[str]
    """Regions whose name also stands for a part of them, or for what they once were."""

    def alone(self, name: str) -> bool:
        """True for a name that one province, city or regency has and no other."""
        return sum(name in each for each in (self.provinces, self.cities, self.regencies)) == 1


@lru_cache(maxsize=NAMES_AT_HAND)
def fold_place(name: str) -> str:
    """A place's name as articles share it: ``Negara Indonesia`` → ``indonesia``, ``Jatim`` → ``jawa timur``."""
    folded = fold(name)
    bare = " ".join(word for word in folded.split() if word not in load().place_kinds) or folded
    usual = regions().usual
    level, _, rest = bare.partition(" ")
    if level in regions().levels and rest in usual and bare not in usual:
        return f"{level} {usual[rest]}"
    return usual.get(folded) or usual.get(bare) or bare


@lru_cache(maxsize=1)
def regions() -> Regions:
    """The tables of places. Raises Broken where they are malformed."""
    language = pack.load()
    own, names, places = language.table("place_names"), language.table("names"), language.table("places")
    return understood("place_names.toml", lambda: _regions(own, names["aliases"]["place"], places))


def _regions(own: dict[str, Any], aliases: dict[str, list[str]], places: dict[str, Any]) -> Regions:
    usual: dict[str, str] = {}
    provinces = {name: entry["names"] for name, entry in places["province"].items()}
    for table in (own["names"], aliases, provinces):
        for name, others in table.items():
            forms = [fold(each) for each in (name, *others)]
            known = next((usual[form] for form in forms if form in usual), forms[0])
            for form in forms:
                usual.setdefault(form, known)
    held = places["province"].values()
    cities = frozenset(fold(name) for entry in held for name in entry["cities"])
    regencies = frozenset(fold(name) for entry in held for name in entry["regencies"])
    skipped = set(own["kinds"]["not_inside"])
    return Regions(
        usual=usual,
        aliases={form: known for form, known in usual.items() if form != known and form not in skipped},
        provinces=frozenset(usual[fold(name)] for name in provinces),
        cities=cities,
        regencies=regencies,
        listed=cities | regencies | frozenset(usual.values()) | frozenset(_every(places)),
        nature=frozenset(own["kinds"]["nature"]),
        waters=frozenset(own["kinds"]["waters"]),
        levels={word: same[0] for same in own["kinds"]["levels"] for word in same},
        streets=frozenset(own["kinds"]["streets"]),
        divided=frozenset(own["kinds"]["divided"]),
    )


def _every(table: object) -> list[str]:
    """Every name in the lists of a table, however deep, folded."""
    if isinstance(table, str):
        return [fold(table)]
    if isinstance(table, dict):
        return [name for key, value in table.items() if key != "ambiguous" for name in _every(value)]
    return [name for each in table for name in _every(each)] if isinstance(table, list) else []
