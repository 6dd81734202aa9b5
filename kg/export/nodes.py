"""Nodes of a graph with what is said about them, sorted; events as analysts count them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.rdf import vocab as v
from kg.rdf.terms import IRI
from kg.store.base import Row, Solutions
from kg.store.embedded import EmbeddedStore

NO_ROLE: Final = frozenset(
    {v.TYPE, v.PARTICIPANT, v.PLACE_OF, v.FACTUALITY, v.ATTRIBUTED_TO, v.ATTESTED_BY, *v.STANCES.values()}
)
"""What an event says of other nodes without giving them a part in it."""

RECENT: Final = 1_000
"""Nodes of articles kept in memory: an event asks for its passages and sentences more than once."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node and the values that one graph has for it."""

    iri: str
    values: dict[IRI, tuple[str, ...]]
    links: tuple[tuple[IRI, str], ...]
    """Those values that are nodes, with their properties, sorted."""

    def all(self, predicate: IRI) -> tuple[str, ...]:
        """The values of a property, sorted."""
        return self.values.get(predicate, ())

    def one(self, predicate: IRI) -> str | None:
        """The value of a property that has one at most."""
        return next(iter(self.all(predicate)), None)

    def name(self) -> str:
        """Its label."""
        return self.one(v.PREF_LABEL) or self.iri


class Nodes:
    """Looks nodes up in the store of a graph."""

    def __init__(self, store: EmbeddedStore, base: str) -> None:
        self.store, self.base = store, base
        self.resolved_graph = v.resolved_graph(base).value
        self._recent = lru_cache(RECENT)(lambda iri: self._node(iri, article_of(iri)))

    def instances(self, of: IRI) -> list[str]:
        """The IRIs of all members of a class in the resolved graph, sorted."""
        return self.found(f"?node a {of}")

    def told_instances(self, of: IRI) -> list[str]:
        """The IRIs of all members of a class in the graphs of articles, sorted."""
        rows = self.select(f"SELECT DISTINCT ?node ?article WHERE {{ GRAPH ?article {{ ?node a {of} }} }}")
        told = ((node, graph) for node, graph in rows if isinstance(node, IRI) and isinstance(graph, IRI))
        return sorted({node.value for node, graph in told if v.is_article(graph.value, self.base)})

    def items(self, iri: str) -> list[str]:
        """The items of Wikidata that something is linked to, sorted: ``Q7747``."""
        rows = self.select(f"SELECT DISTINCT ?item WHERE {{ GRAPH ?any {{ {IRI(iri)} {v.EXACT_MATCH} ?item }} }}")
        links = (value.value for (value,) in rows if isinstance(value, IRI))
        return sorted(link.removeprefix(v.WIKIDATA) for link in links if link.startswith(v.WIKIDATA))

    def found(self, pattern: str) -> list[str]:
        """The IRIs that a pattern of the resolved graph has for ``?node``, each once, sorted."""
        rows = self.select(f"SELECT DISTINCT ?node WHERE {{ GRAPH <{self.resolved_graph}> {{ {pattern} }} }}")
        return sorted(value.value for (value,) in rows if isinstance(value, IRI))

    def select(self, sparql: str) -> Iterator[Row]:
        """The rows of a SELECT."""
        answer = self.store.query(sparql)
        assert isinstance(answer, Solutions)
        return answer.rows

    def resolved(self, iri: str) -> Node:
        """What all articles together say about a node."""
        return self._node(iri, self.resolved_graph)

    def sentences(self, report: Node) -> Iterator[str]:
        """The sentences that a report rests on, in their order in the article."""
        passages = (self.told(iri) for iri in report.all(v.EVIDENCE))
        for passage in sorted(passages, key=lambda each: int(each.one(v.BEGIN_INDEX) or 0)):
            yield self.told(passage.one(v.IN_SENTENCE) or passage.iri).one(v.ANCHOR_OF) or ""

    def told(self, iri: str) -> Node:
        """What an article says about one of its nodes, or what is said about the article."""
        return self._recent(iri)

    def _node(self, iri: str, graph: str) -> Node:
        found: dict[IRI, list[str]] = {}
        links = []
        for _, predicate, value, _ in self.store.quads(graph, iri):
            found.setdefault(predicate, []).append(value.value)
            if isinstance(value, IRI):
                links.append((predicate, value.value))
        return Node(iri, {key: tuple(sorted(values)) for key, values in found.items()}, tuple(sorted(links)))


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the resolved graph."""

    node: Node

    @property
    def type(self) -> str:
        """The local name of its class."""
        return next(_local(iri) for iri in self.node.all(v.TYPE) if iri != v.EVENT.value)

    @property
    def factuality(self) -> str:
        """``actual``, ``planned``, ``claimed`` or ``denied``."""
        return _local(self.node.one(v.FACTUALITY) or "")

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Who takes part: (role, IRI), sorted."""
        return tuple((_local(role.value), iri) for role, iri in self.node.links if role not in NO_ROLE)

    @property
    def places(self) -> tuple[str, ...]:
        """The IRIs of the places."""
        return self.node.all(v.PLACE_OF)

    @property
    def reports(self) -> tuple[str, ...]:
        """The IRIs of the reports, sorted."""
        return self.node.all(v.ATTESTED_BY)


def happenings(nodes: Nodes) -> Iterator[Happening]:
    """All events, sorted by IRI."""
    return (Happening(nodes.resolved(iri)) for iri in nodes.instances(v.EVENT))


def article_of(iri: str) -> str:
    """The IRI of the article that a report or passage is part of."""
    return iri.partition("#")[0]


def articles(node: Node) -> list[str]:
    """The IRIs of the articles that a node of the resolved graph rests on."""
    return sorted({article_of(report) for report in node.all(v.ATTESTED_BY)})


def _local(iri: str) -> str:
    return iri.removeprefix(v.RW)
