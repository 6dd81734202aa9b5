"""Which things are said to be one, by ``owl:sameAs`` or as values of a functional property, which are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad
from kg.store.embedded import EmbeddedStore

_MEMBERS: Final = (IRI(v.OWL + "distinctMembers"), IRI(v.OWL + "members"))
_ALL_DIFFERENT: Final = IRI(v.OWL + "AllDifferent")
_FIRST, _REST, _NIL = IRI(v.RDF + "first"), IRI(v.RDF + "rest"), v.RDF + "nil"

Apart = tuple[str, str, Quad]
"""Two IRIs that are told apart, and the statement that says so."""


class Sameness:
    """Classes of things that are one (union-find), with the statements that make them so."""

    def __init__(self) -> None:
        """Nothing is the same as anything else."""
        self._parent: dict[str, str] = {}
        self._why: list[tuple[str, str, Sequence[Quad]]] = []

    def join(self, one: str, other: str, why: Sequence[Quad]) -> None:
        """Makes two things one."""
        self._why.append((one, other, why))
        first, second = sorted((self._root(one), self._root(other)))
        self._parent[second] = first

    def pairs(self) -> Iterator[tuple[tuple[str, str], Sequence[Quad]]]:
        """The pairs that were made one, each with its statements, sorted."""
        for one, other, why in sorted(self._why, key=lambda each: each[:2]):
            if one != other:
                yield (one, other), why

    def told_apart(self, apart: Iterable[Apart]) -> Iterator[tuple[tuple[str, str], list[Quad]]]:
        """The pairs that are one and told apart, with the statements that say both; shortest chains first."""
        for one, other, why in apart:
            if self._root(one) == self._root(other):
                yield (one, other), [why, *self._chain(one, other)]

    def _root(self, node: str) -> str:
        while (above := self._parent.get(node, node)) != node:
            self._parent[node] = self._parent.get(above, above)
            node = above
        return node

    def _chain(self, start: str, end: str) -> list[Quad]:
        """The statements on a shortest way from one thing to another."""
        edges: dict[str, list[tuple[str, Sequence[Quad]]]] = {}
        for one, other, why in sorted(self._why, key=lambda each: each[:2]):
            edges.setdefault(one, []).append((other, why))
            edges.setdefault(other, []).append((one, why))
        ways: dict[str, list[Quad]] = {start: []}
        for node in (waiting := [start]):
            for other, why in edges.get(node, ()):
                if other not in ways:
                    ways[other] = [*ways[node], *why]
                    waiting.append(other)
        return ways.get(end, [])


def distinct(store: EmbeddedStore) -> Iterator[Apart]:
    """What is told apart by ``owl:differentFrom`` or ``owl:AllDifferent`` in any graph, sorted."""
    found = [
        (quad.subject.value, quad.object.value, quad)
        for quad in store.having(v.DIFFERENT_FROM.value)
        if isinstance(quad.object, IRI)
    ]
    for quad in (quad for predicate in _MEMBERS for quad in store.having(predicate.value)):
        if any(each.object == _ALL_DIFFERENT for each in store.about(quad.subject.value, v.TYPE.value)):
            members = sorted(set(_items(store, quad.object.value)))
            found += [(one, other, quad) for one, other in combinations(members, 2)]
    yield from sorted(found, key=lambda each: each[:2])


def _items(store: EmbeddedStore, node: str) -> Iterator[str]:
    """The members of an RDF list; a list that runs into itself ends there."""
    seen = set[str]()
    while node != _NIL and node not in seen:
        seen.add(node)
        yield from (quad.object.value for quad in store.about(node, _FIRST.value))
        node = next((quad.object.value for quad in store.about(node, _REST.value)), _NIL)
