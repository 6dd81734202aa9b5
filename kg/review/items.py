"""What waits for a person: two things that may be one, with the evidence of both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.store.base import Store


@dataclass(frozen=True, slots=True)
class Item:
    """Two things that may be one. The answer is a decision, ``same`` or ``different``, about both."""

    kind: str
    """``identity`` for two of ours, ``link`` for one of ours and an item of the world."""
    about: tuple[str, str]
    """Ids as decisions have them; the item of a link by its IRI."""
    score: float
    """How likely they are one, from 0 to 1."""
    value: float
    """How much an answer is worth: reports that it may put right."""
    reasons: tuple[str, ...] = ()
    """What speaks for it and against it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article in which it is named."""

    text: str
    article: str
    outlet: str | None = None
    published: str | None = None
    """ISO date."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, as the graph or the world knows it."""

    about: str
    label: str
    names: tuple[str, ...] = ()
    """Other spellings."""
    offices: tuple[str, ...] = ()
    """Offices with the bounds of their tenures."""
    sentences: tuple[Sentence, ...] = ()
    articles: int = 0
    more: tuple[str, ...] = ()
    """What else tells it: a description, years of birth and death."""


class Source(Protocol):
    """Where items come from."""

    def items(self, store: Store, base: str) -> Sequence[Item]:
        """All that waits, in any order."""

    def waits(self, item: Item, store: Store, base: str) -> bool:
        """True where an item still waits: another answer may have settled it."""

    def sides(self, item: Item, store: Store, base: str) -> tuple[Side, Side]:
        """The evidence of both."""


def most_valuable(items: Sequence[Item]) -> list[Item]:
    """Items in the order in which they are asked."""
    return sorted(items, key=lambda item: (-item.value, -item.score, item.kind, item.about))
