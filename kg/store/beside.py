"""A store that is read with whole graphs beside it, which are in memory and never written to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from typing import IO

from kg.rdf.terms import Quad
from kg.store.embedded import EmbeddedStore, kept


class StoreBeside(EmbeddedStore):
    """An embedded store and graphs beside it, as exports and loads read them. Queries see the store alone."""

    def __init__(self, store: EmbeddedStore, beside: Iterable[Quad]) -> None:
        """Takes the store over, in the state it was opened in; it may have no graph of `beside`."""
        self.path, self._store = store.path, store._store
        self._beside: dict[str, list[Quad]] = {}
        for quad in beside:
            self._beside.setdefault(quad.graph.value, []).append(quad)

    def graphs(self) -> Iterator[str]:
        """The IRIs of all graphs, sorted."""
        return merge(super().graphs(), sorted(self._beside))

    def subjects(self, graph: str) -> list[str]:
        """The IRIs of all that a graph says something about, sorted."""
        if graph not in self._beside:
            return super().subjects(graph)
        return sorted({quad.subject.value for quad in self._beside[graph]})

    def quads(
        self, graph: str | None = None, subject: str | None = None, predicate: str | None = None
    ) -> Iterator[Quad]:
        """The quads of one graph (with one subject or predicate), or of all graphs one after the other."""
        for name in self.graphs() if graph is None else (graph,):
            if name not in self._beside:
                yield from super().quads(name, subject, predicate)
            for quad in self._beside.get(name, ()):
                if subject in {None, quad.subject.value} and predicate in {None, quad.predicate.value}:
                    yield quad

    def dump(self, graph: str, stream: IO[bytes]) -> None:
        """Writes a graph as canonical N-Triples, in no order."""
        if graph in self._beside:
            stream.writelines(kept(self._beside[graph]))
        else:
            super().dump(graph, stream)

    def __len__(self) -> int:
        """How many quads there are."""
        return super().__len__() + sum(map(len, self._beside.values()))
