"""The description of a graph counts what the graph holds, whoever built it in whatever order."""

from __future__ import annotations

import io
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import reports_by_hand
from oxigraph_served import served

from kg import build, queries
from kg.description import Source, describe, described, description
from kg.description.counting import table
from kg.errors import BadInput
from kg.export import FORMATS, export, write_graph
from kg.model import Report
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Literal, Quad, Term, day, integer, nquads, text
from kg.store.base import Solutions
from kg.store.embedded import EmbeddedStore
from kg.store.remote import Endpoint, RemoteStore
from kg.validate import unsound_quads

BASE = v.BASE
GRAPH = v.description_graph()
DATASET = IRI(f"{GRAPH.value}#dataset")
ARTICLES = IRI(f"{GRAPH.value}#articles")
RESOLVED = v.resolved_graph()
SOURCE = Source(BASE, {"code": "0.1.0", "model": "riwayat 0.1.0"}, "resolver")


def graph(path: Path, reports: Iterable[Report]) -> Path:
    build.add(lambda _: reports, path)
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph(tmp_path_factory.mktemp("description") / "graph", reports_by_hand.reports())


@pytest.fixture(scope="module")
def quads(small: Path) -> list[Quad]:
    store = build.reader(small)
    try:
        return list(store.quads())
    finally:
        store.close()


@pytest.fixture(scope="module")
def made(small: Path) -> list[Quad]:
    return describe(small)


def said(made: Iterable[Quad], subject: IRI, predicate: IRI) -> list[Term]:
    return [quad.object for quad in made if (quad.subject, quad.predicate) == (subject, predicate)]


def partition(made: list[Quad], of: IRI, by: tuple[IRI, IRI, IRI]) -> dict[str, int]:
    """The counts of a dataset by class or by property."""
    into, what, count = by
    found = {}
    for part in said(made, of, into):
        assert isinstance(part, IRI)
        (term,), (number,) = said(made, part, what), said(made, part, count)
        found[term.value] = int(number.value)
    return found


CLASSES = v.CLASS_PARTITION, v.PARTITION_CLASS, v.ENTITIES
PROPERTIES = v.PROPERTY_PARTITION, v.PARTITION_PROPERTY, v.TRIPLES
PARTS = {
    "dataset": (DATASET, lambda graph: True),
    "articles": (ARTICLES, lambda graph: graph.startswith(f"{BASE}article/")),
    "resolved": (RESOLVED, lambda graph: graph == RESOLVED.value),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_has_the_counts_of_its_quads(name: str, made: list[Quad], quads: list[Quad]) -> None:
    node, holds = PARTS[name]
    inside = [quad for quad in quads if holds(quad.graph.value)]
    assert said(made, node, v.TRIPLES) == [integer(len(inside))]
    assert partition(made, node, PROPERTIES) == Counter(quad.predicate.value for quad in inside)
    members = {(quad.subject, quad.object.value) for quad in inside if quad.predicate == v.TYPE}
    assert partition(made, node, CLASSES) == Counter(of for _, of in members)


@pytest.mark.parametrize("name", ["dataset", "resolved"])
def test_subjects_and_objects_are_counted_once(name: str, made: list[Quad], quads: list[Quad]) -> None:
    node, holds = PARTS[name]
    inside = [quad for quad in quads if holds(quad.graph.value)]
    subjects = [integer(len({quad.subject for quad in inside}))]
    assert said(made, node, v.DISTINCT_SUBJECTS) == said(made, node, v.ENTITIES) == subjects
    assert said(made, node, v.DISTINCT_OBJECTS) == [integer(len({quad.object for quad in inside}))]


def test_days_languages_and_outlets_are_those_of_the_articles(made: list[Quad]) -> None:
    reports = reports_by_hand.reports()
    days = sorted(report.published.isoformat() for report in reports if report.published)
    (period,) = said(made, DATASET, v.TEMPORAL)
    assert isinstance(period, IRI)
    assert [said(made, period, each)[0].value for each in (v.START_DATE, v.END_DATE)] == [days[0], days[-1]]
    assert said(made, DATASET, v.LANGUAGE) == [IRI("http://id.loc.gov/vocabulary/iso639-1/id")]
    outlets = {}
    for node in said(made, ARTICLES, v.SUBSET):
        assert isinstance(node, IRI)
        title = next(each.value for each in said(made, node, v.TITLE_OF_WORK) if getattr(each, "lang", "") == "en")
        outlets[title.removeprefix("Articles of ")] = partition(made, node, CLASSES)[v.ARTICLE.value]
    assert outlets == Counter(report.sitename for report in reports if report.sitename)


def test_examples_are_a_person_and_a_position(made: list[Quad], quads: list[Quad]) -> None:
    examples = said(made, DATASET, v.EXAMPLE_RESOURCE)
    types = [quad.object for quad in quads if quad.subject in examples and quad.predicate == v.TYPE]
    assert sorted(types, key=str) == [v.PERSON, v.POSITION]


def test_vocabularies_are_those_of_classes_and_properties(made: list[Quad]) -> None:
    named = {term.value for term in said(made, DATASET, v.VOCABULARY)}
    assert {v.RW, v.RDF, v.SKOS, v.NIF, v.TIME, v.DCTERMS} <= named


def test_it_is_sorted_has_no_blank_nodes_and_keeps_the_shapes(made: list[Quad]) -> None:
    assert made == sorted(set(made), key=lambda quad: (quad.subject, quad.predicate, str(quad.object)))
    assert {quad.graph for quad in made} == {GRAPH}
    assert unsound_quads(made) == []


def test_the_shapes_find_a_wrong_description(made: list[Quad]) -> None:
    wrong = [quad for quad in made if quad.predicate not in {v.PARTITION_CLASS, v.START_DATE, v.TITLE_OF_WORK}]
    paths = {"/".join(violation.path) for violation in unsound_quads(wrong)}
    assert paths == {v.PARTITION_CLASS.value, v.START_DATE.value, v.TITLE_OF_WORK.value}


# A function of what the graph holds


def test_the_order_of_builds_does_not_show(made: list[Quad], tmp_path: Path) -> None:
    for report in reversed(reports_by_hand.reports()):
        graph(tmp_path / "graph", [report])
    assert describe(tmp_path / "graph") == made


def identifier(path: Path) -> Term:
    return said(describe(path), DATASET, v.IDENTIFIER)[0]


def test_the_identifier_changes_with_what_the_graph_holds_and_back(tmp_path: Path) -> None:
    reports, path = reports_by_hand.reports(), tmp_path / "graph"
    before = identifier(graph(path, reports))
    graph(path, [replace(reports[0], digest="0" * 64)])
    other = identifier(path)
    graph(path, [replace(reports[0], producer="another")])
    another = identifier(path)
    (path / "decisions.toml").write_text(
        '[[decision]]\nverdict = "name"\nabout = ["person/sergei-shoigu"]\nby = "x"\non = 2026-01-01\nlabel = "Y"\n'
    )
    decided = identifier(path)
    assert len({before, other, another, decided}) == 4
    (path / "decisions.toml").unlink()
    graph(path, [reports[0]])
    assert identifier(path) == before


def test_an_empty_graph_has_a_description(tmp_path: Path) -> None:
    made = describe(graph(tmp_path / "graph", ()))
    assert said(made, DATASET, v.TRIPLES) == [integer(0)]
    assert said(made, DATASET, v.TEMPORAL) == []
    assert unsound_quads(made) == []


# What people added, versions, a service


def test_added_graphs_are_described_by_their_names(tmp_path: Path) -> None:
    added, person = IRI("http://contoh.example/daftar"), IRI("http://contoh.example/orang/1")
    store = EmbeddedStore(tmp_path / "store")
    named = IRI("http://contoh.example/istilah#nama")
    store.extend([Quad(person, named, text("Satu"), added), Quad(person, v.TYPE, v.PERSON, added)])
    store.extend(
        [Quad(added, v.ISSUED, day(date(2001, 1, 1)), added), Quad(added, v.OUTLET, text("Bukan media"), added)]
    )
    made = description(store, SOURCE)
    store.close()
    assert said(made, DATASET, v.SUBSET) == [added, ARTICLES]
    assert said(made, added, v.TRIPLES) == [integer(4)]
    assert partition(made, added, PROPERTIES).keys() == {v.TYPE.value, named.value, v.ISSUED.value, v.OUTLET.value}
    assert said(made, DATASET, v.TEMPORAL) == [], "the day is no article's"
    assert said(made, ARTICLES, v.SUBSET) == [], "nor is the outlet"
    assert IRI("http://contoh.example/istilah#") in said(made, DATASET, v.VOCABULARY)
    assert said(made, ARTICLES, v.TRIPLES) == [integer(0)]
    assert unsound_quads(made) == []


def test_a_thing_that_an_added_graph_tells_of_too_is_one(tmp_path: Path) -> None:
    added, person, article = IRI("http://contoh.example/daftar"), IRI(f"{BASE}person/satu"), IRI(f"{BASE}article/a")
    store = EmbeddedStore(tmp_path / "store")
    store.extend(Quad(person, v.TYPE, v.PERSON, graph) for graph in (added, RESOLVED))
    store.extend([Quad(article, v.TYPE, v.ARTICLE, graph) for graph in (added, article)])
    made = description(store, SOURCE)
    store.close()
    assert partition(made, DATASET, CLASSES) == {v.PERSON.value: 1, v.ARTICLE.value: 1}
    assert partition(made, ARTICLES, CLASSES) == {v.ARTICLE.value: 1}
    assert said(made, DATASET, v.TRIPLES) == [integer(4)]


def test_versions_are_what_the_articles_were_read_with(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store")
    made = description(store, SOURCE)
    store.close()
    (reading,) = said(made, DATASET, v.GENERATED_BY)
    assert isinstance(reading, IRI)
    used = [node for node in said(made, reading, v.USED) if isinstance(node, IRI)]
    found = {said(made, node, v.LABEL)[0].value: said(made, node, v.VERSION_INFO)[0].value for node in used}
    assert found == SOURCE.versions


def test_a_service_is_named(small: Path, made: list[Quad]) -> None:
    address = "http://127.0.0.1:7878/sparql"
    served = describe(small, address)
    assert said(served, DATASET, v.SPARQL_ENDPOINT) == [IRI(address)]
    assert set(made) < set(served)
    assert said(made, DATASET, v.SPARQL_ENDPOINT) == []
    assert unsound_quads(served) == []


# Where it stands


def test_every_format_of_export_is_a_distribution() -> None:
    assert list(table()["distribution"]) == list(FORMATS)


@pytest.mark.parametrize("name", ["trig", "nq", "jsonld"])
def test_exports_of_rdf_have_it_in_its_own_graph(name: str, small: Path, made: list[Quad]) -> None:
    stream = io.BytesIO()
    store = described(small)
    assert export(small, name, stream) == len(store)
    assert set(store.quads(GRAPH.value)) == set(made)
    assert list(store.graphs()) == sorted(store.graphs())
    assert list(store.quads(GRAPH.value, DATASET.value, v.TRIPLES.value)) == [
        quad for quad in made if (quad.subject, quad.predicate) == (DATASET, v.TRIPLES)
    ]
    store.close()
    assert GRAPH.value.removeprefix(BASE) in stream.getvalue().decode()


@pytest.fixture(scope="module")
def with_it(small: Path, tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    """A store as others have it after loading an export."""
    store, source = EmbeddedStore(tmp_path_factory.mktemp("loaded") / "store"), described(small)
    store.extend(source.quads())
    source.close()
    return store


def rows(store: EmbeddedStore, sparql: str) -> list[tuple[str, ...]]:
    answer = store.query(sparql)
    assert isinstance(answer, Solutions)
    return [tuple(map(str, row)) for row in answer.rows]


@pytest.mark.parametrize("name", queries.names())
def test_a_question_has_the_same_answer_with_it(name: str, small: Path, with_it: EmbeddedStore) -> None:
    question = queries.question(name)
    store = build.reader(small)
    for sparql in (question.sparql, question.bound(reports_by_hand.ASKED.get(name, {}))):
        assert rows(with_it, sparql) == rows(store, sparql)
    store.close()


def test_the_command_writes_turtle_on_stdout(small: Path, made: list[Quad]) -> None:
    command = [sys.executable, "-m", "kg.cli", "describe", "--graph", str(small)]
    done = subprocess.run(command, capture_output=True, check=True)
    stream = io.BytesIO()
    write_graph(made, BASE, "ttl", stream)
    assert done.stdout == stream.getvalue()
    assert done.stderr == b""
    with pytest.raises(BadInput, match="no RDF format 'ftm'"):
        write_graph(made, BASE, "ftm", stream)


def test_a_graph_is_written_whole(made: list[Quad]) -> None:
    stream = io.BytesIO()
    write_graph(made, BASE, "nq", stream)
    assert sorted(stream.getvalue().decode().splitlines(keepends=True)) == sorted(nquads(made))
    assert isinstance(made[0].object, IRI | Literal)


def test_a_load_brings_it_along(small: Path, made: list[Quad], tmp_path: Path) -> None:
    with served(tmp_path) as address:
        command = [sys.executable, "-m", "kg.cli", "load", f"{address}/store", "--graph", str(small)]
        subprocess.run(command, capture_output=True, check=True)
        remote = RemoteStore(Endpoint(f"{address}/query"))
        assert sorted(nquads(remote.quads(GRAPH.value))) == sorted(nquads(made))
        remote.close()
