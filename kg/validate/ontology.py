"""Whether the ontology itself is sound: every term declared and documented, loadable, consistent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.rdf import vocab
from kg.rdf.terms import IRI
from kg.validate.files import ALIGNMENTS, ONTOLOGY, SHAPES, parsed
from kg.validate.findings import VIOLATION, Finding
from kg.validate.reasoner import unreasonable, world
from kg.validate.wording import LANGUAGES

if TYPE_CHECKING:
    from rdflib import Graph


def check_ontology(reason: bool = False) -> list[str]:
    """What is wrong with the ontology, one message each.

    With `reason`, HermiT decides whether it is consistent and every class can have members. Raises Broken without a
    Java then (``pip install riwayat[reasoner]``).
    """
    graph = parsed(*ONTOLOGY)
    problems = [*_undocumented(graph), *_undeclared(graph), *_unloadable(graph)]
    return problems + (list(unreasonable(graph)) if reason else [])


def faults(reason: bool = False) -> list[Finding]:
    """What `check_ontology` finds, told of the ontology as a whole."""
    iri = vocab.RW.rstrip("#")
    return [
        Finding("ontology", iri, iri, (), "", vocab.OWL + "Ontology", VIOLATION, (("en", message),))
        for message in check_ontology(reason)
    ]


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
            for lang in LANGUAGES:
                if lang not in languages:
                    yield f"rw:{term} has no {what} in {lang}"
        if graph.value(node, RDFS.isDefinedBy) is None:
            yield f"rw:{term} has no rdfs:isDefinedBy"


def _undeclared(graph: Graph) -> Iterator[str]:
    declared = _declared(graph)
    used = {"kg.rdf.vocab": set(emitted_terms())}
    for name in (*ONTOLOGY, ALIGNMENTS, SHAPES):
        triples = parsed(name)
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

    loaded = world(graph)
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for node in sorted(str(n) for n in graph.subjects(RDF.type, kind)):
            if node.startswith(vocab.RW) and loaded[node] is None:
                yield f"owlready2 does not find {node}"
    loaded.close()
