"""What becomes of scored matches: a link, a doubt for a person to look at, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.link.features import Match, Scored, scored
from kg.link.identities import Subject
from kg.link.items import Item
from kg.link.policy import Policy
from kg.resolve.links import Link


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, and on which day."""

    endpoint: str
    on: date


def proposed(subject: Subject, items: Sequence[Item], said: Said, policy: Policy) -> tuple[Link, ...]:
    """The links of one identity to the items that may be it: one sure, or all that are worth a look, or none."""
    matches = [scored(Match(subject, item, len(items) - 1, policy)) for item in items]
    ranked = sorted(matches, key=lambda match: (-match.log_odds, match.item.iri))
    if ranked and _sure(ranked, policy):
        return (_link(subject, ranked[0], True, said),)
    worth = [match for match in ranked if match.confidence >= policy.results.doubtful]
    return tuple(_link(subject, match, False, said) for match in worth)


def each_item_once(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links of which no two identities have one item for sure: those become doubtful, all of them.

    Two identities with one item may be one person under two names, which a person has to say.
    """
    every = sorted(links)
    owners = Counter(link.item for link in every if link.sure)
    return tuple(sorted(replace(link, sure=link.sure and owners[link.item] == 1) for link in every))


def _sure(ranked: Sequence[Scored], policy: Policy) -> bool:
    best = ranked[0]
    clear = len(ranked) < 2 or best.log_odds - ranked[1].log_odds >= policy.results.ahead
    return clear and best.confidence >= policy.results.sure


def _link(subject: Subject, match: Scored, sure: bool, said: Said) -> Link:
    return Link(
        subject.id, match.item.iri, sure, match.confidence, match.features, said.endpoint, said.on, match.item.shown
    )
