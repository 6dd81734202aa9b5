"""Every quad of a graph, named graph by named graph and subject by subject; N-Triples and N-Quads.

Graphs, subjects and statements come sorted. One subject's statements and the names of one graph's subjects are in
memory, whatever the size of the graph.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Protocol

from kg.rdf import vocab as v
from kg.rdf.terms import Quad, nquads
from kg.store.embedded import EmbeddedStore


class Writer(Protocol):
    """Takes graphs and their nodes in order."""

    def begin(self) -> None:
        """Before the first graph."""

    def graph(self, name: str) -> None:
        """A graph begins."""

    def node(self, quads: list[Quad]) -> None:
        """All that the graph says about one subject."""

    def end(self) -> None:
        """After the last graph."""


MakeWriter = Callable[[IO[bytes], str], Writer]
"""Makes the writer of a format from the stream and the base of the IRIs."""


def write(store: EmbeddedStore, base: str, stream: IO[bytes], make: MakeWriter) -> int:
    """Writes all graphs of a store; returns the number of quads. `base` is that of its IRIs."""
    count = 0
    writer = make(stream, base)
    writer.begin()
    for graph in store.graphs():
        writer.graph(graph)
        for subject in store.subjects(graph):
            quads = sorted(store.quads(graph, subject), key=by_predicate)
            writer.node(quads)
            count += len(quads)
    writer.end()
    return count


def by_predicate(quad: Quad) -> tuple[bool, str, str]:
    """The order of what is said about a subject: its types first."""
    return quad.predicate != v.TYPE, quad.predicate.value, str(quad.object)


class Lines:
    """N-Triples or N-Quads."""

    def __init__(self, stream: IO[bytes], base: str, named: bool) -> None:
        self.stream, self.named = stream, named

    def begin(self) -> None:
        """Nothing stands before the lines."""

    def graph(self, name: str) -> None:
        """Each line has its graph."""

    def node(self, quads: list[Quad]) -> None:
        """A line for each statement."""
        lines = nquads(quads) if self.named else (f"{s} {p} {o} .\n" for s, p, o, _ in quads)
        self.stream.write("".join(lines).encode())

    def end(self) -> None:
        """Nothing stands after the lines."""
