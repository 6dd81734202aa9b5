"""Limits of the pool: each is told, none cuts an answer short unseen, and no client costs another one his."""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import json
import time
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from pools import JSON, Running, running
from waiting import LATE, comes

from kg.server import limits
from kg.server.asked import Answered
from kg.server.problems import Problem
from kg.store.answers import GRAPHS, RESULTS

DIGITS = "{ 0 1 2 3 4 5 6 7 8 9 }"
NUMBERS = f"VALUES ?x {DIGITS} VALUES ?y {DIGITS} VALUES ?z {DIGITS} VALUES ?w {DIGITS}"
ROWS = f"SELECT ?x ?y ?z ?w {{ {NUMBERS} }} LIMIT "
TRIPLES = f"CONSTRUCT {{ <a:s> <a:p> ?v }} {{ {NUMBERS} BIND(1000 * ?x + 100 * ?y + 10 * ?z + ?w AS ?v) }} LIMIT "
LONG = "SELECT (CONCAT(?c, ?c) AS ?d) { VALUES ?c { 'LETTERS' } VALUES ?x { NUMBERS } }".replace(
    "LETTERS", "x" * 5_000
).replace("NUMBERS", " ".join(map(str, range(150))))
"""150 rows, 1.5 MB."""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SECONDS, SENDING = 0.7, 0.3
"""Deadlines of what is to miss them; all else has time."""


@pytest.fixture(scope="module")
def pool(small_graph: Path) -> Iterator[Running]:
    """A pool with low limits."""
    low = {"rows": 1_000, "bytes": 2_000_000, "kept": 100_000, "held": 10_000, "spooled": 2_500_000}
    with running(small_graph, **low) as started:
        yield started


def problem(pool: Running, sparql: str, media_type: str = JSON) -> Problem:
    with pytest.raises(Problem) as refused:
        pool.query(sparql, media_type)
    return refused.value


def is_served(pool: Running) -> bool:
    return bool(json.loads(pool.query("ASK {}"))["boolean"])


def test_every_limit_tells_how_it_was_set() -> None:
    table = tomllib.loads((files("kg.server") / "limits.toml").read_text(encoding="utf-8"))
    assert list(table) == [each.name for each in dataclasses.fields(limits.Limits)]
    assert all(limit["how"] for limit in table.values())
    assert dataclasses.asdict(limits.load()) == {name: limit["value"] for name, limit in table.items()}


@pytest.mark.parametrize(("query", "media_type"), [*((ROWS, t) for t in RESULTS), *((TRIPLES, t) for t in GRAPHS)])
def test_rows_and_triples_are_counted_in_every_form(pool: Running, query: str, media_type: str) -> None:
    assert pool.query(f"{query} 1000", media_type)
    found = problem(pool, f"{query} 1001", media_type)
    assert (found.status, "1,000" in found.detail) == (422, True)


def test_an_answer_with_too_many_bytes_ends_by_a_problem(pool: Running) -> None:
    answered = pool.begin(LONG.replace("CONCAT(?c, ?c)", "CONCAT(?c, ?c, ?c)"))
    with pytest.raises(Problem, match="2,000,000 bytes"):
        pool.rest(answered)


def test_the_deadline_ends_a_query_and_nothing_else(pool: Running) -> None:
    began = time.monotonic()
    with pool.limited(seconds=SECONDS):
        assert problem(pool, ENDLESS).status == 503
    assert SECONDS <= time.monotonic() - began < LATE
    assert is_served(pool)


def test_slow_clients_hold_nobody_up(pool: Running) -> None:
    slow = [pool.begin(LONG + " LIMIT 90") for _ in range(2)]
    assert is_served(pool), "workers wait for their clients"
    answers = [pool.rest(answered) for answered in slow]
    assert {len(json.loads(answer)["results"]["bindings"]) for answer in answers} == {90}
    assert is_served(pool)


def test_answers_that_are_not_taken_have_a_limit_together(pool: Running) -> None:
    pool.recover()
    first, killed = pool.begin(LONG), pool.pool.killed
    pool.recover()
    with pytest.raises(Problem, match="Too much to send") as refused:
        second = pool.begin(LONG)
        assert comes(lambda: pool.pool.killed > killed)
        pool.rest(second)
    assert dict(refused.value.headers)["Retry-After"]
    assert pool.rest(first)
    assert pool.query(LONG)


def test_who_does_not_take_an_answer_loses_it(pool: Running) -> None:
    with pool.limited(sending=SENDING):
        answered = pool.begin(LONG)
    assert comes(lambda: answered.chunks._spool.closed)  # type: ignore[attr-defined]
    with pytest.raises(Problem, match="not taken in time"):
        pool.rest(answered)
    assert pool.query(LONG)


@pytest.fixture(scope="module")
def brief(small_graph: Path) -> Iterator[Running]:
    """A pool in which few queries wait."""
    with running(small_graph, waiting=2) as started:
        yield started


def test_no_more_wait_than_may_and_no_longer(brief: Running) -> None:
    async def crowd() -> list[Problem | object]:
        asked = [brief.pool.answer(brief.asked(ENDLESS)) for _ in range(5)]
        return await asyncio.gather(*asked, return_exceptions=True)

    brief.recover()
    with brief.limited(seconds=SECONDS, patience=SECONDS / 3):
        found = [str(each) for each in brief.run(crowd())]
    assert sum("Deadline" in each for each in found) == 2
    assert sum("2 queries wait already" in each for each in found) == 1
    assert sum("no worker was free" in each for each in found) == 2


def test_a_failure_after_the_first_bytes_is_raised_by_the_rest(brief: Running) -> None:
    with pytest.raises(Problem, match="Deadline"):
        brief.rest(begun(brief, FLOOD))


def begun(pool: Running, sparql: str) -> Answered:
    """An answer that has begun and not ended before its deadline, which is the later the busier the machine is."""
    for power in range(8):
        with pool.limited(seconds=SECONDS * 2**power):
            try:
                return pool.begin(sparql)
            except Problem as late:
                assert "Deadline" in late.title
    raise AssertionError("no answer begins")


@pytest.fixture(scope="module")
def patient(small_graph: Path) -> Iterator[Running]:
    """A pool of one worker with the deadline of kg and little memory."""
    with running(small_graph, memory=300 << 20, workers=1) as started:
        yield started


def test_memory_ends_a_query_with_its_reason(patient: Running) -> None:
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
    found = problem(patient, f"SELECT (STRLEN(?x30) AS ?n) {{ BIND('abc' AS ?x0) {doubled} }}")
    assert (found.status, "300 MiB" in found.detail) == (422, True)
    assert is_served(patient)


def test_a_client_that_goes_frees_its_worker(patient: Running) -> None:
    """Both ways to go: before the answer has begun, and in the midst of it."""

    async def leave() -> None:
        waiting = asyncio.create_task(patient.pool.answer(patient.asked(ENDLESS)))
        while not any(worker.busy for worker in patient.pool.workers):
            await asyncio.sleep(0)
        waiting.cancel()

    began = time.monotonic()
    patient.run(leave())
    assert is_served(patient)
    answered = patient.begin(FLOOD)
    del answered
    gc.collect()
    assert is_served(patient)
    assert time.monotonic() - began < LATE, "both were served at the deadlines of those who had gone"
