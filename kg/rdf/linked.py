"""The graph of links: which item of the world each identity is, how surely, by what, and who said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.ids import digest
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad, Term, day, decimal, text
from kg.resolve.links import Link


def linked_quads(links: Iterable[Link], base: str) -> Iterator[Quad]:
    """The named graph of links: ``skos:exactMatch`` from identity to item, and a node that tells of each."""
    graph = v.links_graph(base)
    for link in links:
        one, item = v.resource(base, link.id), IRI(link.item)
        subject = v.resource(base, f"link/{link.id.partition('/')[2]}-{digest(link.id, link.item)}")
        yield Quad(one, v.EXACT_MATCH, item, graph)
        for predicate, value in _statements(link, one, item):
            yield Quad(subject, predicate, value, graph)


def _statements(link: Link, one: IRI, item: IRI) -> Iterator[tuple[IRI, Term]]:
    yield v.TYPE, v.LINK
    yield v.ABOUT, one
    yield v.ITEM, item
    yield v.CONFIDENCE, decimal(link.confidence)
    for feature in link.by:
        yield v.MATCHED_BY, text(feature)
    if endpoint := v.web_iri(link.endpoint):
        yield v.SOURCE, endpoint
    yield v.DECIDED_ON, day(link.on)
    if link.shown:
        yield v.COMMENT, text(link.shown)
