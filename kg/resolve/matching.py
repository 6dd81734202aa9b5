"""Which entities are one: components of entities and blocking keys, each with an id made from its keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.ids import SLUG_LENGTH, digest, slug
from kg.model import EntityType
from kg.resolve import countries


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


def component(key: str, neighbours: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """All keys joined with a key through entities that have several. `neighbours` gives the keys one step away."""
    seen, waiting = {key}, [key]
    while waiting:
        for other in neighbours(waiting.pop()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return frozenset(seen)


def identity(keys: frozenset[str], kind: EntityType, spellings: Counter[str]) -> Identity:
    """The identity of a component. `spellings` counts the articles that have each."""
    country = next((k.removeprefix("place:") for k in sorted(keys) if _country(k)), None)
    if country is not None:
        label = countries.by_code()[country]
        return Identity(f"place/{slug(label)}", "place", label, tuple(sorted(spellings)), country)
    return Identity(f"{kind}/{_name(keys)}", kind, label_of(kind, spellings), tuple(sorted(spellings)))


def label_of(kind: EntityType, spellings: Counter[str]) -> str:
    """The spelling to show: of a person a full name before a part, then the one most articles have."""

    def rank(spelling: str) -> tuple[bool, bool, int, int, str]:
        full = kind != "person" or " " in spelling
        abbreviation = kind == "organization" and spelling.isupper() and " " not in spelling
        shouted = spelling.isupper() and kind != "organization"
        return (full and not shouted, not abbreviation, spellings[spelling], len(spelling), spelling)

    return max(spellings, key=rank)


def _name(keys: frozenset[str]) -> str:
    """The greatest key by a fixed order: names before holder keys, then more words, then longer, then the alphabet."""

    def rank(key: str) -> tuple[bool, int, int, str]:
        kind, _, rest = key.partition(":")
        return (kind in {"person", "organization", "place"}, rest.count(" "), len(rest), rest)

    rest = max(keys, key=rank).partition(":")[2]
    name = slug(rest)
    return name if len(rest) <= SLUG_LENGTH and name.replace("-", " ") == rest else f"{name}-{digest(rest, length=8)}"


def _country(key: str) -> bool:
    return key.startswith("place:") and key.removeprefix("place:") in countries.by_code()
