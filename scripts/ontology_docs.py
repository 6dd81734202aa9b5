"""Writes docs/ontology.html: the ontology by pyLODE 3.3.4, with its event types, examples and code lists.

    python scripts/ontology_docs.py [FILE]

The same bytes for the same ontology, and a page that fetches nothing. 3.3.4 since 3.4.1 cannot be imported: it reads a
pyproject.toml that the wheel has not (RDFLib/pyLODE#256).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

import lxml.html
from lxml.html import HtmlElement, builder
from pylode import utils
from pylode.profiles import ontpub
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kg import ontology  # noqa: E402 (the checkout's, whatever is installed)
from kg.ontology import RW, EventType, TriggerGroup  # noqa: E402

TARGET = ROOT / "docs" / "ontology.html"
ONTOLOGY = URIRef(RW.rstrip("#"))
LANGUAGES = ("en", "id")
KINDS = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty
ONE_VALUE = "At most one value. Paling banyak satu nilai."
MARKED = re.compile(r"\[([^|\]]+)\|([a-z]+)\]")
MADE_UP = re.compile(r"^None\. Defined in None$")


def source() -> Graph:
    """Our terms, in one order, with names for blank nodes that come from what they say."""
    read = Graph()
    for name in ("riwayat.ttl", "events.ttl"):
        read.parse(ROOT / "ontology" / name)
    ordered = Graph("SimpleMemory", bind_namespaces="none")
    for prefix, namespace in sorted(read.namespaces()):
        ordered.bind(prefix, namespace)
    for triple in sorted(to_canonical_graph(read), key=lambda each: tuple(map(str, each))):
        if isinstance(triple[0], BNode) or str(triple[0]).startswith(str(ONTOLOGY)):
            ordered.add(triple)
    return ordered


def shown(read: Graph) -> Graph:
    """What pyLODE gets: one label a term, definitions that say their language, code lists and puns left to us."""
    page = Graph("SimpleMemory", bind_namespaces="none")  # rdflib's Memory has an order of hashes
    for prefix, namespace in sorted(read.namespaces()):
        page.bind(prefix, namespace)
    for subject, predicate, value in read:
        hidden = {SKOS.ConceptScheme, OWL.FunctionalProperty, OWL.NamedIndividual}
        if predicate in {RDFS.label, SKOS.prefLabel, SKOS.definition, RDFS.isDefinedBy} or value in hidden:
            continue
        if subject == ONTOLOGY and predicate in {DCTERMS.title, DCTERMS.description}:
            continue
        page.add((subject, predicate, value))
    for term in sorted({term for kind in KINDS for term in read.subjects(RDF.type, kind) if isinstance(term, URIRef)}):
        page.add((term, RDFS.label, Literal(text(read, term, RDFS.label, "en"))))
        for lang in LANGUAGES:
            page.add((term, SKOS.definition, told(text(read, term, SKOS.definition, lang), lang)))
        if (term, RDF.type, OWL.FunctionalProperty) in read:
            page.add((term, SKOS.scopeNote, Literal(ONE_VALUE)))
    page.add((ONTOLOGY, DCTERMS.title, Literal(text(read, ONTOLOGY, DCTERMS.title, "en"))))
    for lang in LANGUAGES:
        page.add((ONTOLOGY, DCTERMS.description, told(text(read, ONTOLOGY, DCTERMS.description, lang), lang)))
    return page


def text(graph: Graph, term: URIRef, predicate: URIRef, lang: str) -> str:
    """The text of a term in one language."""
    return next(str(each) for each in graph.objects(term, predicate) if getattr(each, "language", None) == lang)


def told(words: str, lang: str) -> Literal:
    """Text that says its language; pyLODE's Markdown lets the element pass."""
    return Literal(f'<span lang="{lang}" data-language="{lang}">{escape(words)}</span>')


def pylode(graph: Graph) -> HtmlElement:
    """The page as pyLODE makes it. Terms have their local names as anchors: ontology#Person leads to rw:Person."""
    nothing = Graph(bind_namespaces="core")
    joined = utils.intersperse
    # Its own graph of other vocabularies comes in the order of a folder, and parts of a union in that of memory.
    ontpub.load_background_onts = lambda: nothing
    ontpub.load_background_onts_titles = utils.load_background_onts_titles = lambda _: {}
    utils.intersperse = lambda parts, between: joined(sorted(parts, key=str), between)
    made = ontpub.OntPub(graph)
    for term in sorted({term for kind in KINDS for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef)}):
        if str(term).startswith(RW):
            made.fids[str(term)] = str(term).removeprefix(RW)
    return lxml.html.document_fromstring(made.make_html())


# Sections of our own


def element(tag: str, *content: Any, **attributes: str) -> HtmlElement:
    """An element with text and elements in it; ``class_`` is the attribute class."""
    made = getattr(builder, tag.upper())(*(each for each in content if each is not None))
    for name, value in attributes.items():
        made.set(name.rstrip("_").replace("_", "-"), value)
    return made


def table(head: Iterable[str], rows: Iterable[Iterable[Any]], class_: str = "list") -> HtmlElement:
    """A table with a head."""
    titles = element("thead", element("tr", *(element("th", each) for each in head)))
    body = element("tbody", *(element("tr", *(element("td", cell) for cell in row)) for row in rows))
    return element("table", titles, body, class_=class_)


def words(each: Iterable[str], class_: str = "words") -> HtmlElement | str:
    """A list of words, each with its meaning for the reader; nothing for none."""
    items = [element("li", word) for word in each]
    return element("ul", *items, class_=class_) if items else ""


def event_types(read: Graph) -> HtmlElement:
    """The section of event types: roles, trigger words, examples and counterexamples."""
    intro = (
        "Each type stands in one block of ontology/events.ttl. In an example names are marked by kind; beside it stands"
        " the reading that must come out, for an article of 5 March 2026. Every example is a test."
    )
    types = (part for each in ontology.load().types for part in event_type(each, read))
    return element("div", element("h2", "Event types"), element("p", intro), *types, id="eventtypes", class_="section")


def event_type(each: EventType, read: Graph) -> Iterator[HtmlElement]:
    """One event type."""
    term, labels = URIRef(RW + each.name), dict(each.labels)
    name = element("a", labels["en"], href=f"#{each.name}")
    yield element("h3", name, element("span", labels["id"], lang="id"), id=f"eventtype-{each.name}")
    for lang in LANGUAGES:
        yield element("p", text(read, term, SKOS.definition, lang), lang=lang, data_language=lang)
    links = [element("a", role, href=f"#{role}") for role in each.roles]
    parts = (part for link in links for part in (", ", link))
    yield element("p", "Roles: ", *islice(parts, 1, None))
    if each.notation:
        yield element("p", "PLOVER category: ", element("code", each.notation))
    head = "Trigger words", "Form", "Sense", "Grammar", "Needs", "Followed by", "Unless"
    yield element("details", element("summary", "Trigger words"), table(head, map(group, each.groups), "list triggers"))
    examples = ((sentence(example.text), reading(example.expected)) for example in each.examples)
    yield table(("Example", "Reading"), examples, "list examples")
    yield table(("Tells of no such event",), ((sentence(example),) for example in each.counterexamples))


def group(each: TriggerGroup) -> Iterator[Any]:
    """A row of the table of trigger words."""
    yield element("ul", *(element("li", form) for form in each.forms), class_="words", lang="id")
    yield each.kind
    yield each.sense
    yield words((f"{function}={role}" for function, role in each.frame), "lines")
    yield words(each.needs, "lines")
    yield ", ".join(each.things)
    yield ", ".join((*each.unless, *(f"article of {genre}" for genre in each.not_in)))


def sentence(given: str) -> HtmlElement:
    """A sentence whose names are marked."""
    made = element("span", lang="id")
    made.text = ""
    end = 0
    for match in MARKED.finditer(given):
        append(made, given[end : match.start()])
        made.append(element("mark", match[1], class_=match[2], title=match[2]))
        end = match.end()
    append(made, given[end:])
    return made


def append(parent: HtmlElement, more: str) -> None:
    """Puts text after all that an element has."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + more
    else:
        parent.text = (parent.text or "") + more


def reading(expected: str) -> HtmlElement | str:
    """What must be read, part by part."""
    return words(expected.split("; "))


def code_lists(read: Graph) -> HtmlElement:
    """The section of code lists."""
    section = element("div", element("h2", "Code lists"), id="codelists", class_="section")
    for scheme in sorted(each for each in read.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(each, URIRef)):
        title = element("span", text(read, scheme, RDFS.label, "id"), lang="id")
        name = str(scheme).removeprefix(RW)
        section.append(element("h3", text(read, scheme, RDFS.label, "en"), title, id=name))
        for lang in LANGUAGES:
            section.append(element("p", text(read, scheme, SKOS.definition, lang), lang=lang, data_language=lang))
        codes = sorted(each for each in read.objects(scheme, SKOS.hasTopConcept) if isinstance(each, URIRef))
        section.append(table(("IRI", "Label", "Definition"), (code_row(read, code) for code in codes)))
    return section


def code_row(read: Graph, code: URIRef) -> Iterator[HtmlElement]:
    """A row of a code list."""
    local = str(code).removeprefix(RW)
    property_too = any((code, RDF.type, kind) in read for kind in KINDS)
    yield element("code", element("a", f"rw:{local}", href=f"#{local}") if property_too else f"rw:{local}")
    for predicate in (RDFS.label, SKOS.definition):
        lines = (element("li", text(read, code, predicate, lang), lang=lang, data_language=lang) for lang in LANGUAGES)
        yield element("ul", *lines, class_="lines")


# The whole page


def page() -> bytes:
    """The page."""
    read = source()
    made = pylode(shown(read))
    made.set("lang", "en")
    dress(made.find("head"))
    for section in (event_types(read), code_lists(read)):
        put(section, made)
    in_both_languages(made.get_element_by_id("content"), read)
    mend(made)
    return lxml.html.tostring(made, doctype="<!DOCTYPE html>", encoding="utf-8") + b"\n"


def dress(head: HtmlElement) -> None:
    """Our style; and the encoding where browsers look for it, in the first 1024 bytes."""
    for late in head.xpath("meta[@http-equiv]"):
        head.remove(late)
    head.insert(0, element("meta", name="viewport", content="width=device-width"))
    head.insert(0, element("meta", charset="utf-8"))
    head.append(element("style", Path(__file__).with_suffix(".css").read_text(encoding="utf-8")))


def put(section: HtmlElement, made: HtmlElement) -> None:
    """Puts a section before the namespaces, in the page and in its table of contents."""
    made.get_element_by_id("namespaces").addprevious(section)
    head = element("h4", element("a", section.find("h2").text, href=f"#{section.get('id')}"))
    headings = ((each.get("id"), (each.text or "").strip() or each[0].text) for each in section.findall("h3"))
    links = (element("li", element("a", title, href=f"#{anchor}")) for anchor, title in headings)
    before = made.get_element_by_id("toc").xpath(".//a[@href='#namespaces']/ancestor::li[1]")[0]
    before.addprevious(element("li", head, element("ul", *links, class_="second")))


def in_both_languages(content: HtmlElement, read: Graph) -> None:
    """Puts the Indonesian label beside the English one in the heading of each term."""
    for entity in content.find_class("entity"):
        term = URIRef(RW + (entity.get("id") or ""))
        if entity.tag == "div" and (term, RDFS.label, None) in read:
            entity.find("h3").append(element("span", text(read, term, RDFS.label, "id"), lang="id"))


def mend(made: HtmlElement) -> None:
    """Takes out what pyLODE has no words for, and anchors that stand twice; lists of links stand in lines."""
    for each in made.xpath("//*[@title]"):
        if MADE_UP.match(each.get("title")):
            del each.attrib["title"]
    for each in made.xpath("//*[@class='hover_property']"):
        each.text = re.sub("Iri$", "IRI", re.sub("Uri$", "URI", each.text))
    for each in made.xpath("//td/ul[li/span/a and not(li/p)]"):
        each.set("class", "links")
    seen: set[str] = set()
    for each in made.xpath("//*[@id]"):
        if each.get("id") in seen:
            del each.attrib["id"]
        else:
            seen.add(each.get("id"))


def main() -> None:
    """Writes the page to a file, else to docs/ontology.html."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(page())


if __name__ == "__main__":
    main()
