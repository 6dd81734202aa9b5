"""The ontology keeps the rules of rules.toml, uses what it declares, and takes from others only what they have."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, SKOS, URIRef

from kg.rdf import vocab
from kg.rdf.terms import IRI

ONTOLOGY = Path(__file__).parent.parent.parent / "ontology"
FILES = ("riwayat.ttl", "events.ttl", "alignments.ttl")
RULES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
TURTLE = RULES["prefixes"].replace("PREFIX", "@prefix").replace(">\n", "> .\n")
each_rule = pytest.mark.parametrize("rule", RULES["rule"], ids=lambda rule: rule["name"])

PUBLISHED = {
    vocab.DCTERMS: rdflib.DCTERMS,
    vocab.FOAF: rdflib.FOAF,
    vocab.ORG: rdflib.ORG,
    vocab.PROV: rdflib.PROV,
    vocab.SKOS: rdflib.SKOS,
    vocab.TIME: rdflib.TIME,
    vocab.VOID: rdflib.VOID,
    vocab.DCAT: rdflib.DCAT,
    vocab.SCHEMA: rdflib.SDO,
    "http://purl.org/vocab/vann/": rdflib.VANN,
    "http://www.w3.org/ns/shacl#": rdflib.SH,
}
"""Vocabularies that rdflib has the terms of. It has none of NIF, SEM, GAF, GRaSP, LODE, OA and CIDOC."""


def store(*turtle: str) -> ox.Store:
    found = ox.Store()
    for each in turtle:
        found.load(each.encode(), format=ox.RdfFormat.TURTLE)
    return found


@lru_cache(maxsize=1)
def whole() -> ox.Store:
    return store(*((ONTOLOGY / name).read_text(encoding="utf-8") for name in FILES))


def broken(rule: dict[str, Any], ontology: ox.Store) -> set[str]:
    """The terms that break a rule."""
    pattern = rule["select"].replace("{own}", RULES["own"]).replace("{property}", RULES["property"])
    rows = ontology.query(f"{RULES['prefixes']} SELECT DISTINCT ?term {{ {pattern} }}")
    assert isinstance(rows, ox.QuerySolutions)
    return {str(row["term"]) for row in rows}


@each_rule
def test_the_ontology_keeps_the_rule(rule: dict[str, Any]) -> None:
    assert broken(rule, whole()) == set()


@each_rule
def test_the_rule_finds_what_breaks_it(rule: dict[str, Any]) -> None:
    for bad in rule["bad"]:
        assert broken(rule, store(TURTLE + bad)), bad


# What is declared is used, and what is used is declared


@lru_cache(maxsize=1)
def graphs() -> dict[str, rdflib.Graph]:
    return {name: rdflib.Graph().parse(ONTOLOGY / name) for name in (*FILES, "shapes.ttl")}


@lru_cache(maxsize=1)
def written() -> frozenset[str]:
    """Every term that quads may carry."""
    values = [value for name, value in vars(vocab).items() if name.isupper()]
    values += [term for value in values if isinstance(value, dict) for term in value.values()]
    return frozenset(value.value for value in values if isinstance(value, IRI))


def terms(namespace: str) -> list[str]:
    kinds = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual
    own = (graphs()["riwayat.ttl"], graphs()["events.ttl"])
    found = {str(term) for graph in own for kind in kinds for term in graph.subjects(RDF.type, kind)}
    return sorted(term for term in found if term.startswith(namespace))


def test_every_term_is_used() -> None:
    """Quads carry it, or another node of ontology, events, shapes or codings refers to it. A match alone is no use."""
    matches = {SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch, SKOS.exactMatch}
    used = set(written())
    for graph in graphs().values():
        used |= {str(p) for _, p, _ in graph}
        used |= {str(o) for s, p, o in graph if isinstance(o, URIRef) and s != o and p not in matches}
        used |= {str(scheme) for scheme in graph.subjects(SKOS.hasTopConcept)}
    assert [term for term in terms(vocab.RW) if term not in used] == []


def test_every_term_that_quads_carry_is_declared() -> None:
    built = (vocab.RDF, vocab.RDFS, vocab.OWL)
    declared = {str(term) for name in FILES for term in graphs()[name].subjects(RDF.type)}
    assert sorted(term for term in written() - declared if not term.startswith(built)) == []


def test_every_term_of_others_in_the_shapes_is_declared() -> None:
    declared = {str(term) for name in FILES for term in graphs()[name].subjects(RDF.type)}
    built = (vocab.RDF, vocab.RDFS, vocab.OWL, "http://www.w3.org/ns/shacl#", "http://www.w3.org/2001/XMLSchema#")
    named = {str(node) for triple in graphs()["shapes.ttl"] for node in triple if isinstance(node, URIRef)}
    strange = {term for term in named - declared if not term.startswith(built) and not term.endswith("Shape")}
    assert strange == set()


@pytest.mark.parametrize("space", PUBLISHED)
def test_terms_of_others_are_in_their_vocabularies(space: str) -> None:
    """No term is made up in a namespace that is not ours (OOPS! P40)."""
    named = {
        str(node) for graph in graphs().values() for triple in graph for node in triple if isinstance(node, URIRef)
    }
    local = sorted(term.removeprefix(space) for term in named | written() if term.startswith(space) and term != space)
    assert [name for name in local if name not in PUBLISHED[space]] == []


def test_a_made_up_term_of_others_is_found() -> None:
    assert "madeUp" not in rdflib.DCTERMS
    assert "title" in rdflib.DCTERMS


def test_alignments_say_nothing_but_matches_of_our_terms() -> None:
    """Loading alignments.ttl entails nothing: of rw: terms it says matches, and which side a role has in PLOVER."""
    allowed = {SKOS.closeMatch, SKOS.exactMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
    allowed.add(URIRef("https://w3id.org/riwayat/plover#side"))
    said = {(str(s), p) for s, p, _ in graphs()["alignments.ttl"] if str(s).startswith(vocab.RW)}
    assert {each for each in said if each[1] not in allowed} == set()
