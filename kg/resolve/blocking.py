"""Under which keys an entity of an article is known, so that other articles can find it.

Every entity has one *lead* key, made of its fullest name, and may vouch for *others*: shorter forms of the
same name (``KPK`` of ``Komisi Pemberantasan Korupsi``), or a single word of a person's name with an office
of one seat. kg.resolve.matching decides which lead a shorter form belongs to. What is too weak to tell two
things apart (a part of a name, "DPRD", "Jalan Merdeka") gives a key that holds in its own article only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from kg.ids import digest
from kg.model import EntityReport, Report, RoleReport
from kg.resolve.names import abbreviates, fold, fold_person, fold_place, same_person
from kg.resolve.national import Nations, country, split
from kg.resolve.policy import Policy

KEYS_AT_HAND = 2_000
"""Keys whose rank and loose keys are kept at hand: they are asked for again and again while leads are compared."""
MIN_NAME = 2
"""Shorter folded names ("a") and words ("s" in "Budi S") identify nothing."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one entity; `others` are shorter than the lead by `rank`."""

    lead: str
    others: tuple[str, ...] = ()


@lru_cache(maxsize=KEYS_AT_HAND)
def rank(key: str) -> tuple[bool, int, int, str]:
    """The order of keys: names before holder keys, then the fuller one."""
    kind, _, name = key.partition(":")
    return kind != "holder", *_fullness(name)


def _fullness(name: str) -> tuple[int, int, str]:
    """The order of names: more words, then longer, then the alphabet."""
    return name.count(" "), len(name), name


def keys(report: Report, policy: Policy) -> dict[str, Keys]:
    """Entity key of the article → its keys across articles."""
    roles: dict[str, list[RoleReport]] = {}
    for role in report.roles:
        roles.setdefault(role.person, []).append(role)
    nations = Nations(report, policy.national)
    found = {entity.key: _named(entity, nations, policy) for entity in report.entities}
    bodies = {key: named.lead if named else "" for key, named in found.items()}
    for entity in report.entities:
        if entity.type == "person":
            held = sorted(set(_holder_keys(entity, roles.get(entity.key, ()), bodies, policy)))
            found[entity.key] = _with_offices(found[entity.key], held)
    return {entity.key: found[entity.key] or _own(report, entity) for entity in report.entities}


@lru_cache(maxsize=KEYS_AT_HAND)
def loose(lead: str) -> frozenset[str]:
    """The keys under which a lead is compared with leads that are spelt a little otherwise, or are shorter.

    Of a person two words of the name, by their consonants or by the first letter of one. Of an organization the name
    but for one word, and its initials. Empty for leads that are no names of persons or organizations.
    """
    kind, _, name = lead.partition(":")
    words, _, country_code = name.partition("|")
    some = words.split()
    if kind == "person":
        found = {f"{a} {b}" for one, other in combinations(some, 2) for a, b in _loose_pairs(one, other)}
    elif kind == "organization" and len(some) > 1:
        found = {" ".join(some[:at] + some[at + 1 :]) for at in range(len(some))} | {"".join(word[0] for word in some)}
    else:
        found = {words} if kind == "organization" else set()
    return frozenset(f"{kind}:{key}|{country_code}" for key in found)


def _loose_pairs(one: str, other: str) -> Iterator[tuple[str, str]]:
    yield from ((a, b) for a, b in (sorted((_bones(one), _bones(other))),))
    yield one, other[0]
    yield other, one[0]


def _bones(word: str) -> str:
    """A word without its vowels but the first letter, and without doubled letters: ``shoigu``, ``shiogu`` → ``shg``."""
    return word[0] + re.sub(r"[aeiouy]+|(.)(?=\1)", "", word[1:])


def _named(entity: EntityReport, nations: Nations, policy: Policy) -> Keys | None:
    """The keys that the names alone give; None where all of them are too weak."""
    if entity.type == "person":
        return _keys(entity, fold_person, _tells_persons, same_person)
    if code := country(entity):
        return Keys(f"place:{code}")
    if entity.type == "organization":
        folded = _owned(entity, nations, policy)
        defined = _defined(entity, folded)
        return _keys(
            entity,
            folded,
            lambda name: not policy.common_organizations.fullmatch(name),
            lambda short, full: abbreviates(short, full) or (short, full) in defined,
        )
    return _keys(
        entity,
        fold_place,
        lambda name: not policy.common_places.fullmatch(name),
        lambda short, full: full.removesuffix(f" {short}") in policy.place_levels,
    )


def _keys(
    entity: EntityReport,
    folded: Callable[[str], str],
    tells: Callable[[str], bool],
    same: Callable[[str, str], bool],
) -> Keys | None:
    """The lead is the fullest of the names that go with the entity's own; names that do not are left out."""
    names = {name for name in map(folded, entity.names) if len(name) >= MIN_NAME and tells(name)}
    if not names:
        return None
    own = folded(entity.name) if folded(entity.name) in names else max(names, key=_fullness)
    lead = max((name for name in names if name == own or same(own, name)), key=_fullness)
    others = sorted(name for name in names if _fullness(name) < _fullness(lead) and same(name, lead))
    return Keys(f"{entity.type}:{lead}", tuple(f"{entity.type}:{name}" for name in others))


def _owned(entity: EntityReport, nations: Nations, policy: Policy) -> Callable[[str], str]:
    """How the names of an organization are folded: a body that every country has one of says whose it is.

    ``Kementerian Pertahanan Rusia`` → ``kementerian pertahanan|RU``; the home country's have their bare name. Where
    nothing tells whose it is, the name is left out.
    """

    def folded(name: str) -> str:
        body, code = split(name, policy.national)
        if not policy.national.bodies.fullmatch(body):
            return body
        if league := nations.league(body):
            return f"{body} {league}"
        owner = code or nations.owner(entity)
        return body if owner == policy.national.home else f"{body}|{owner}" if owner else ""

    return folded


def _defined(entity: EntityReport, folded: Callable[[str], str]) -> set[tuple[str, str]]:
    """Pairs of a short name and the full name that an article puts it after in brackets: ``... (KPK)``."""
    ends = {(m.span.field, m.span.end + len(" (")): folded(m.quote) for m in entity.mentions}
    shorts = [(folded(m.quote), ends.get((m.span.field, m.span.begin))) for m in entity.mentions]
    return {(short, full) for short, full in shorts if full is not None and " " not in short}


def _tells_persons(folded: str) -> bool:
    """Two words that are no initials tell persons apart."""
    return sum(len(word) >= MIN_NAME for word in folded.split()) >= 2


def _holder_keys(
    entity: EntityReport, roles: Iterable[RoleReport], bodies: dict[str, str], policy: Policy
) -> Iterator[str]:
    """A single word of a name with an office of one seat: ``holder:shoigu|menteri pertahanan|place:RU``."""
    words = sorted({word for name in entity.names for word in fold_person(name).split() if len(word) > MIN_NAME})
    for role in roles:
        title, body = fold(role.title), bodies.get(role.body or "", "")
        for word in words if role.status == "current" else ():
            if body and role.single:
                yield f"holder:{word}|{title}|{body}"
            if title.startswith(policy.national_titles):
                yield f"holder:{word}|{title}|"


def _with_offices(named: Keys | None, held: list[str]) -> Keys | None:
    """A full name vouches for the holder keys; without one, the holder key that says most leads."""
    if named is not None:
        return Keys(named.lead, (*named.others, *held))
    return Keys(max(held, key=lambda key: (not key.endswith("|"), key))) if held else None


def _own(report: Report, entity: EntityReport) -> Keys:
    return Keys(f"own-{entity.type}:{fold(entity.name)}|{digest(report.article, entity.key)}")
