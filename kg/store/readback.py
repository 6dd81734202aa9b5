"""Whether a store gives back what was sent: the digest of a graph's sorted N-Quads, read by queries.

Queries ask for so few rows that no server cuts the answer, and graphs of any size cost a bounded memory. Values are
compared in the form that our own store keeps (kg.store.embedded.kept): stores write equal literals in other ways.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeVar

from kg.errors import BadInput
from kg.rdf.terms import IRI, Literal, Quad
from kg.store.base import Value
from kg.store.contents import Content, digested, subject
from kg.store.copies import Difference
from kg.store.embedded import kept
from kg.store.target import Target

CHECKED_QUADS: Final = 20_000
"""Of what is sent, so many quads are read back in any case: what a day adds, and the first of a whole graph."""
Thing = TypeVar("Thing")


def differing(contents: Iterable[Content], target: Target) -> Iterator[tuple[Content, int]]:
    """Reads graphs back; gives those whose digests are others there, with the number of triples read."""
    most = target.kind.rows
    for some in _packed(((each, each.count) for each in contents), target):
        lines = _large(some[0], target) if some[0].count > most else _small(some, target)
        for each in some:
            digest, count = digested(lines.get(each.graph, ()), each.graph)
            if digest != each.digest:
                yield each, count


def same_about(one: Content, difference: Difference, target: Target) -> bool:
    """Whether nodes that a difference is about read there as here: CHECKED_QUADS of them, none cut by the server."""
    counted = Counter(dict.fromkeys(map(subject, chain(difference.gone, difference.come)), 0))
    counted.update(name for name in map(subject, one.lines()) if name in counted)
    left, chosen = CHECKED_QUADS, dict[str, int]()
    for name, count in counted.items():
        if count <= min(left, target.kind.rows):
            chosen[name] = count
            left -= count
    here = (line for line in one.lines() if subject(line) in chosen)
    return digested(here, one.graph) == digested(_about(one.graph, chosen, target), one.graph)


def fault(each: Content, count: int, target: Target) -> BadInput:
    """What to say of a graph of which so many triples were read, and others than were sent."""
    where = f"{target.store.endpoint.query}: graph {each.graph}"
    if count < each.count:
        advice = "raise its limit of rows (ResultSetMaxRows in virtuoso.ini)"
        return BadInput(f"{where}: the server gave {count} of {each.count} triples; {advice}")
    return BadInput(
        f"{where}: reads otherwise than it was sent; see whether something else writes to it, and load again"
    )


def _small(some: Sequence[Content], target: Target) -> Mapping[str, Iterable[bytes]]:
    """The lines of graphs that fit into one answer."""
    found = defaultdict[str, list[Quad]](list)
    names = " ".join(f"<{each.graph}>" for each in some)
    for g, s, p, o in target.rows(f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"):
        quad = _quad(s, p, o, g)
        found[quad.graph.value].append(quad)
    return {graph: kept(quads) for graph, quads in found.items()}


def _large(one: Content, target: Target) -> Mapping[str, Iterable[bytes]]:
    """The lines of a graph that does not: some of its subjects at once."""
    return {one.graph: _about(one.graph, one.subjects(), target)}


def _about(graph: str, subjects: Mapping[str, int], target: Target) -> Iterator[bytes]:
    """The lines of a graph with some subjects, of which each has so many."""
    name = IRI(graph)
    for some in _packed(subjects.items(), target):
        where = f"VALUES ?s {{ {' '.join(some)} }} GRAPH {name} {{ ?s ?p ?o }}"
        yield from kept(_quad(s, p, o, name) for s, p, o in target.rows(f"SELECT ?s ?p ?o WHERE {{ {where} }}"))


def _packed(weighed: Iterable[tuple[Thing, int]], target: Target) -> Iterator[list[Thing]]:
    """Things that one query asks for: not too many, and with no more rows than one answer brings, except one alone."""
    some, size = list[Thing](), 0
    for thing, rows in weighed:
        if some and (size + rows > target.kind.rows or len(some) == target.kind.counted):
            yield some
            some, size = [], 0
        some.append(thing)
        size += rows
    if some:
        yield some


def _quad(s: Value | None, p: Value | None, o: Value | None, g: Value | None) -> Quad:
    """A row as a quad; for what is none of ours (a blank node) stands something else, so that digests differ."""
    named = (each if isinstance(each, IRI) else IRI("urn:x-kg:none") for each in (s, p, g))
    subject, predicate, graph = named
    return Quad(subject, predicate, o if isinstance(o, IRI | Literal) else Literal(str(o)), graph)
