"""What kg load has put into a store: a named graph there says of each graph which digest it has, or that it changes.

It is kept in the store, not beside the graph folder: it goes with the store's backups, so a store that was emptied or
restored is noticed; another machine that loads the same graph sees it; and no second truth can fall behind.

    <graph> load:digest "SHA-256 of its sorted N-Quads"     written when all of it was there and was counted
    <graph> load:changing true                              written before anything of it is touched

A graph that is both, or changing alone, is half written: a load was killed, and the next one writes it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.rdf.terms import IRI, TRUE, Quad, text
from kg.store.target import Target

NAME: Final = "graph/loaded"
"""After the base of the IRIs: the name of the graph."""
DIGEST: Final = IRI("https://w3id.org/riwayat/load#digest")
CHANGING: Final = IRI("https://w3id.org/riwayat/load#changing")


@dataclass(slots=True)
class Entry:
    """What is known of one graph at the store."""

    digests: set[str] = field(default_factory=set)
    changing: bool = False
    count: int = 0
    """Triples that are there, counted before anything was written."""

    @property
    def former(self) -> str | None:
        """The digest of the state that is there as a whole, where the ledger names one; the count has to agree."""
        return None if self.changing or len(self.digests) != 1 else next(iter(self.digests))

    def holds(self, digest: str, count: int) -> bool:
        """True where the graph is there as a whole, and as it is here."""
        return self.former == digest and self.count == count


class Ledger:
    """The graph ``graph/loaded`` of one base in one store."""

    def __init__(self, target: Target, base: str) -> None:
        """Names it; nothing is asked yet."""
        self.target, self.graph = target, IRI(base + NAME)

    def read(self) -> dict[str, Entry]:
        """What was loaded, or began to be: graph by graph."""
        found: dict[str, Entry] = {}
        counted = self.target.counts([self.graph.value])[self.graph.value]
        if counted <= self.target.kind.rows and _noted(self._statements(), found) == counted:
            return found
        return self._read_in_pages()

    def _read_in_pages(self) -> dict[str, Entry]:
        """The same, in the order of graphs: long answers are cut by some servers without a word."""
        found: dict[str, Entry] = {}
        last = ""
        while True:
            before = {name: (set(entry.digests), entry.changing) for name, entry in found.items()}
            after = f'FILTER(STR(?g) >= "{last}")' if last else ""
            _noted(self._statements(after, "ORDER BY STR(?g)"), found)
            if {name: (entry.digests, entry.changing) for name, entry in found.items()} == before:
                return found
            last = max(found)

    def begin(self, graphs: Sequence[str], known: Mapping[str, Entry]) -> None:
        """From now on these graphs change."""
        old = (Quad(IRI(name), DIGEST, text(d), self.graph) for name in graphs for d in self._digests(name, known))
        self.target.change((self._changing(name) for name in graphs), old)

    def end(self, digests: Iterable[tuple[str, str]]) -> None:
        """These graphs are there as wholes, with these digests."""
        done = list(digests)
        there = (Quad(IRI(name), DIGEST, text(digest), self.graph) for name, digest in done)
        self.target.change(there, (self._changing(name) for name, _ in done))

    def forget(self, graphs: Iterable[str]) -> None:
        """These graphs, which changed, are there no longer."""
        self.target.change((), (self._changing(name) for name in graphs))

    def _statements(self, limited: str = "", order: str = "") -> Iterator[tuple[object, ...]]:
        where = f"GRAPH {self.graph} {{ ?g ?p ?v }} {limited}"
        return self.target.rows(f"SELECT ?g ?p ?v WHERE {{ {where} }} {order} LIMIT {self.target.kind.rows}")

    def _digests(self, name: str, known: Mapping[str, Entry]) -> Iterable[str]:
        return sorted(known[name].digests) if name in known else ()

    def _changing(self, name: str) -> Quad:
        return Quad(IRI(name), CHANGING, TRUE, self.graph)


def _noted(statements: Iterable[tuple[object, ...]], found: dict[str, Entry]) -> int:
    """Adds statements to what is known; returns how many they were."""
    read = 0
    for graph, predicate, value in statements:
        entry = found.setdefault(getattr(graph, "value", ""), Entry())
        if predicate == DIGEST:
            entry.digests.add(getattr(value, "value", ""))
        entry.changing |= predicate == CHANGING
        read += 1
    return read
