"""Blocking keys: two entities of different articles are one where they share a key, directly or through others.

A key is strong enough to decide by itself; what is not (a part of a name) gives none. So identity is the
connected components of entities and keys: the same in any order of arrival, and local.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.ids import digest
from kg.model import EntityReport, Report, RoleReport
from kg.resolve import countries
from kg.resolve.names import fold, fold_organization, fold_person, fold_place
from kg.resolve.policy import Policy

MIN_KEY = 2
"""Shorter folded names ("a", "") identify nothing."""


def keys(report: Report, policy: Policy) -> dict[str, tuple[str, ...]]:
    """Entity key of the article → its blocking keys, sorted; never empty."""
    roles: dict[str, list[RoleReport]] = {}
    for role in report.roles:
        roles.setdefault(role.person, []).append(role)
    bodies = {entity.key: _body(entity) for entity in report.entities}
    found: dict[str, tuple[str, ...]] = {}
    for entity in report.entities:
        strong = set(_names(entity))
        if entity.type == "person":
            strong |= set(_holder_keys(entity, roles.get(entity.key, ()), bodies, policy))
        found[entity.key] = tuple(sorted(strong)) or (_own_key(report, entity),)
    return found


def _names(entity: EntityReport) -> Iterator[str]:
    for name in entity.names:
        if entity.type == "person":
            folded = fold_person(name)
            if " " in folded:
                yield f"person:{folded}"
        elif entity.type == "organization":
            folded = fold_organization(name)
            if len(folded) > MIN_KEY - 1:
                yield f"organization:{folded}"
        else:
            country = countries.by_name().get(fold(name))
            yield f"place:{country[0]}" if country else f"place:{fold_place(name)}"


def _holder_keys(
    entity: EntityReport, roles: Iterable[RoleReport], bodies: dict[str, str], policy: Policy
) -> Iterator[str]:
    """A single word of a name with an office of one seat: ``holder:shoigu|menteri pertahanan|place:RU``."""
    words = sorted({word for name in entity.names for word in fold_person(name).split() if len(word) > MIN_KEY})
    for role in roles:
        title = fold(role.title)
        national = title.startswith(policy.national_titles)
        for word in words if role.status == "current" else ():
            if role.body is not None and role.single:
                yield f"holder:{word}|{title}|{bodies[role.body]}"
            if national:
                yield f"holder:{word}|{title}|"


def _body(entity: EntityReport) -> str:
    """The key of a body that is always the same for the same names: the greatest of its keys."""
    return max(_names(entity), default="") if entity.type != "person" else ""


def _own_key(report: Report, entity: EntityReport) -> str:
    return f"only:{fold(entity.name)}|{digest(report.article, entity.key)}"
