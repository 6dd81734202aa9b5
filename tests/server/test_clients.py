"""What users ask the server with: SPARQLWrapper, rdflib, curl, comunica, oxigraph, kg itself."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from comunica_served import program
from kg_served import ROOT, Served
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from reports_by_hand import ASKED
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from kg import build, queries
from kg.store.base import Solutions
from kg.store.embedded import EmbeddedStore
from kg.store.remote import Endpoint, RemoteStore

PEOPLE = """PREFIX rw: <https://w3id.org/riwayat/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?person ?name { ?person a rw:Person ; skos:prefLabel ?name } ORDER BY ?person"""
GRAPH = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }"


@pytest.fixture(scope="module")
def embedded(small_graph: Path) -> Iterator[EmbeddedStore]:
    store = build.reader(small_graph)
    yield store
    store.close()


@pytest.fixture(scope="module")
def people(embedded: EmbeddedStore) -> dict[str, str]:
    """Persons and their names, as the store itself says."""
    found = embedded.query(PEOPLE)
    assert isinstance(found, Solutions)
    names = {str(getattr(iri, "value", "")): str(getattr(name, "value", "")) for iri, name in found.rows}
    assert len(names) > 5
    return names


@pytest.fixture(scope="module")
def types(embedded: EmbeddedStore) -> int:
    """How many triples GRAPH gives."""
    found = embedded.query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?t { ?s a ?t } }")
    assert isinstance(found, Solutions)
    ((count,),) = found.rows
    return int(getattr(count, "value", "0"))


def wrapped(server: Served, sparql: str, form: str, method: str) -> Any:
    """What SPARQLWrapper makes of an answer."""
    asked = SPARQLWrapper(f"{server.url}/sparql")
    asked.setQuery(sparql)
    asked.setReturnFormat(form)
    asked.setMethod(method)
    return asked.queryAndConvert()


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_rows_in_all_forms(server: Served, people: dict[str, str], method: str) -> None:
    rows = wrapped(server, PEOPLE, JSON, method)["results"]["bindings"]
    assert {row["person"]["value"]: row["name"]["value"] for row in rows} == people
    document = wrapped(server, PEOPLE, XML, method)
    assert [node.firstChild.data for node in document.getElementsByTagName("uri")] == sorted(people)
    table = list(csv.DictReader(io.StringIO(wrapped(server, PEOPLE, CSV, method).decode())))
    assert {row["person"]: row["name"] for row in table} == people
    assert wrapped(server, PEOPLE, TSV, method).decode().count("\n") == len(people) + 1


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # that SPARQLWrapper makes
@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_truth_and_graphs_in_all_forms(server: Served, types: int, method: str) -> None:
    assert wrapped(server, "ASK { ?s ?p ?o }", JSON, method)["boolean"] is True
    assert wrapped(server, "ASK { ?s ?p ?o }", XML, method).getElementsByTagName("boolean")[0].firstChild.data == "true"
    for form in (TURTLE, N3):
        assert len(rdflib.Graph().parse(data=wrapped(server, GRAPH, form, method), format="turtle")) == types
    for form in (RDFXML, JSONLD):
        assert len(wrapped(server, GRAPH, form, method)) == types
    described = wrapped(server, "DESCRIBE <https://w3id.org/riwayat/id/person/sergei-shoigu>", RDFXML, method)
    assert (rdflib.URIRef("https://w3id.org/riwayat/id/person/sergei-shoigu"), None, None) in described


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_it_as_a_store(server: Served, people: dict[str, str], types: int, form: str, method: str) -> None:
    store = SPARQLStore(f"{server.url}/sparql", returnFormat=form, method=method)
    graph = rdflib.Graph(store)
    assert {str(row[0]): str(row[1]) for row in graph.query(PEOPLE)} == people
    if form in {"xml", "json"}:
        assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    if form == "xml":
        assert len(graph.query(GRAPH).graph or ()) == types
        person = rdflib.URIRef(min(people))
        names = list(graph.objects(person, rdflib.SKOS.prefLabel))
        assert [str(name) for name in names] == [people[min(people)]]
        assert (person, rdflib.RDF.type, rdflib.URIRef("https://w3id.org/riwayat/ontology#Person")) in graph


def curl(*words: str) -> bytes:
    if shutil.which("curl") is None:
        pytest.skip("no curl; apt-get install curl")
    done = subprocess.run(["curl", "-sS", "--fail", *words], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_curl_in_the_ways_of_manuals(server: Served, people: dict[str, str]) -> None:
    url, direct = f"{server.url}/sparql", "Content-Type: application/sparql-query"
    for words in (
        (url, "--data-urlencode", f"query={PEOPLE}", "-H", "Accept: text/csv"),
        ("-G", url, "--data-urlencode", f"query={PEOPLE}", "-H", "Accept: text/csv"),
        (url, "--data-binary", PEOPLE, "-H", direct, "-H", "Accept: text/csv"),
        (url, "--compressed", "--data-urlencode", f"query={PEOPLE}", "-H", "Accept: text/csv"),
        (url, "-H", "Transfer-Encoding: chunked", "-H", direct, "--data-binary", PEOPLE, "-H", "Accept: text/csv"),
    ):
        assert {row["person"] for row in csv.DictReader(io.StringIO(curl(*words).decode()))} == set(people)
    rows = json.loads(curl(url, "--data-urlencode", f"query={PEOPLE}"))["results"]["bindings"]
    assert len(rows) == len(people)


def test_oxigraph_asks_it_by_service(server: Served, people: dict[str, str]) -> None:
    prologue, _, select = PEOPLE.partition("SELECT")
    asked = f"{prologue} SELECT * {{ SERVICE <{server.url}/sparql> {{ {{ SELECT {select} }} }} }}"
    found = pyoxigraph.Store().query(asked)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert {row["person"].value for row in found} == set(people)


def test_comunica_finds_out_what_it_is_and_asks_it(server: Served, people: dict[str, str]) -> None:
    command = [str(program("comunica-sparql")), f"{server.url}/sparql", PEOPLE, "-t", "application/sparql-results+json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert {row["person"]["value"] for row in json.loads(done.stdout)["results"]["bindings"]} == set(people)


@pytest.mark.parametrize("name", queries.names())
def test_kg_gets_the_same_rows_for_every_shipped_question(server: Served, embedded: EmbeddedStore, name: str) -> None:
    sparql = queries.question(name).bound(ASKED.get(name, {}))
    remote = RemoteStore(Endpoint(f"{server.url}/sparql"))
    here, there = embedded.query(sparql), remote.query(sparql)
    assert isinstance(here, Solutions)
    assert isinstance(there, Solutions)
    assert (there.variables, list(there.rows)) == (here.variables, list(here.rows))


def test_kg_query_asks_it_by_its_address(server: Served, people: dict[str, str]) -> None:
    command = [sys.executable, "-m", "kg.cli", "query", "-", "--endpoint", f"{server.url}/sparql", "--format", "csv"]
    done = subprocess.run(command, input=PEOPLE, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert {row["person"] for row in csv.DictReader(io.StringIO(done.stdout))} == set(people)
