"""Writes to the resolved graph: each owner's quads take the place of those it had, many owners at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.rdf.resolved import graph_iri
from kg.rdf.terms import Quad
from kg.store.base import Store
from kg.store.registry.changes import Changes

HELD_QUADS: Final = 5_000
"""Quads held back to be written together: some 3 MB."""


class Writing:
    """The nodes that wait to be written. Owners never share a subject at one time."""

    def __init__(self, changes: Changes, store: Store, base: str) -> None:
        """Takes where owners and subjects are noted, and where quads go."""
        self._changes = changes
        self._store = store
        self._graph = graph_iri(base)
        self._stale: set[str] = set()
        self._nodes: dict[str, list[Quad]] = {}
        self._held = 0

    def put(self, owner: str, quads: Iterable[Quad]) -> None:
        """Puts an owner's quads in the place of those it had."""
        nodes: dict[str, list[Quad]] = {}
        for quad in quads:
            nodes.setdefault(quad.subject.value, []).append(quad)
        for subject in self._changes.swap_nodes(owner, sorted(nodes)):
            self._stale.add(subject)
            self._nodes.pop(subject, None)
        self._nodes.update(nodes)
        self._held += sum(map(len, nodes.values()))
        if self._held >= HELD_QUADS:
            self.flush()

    def flush(self) -> None:
        """Writes what waits."""
        self._store.remove_subjects(self._graph, sorted(self._stale))
        self._store.extend(quad for quads in self._nodes.values() for quad in quads)
        self._stale, self._nodes, self._held = set(), {}, 0
