"""What an article says of an entity besides its names: the offices it gives a person, and a death.

Entities of many articles with the same lead key and the same facets are one *card*: only cards are compared, so
a name that stands in thousands of articles costs as much as the few things that are said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import msgspec

from kg.model import Report, RoleReport, Status
from kg.resolve import regions
from kg.resolve.names import fold
from kg.resolve.policy import Policy


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """One office that an article gives a person."""

    title: str
    """Folded."""
    body: str
    """Lead key of the body; empty where the article names none, or none that other articles can know."""
    country: str
    """ISO code, of an office of a whole state or a body that every country has; else empty."""
    level: str
    """Of the head of a region: the kind of region (``province``, ``city``, ``regency``); else empty."""
    region: str
    """Name of that region."""
    single: bool
    status: Status


@dataclass(frozen=True, slots=True)
class Facets:
    """What one article says of one entity."""

    posts: tuple[Post, ...] = ()
    """Sorted, no two alike."""
    dead: bool = False
    """True where the article tells of the person's death."""

    def text(self) -> str:
        """One text for equal facets; empty where there are none."""
        return msgspec.json.encode(self).decode() if self.posts or self.dead else ""


@lru_cache(maxsize=4096)
def parse(text: str) -> Facets:
    """The facets that a text stands for."""
    return _decoder.decode(text) if text else Facets()


_decoder = msgspec.json.Decoder(Facets)


def facets(report: Report, leads: Mapping[str, str], policy: Policy) -> dict[str, Facets]:
    """Entity key → its facets, of those that have any. `leads` has the lead key of each entity."""
    posts: dict[str, set[Post]] = {}
    for role in report.roles:
        posts.setdefault(role.person, set()).add(_post(report, role, leads.get(role.body or "", ""), policy))
    dead = {
        part.entity
        for event in report.events
        for part in event.participants
        if part.role in policy.matching.dead_roles and event.factuality == "actual" and part.entity in leads
    }
    persons = sorted(key for key in posts.keys() | dead if key.startswith("person"))
    return {key: Facets(tuple(sorted(posts.get(key, ()))), key in dead) for key in persons}


def _post(report: Report, role: RoleReport, body: str, policy: Policy) -> Post:
    title, shared = fold(role.title), "" if body.startswith("own-") else body
    level, region = regions.seat(title, shared, policy.regions)
    return Post(
        title, shared, _country(title, shared, level, policy), level, region, role.single, _status(report, role, policy)
    )


def _country(title: str, body: str, level: str, policy: Policy) -> str:
    """Whose office it is, where it is one that only a country's own people hold."""
    kind, _, name = body.partition(":")
    if kind == "place" and len(name) == len(policy.national.home) and title.startswith(policy.national_titles):
        return name
    stem, _, code = name.partition("|")
    if kind == "organization" and policy.national.bodies.fullmatch(stem):
        return code or policy.national.home
    return policy.national.home if level and regions.at_home(body, policy.regions) else ""


def _status(report: Report, role: RoleReport, policy: Policy) -> Status:
    """That of the day of the article: an office attested for a day long before was held once."""
    reach = timedelta(days=policy.matching.past_days)
    past = role.date and report.published and role.date.latest < report.published - reach
    return "former" if past and role.status == "current" else role.status
