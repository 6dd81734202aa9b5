"""Whose a body is that every country has one of: "Kementerian Pertahanan" of an article on Russia is Russia's.

The country stands in the name ("Kementerian Pertahanan Rusia"), else it is that of an office held there, else
the one that the article speaks of most. Where none is, some bodies are the home country's, the others nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.errors import Broken
from kg.lang import pack
from kg.model import EntityReport, Report
from kg.resolve import countries
from kg.resolve.names import fold, fold_organization
from kg.resolve.names_letters import NAMES_AT_HAND
from kg.resolve.policy import National, load

LONGEST: Final = 4
"""Words of the longest names of countries that stand after a body ("Republik Rakyat China" has three)."""


class Nations:
    """What an article says of countries: how often it names each, and whose offices its persons hold."""

    def __init__(self, report: Report, policy: National) -> None:
        """Reads the report once."""
        self._policy = policy
        self._report = report
        self._codes = {entity.key: code for entity in report.entities if (code := country(entity))}
        self._names = {fold(name) for entity in report.entities for name in entity.names}
        self._named = Counter[str]()
        for entity in report.entities:
            if code := self._codes.get(entity.key) or self._home(entity):
                self._named[code] += len(entity.mentions)

    def owner(self, entity: EntityReport) -> str | None:
        """The code of the country that a body of an article belongs to; None where nothing tells."""
        told = Counter(code for name in entity.names if (code := split(name, self._policy)[1]))
        if told:
            return split(entity.name, self._policy)[1] or min(told, key=lambda code: (-told[code], code))
        held = set(self._offices(entity))
        return held.pop() if len(held) == 1 else self._most(entity)

    def league(self, body: str) -> str | None:
        """The league of countries that a body is of before any country, where the article names it."""
        return next((name for name in self._policy.leagues.get(body, ()) if name in self._names), None)

    def _home(self, entity: EntityReport) -> str | None:
        """The home country for its places, and for bodies that only it has."""
        places = entity.type == "place" and any(fold(name) in countries.home_places() for name in entity.names)
        bodies = entity.type == "organization" and any(fold_organization(n) in _home_bodies() for n in entity.names)
        return self._policy.home if places or bodies else None

    def _offices(self, body: EntityReport) -> Iterator[str]:
        """The countries whose offices are held by those in the body, or have the body's field in their title."""
        within = {role.person for role in self._report.roles if role.body == body.key}
        fields = {rest for name in body.names if (rest := split(name, self._policy)[0].partition(" ")[2])}
        for role in self._report.roles:
            code = self._codes.get(role.body or "")
            if code and (role.person in within or any(fold(role.title).endswith(f" {field}") for field in fields)):
                yield code

    def _most(self, body: EntityReport) -> str | None:
        """The country named most. A body that the home country has too is the home country's as soon as that is named
        often enough, or no country is."""
        home, most = self._policy.home, max(self._named.values(), default=0)
        assumed = any(self._policy.assumed.fullmatch(split(name, self._policy)[0]) for name in body.names)
        if assumed and self._named[home] >= self._policy.home_share * most:
            return home
        best = {code for code, count in self._named.items() if count == most}
        return best.pop() if len(best) == 1 else home if home in best else None


@lru_cache(maxsize=1)
def _home_bodies() -> frozenset[str]:
    """Folded names of bodies that only the home country has, from the language pack's ``bodies.toml``.

    Raises Broken where the table cannot be understood.
    """
    table, policy = pack.load("id").table("bodies"), load().national
    try:
        names = {fold_organization(name) for kind in policy.home_tables for name in table[kind]}
    except (KeyError, TypeError) as error:
        raise Broken(f"language pack: bodies.toml lacks {error}; mend it or reinstall riwayat") from error
    return frozenset(name for name in names if not policy.bodies.fullmatch(name))


def country(entity: EntityReport) -> str | None:
    """The code of the country that an entity is; of several, a misreading, that of its name."""
    if entity.type == "person":
        return None
    codes = {code for name in entity.names if (code := countries.code(name))}
    return countries.code(entity.name) or min(codes, default=None)


def split(name: str, policy: National) -> tuple[str, str | None]:
    """The folded name of a body without the country that stands after it, and that country's code.

    The code is None where the name has no country, or is no name of a body that every country has.
    """
    return _split(fold(name), fold_organization(name), policy.bodies)


@lru_cache(maxsize=NAMES_AT_HAND)
def _split(folded: str, kept: str, bodies: re.Pattern[str]) -> tuple[str, str | None]:
    words = folded.split()
    for count in range(min(LONGEST, len(words) - 1), 0, -1):
        body = " ".join(words[:-count])
        if (code := countries.code(" ".join(words[-count:]))) and bodies.fullmatch(body):
            return fold_organization(body), code
    return kept, None
