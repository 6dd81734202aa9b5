"""Documents of others as lines of an added graph; what is refused stands in tests/server/writing.toml too."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.store.documents import Document, lines

BASE = "https://b.example/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = f'<e:C xmlns:rdf="{RDF}" xmlns:e="a:e"><e:p>{{}}</e:p></e:C>'
TURTLE = "@prefix e: <http://e/> . <> e:p [ e:q 1, 'x'@id ], (1 2) . _:same e:r _:same ."


def read(tmp_path: Path, text: str, media_type: str = "text/turtle", iri: str = "http://e/doc") -> list[bytes]:
    path = tmp_path / "document"
    path.write_text(text, encoding="utf-8")
    return lines(None, [Document(path, media_type, iri)], BASE)


def test_blank_nodes_become_iris_made_from_the_document(tmp_path: Path) -> None:
    made = read(tmp_path, TURTLE)
    assert made == read(tmp_path, TURTLE) == sorted(made)
    assert not any(b"_:" in line for line in made)
    text = b"".join(made).decode()
    for name in sorted({word for word in text.split() if word.startswith(f"<{BASE}.well-known/genid/")}):
        text = text.replace(name, f"_:{name[-6:-1]}")
    expected = rdflib.Graph().parse(data=TURTLE, format="turtle", publicID="http://e/doc")
    assert isomorphic(rdflib.Graph().parse(data=text, format="nt"), expected)
    assert set(made).isdisjoint(line for line in read(tmp_path, f"{TURTLE}\n") if b"genid" in line)


def test_a_document_is_added_to_what_is_there(tmp_path: Path) -> None:
    before = read(tmp_path, TURTLE)
    path = tmp_path / "document"
    path.write_text(TURTLE)
    assert lines(io.BytesIO(b"".join(before)), [Document(path, "text/turtle", "http://e/doc")], BASE) == before
    path.write_text("<a:s> <a:p> 1 .")
    more = lines(io.BytesIO(b"".join(before)), [Document(path, "text/turtle", "http://e/doc")], BASE)
    assert set(more) > set(before)
    assert len(more) == len(before) + 1


@pytest.mark.parametrize(
    ("text", "media_type", "message"),
    [
        ("<a:s> <a:p> 1", "text/turtle", "not well-formed as text/turtle"),
        ("<a> <b> <c> .", "application/n-triples", "not well-formed"),
        ("<a:s> <a:p> <a:o> <a:g> .", "application/n-quads", "Named graphs are not allowed"),
        ("<a:s> <a:p> 'x'@id--ltr .", "text/turtle", r"only RDF 1\.1"),
        ('<!DOCTYPE r [<!ENTITY % a "x">]><r/>', "application/rdf+xml", "entities"),
        (f'<!DOCTYPE r [<!ENTITY a "{"x" * 201}">]><r/>', "application/rdf+xml", "entities"),
        ('{"@context": "http://127.0.0.1:1/", "@id": "a:s"}', "application/ld+json", "not well-formed"),
        ("<a:s> <a:p> <a:o\\u0020x> .", "text/turtle", "not well-formed"),
        (f"<a:s> <a:p> '{'x' * (16 << 20)}' .", "text/turtle", "not well-formed"),
        (XML.format("x" * (8 << 20)), "application/rdf+xml", "8,388,608 are the most"),
        (f'{{"@id": "a:s", "a:p": {{"@value": "x", "@type": "{RDF}langString"}}}}', "application/ld+json", "N-Triples"),
    ],
    ids=lambda value: value[:30],
)
def test_what_is_refused(text: str, media_type: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message):
        read(tmp_path, text, media_type)
