"""IRIs are made of slugs, digests and percent-encoded parts only."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.rdf import vocab
from kg.rdf.terms import IRI

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(TEXTS, TEXTS)
def test_iris_of_any_id_and_key_are_valid(article_id: str, key: str) -> None:
    article = vocab.article_iri(article_id)
    for iri in (article, vocab.report_iri(article, key), vocab.resource(vocab.BASE, key)):
        assert pyoxigraph.NamedNode(iri.value).value == iri.value
        assert iri.value.startswith(vocab.BASE)


@given(TEXTS)
def test_a_web_address_is_valid_for_the_store_too(rest: str) -> None:
    iri = vocab.web_iri(f"https://contoh.example/{rest}")
    if iri is not None:
        pyoxigraph.NamedNode(iri.value)


@pytest.mark.parametrize(
    ("url", "valid"),
    [
        ("https://contoh.example/a?b=c&d=%20#e", True),
        ("http://contoh.example:8080/berita/kopi-é", True),
        ("javascript:alert(1)", False),
        ("https://contoh.example/dua kata", False),
        ("https://contoh.example/%zz", False),
        ("https://contoh.example:port/", False),
        ("https://", False),
        ("contoh.example/a", False),
        ("", False),
    ],
)
def test_web_addresses(url: str, valid: bool) -> None:
    assert vocab.web_iri(url) == (IRI(url) if valid else None)


def test_iris_read_well() -> None:
    article = vocab.article_iri("kompas-1", "http://x.example/")
    assert article.value == "http://x.example/article/kompas-1"
    assert vocab.report_iri(article, "person:hadi-kusuma").value.endswith("#person-hadi-kusuma")
    assert vocab.passage_iri(article, Span("title", 0, 9)).value.endswith("#title-0-9")
    assert vocab.context_iri(article, "text").value.endswith("#text")


@pytest.mark.parametrize("base", ["", "x", "http://x.example", "http://x.example/#", "http://x y/"])
def test_a_bad_base_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="not a base"):
        vocab.checked_base(base)


def test_a_good_base_is_taken() -> None:
    assert vocab.checked_base(vocab.BASE) == vocab.BASE
