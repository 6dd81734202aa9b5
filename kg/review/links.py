"""Links that wait for a person: an identity of ours, and an item that `kg link` was not sure of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.rdf import vocab as v
from kg.resolve.links import Link, waiting
from kg.review.doubts import side
from kg.review.items import Item, Side
from kg.store.base import Store
from kg.store.folder import GraphFolder

WORTH: Final = 0.1
"""What an answer on a link is worth beside one that puts a report right: it moves none. Set by hand."""


@dataclass(frozen=True, slots=True)
class Links:
    """The source of doubtful links of a graph folder (kg.review.items.Source)."""

    path: Path

    def items(self, store: Store, base: str) -> Sequence[Item]:
        """Every link that waits and whose identity is in the graph."""
        return [
            Item("link", (link.id, link.item), link.confidence, WORTH * link.confidence, link.by)
            for link in self._waiting()
            if store.query(f"ASK {{ {v.resource(base, link.id)} {v.PREF_LABEL} ?label }}") is True
        ]

    def waits(self, item: Item, store: Store, base: str) -> bool:
        """True where nobody has said yet what the identity is."""
        return any((link.id, link.item) == item.about for link in self._waiting())

    def sides(self, item: Item, store: Store, base: str) -> tuple[Side, Side]:
        """What the graph says of the identity, and what the endpoint says of the item."""
        link = next(link for link in self._waiting() if (link.id, link.item) == item.about)
        label, _, description = link.shown.partition(": ")
        more = (description,) if description else ()
        return side(store, link.id, base), Side(link.item, label or link.item, more=more)

    def _waiting(self) -> Iterator[Link]:
        graph = GraphFolder(self.path)
        yield from waiting(graph.links(), graph.decisions())
