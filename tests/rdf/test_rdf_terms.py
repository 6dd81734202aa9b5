"""Terms keep to what every store keeps, and N-Quads come back the same from pyoxigraph and rdflib."""

from __future__ import annotations

from datetime import date

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.model import When
from kg.rdf import terms
from kg.rdf.terms import IRI, Literal, Quad, nquads

HERE = IRI("http://a.example/s")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def quad(literal: Literal) -> Quad:
    return Quad(HERE, HERE, literal, HERE)


@given(TEXTS, st.none() | st.sampled_from(["id", "EN", "jv-Latn"]))
def test_any_text_is_written_as_pyoxigraph_writes_it(value: str, lang: str | None) -> None:
    line = "".join(nquads([quad(Literal(value, None, lang))]))
    store = pyoxigraph.Store()
    store.load(line.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    (kept,) = store
    assert (kept.object.value, kept.object.language) == (value, lang.lower() if lang else None)
    written = store.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert written is not None
    assert written.decode() == line


@given(TEXTS)
def test_any_text_comes_back_from_rdflib(value: str) -> None:
    line = "".join(nquads([quad(Literal(value, None, "id"))])).replace(f" {HERE} .", " .")
    (triple,) = rdflib.Graph().parse(data=line, format="nt")
    assert triple[2] == rdflib.Literal(value, lang="id")


@given(st.decimals(0, 1000, places=6) | st.floats(0, 1))
def test_decimals_are_canonical(value: float) -> None:
    (kept,) = _stored(terms.decimal(float(value)))
    assert kept.object.value == terms.decimal(float(value)).value


@pytest.mark.parametrize(
    ("value", "datatype", "canonical"),
    [
        ("0.90", "decimal", "0.9"),
        ("1.0", "decimal", "1"),
        ("-0.0", "decimal", "0"),
        ("+.50", "decimal", "0.5"),
        ("-2.50", "decimal", "-2.5"),
        ("007", "integer", "7"),
        ("-0", "integer", "0"),
        ("1", "boolean", "true"),
        ("false", "boolean", "false"),
        ("2023-07", "gYearMonth", "2023-07"),
    ],
)
def test_lexical_forms_are_those_that_the_store_keeps(value: str, datatype: str, canonical: str) -> None:
    literal = Literal(value, IRI(terms.XSD + datatype))
    (kept,) = _stored(literal)
    assert literal.value == canonical == kept.object.value
    assert kept.object.datatype.value == terms.XSD + datatype


def _stored(literal: Literal) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    datatype = pyoxigraph.NamedNode(literal.datatype.value) if literal.datatype else None
    node = pyoxigraph.NamedNode(HERE.value)
    store.add(pyoxigraph.Quad(node, node, pyoxigraph.Literal(literal.value, datatype=datatype), node))
    return store


def test_a_string_has_no_datatype() -> None:
    assert Literal("x", terms.XSD_STRING) == Literal("x")
    assert str(Literal("x", terms.XSD_STRING)) == '"x"'


@pytest.mark.parametrize(
    ("value", "datatype", "lang"),
    [
        ("\ud800", None, None),
        ("x", None, "not a language"),
        ("x", None, ""),
        ("x", terms.XSD_DATE, "id"),
        ("one", terms.XSD_DECIMAL, None),
        (".", terms.XSD_DECIMAL, None),
        ("1.5", terms.XSD_INTEGER, None),
        ("ya", terms.XSD_BOOLEAN, None),
    ],
)
def test_a_bad_literal_is_refused(value: str, datatype: IRI | None, lang: str | None) -> None:
    with pytest.raises(ValueError, match=r"."):
        Literal(value, datatype, lang)


@pytest.mark.parametrize(
    "value", ["", "a", "/x", "http://a b", "http://a/<x>", 'http://a/"', "http://a/\n", "http://a\\b"]
)
def test_a_bad_iri_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not an absolute IRI"):
        IRI(value)


def test_offsets_count_from_zero() -> None:
    with pytest.raises(ValueError, match="-1"):
        terms.integer(-1)


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        (When.day(date(2023, 7, 26)), f'"2023-07-26"^^<{terms.XSD}date>'),
        (When.month(2023, 7), f'"2023-07"^^<{terms.XSD}gYearMonth>'),
        (When.year(2023), f'"2023"^^<{terms.XSD}gYear>'),
        (When(date(2023, 7, 26), date(2023, 7, 28)), "None"),
    ],
)
def test_a_date_is_typed_by_its_precision(stretch: When, expected: str) -> None:
    assert str(terms.when(stretch)) == expected


def test_terms_are_values() -> None:
    assert {IRI("http://a"), IRI("http://a")} == {IRI("http://a")}
    assert Literal("a") != IRI("http://a")
    with pytest.raises(AttributeError):
        HERE.value = "http://b"  # type: ignore[misc]
