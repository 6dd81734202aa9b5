"""One contract for every store: the same test body over the embedded one and over a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import BadInput
from kg.rdf.terms import IRI, XSD_DECIMAL, Literal, Quad, Term, day, integer, text
from kg.store.base import Blank, Solutions, Store, Triples
from kg.store.embedded import EmbeddedStore
from kg.store.http import Credentials
from kg.store.remote import Endpoint, RemoteStore

A, B = IRI("http://a.example/graph/a"), IRI("http://a.example/graph/b")
S, P = IRI("http://a.example/s"), IRI("http://a.example/p")
NASTY = 'kutip " garis \\ baris\nbaru\r\t } INSERT <x> \u0001 \u2028 \U0001f600 é'

Make = Callable[[], Store]


@pytest.fixture(params=["embedded", "update", "graph store"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes empty stores of one kind."""
    made: list[Store] = []

    def embedded() -> Store:
        made.append(EmbeddedStore(tmp_path / str(len(made))))
        return made[-1]

    def remote() -> Store:
        url = request.getfixturevalue("oxigraph")
        graphs = f"{url}/store" if request.param == "graph store" else None
        made.append(RemoteStore(Endpoint(f"{url}/query", graphs, f"{url}/update"), Credentials()))
        for graph in list(made[-1].graphs()):
            made[-1].remove_graph(graph)
        return made[-1]

    yield embedded if request.param == "embedded" else remote
    for store in made:
        store.close()


@pytest.fixture
def store(make: Make) -> Store:
    return make()


def quad(value: Term, graph: IRI = A, subject: IRI = S) -> Quad:
    return Quad(subject, P, value, graph)


def rows(store: Store, sparql: str) -> list[tuple[str, ...]]:
    answer = store.query(sparql)
    assert isinstance(answer, Solutions)
    return [tuple(map(str, row)) for row in answer.rows]


def test_what_is_added_is_there_once(store: Store) -> None:
    store.extend([quad(text("x")), quad(text("x")), quad(S, B)])
    store.extend([quad(text("x"))])
    store.flush()
    assert sorted(store.quads(), key=str) == sorted([quad(text("x")), quad(S, B)], key=str)
    assert list(store.graphs()) == [A.value, B.value]
    assert list(store.quads(B.value)) == [quad(S, B)]


def test_many_quads_are_all_there(store: Store) -> None:
    store.extend(quad(integer(number)) for number in range(2500))
    assert rows(store, "SELECT (STR(COUNT(DISTINCT ?o)) AS ?n) WHERE { ?s ?p ?o }") == [('"2500"',)]


def test_a_removed_graph_leaves_the_others(store: Store) -> None:
    store.extend([quad(S), quad(S, B)])
    store.remove_graph(A.value)
    store.remove_graph("http://a.example/graph/none")
    assert list(store.quads()) == [quad(S, B)]
    assert list(store.graphs()) == [B.value]


def test_removed_quads_leave_other_quads_and_graphs(store: Store) -> None:
    other = IRI("http://a.example/other")
    store.extend([quad(S), quad(text(NASTY)), quad(S, B), quad(S, A, other)])
    store.remove([quad(text(NASTY)), quad(S), quad(text("none")), quad(S, B, other)])
    assert sorted(store.quads(), key=str) == sorted([quad(S, B), quad(S, A, other)], key=str)


def test_a_graph_without_quads_is_no_graph(store: Store) -> None:
    store.extend([quad(S)])
    store.remove([quad(S)])
    assert list(store.graphs()) == []


@pytest.mark.parametrize(
    "value",
    [
        text(NASTY),
        text(NASTY, "id"),
        text(""),
        day(date(2024, 2, 29)),
        Literal("0.50", XSD_DECIMAL),
        Literal("2023-07", IRI("http://www.w3.org/2001/XMLSchema#gYearMonth")),
        Literal("x", IRI("http://a.example/type")),
        IRI("http://a.example/a%20b?c=d&e='()#é"),
    ],
    ids=str,
)
def test_terms_come_back_as_they_were(store: Store, value: Term) -> None:
    store.extend([quad(value)])
    assert list(store.quads()) == [quad(value)]
    answer = store.query("SELECT ?o WHERE { ?s ?p ?o }")
    assert isinstance(answer, Solutions)
    assert list(answer.rows) == [(value,)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_text_comes_back(store: Store, value: str) -> None:
    store.remove_graph(A.value)
    store.extend([quad(text(value))])
    assert list(store.quads(A.value)) == [quad(text(value))]


def test_queries_see_the_union_of_all_graphs(store: Store) -> None:
    store.extend([quad(text("x")), Quad(S, IRI("http://a.example/q"), text("y"), B)])
    assert rows(store, "SELECT ?x ?y WHERE { ?s <http://a.example/p> ?x ; <http://a.example/q> ?y }") == [
        ('"x"', '"y"')
    ]
    assert rows(store, "SELECT ?g WHERE { GRAPH ?g { ?s ?p 'y' } }") == [(str(B),)]


def test_columns_keep_their_order_and_unbound_is_none(store: Store) -> None:
    answer = store.query("SELECT ?z ?a (BNODE() AS ?b) WHERE { VALUES (?a ?z) { (1 UNDEF) } }")
    assert isinstance(answer, Solutions)
    assert answer.variables == ("z", "a", "b")
    ((z, a, b),) = answer.rows
    assert (z, str(a)) == (None, '"1"^^<http://www.w3.org/2001/XMLSchema#integer>')
    assert isinstance(b, Blank)


def test_a_number_that_is_none_comes_as_it_is(store: Store) -> None:
    query = "SELECT (STRDT('satu', <http://www.w3.org/2001/XMLSchema#integer>) AS ?x) WHERE {}"
    assert rows(store, query) == [('"satu"^^<http://www.w3.org/2001/XMLSchema#integer>',)]


@pytest.mark.parametrize(("object_", "expected"), [("x", True), ("y", False)])
def test_a_yes_or_no_question(store: Store, object_: str, expected: bool) -> None:
    store.extend([quad(text("x"))])
    assert store.query(f"# DELETE\nPREFIX ask: <http://a.example/>\nASK {{ ?s ask:p '{object_}' }}") is expected


@pytest.mark.parametrize("form", ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "DESCRIBE <http://a.example/s>"])
def test_a_graph_as_answer(store: Store, form: str) -> None:
    store.extend([quad(text(NASTY, "id"))])
    answer = store.query(form)
    assert isinstance(answer, Triples)
    assert list(answer.triples) == [(S, P, text(NASTY, "id"))]


def test_a_malformed_query_shows_where(store: Store) -> None:
    with pytest.raises(BadInput, match=r"malformed at line 2, column 17") as caught:
        store.query("SELECT ?x\nWHERE { [ ?x . }")
    assert str(caught.value).endswith("  WHERE { [ ?x . }\n                  ^")


@pytest.mark.parametrize("update", ["DROP ALL", "INSERT DATA { <a:a> <a:a> <a:a> }", "", "# SELECT"])
def test_an_update_is_no_query(store: Store, update: str) -> None:
    store.extend([quad(S)])
    with pytest.raises(BadInput, match="query"):
        store.query(update)
    assert list(store.quads()) == [quad(S)]
