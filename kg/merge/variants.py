"""Leads that are spelt a little otherwise, or are a part of another: joined, doubtful, or two, by their features."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice

from kg.merge.about import About
from kg.resolve import features
from kg.resolve.blocking import KEYS_AT_HAND, loose, rank
from kg.resolve.facets import parse
from kg.resolve.features import Card, Pair, Score, Side
from kg.resolve.policy import MatchingPolicy
from kg.store.registry import Registry
from kg.store.registry.entities import Counted

REMEMBERED = 2_000
"""Leads whose cards are kept at hand while leads are compared."""


class Variants:
    """Compares leads of the same loose keys. What it says depends on these leads and their articles alone."""

    def __init__(self, registry: Registry, policy: MatchingPolicy, about: About) -> None:
        """Takes where leads are, the features, and what people decided."""
        self._registry = registry
        self._policy = policy
        self._about = about
        self._side = lru_cache(maxsize=REMEMBERED)(self._cards)

    def mates(self, lead: str) -> Iterator[str]:
        """The shorter leads whose names may be variants of this one's, but for those that are marked themselves."""
        for other in sorted(self._blocked(lead)):
            aside = rank(other) >= rank(lead) or self._registry.changes.is_marked("key", other)
            if not aside and self._may_be_one(other, lead):
                yield other

    def turned(self, lead: str, came: bool) -> Iterator[str]:
        """All leads of those loose keys that are too full since this one came, or no more since it went."""
        for block in sorted(loose(lead)):
            some = self._registry.leads.block(block, self._policy.block_size + 1)
            if len(some) == self._policy.block_size + came:
                yield from some

    def fuller(self, lead: str) -> tuple[str | None, list[tuple[str, Score]]]:
        """The fuller lead that a lead is a variant of, and those that it may be one of."""
        scores = {other: self._score(lead, other) for other in sorted(self._candidates(lead))}
        one = max(
            (other for other, s in scores.items() if s.sum >= self._policy.same),
            key=lambda other: (scores[other].sum, rank(other)),
            default=None,
        )
        doubts = [(other, s) for other, s in scores.items() if other != one and s.sum >= self._policy.doubt]
        return one, doubts

    def _candidates(self, lead: str) -> set[str]:
        fuller = {other for other in self._blocked(lead) if rank(other) > rank(lead)}
        return {other for other in fuller if frozenset((lead, other)) not in self._about.forbidden}

    def _blocked(self, lead: str) -> set[str]:
        """The leads that share a loose key with a lead."""
        blocks = (self._registry.leads.block(block, self._policy.block_size) for block in loose(lead))
        return {other for block in blocks for other in block}

    def _score(self, lead: str, other: str) -> Score:
        """The score; whom articles name with both is asked only where it can matter."""
        if not self._may_be_one(lead, other):
            return Score(0.0, ())
        entities = self._registry.entities
        pair = Pair(self._side(lead), self._side(other), apart=entities.told_apart(lead, other))
        found = features.score(pair, self._policy)
        if found.sum + self._policy.features["company"].weight < self._policy.doubt:
            return found
        return features.score(Pair(pair.one, pair.other, self._shared(pair), pair.apart), self._policy)

    def _shared(self, pair: Pair) -> int:
        """How many persons and bodies articles name with both, up to what counts; sought from the rarer one."""
        few, many = sorted((pair.one, pair.other), key=lambda side: sum(each.articles for each in side.cards))
        company = self._registry.entities.company(few.lead) - {few.lead, many.lead}
        both = (one for one in sorted(company) if self._registry.entities.meets(many.lead, one))
        return sum(1 for _ in islice(both, self._policy.company))

    def _may_be_one(self, lead: str, other: str) -> bool:
        """True where the names alone leave it open."""
        return features.names_speak(Pair(_named(lead), _named(other)), self._policy)

    def _cards(self, lead: str) -> Side:
        return Side(lead, tuple(map(card, self._registry.entities.counted(lead))))


@lru_cache(maxsize=KEYS_AT_HAND)
def _named(lead: str) -> Side:
    return Side(lead, ())


def card(counted: Counted) -> Card:
    """A card of the registry, as it is compared."""
    days = (date.fromisoformat(counted.first), date.fromisoformat(counted.last or "")) if counted.first else None
    return Card(counted.lead, parse(counted.facets), days, counted.articles)
