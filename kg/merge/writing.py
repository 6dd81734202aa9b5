"""Writes to the resolved graph: only what differs from what stands there, many nodes at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.rdf.resolved import graph_iri
from kg.rdf.terms import IRI, Quad
from kg.store.embedded import EmbeddedStore
from kg.store.registry.changes import Changes

HELD_QUADS: Final = 5_000
"""Quads held back to be written together: some 3 MB."""


class Writing:
    """The nodes that wait to be written. Owners never share a subject at one time."""

    def __init__(self, changes: Changes, store: EmbeddedStore, base: str) -> None:
        """Takes where owners and subjects are noted, and where quads go."""
        self._changes = changes
        self._store = store
        self._graph = graph_iri(base)
        self._stale: dict[str, Sequence[IRI] | None] = {}
        """Subjects that stand in the graph, and the predicates that are written anew; None for all."""
        self._nodes: dict[str, list[Quad]] = {}
        self._single: dict[Quad, bool] = {}
        """Quads that come (True) or go by themselves."""
        self._held = 0

    def put(self, owner: str, quads: Iterable[Quad], predicates: Sequence[IRI] | None = None) -> None:
        """Puts an owner's quads in the place of those it had; `predicates` says which ones, where it is not all."""
        nodes: dict[str, list[Quad]] = {}
        for quad in quads:
            nodes.setdefault(quad.subject.value, []).append(quad)
        for subject in self._changes.swap_nodes(owner, sorted(nodes)):
            self._stale[subject] = predicates
            self._nodes.pop(subject, None)
        self._nodes.update(nodes)
        self._hold(sum(map(len, nodes.values())))

    def change(self, quad: Quad, here: bool) -> None:
        """Adds or removes one quad, beside what `put` writes of its subject."""
        self._single[quad] = here
        self._hold(1)

    def flush(self) -> None:
        """Writes what waits."""
        old = dict.fromkeys(quad for stale in self._stale.items() for quad in self._standing(*stale))
        new = dict.fromkeys(quad for quads in self._nodes.values() for quad in quads)
        come, gone = ([quad for quad, there in self._single.items() if there == here] for here in (True, False))
        self._store.remove([*(quad for quad in old if quad not in new), *gone])
        self._store.extend([*(quad for quad in new if quad not in old), *come])
        self._stale, self._nodes, self._single, self._held = {}, {}, {}, 0

    def _hold(self, more: int) -> None:
        self._held += more
        if self._held >= HELD_QUADS:
            self.flush()

    def _standing(self, subject: str, predicates: Sequence[IRI] | None) -> Iterable[Quad]:
        for predicate in [None] if predicates is None else predicates:
            yield from self._store.quads(self._graph, subject, predicate.value if predicate else None)
