"""The pool of workers: answers in every form, datasets, new states without restart, limits, nothing left behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from pools import Running, running
from waiting import comes

from kg import build
from kg.config import DEFAULT_BASE
from kg.server.problems import Problem
from kg.store.answers import GRAPHS, RESULTS

ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
ARTICLE = f"{DEFAULT_BASE}article/sore-5"
ABSENT = f"{DEFAULT_BASE}article/absent"


@pytest.fixture(scope="module")
def pool(small_graph: Path) -> Iterator[Running]:
    with running(small_graph) as started:
        yield started


@pytest.fixture(scope="module")
def inside(small_graph: Path) -> ox.Store:
    return ox.Store.read_only(str(build.folder(small_graph).quads_path))


def rows(answer: bytes) -> list[str]:
    return sorted(str(row) for row in ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON))


def written_out(sparql: str) -> str:
    for name, iri in (("BASE-IRI/", DEFAULT_BASE), ("ARTICLE", ARTICLE), ("ABSENT", ABSENT)):
        sparql = sparql.replace(name, iri)
    return sparql


@pytest.mark.parametrize("media_type", sorted(RESULTS))
def test_rows_in_every_form_are_those_in_process(pool: Running, inside: ox.Store, media_type: str) -> None:
    form = RESULTS[media_type]
    expected = inside.query(f"{ALL} ORDER BY ?s ?p ?o", use_default_graph_as_union=True).serialize(format=form)
    assert pool.query(f"{ALL} ORDER BY ?s ?p ?o", media_type) == expected


def test_workers_that_were_ended_while_they_were_idle_are_not_asked(small_graph: Path) -> None:
    with running(small_graph) as pool:
        for process in pool.processes:
            os.kill(process, signal.SIGKILL)
        assert comes(lambda: not any(worker.alive for worker in pool.pool.workers))
        assert pool.query(f"{ALL} LIMIT 1")
        pool.recover()


@pytest.mark.parametrize("media_type", sorted(GRAPHS))
def test_graphs_in_every_form_read_back(pool: Running, inside: ox.Store, media_type: str) -> None:
    expected = {str(quad.triple) for quad in inside}
    answers = [pool.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", media_type), pool.graph(None, media_type)]
    for answer in answers:
        assert {str(quad.triple) for quad in ox.parse(answer, format=GRAPHS[media_type])} == expected
    one = pool.graph(ARTICLE, media_type)
    there = {str(q.triple) for q in inside.quads_for_pattern(None, None, None, ox.NamedNode(ARTICLE))}
    assert {str(quad.triple) for quad in ox.parse(one, format=GRAPHS[media_type])} == there


@pytest.mark.parametrize(
    ("sparql", "dataset"),
    [
        (ALL, {"default_graphs": (ARTICLE,)}),
        ("SELECT ?s ?p ?o FROM <ARTICLE> WHERE { ?s ?p ?o }", {}),
        ("PREFIX a: <BASE-IRI/article/> SELECT ?s ?p ?o FROM a:sore-5 WHERE { ?s ?p ?o }", {}),
        ("BASE <BASE-IRI/> SELECT ?s ?p ?o FROM <article/sore-5> WHERE { ?s ?p ?o }", {}),
        ("SELECT ?s ?p ?o FROM <article/sore-5> WHERE { ?s ?p ?o }", {"base": DEFAULT_BASE}),
        ("SELECT ?s ?p ?o FROM NAMED <ARTICLE> WHERE { GRAPH ?g { ?s ?p ?o } }", {}),
        ("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }", {"named_graphs": (ARTICLE,)}),
        ("SELECT ?s ?p ?o FROM <ABSENT> WHERE { ?s ?p ?o }", {"default_graphs": (ARTICLE,)}),
    ],
)
def test_a_dataset_is_the_graphs_that_it_names(
    pool: Running, inside: ox.Store, sparql: str, dataset: dict[str, tuple[str, ...]]
) -> None:
    there = inside.query(ALL, default_graph=ox.NamedNode(ARTICLE))
    assert isinstance(there, ox.QuerySolutions)
    assert rows(pool.query(written_out(sparql), **dataset)) == sorted(str(row) for row in there)


@pytest.mark.parametrize(
    ("sparql", "dataset"),
    [
        (ALL, {"named_graphs": (ARTICLE,)}),
        (ALL, {"default_graphs": (ABSENT,)}),
        ("SELECT ?s FROM NAMED <ARTICLE> WHERE { ?s ?p ?o }", {}),
        ("SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } }", {"default_graphs": (ARTICLE,)}),
    ],
)
def test_a_dataset_holds_no_graph_that_it_does_not_name(
    pool: Running, sparql: str, dataset: dict[str, tuple[str, ...]]
) -> None:
    assert rows(pool.query(written_out(sparql), **dataset)) == []


@pytest.mark.parametrize(
    ("sparql", "dataset", "status"),
    [
        ("SELECT * {\n  ?s ?p", {}, 400),
        ("SELECT * FROM <ABSENT> { ?s ?p ?o }", {}, 400),
        ("SELECT * FROM a:b { ?s ?p ?o }", {}, 400),
        (ALL, {"default_graphs": ("file:///etc/passwd",)}, 400),
        (ALL, {"named_graphs": ("no iri",)}, 400),
        ("CONSTRUCT WHERE { ?s ?p ?o }", {}, 406),
        (ALL + " #" + "x" * 1_100_000, {}, 413),
    ],
)
def test_what_cannot_be_answered_is_refused(
    pool: Running, sparql: str, dataset: dict[str, tuple[str, ...]], status: int
) -> None:
    with pytest.raises(Problem) as refused:
        pool.query(written_out(sparql), **dataset)
    assert refused.value.status == status
    assert json.loads(pool.query("ASK {}"))["boolean"]


def test_a_malformed_query_is_told_with_its_place(pool: Running) -> None:
    with pytest.raises(Problem) as refused:
        pool.query("SELECT * {\n  ?s ?p }")
    assert (refused.value.line, refused.value.column) == (2, 10)


def test_a_graph_that_is_not_there_is_not_found(pool: Running) -> None:
    with pytest.raises(Problem, match="absent") as refused:
        pool.graph(ABSENT, "text/turtle")
    assert refused.value.status == 404


def test_a_worker_that_comes_free_as_its_client_goes_is_not_lost(pool: Running) -> None:
    """The client's turn is over already, and still in the line."""

    async def gone() -> None:
        held = [await pool.pool._acquire() for _ in range(pool.pool.limits.workers)]
        turn = asyncio.create_task(pool.pool._acquire())
        while not pool.pool.waiting:
            await asyncio.sleep(0)
        turn.cancel()
        for worker in held:
            pool.pool._offer(worker)
        with pytest.raises(asyncio.CancelledError):
            await turn

    pool.recover()
    pool.run(gone())
    assert pool.pool.free == pool.pool.limits.workers
