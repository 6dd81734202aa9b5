"""The names that every Indonesian newspaper knows, and words that make or break a name, from the language pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from kg.lang import bodies as organizations
from kg.lang.pack import Pack
from kg.model import EntityType

TYPES: Final[dict[str, EntityType]] = {"PER": "person", "ORG": "organization", "LOC": "place"}


@dataclass(frozen=True, slots=True)
class Portfolio:
    """How the portfolios of offices are worded, and which offices have a body of any name."""

    of: frozenset[str]
    of_persons: frozenset[str]
    """Titles of those who may serve a person as well ("manajer Lestari")."""
    words: frozenset[str]
    beginnings: tuple[str, ...]
    ending: str
    units: frozenset[str]
    conjunctions: frozenset[str]

    def __contains__(self, word: str) -> bool:
        """True for a word of a portfolio, small: "pemasaran", "marketing"."""
        return word in self.words or (word.startswith(self.beginnings) and word.endswith(self.ending))


@dataclass(frozen=True, slots=True)
class Known:
    """Well-known names by first word, the longest first; words that begin or end a name, or are none."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], EntityType], ...]]
    types: dict[str, EntityType]
    ambiguous: frozenset[str]
    """Those of them that mean something else as often: the model says whether, and of what type."""
    places: frozenset[str]
    """Every name of the gazetteer, also those that mean something else as often."""
    sure_places: frozenset[str]
    """Countries and places that mean nothing else."""
    any_places: frozenset[str]
    bodies: frozenset[str]
    """Every well-known organization."""
    short_bodies: frozenset[str]
    """Those of one word in capitals: "BNPB"."""
    first_words: dict[str, EntityType]
    begins: dict[str, EntityType]
    """Those of them that surely begin a name."""
    honorifics: frozenset[str]
    never: frozenset[str]
    not_after: frozenset[str]
    related: frozenset[str]
    """Nouns for who or what is somebody's, small."""
    where: frozenset[str]
    place_kinds: frozenset[str]
    """Words for kinds of place, small, that stand right before a place's name only: "kota", "desa"."""
    honouring: dict[str, EntityType]
    common: frozenset[str]
    """Words that the press writes small."""
    ends_person: frozenset[str]
    """Words that no person's name has inside it."""
    begins_body: frozenset[str]
    """Titles that begin the name of a body: "Pengurus Provinsi PASI"."""
    countries: frozenset[str]
    branches: frozenset[str]
    """First words of bodies of which places have one each."""
    schools: dict[str, EntityType]
    makes: frozenset[str]
    makes_and_persons: frozenset[str]
    before_makes: frozenset[str]
    """Nouns right before the make of a vehicle, small."""
    before_titles: frozenset[str]
    """Verbs right before the title of a work or an occasion, small."""
    when: frozenset[str]
    """Words that begin a clause of time: who stands after one before "dilantik sebagai" is named."""
    portfolio: Portfolio


def well_known(pack: Pack) -> Known:
    """The well-known names of a language pack: countries, bodies, places, short names of persons."""
    return _known(pack)


@lru_cache(maxsize=2)
def _known(pack: Pack) -> Known:
    table, aliases = pack.table("entities"), pack.table("names")["aliases"]
    types: dict[str, EntityType] = {}
    for country in pack.table("countries")["country"]:
        types.update(dict.fromkeys((country["name"], *country["names"]), "place"))
    places = gazetteer(pack)
    types.update(dict.fromkeys(places - set(pack.table("places")["ambiguous"]["names"]), "place"))
    for names_of_one in organizations.names(pack):
        types.update(dict.fromkeys(names_of_one, "organization"))
    for kind in TYPES.values():
        types.update(dict.fromkeys(table["known"].get(kind, ()), kind))
        for name, others in aliases.get(kind, {}).items():
            types.update(dict.fromkeys((name, *others), kind))
    by_first: dict[str, list[tuple[tuple[str, ...], EntityType]]] = {}
    for name in sorted(types.keys() - set(table["ambiguous"]), key=lambda n: (-len(n), n)):
        for words in cuts(name):
            by_first.setdefault(words[0], []).append((words, types[name]))
    named_bodies = frozenset(name for name, kind in types.items() if kind == "organization")
    sure = frozenset(name for name, kind in types.items() if kind == "place") - frozenset(table["ambiguous"])
    return Known(
        by_first={word: tuple(entries) for word, entries in by_first.items()},
        types=types,
        ambiguous=frozenset(table["ambiguous"]),
        places=frozenset(places),
        sure_places=sure,
        any_places=sure | places,
        bodies=named_bodies,
        short_bodies=frozenset(name for name in named_bodies if name.isupper() and " " not in name),
        first_words={w: kind for kind in TYPES.values() for w in table["first_words"].get(kind, ())},
        begins=_begins(table),
        honorifics=frozenset(table["honorifics"]),
        never=frozenset(table["never"]),
        not_after=frozenset(table["not_after"]),
        related=frozenset(table["related"]),
        where=frozenset(table["where"]),
        place_kinds=frozenset(table["place_kinds"]),
        honouring={w: kind for kind in TYPES.values() for w in table["honouring"].get(kind, ())},
        common=frozenset(pack.lines("common")),
        ends_person=frozenset(table["ends_person"]),
        begins_body=frozenset(table["begins_body"]),
        countries=frozenset(
            name for each in pack.table("countries")["country"] for name in (each["name"], *each["names"])
        ),
        branches=frozenset(table["branches"]),
        schools={w: kind for kind in TYPES.values() for w in table["schools"].get(kind, ())},
        makes=frozenset(table["things"]["makes"]),
        makes_and_persons=frozenset(table["things"]["persons"]),
        before_makes=frozenset(table["things"]["after"]),
        before_titles=frozenset(table["things"]["titling"]),
        when=frozenset(table["when"]),
        portfolio=_portfolio(table["portfolio"]),
    )


def _begins(table: Mapping[str, Any]) -> dict[str, EntityType]:
    bodies: dict[str, EntityType] = dict.fromkeys(table["first_words"]["organization"], "organization")
    return bodies | dict.fromkeys(table["sites"], "place")


def _portfolio(table: Mapping[str, Any]) -> Portfolio:
    return Portfolio(
        of=frozenset(table["of"]),
        of_persons=frozenset(table["of_persons"]),
        words=frozenset([*table["words"], *table["joins"]]),
        beginnings=tuple(table["beginnings"]),
        ending=table["ending"],
        units=frozenset(table["units"]),
        conjunctions=frozenset(table["conjunctions"]),
    )


def gazetteer(pack: Pack) -> set[str]:
    """The names of places.toml."""
    table = pack.table("places")
    provinces = table["province"]
    named = {name for each in provinces.values() for names in each.values() for name in names}
    named |= {name for part in ("indonesia", "world") for names in table[part].values() for name in names}
    return named | set(provinces)


def cuts(name: str) -> list[tuple[str, ...]]:
    """A name in tokens: hyphens apart as in "Asia-Pasifik", and whole as in "Bangsa-Bangsa", a word of its own."""
    whole = tuple(re.sub(r"[,/]|'s\b", r" \g<0> ", name).split())
    apart = tuple(re.sub(r"-(?=[A-Z])", " - ", " ".join(whole)).split())
    return [whole] if whole == apart else [whole, apart]
