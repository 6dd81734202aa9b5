"""What the ontology says of classes and properties, as the quick rules need it: read once from the Turtle files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rdf.terms import XSD
from kg.validate.files import ONTOLOGY, parsed

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

Union = frozenset[str]
"""IRIs of classes of which a thing has at least one."""

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_XSD_INTEGER, _XSD_DECIMAL = XSD + "integer", XSD + "decimal"
WIDER: Final = {_XSD_INTEGER: (_XSD_DECIMAL,)}
"""Datatypes whose values another one has too, among those that a store keeps (kg.rdf.terms)."""


@dataclass(frozen=True)
class Axioms:
    """Classes, domains, ranges and kinds of properties of an ontology, closed under subclass and subproperty."""

    above: dict[str, frozenset[str]]
    """The superclasses of a class, itself with them."""
    disjoint: frozenset[frozenset[str]]
    """Pairs of classes that are declared to have nothing in common."""
    domain: dict[str, tuple[Union, ...]]
    range: dict[str, tuple[Union, ...]]
    datatypes: dict[str, Union]
    """The datatypes that values of a property may have; properties that take any are absent."""
    kinds: dict[str, frozenset[str]]
    """Local names of what OWL calls a property: ``FunctionalProperty``, ``ObjectProperty``, ..."""
    apart: frozenset[frozenset[str]]
    """Pairs of properties that never have one value."""
    classes: dict[str, frozenset[str]]
    """The classes of the individuals that the ontology itself names."""
    _clashes: dict[tuple[Union, Union], bool] = field(default_factory=dict)

    def exclusive(self, one: Union, other: Union) -> bool:
        """Whether nothing can be of one of the first classes and of one of the second."""
        known = self._clashes.get((one, other))
        if known is None:
            known = self._clashes[one, other] = all(self._apart(a, b) for a in one for b in other)
        return known

    def entailed(self, classes: Iterable[str], union: Union) -> bool:
        """Whether a thing of these classes is one of a union for certain."""
        return any(not union.isdisjoint(self.above.get(each, {each})) for each in classes)

    def _apart(self, one: str, other: str) -> bool:
        above, also = self.above.get(one, {one}), self.above.get(other, {other})
        return any(frozenset((a, b)) in self.disjoint for a in above for b in also if a != b)


@lru_cache(maxsize=1)
def load() -> Axioms:
    """The axioms of Riwayat's ontology."""
    return read(parsed(*ONTOLOGY))


def read(graph: Graph) -> Axioms:
    """The axioms of an ontology, those that the quick rules know."""
    from rdflib import OWL, RDFS

    above = _closure(graph, RDFS.subClassOf)
    over = _closure(graph, RDFS.subPropertyOf)
    unions = {str(s): _members(graph, o) for s, o in graph.subject_objects(OWL.equivalentClass)}
    kinds = {p: frozenset(_kinds(graph, p)) for p in over}
    return Axioms(
        above=above,
        disjoint=frozenset(_pairs(graph, OWL.disjointWith, OWL.AllDisjointClasses)),
        domain=_inherited(over, {str(s): _union(graph, o, unions) for s, o in graph.subject_objects(RDFS.domain)}),
        range=_inherited(over, _object_ranges(graph, unions)),
        datatypes=dict(_datatypes(graph)),
        kinds={p: frozenset().union(*(kinds.get(each, frozenset()) for each in over[p])) for p in over},
        apart=frozenset(_pairs(graph, OWL.propertyDisjointWith, OWL.AllDisjointProperties)),
        classes=_individuals(graph),
    )


def _individuals(graph: Graph) -> dict[str, frozenset[str]]:
    from rdflib import OWL, RDF

    named = set(graph.subjects(RDF.type, OWL.NamedIndividual))
    return {str(node): frozenset(map(str, graph.objects(node, RDF.type))) for node in named}


def _closure(graph: Graph, predicate: Node) -> dict[str, frozenset[str]]:
    """Every term with all that stand above it, itself with them."""
    from rdflib import RDF, URIRef

    terms = {node for node in graph.subjects(RDF.type, None) if isinstance(node, URIRef)}
    return {
        str(term): frozenset(str(up) for up in graph.transitive_objects(term, predicate) if isinstance(up, URIRef))
        for term in terms
    }


def _inherited(over: dict[str, frozenset[str]], own: dict[str, Union]) -> dict[str, tuple[Union, ...]]:
    """What each property has of its own and from the properties above it; empty unions say nothing."""
    every = {p: tuple(sorted((own[q] for q in above if own.get(q)), key=sorted)) for p, above in over.items()}
    return {p: unions for p, unions in every.items() if unions}


def _object_ranges(graph: Graph, unions: dict[str, Union]) -> dict[str, Union]:
    from rdflib import OWL, RDF, RDFS

    objects = {str(p) for p in graph.subjects(RDF.type, OWL.ObjectProperty)}
    return {str(s): _union(graph, o, unions) for s, o in graph.subject_objects(RDFS.range) if str(s) in objects}


def _union(graph: Graph, node: Node, unions: dict[str, Union]) -> Union:
    """The classes of an expression; a class that stands for a union gives way to its members."""
    from rdflib import URIRef

    named = {str(node)} if isinstance(node, URIRef) else _members(graph, node)
    return frozenset(member for each in named for member in (unions.get(each) or {each}))


def _members(graph: Graph, node: Node) -> Union:
    """The named classes of an owl:unionOf; none of any other expression, which the quick rules do not know."""
    from rdflib import OWL, URIRef

    first = graph.value(node, OWL.unionOf)
    members = list(graph.items(first)) if first is not None else []
    return frozenset(map(str, members)) if all(isinstance(m, URIRef) for m in members) else frozenset()


def _pairs(graph: Graph, predicate: Node, every: Node) -> Iterator[frozenset[str]]:
    from rdflib import OWL, RDF

    yield from (frozenset((str(s), str(o))) for s, o in graph.subject_objects(predicate))
    for node in graph.subjects(RDF.type, every):
        members = [str(m) for first in graph.objects(node, OWL.members) for m in graph.items(first)]
        yield from (frozenset((one, other)) for one in members for other in members if one != other)


def _kinds(graph: Graph, term: str) -> Iterator[str]:
    from rdflib import RDF, URIRef

    types = map(str, graph.objects(URIRef(term), RDF.type))
    return (each.removeprefix(_OWL) for each in types if each.startswith(_OWL) and each.endswith("Property"))


def _datatypes(graph: Graph) -> Iterator[tuple[str, Union]]:
    from rdflib import OWL, RDF, RDFS, URIRef

    for node in graph.subjects(RDF.type, OWL.DatatypeProperty):
        ranges = {str(each) for each in graph.objects(node, RDFS.range) if isinstance(each, URIRef)}
        if len(ranges) == 1 and RDFS.Literal not in {URIRef(each) for each in ranges}:
            yield str(node), frozenset(ranges)
