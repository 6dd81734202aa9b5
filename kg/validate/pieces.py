"""A dataset cut into pieces that fit in memory, each closed under what shapes and rules look at.

A shape of ours looks at the statements on its node, at the classes of what they point to, and along a path of two
steps at one more property there; it follows no path backwards, but for being chosen as the value of a property
(`kg.validate.shapes` refuses shapes that look further). So a piece is whole subjects, each with all that its graph says
of it, and those statements on its neighbours. The shapes find in the pieces what they find in the whole;
tests/validate compares both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from kg.rdf.terms import IRI, Quad
from kg.rdf.vocab import TYPE
from kg.store.embedded import EmbeddedStore

BATCH_QUADS: Final = 20_000
"""Article graphs are taken some at a time: pySHACL reads the shapes anew for each call (about 0.1 s), and
20,000 quads keep rdflib near 30 MB. A graph of twice as many is cut between subjects."""
KNOWN_NEIGHBOURS: Final = 20_000
"""Neighbours whose classes are remembered: persons and places come back in piece after piece."""

_ARTICLE: Final = re.compile(r"/article/[^/]+$")
_RESOLVED: Final = re.compile(r"/graph/resolved$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole subjects, and of their neighbours as much as shapes and rules look at."""

    own: tuple[Quad, ...]
    """All statements of a graph on each subject of the piece; no subject is in two graphs of a piece."""
    around: tuple[Quad, ...]
    """Statements on neighbours: of the same graph, or of any where the graph is one that people added."""
    beyond: tuple[Quad, ...]
    """What only another graph tells of neighbours and, in a graph that people added, of the subjects: classes, and one
    statement of each other property. Shapes do not count it, OWL does."""
    values: frozenset[tuple[str, str]] = frozenset()
    """(property, node): nodes of the piece that are values of a property whose values have a shape."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far shapes look besides a node's own statements and its neighbours' classes."""

    follow: Mapping[str, frozenset[str]]
    """By property, those that are looked at on its values."""
    values_of: frozenset[str]
    """Properties whose values have a shape (``sh:targetObjectsOf``)."""


def pieces(store: EmbeddedStore, reach: Reach) -> Iterator[Piece]:
    """The pieces of a dataset, graph by graph.

    All values of `reach.values_of` are in memory: a description of a graph has some hundred.
    """
    values = {(step, quad.object.value, quad.graph) for step in reach.values_of for quad in store.having(step)}

    @lru_cache(maxsize=KNOWN_NEIGHBOURS)
    def classes(node: str) -> tuple[Quad, ...]:
        return tuple(store.about(node, TYPE.value))

    def told(node: str, step: str) -> Iterator[Quad]:
        yield from classes(node)
        for further in sorted(reach.follow.get(step, ())):
            yield from store.about(node, further)

    for own in _cut(store):
        where = {quad.subject.value: quad.graph for quad in own}
        asked = {
            (quad.object.value, quad.predicate.value, quad.graph)
            for quad in own
            if isinstance(quad.object, IRI) and quad.predicate != TYPE and where.get(quad.object.value) != quad.graph
        }
        near, far = set[Quad](), set[Quad]()
        for node, step, graph in asked:
            for quad in told(node, step):
                (near if quad.graph == graph or is_open(graph.value) else far).add(quad)
        far.update(quad for subject in _leaning(own) for quad in _summary(store, subject) if quad not in near)
        here = {(step, node) for step, node, graph in values if where.get(node) == graph}
        yield Piece(tuple(own), tuple(near), tuple(far - near), frozenset(here))


def _leaning(own: Sequence[Quad]) -> Iterator[str]:
    """The subjects of a piece of which other graphs may say more that counts."""
    return (subject.value for subject in {quad.subject for quad in own if is_open(quad.graph.value)})


def _summary(store: EmbeddedStore, subject: str) -> Iterator[Quad]:
    """The classes that any graph gives a subject, and of each other property one statement: domains need no more."""
    seen = set[IRI]()
    for quad in store.about(subject):
        if quad.predicate == TYPE or quad.predicate not in seen:
            seen.add(quad.predicate)
            yield quad


def is_open(graph: str) -> bool:
    """True for a graph that leans on others: what people added, decided and linked, and any graph of others."""
    return kind(graph) == "open"


def kind(graph: str) -> str:
    """``article``, ``resolved`` or ``open``: pieces hold graphs of one kind."""
    if _ARTICLE.search(graph):
        return "article"
    return "resolved" if _RESOLVED.search(graph) else "open"


def _cut(store: EmbeddedStore) -> Iterator[list[Quad]]:
    """Whole subjects, about BATCH_QUADS quads together; a graph is kept whole where it is no larger than that."""
    batch, subjects = list[Quad](), set[IRI]()
    for graph in store.graphs():
        for subject, group in groupby(store.quads(graph), key=lambda quad: quad.subject):
            other_kind = batch and kind(batch[-1].graph.value) != kind(graph)
            if other_kind or subject in subjects or len(batch) >= 2 * BATCH_QUADS:
                yield from _apart(batch)
                batch, subjects = [], set()
            batch.extend(group)
            subjects.add(subject)
        if len(batch) >= BATCH_QUADS:
            yield from _apart(batch)
            batch, subjects = [], set()
    yield from _apart(batch)


def _apart(batch: Sequence[Quad]) -> Iterator[list[Quad]]:
    """The batch, or one for each graph where one points into another: together they would seem to be one graph."""
    where = {quad.subject: quad.graph for quad in batch}
    if any(isinstance(quad.object, IRI) and where.get(quad.object, quad.graph) != quad.graph for quad in batch):
        yield from (list(group) for _, group in groupby(batch, key=lambda quad: quad.graph))
    elif batch:
        yield list(batch)
