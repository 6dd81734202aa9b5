"""What a store holds → the quads of its description, in the terms of VoID, DCAT and PROV.

VoID: https://www.w3.org/TR/void/. DCAT 3: https://www.w3.org/TR/vocab-dcat-3/. No blank nodes: a node's name tells its
place, ``graph/description#resolved-class-rw-Person``. A named graph that is no article's has its own name here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.description.counting import Counted, Holdings, table
from kg.ids import digest, slug
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad, Term, integer, text

FORMATS: Final = "http://www.w3.org/ns/formats/"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
LANGUAGES: Final = "http://id.loc.gov/vocabulary/iso639-1/"
PROTOCOL: Final = IRI("http://www.w3.org/TR/sparql11-protocol/")
_PLAIN = re.compile(r"[A-Za-z0-9]+")
_NAMESPACE = re.compile(r".*[^/:][#/]")

Statements = Iterator[tuple[IRI, Term]]
Nodes = Iterator[tuple[IRI, Statements]]


@dataclass(frozen=True, slots=True)
class Source:
    """What the quads of a graph folder do not say of it."""

    base: str
    """The base of its IRIs."""
    versions: Mapping[str, str]
    """Versions of code, ontology, language pack and model that read the last articles."""
    resolver: str
    """The version of what resolves them."""
    endpoint: str | None = None
    """The address of the SPARQL service that has it."""


def description_quads(held: Holdings, source: Source) -> list[Quad]:
    """The graph of the description, sorted."""
    graph = v.description_graph(source.base)
    nodes = _Description(held, source, graph.value).nodes()
    found = {Quad(node, predicate, value, graph) for node, statements in nodes for predicate, value in statements}
    return sorted(found, key=lambda quad: (quad.subject, quad.predicate, str(quad.object)))


class _Description:
    """The nodes of one description with what is said of each."""

    def __init__(self, held: Holdings, source: Source, graph: str) -> None:
        self.held, self.source, self.graph = held, source, graph
        self.dataset = self.named("dataset")

    def named(self, name: str) -> IRI:
        return IRI(f"{self.graph}#{name}")

    def nodes(self) -> Nodes:
        yield IRI(self.graph), self._document()
        yield self.dataset, self._dataset()
        yield from self._holding(self.dataset, self.held.whole)
        yield from self._subset(self.named("articles"), "articles", self.held.articles)
        for part in self.held.parts:
            yield from self._subset(part.graph, part.kind, part.counted)
        for outlet, articles in self.held.outlets.items():
            yield from self._outlet(outlet, articles)
        yield from self._days()
        yield from self._versions()
        yield from self._distributions()
        yield from self._service()

    def _document(self) -> Statements:
        yield v.TYPE, v.DATASET_DESCRIPTION
        yield v.PRIMARY_TOPIC, self.dataset
        yield from _words("description")

    def _dataset(self) -> Statements:
        yield v.TYPE, v.VOID_DATASET
        yield v.TYPE, v.DCAT_DATASET
        yield from _words("dataset")
        yield v.IDENTIFIER, text(digest(self.held.digest, self.source.base, self.source.resolver, length=64))
        yield v.CONFORMS_TO, IRI(v.RW.rstrip("#"))
        yield v.URI_SPACE, text(self.source.base)
        for language in self.held.languages:
            yield v.LANGUAGE, IRI(LANGUAGES + slug(language))
        for example in self.held.examples:
            yield v.EXAMPLE_RESOURCE, example
        for namespace in sorted(_namespaces(self.held.whole)):
            yield v.VOCABULARY, IRI(namespace)

    def _subset(self, node: IRI, kind: str, counted: Counted) -> Nodes:
        yield self.dataset, iter([(v.SUBSET, node)])
        yield node, _dataset_of(kind)
        yield from self._holding(node, counted)

    def _holding(self, node: IRI, counted: Counted) -> Nodes:
        """The counts of a dataset, and its partitions by class and by property."""
        yield node, _counts(counted)
        name = self._name(node)
        for what, members in counted.classes.items():
            part = self.named(f"{name}-class-{_short(what)}")
            yield node, iter([(v.CLASS_PARTITION, part)])
            yield part, iter([(v.TYPE, v.VOID_DATASET), (v.PARTITION_CLASS, what), (v.ENTITIES, integer(members))])
        for what, triples in counted.properties.items():
            part = self.named(f"{name}-property-{_short(what)}")
            yield node, iter([(v.PROPERTY_PARTITION, part)])
            yield part, iter([(v.TYPE, v.VOID_DATASET), (v.PARTITION_PROPERTY, what), (v.TRIPLES, integer(triples))])

    def _name(self, node: IRI) -> str:
        """A part's name inside the description."""
        inside = node.value.removeprefix(f"{self.graph}#").removeprefix(f"{self.source.base}graph/")
        return inside if _PLAIN.fullmatch(inside) else f"added-{digest(node.value)}"

    def _outlet(self, outlet: str, articles: int) -> Nodes:
        node = self.named(f"outlet-{slug(outlet)}-{digest(outlet)}")
        yield self.named("articles"), iter([(v.SUBSET, node)])
        yield node, _dataset_of("outlet", outlet)
        yield from self._holding_articles(node, articles)

    def _holding_articles(self, node: IRI, articles: int) -> Nodes:
        part = IRI(f"{node.value}-class-rw-Article")
        yield node, iter([(v.CLASS_PARTITION, part)])
        yield part, iter([(v.TYPE, v.VOID_DATASET), (v.PARTITION_CLASS, v.ARTICLE), (v.ENTITIES, integer(articles))])

    def _days(self) -> Nodes:
        if self.held.days:
            node, (first, last) = self.named("days"), self.held.days
            yield self.dataset, iter([(v.TEMPORAL, node)])
            yield node, iter([(v.TYPE, v.PERIOD), (v.START_DATE, first), (v.END_DATE, last)])

    def _versions(self) -> Nodes:
        """What read the articles: code, ontology, language pack and model, each with its version."""
        if self.source.versions:
            reading = self.named("reading")
            yield self.dataset, iter([(v.GENERATED_BY, reading)])
            yield reading, iter([(v.TYPE, v.ACTIVITY)])
            for name, version in self.source.versions.items():
                used = self.named(f"reading-{slug(name)}")
                yield reading, iter([(v.USED, used)])
                yield used, iter([(v.TYPE, v.PROV_ENTITY), (v.LABEL, text(name)), (v.VERSION_INFO, text(version))])

    def _distributions(self) -> Nodes:
        for name, form in table()["distribution"].items():
            node = self.named(f"distribution-{name}")
            yield self.dataset, iter([(v.DISTRIBUTION, node)])
            yield node, _distribution(form)

    def _service(self) -> Nodes:
        if self.source.endpoint:
            endpoint, node = IRI(self.source.endpoint), self.named("service")
            yield self.dataset, iter([(v.SPARQL_ENDPOINT, endpoint)])
            yield node, iter([(v.TYPE, v.DATA_SERVICE), (v.ENDPOINT_URL, endpoint)])
            yield node, iter([(v.SERVES_DATASET, self.dataset), (v.CONFORMS_TO, PROTOCOL)])


def _dataset_of(kind: str, name: str = "") -> Statements:
    yield v.TYPE, v.VOID_DATASET
    yield from _words(kind, name)


def _words(kind: str, name: str = "") -> Statements:
    """Title and description of a part, in every language that the table has."""
    words: dict[str, dict[str, str]] = table()["part"][kind]
    for lang, title in words["title"].items():
        yield v.TITLE_OF_WORK, text(title.format(name), lang)
    for lang, told in words.get("description", {}).items():
        yield v.DESCRIPTION, text(told, lang)


def _counts(counted: Counted) -> Statements:
    """Every subject has an IRI, so VoID's entities are the distinct subjects."""
    yield v.TRIPLES, integer(counted.triples)
    if counted.subjects is not None and counted.objects is not None:
        yield v.ENTITIES, integer(counted.subjects)
        yield v.DISTINCT_SUBJECTS, integer(counted.subjects)
        yield v.DISTINCT_OBJECTS, integer(counted.objects)


def _distribution(form: Mapping[str, Any]) -> Statements:
    yield v.TYPE, v.DCAT_DISTRIBUTION
    yield v.TITLE_OF_WORK, text(form["title"], "en")
    if "media" in form:
        yield v.MEDIA_TYPE, IRI(MEDIA_TYPES + form["media"])
        yield v.FORMAT, IRI(FORMATS + form["format"])


def _namespaces(counted: Counted) -> set[str]:
    """The namespaces of classes and properties."""
    terms = (term.value for term in (*counted.classes, *counted.properties))
    return {found.group() for found in map(_NAMESPACE.match, terms) if found}


def _short(term: IRI) -> str:
    """A term's part of a node's name: prefix and local name, else a digest."""
    for prefix, namespace in v.PREFIXES.items():
        local = term.value.removeprefix(namespace)
        if local != term.value and _PLAIN.fullmatch(local):
            return f"{prefix}-{local}"
    return digest(term.value)
