"""Which entities of different articles are one: those whose lead keys come to one root.

A shorter key has at most one *parent*, a fuller key that articles use it for; following parents ends at a
root. So a short form joins what it stands for and never makes one of two things that it may stand for.
Which parent it has depends on counts of articles alone, not on their order, and a change touches only the
keys of the changed article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.ids import SLUG_LENGTH, digest, slug
from kg.model import ENTITY_TYPES, EntityType
from kg.resolve import countries
from kg.resolve.blocking import rank
from kg.resolve.names import fold


@dataclass(frozen=True, slots=True)
class Identity:
    """One person, organization or place across articles: id, label and every spelling."""

    id: str
    """Last part of its IRI: ``person/sergei-shoigu``."""
    type: EntityType
    label: str
    spellings: tuple[str, ...]
    country: str | None = None
    """ISO 3166 code of a country."""


@dataclass(frozen=True, slots=True)
class Votes:
    """How many articles use a short form for a fuller one, and how many name both as two things."""

    one: int
    two: int


def parent(votes: Mapping[str, Votes]) -> str | None:
    """The fuller key that a short one belongs to; None where articles rather tell them apart."""
    fitting = [key for key, told in votes.items() if told.one > told.two]
    return max(fitting, key=lambda key: (votes[key].one - votes[key].two, rank(key)), default=None)


def kind(key: str) -> EntityType:
    """The type of the entities that have a key as their lead."""
    prefix = key.partition(":")[0].removeprefix("own-")
    if prefix == "organization":
        return "organization"
    return "place" if prefix == "place" else "person"


def identity(about: str, lead: str, spellings: Counter[str], label: str | None = None) -> Identity:
    """An identity from its id, the lead that gives it its id, and how many articles have each spelling.

    `label` is the name that people decided on.
    """
    names, of = tuple(sorted(spellings)), kind(lead)
    if (country := _country(lead)) and about == own_id(lead):
        return Identity(about, "place", label or countries.by_code()[country], names, country)
    owner = of == "organization" and lead.partition("|")[2] in countries.by_code()
    shown = Counter({name: count for name, count in spellings.items() if not owner or _ends_with_country(name)})
    return Identity(about, of, label or label_of(of, shown or spellings), names)


def own_id(lead: str) -> str:
    """The id of what has this lead, as long as no other name joins it: ``person/sergei-shoigu``."""
    country = _country(lead)
    return f"place/{slug(countries.by_code()[country])}" if country else f"{kind(lead)}/{_name(lead)}"


def label_of(kind: EntityType, spellings: Counter[str]) -> str:
    """The spelling to show: of a person a full name before a part, then the one most articles have."""

    def order(spelling: str) -> tuple[bool, bool, int, int, str]:
        full = kind != "person" or " " in spelling
        abbreviation = kind == "organization" and spelling.isupper() and " " not in spelling
        shouted = spelling.isupper() and kind != "organization"
        return (full and not shouted, not abbreviation, spellings[spelling], len(spelling), spelling)

    return max(spellings, key=order)


def _ends_with_country(name: str) -> bool:
    words = name.split()
    return any(countries.code(" ".join(words[first:])) for first in range(1, len(words)))


def _name(root: str) -> str:
    """A slug of the key where that says all of it, else slug and digest: two roots never share a name."""
    prefix, _, rest = root.partition(":")
    body, _, code = rest.partition("|")
    if prefix == "organization" and code in countries.by_code():
        rest = f"{body} {fold(countries.by_code()[code])}"  # no lead key: names of such bodies give up their country
    name = slug(rest)
    whole = prefix in ENTITY_TYPES and len(rest) <= SLUG_LENGTH
    taken = f"{prefix}/{name}" in countries.identities()
    if whole and not taken and name.replace("-", " ") == rest:
        return name
    return f"{name}-{digest(root, length=8)}"


def _country(key: str) -> str | None:
    code = key.removeprefix("place:")
    return code if key != code and code in countries.by_code() else None
