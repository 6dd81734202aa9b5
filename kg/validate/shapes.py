"""Which nodes of a piece break the shapes of ``ontology/shapes.ttl``: pySHACL on rdflib in memory.

W3C: Shapes Constraint Language (SHACL).
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.errors import Broken
from kg.rdf.terms import IRI, XSD_STRING, Term
from kg.rdf.vocab import TYPE
from kg.store.base import literal
from kg.validate.files import SHAPES, parsed
from kg.validate.findings import Finding
from kg.validate.pieces import Piece, Reach

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SH: Final = "http://www.w3.org/ns/shacl#"
_FOCUS: Final = "urn:x-kg:focus:"
"""Marks the nodes of a piece that are checked: their neighbours have classes too, but not all their statements."""
_REACH: Final = """
targetClass targetObjectsOf property path message severity deactivated name description order group minCount maxCount
datatype nodeKind class in or and xone pattern flags minLength maxLength minInclusive maxInclusive minExclusive
maxExclusive lessThan lessThanOrEquals equals disjoint hasValue uniqueLang languageIn closed ignoredProperties
"""
"""The terms of SHACL that look no further than a piece reaches."""


@dataclass(frozen=True)
class Shapes:
    """The shapes as pieces are checked with them."""

    graph: Graph
    """Property shapes have IRIs (`_name`), and targets are the nodes that a piece marks."""
    reach: Reach
    targets: frozenset[str]
    """The classes whose nodes have a shape."""


@lru_cache(maxsize=1)
def load() -> Shapes:
    """The shapes. Raises Broken where one looks further than a piece of a graph reaches."""
    from rdflib import URIRef
    from rdflib.namespace import SH

    graph = parsed(SHAPES)
    far = {str(p).removeprefix(_SH) for p in graph.predicates() if str(p).startswith(_SH)} - set(_REACH.split())
    if far:
        raise Broken(f"ontology: {SHAPES} uses sh:{min(far)}, which pieces may not reach; see kg/validate/pieces.py")
    follow = dict(_followed(graph))
    _name(graph)
    targets = {str(target) for target in graph.objects(None, SH.targetClass)}
    values_of = {str(target) for target in graph.objects(None, SH.targetObjectsOf)}
    for predicate in (SH.targetClass, SH.targetObjectsOf):
        for shape, target in list(graph.subject_objects(predicate)):
            graph.remove((shape, predicate, target))
            for each in (shape, *graph.objects(shape, SH.property)):
                graph.add((each, SH.targetSubjectsOf, URIRef(_FOCUS + str(target))))
    _flatten(graph)
    return Shapes(graph, Reach(follow, frozenset(values_of)), frozenset(targets))


def _flatten(graph: Graph) -> None:
    """Lets property shapes have the targets of their shapes, and not be asked for by them.

    The same results, but pySHACL looks at all nodes of a property shape at once, not at each by itself: 10,183 quads in
    0.6 s, not in 1.9.
    """
    from rdflib.namespace import SH

    for shape, inner in list(graph.subject_objects(SH.property)):
        graph.remove((shape, SH.property, inner))


def _followed(graph: Graph) -> Iterator[tuple[str, frozenset[str]]]:
    """The first step of each path of two, with the second steps."""
    from rdflib.namespace import SH

    paths = [_path(graph, path) for path in graph.objects(None, SH.path)]
    for first in {steps[0] for steps in paths if len(steps) > 1}:
        yield first, frozenset(steps[1] for steps in paths if steps[0] == first and len(steps) > 1)


def broken(piece: Piece) -> Iterator[Finding]:
    """What breaks the shapes in a piece, in no order."""
    from pyshacl import validate
    from rdflib.namespace import RDF, SH

    shapes = load()
    with _quiet_rdflib():
        data = _as_rdflib(piece, shapes.targets)
        _, report, _ = validate(data, shacl_graph=shapes.graph, inference="none", inplace=True)
    graphs = {quad.subject.value: quad.graph.value for quad in piece.own}
    assert not isinstance(report, (bytes, Exception))
    for result in report.subjects(RDF.type, SH.ValidationResult):
        yield _finding(report, result, graphs)


def _finding(report: Graph, result: Node, graphs: Mapping[str, str]) -> Finding:
    from rdflib.namespace import SH

    focus = str(report.value(result, SH.focusNode))
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    messages = sorted(
        (str(getattr(text, "language", None) or ""), str(text)) for text in report.objects(result, SH.resultMessage)
    )
    return Finding(
        rule=str(report.value(result, SH.sourceShape)),
        focus=focus,
        graph=graphs.get(focus, ""),
        path=_path(report, path),
        value="" if value is None else _value(value),
        component=str(report.value(result, SH.sourceConstraintComponent)),
        severity=str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
        messages=tuple(messages),
    )


def _value(node: Node) -> str:
    """A value in its canonical N-Triples form."""
    from rdflib import Literal

    if not isinstance(node, Literal):
        return f"<{node}>"
    return str(literal(str(node), str(node.datatype) if node.datatype else None, node.language))


def _path(graph: Graph, path: Node | None) -> tuple[str, ...]:
    """The steps of a path: an IRI, or a sequence of them. Raises Broken for a path of another kind."""
    from rdflib import BNode

    if path is None:
        return ()
    if not isinstance(path, BNode):
        return (str(path),)
    steps = tuple(graph.items(path))
    if len(steps) != 2 or any(isinstance(step, BNode) for step in steps):
        raise Broken(f"ontology: {SHAPES} has a path that is no property and no two; pieces may not reach its end")
    return tuple(map(str, steps))


def _name(graph: Graph) -> None:
    """Gives every property shape an IRI made of its shape's, its path and what it compares the values with.

    ``rw:TenureShape-holder``, ``rw:TenureShape-latestStart-lessThanOrEquals-latestEnd``: a rule needs a name that
    can be told and looked up.
    """
    from rdflib import URIRef
    from rdflib.namespace import SH

    names = Counter[str]()
    for shape, inner in sorted(graph.subject_objects(SH.property), key=lambda pair: _told(graph, *pair)):
        name = _told(graph, shape, inner)[0]
        names[name] += 1
        given = URIRef(name if names[name] == 1 else f"{name}-{names[name]}")
        for predicate, value in list(graph.predicate_objects(inner)):
            graph.remove((inner, predicate, value))
            graph.add((given, predicate, value))
        graph.remove((shape, SH.property, inner))
        graph.add((shape, SH.property, given))


def _told(graph: Graph, shape: Node, inner: Node) -> tuple[str, list[str]]:
    """The name of a property shape, and what tells those of one name apart."""
    from rdflib.namespace import SH

    parts = [step.rpartition("#")[2].rpartition("/")[2] for step in _path(graph, graph.value(inner, SH.path))]
    for comparison in (SH.lessThan, SH.lessThanOrEquals, SH.equals, SH.disjoint):
        for other in graph.objects(inner, comparison):
            parts += [str(comparison).removeprefix(_SH), str(other).rpartition("#")[2]]
    return "-".join([str(shape), *parts]), sorted(map(str, graph.objects(inner, SH.message)))


def _as_rdflib(piece: Piece, targets: frozenset[str]) -> Graph:
    """The piece in rdflib, with a mark on each of its own nodes for each of its classes that has a shape."""
    from rdflib import Graph, URIRef
    from rdflib.term import Literal

    graph, true = Graph(bind_namespaces="none"), Literal(True)
    terms: dict[Term, Node] = {}

    def term(value: Term) -> Node:
        if (found := terms.get(value)) is None:
            found = terms[value] = _term(value)
        return found

    for quads in (piece.own, piece.around):
        for subject, predicate, value, _ in quads:
            graph.add((term(subject), term(predicate), term(value)))
    for subject, predicate, value, _ in piece.own:
        if predicate == TYPE and value.value in targets:
            graph.add((term(subject), URIRef(_FOCUS + value.value), true))
    for step, node in piece.values:
        graph.add((URIRef(node), URIRef(_FOCUS + step), true))
    return graph


def _term(value: Term) -> Node:
    from rdflib import Literal, URIRef

    if isinstance(value, IRI):
        return URIRef(value.value)
    datatype = value.datatype or (XSD_STRING if value.lang is None else None)
    return Literal(value.value, lang=value.lang, datatype=URIRef(datatype.value) if datatype else None, normalize=False)


@contextmanager
def _quiet_rdflib() -> Iterator[None]:
    """Holds back rdflib's log lines with tracebacks about ill-typed literals: the shapes report those."""
    log = logging.getLogger("rdflib")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)
