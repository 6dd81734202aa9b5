"""The graph of decisions: who decided what on identities, when and why, and what that makes the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.config import LANGUAGE
from kg.ids import digest
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad, Term, day, text
from kg.resolve.decisions import PAIRS, Decision, is_item, is_report


def decided_quads(made: Iterable[Decision], base: str) -> Iterator[Quad]:
    """The named graph of the decisions in force: a node each, and ``owl:sameAs`` or ``owl:differentFrom``."""
    graph = v.decisions_graph(base)
    for one in made:
        subject = v.resource(base, f"decision/{one.verdict}-{_name(one)}")
        for predicate, value in _statements(one, base):
            yield Quad(subject, predicate, value, graph)
        if one.verdict in PAIRS and not one.of_item and not any(map(is_report, one.about)):
            first, second = (IRI(base + each) for each in one.about)
            yield Quad(first, v.SAME_AS if one.verdict == "same" else v.DIFFERENT_FROM, second, graph)


def decided_iri(about: str, base: str) -> IRI | None:
    """The IRI of an id, its last part as it is, or of an item; None where that is no IRI for the web."""
    return v.web_iri(about) if is_item(about) else IRI(base + about)


def _name(one: Decision) -> str:
    return digest(*one.about, one.by, one.on, one.why, one.label)


def _statements(one: Decision, base: str) -> Iterator[tuple[IRI, Term]]:
    yield v.TYPE, v.DECISION
    yield v.VERDICT, text(one.verdict)
    for about in one.about:
        if iri := decided_iri(about, base):
            yield v.ABOUT, iri
    if one.label:
        yield v.DECIDED_LABEL, text(one.label, LANGUAGE)
    yield v.CREATOR, text(one.by)
    yield v.DECIDED_ON, day(one.on)
    if one.why:
        yield v.COMMENT, text(one.why)
