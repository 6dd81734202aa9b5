"""A store that is read with one more graph beside it, which is in memory and never written to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from heapq import merge
from typing import IO

from kg.rdf.terms import Quad
from kg.store.embedded import EmbeddedStore, kept


class StoreBeside(EmbeddedStore):
    """An embedded store and a graph beside it, as exports and loads read them. Queries see the store alone."""

    def __init__(self, store: EmbeddedStore, graph: str, made: Callable[[], Iterable[Quad]]) -> None:
        """Takes the store over, in the state it was opened in; it may have no graph of that name.

        `made` gives the quads of the graph, some at least; it is called when they are first read.
        """
        self.path, self._store = store.path, store._store
        self._graph, self._made = graph, made

    def graphs(self) -> Iterator[str]:
        """The IRIs of all graphs, sorted."""
        return merge(super().graphs(), [self._graph])

    def subjects(self, graph: str) -> list[str]:
        """The IRIs of all that a graph says something about, sorted."""
        if graph != self._graph:
            return super().subjects(graph)
        return sorted({quad.subject.value for quad in self._beside})

    def quads(
        self, graph: str | None = None, subject: str | None = None, predicate: str | None = None
    ) -> Iterator[Quad]:
        """The quads of one graph (with one subject or predicate), or of all graphs one after the other."""
        for name in self.graphs() if graph is None else (graph,):
            if name != self._graph:
                yield from super().quads(name, subject, predicate)
                continue
            for quad in self._beside:
                if subject in {None, quad.subject.value} and predicate in {None, quad.predicate.value}:
                    yield quad

    def dump(self, graph: str, stream: IO[bytes]) -> None:
        """Writes a graph as canonical N-Triples, in no order."""
        if graph == self._graph:
            stream.writelines(kept(self._beside))
        else:
            super().dump(graph, stream)

    def close(self) -> None:
        """Lets go of the folder, and of what would read it for the graph beside it."""
        super().close()
        self._made = tuple

    def __len__(self) -> int:
        """How many quads there are."""
        return super().__len__() + len(self._beside)

    @cached_property
    def _beside(self) -> list[Quad]:
        return list(self._made())
