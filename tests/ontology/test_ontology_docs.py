"""docs/ontology.html is what the ontology gives now; it is HTML, fetches nothing, and shows every term and example."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest
import rdflib
from rdflib import OWL, RDF

from kg import ontology
from kg.ontology import RW

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "ontology.html"


@pytest.fixture(scope="module")
def page() -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(PAGE.read_bytes())


def content(page: bytes) -> list[tuple[object, ...]]:
    """Elements with attributes and words: other versions of lxml and dominate break lines elsewhere."""
    root = lxml.html.document_fromstring(page)
    words = ([*(each.text or "").split(), "|", *(each.tail or "").split()] for each in root.iter())
    return [(each.tag, dict(each.attrib), text) for each, text in zip(root.iter(), words, strict=True)]


def test_the_page_is_that_of_the_ontology(tmp_path: Path) -> None:
    """Made in a process of its own, with another order of hashes: pyLODE warns and logs."""
    pytest.importorskip("pylode", reason="pylode is not installed; pip install -e '.[dev]'")
    target = tmp_path / "ontology.html"
    command = [sys.executable, str(ROOT / "scripts" / "ontology_docs.py"), str(target)]
    subprocess.run(command, capture_output=True, check=True)
    assert content(target.read_bytes()) == content(PAGE.read_bytes()), "the ontology has changed: run make docs"


def test_the_page_is_html() -> None:
    html5lib = pytest.importorskip("html5lib", reason="html5lib comes with pylode; pip install -e '.[dev]'")
    html5lib.HTMLParser(strict=True).parse(PAGE.read_bytes())


def test_the_page_fetches_nothing(page: lxml.html.HtmlElement) -> None:
    """Links lead elsewhere, but no script, style, picture or font is loaded from there."""
    fetched = [each for each in page.xpath("//@src | //link/@href | //object/@data") if not each.startswith("data:")]
    styles = " ".join(page.xpath("//style/text() | //@style"))
    assert fetched == []
    assert "@import" not in styles
    assert "url(" not in styles.replace("url(data:", "")
    assert {script.get("type") for script in page.iter("script")} <= {"application/ld+json"}


def test_every_term_has_its_place(page: lxml.html.HtmlElement) -> None:
    graph = rdflib.Graph()
    for name in ("riwayat.ttl", "events.ttl"):
        graph.parse(ROOT / "ontology" / name)
    kinds = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty
    terms = {str(term) for kind in kinds for term in graph.subjects(RDF.type, kind)}
    anchors = page.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    assert {term.removeprefix(RW) for term in terms if term.startswith(RW)} <= set(anchors)
    codes = {str(code).removeprefix(RW) for code in graph.subjects(RDF.type, OWL.NamedIndividual)}
    text = page.get_element_by_id("codelists").text_content()
    assert {code for code in codes if f"rw:{code}" not in text and code not in anchors} == set()


def test_links_inside_the_page_lead_somewhere(page: lxml.html.HtmlElement) -> None:
    anchors = set(page.xpath("//@id"))
    assert {link for link in page.xpath("//a/@href[starts-with(., '#')]") if link[1:] not in anchors} == set()


def test_both_languages_are_there_and_marked(page: lxml.html.HtmlElement) -> None:
    entity = page.get_element_by_id("Tenure")
    assert [each.text for each in entity.xpath(".//h3//*[@lang='id']")] == ["Masa jabatan"]
    assert entity.xpath(".//td//*[@lang='en']/text()") == ["One person in one position over one stretch of time."]
    assert len(entity.xpath(".//td//*[@lang='id']")) == 1
    assert page.get("lang") == "en"


@pytest.mark.parametrize("each", ontology.load().types, ids=lambda each: each.name)
def test_an_event_type_shows_examples_and_trigger_words(each: ontology.EventType, page: lxml.html.HtmlElement) -> None:
    text = " ".join(page.get_element_by_id("eventtypes").text_content().split())
    sentences = [example.text for example in each.examples] + list(each.counterexamples)
    for sentence in sentences:
        shown = sentence.replace("[", "")
        for kind in ("person", "organization", "place"):
            shown = shown.replace(f"|{kind}]", "")
        assert " ".join(shown.split()) in text
    assert all(form in text for group in each.groups for form in group.forms)
