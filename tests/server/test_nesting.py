"""Texts as deep and as long as they may be: oxigraph reads them on a worker's stack, and no worker dies of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pools import Running, running

from kg.server import limits, refusing
from kg.server.problems import Problem

LIMITS = limits.load()
DEEP = {
    "parentheses": "SELECT * {FILTER(1«*(1»1«)»)}",
    "braces": "SELECT * {«{»«}»}",
    "graphs": "SELECT * {«GRAPH ?g {»«}»}",
    "subqueries": "SELECT * {«{SELECT * {»«}}»}",
    "functions": "SELECT * {FILTER(«STR(»1«)»)}",
    "conditions": "SELECT * {FILTER(«IF(true,1,»1«)»)}",
    "negated patterns": "SELECT * {FILTER(«NOT EXISTS{FILTER(»true«)}»)}",
    "optional patterns": "SELECT * {?s ?p ?o «OPTIONAL{?s ?p ?o »«}»}",
    "negations": "SELECT * {FILTER(«!»true«»)}",
    "paths": "SELECT * {?s «(»<a:b>«)*» ?o}",
    "triple terms": "SELECT * {?s ?p «<<( ?s ?p »1« )>>»}",
}
"""Texts with what opens and what closes a level."""
LONG = {
    "or": "SELECT * {?s ?p ?o FILTER(«?s=?o||»true)}",
    "unions": "SELECT * {{}«UNION{}»}",
    "minus": "SELECT * {?s ?p ?o «MINUS{?s ?p ?x}»}",
    "bound": "SELECT * {?s ?p ?o «BIND(1 AS ?xN)»}",
}
"""Texts with what can be said again and again."""


@pytest.fixture(scope="module")
def pool(small_graph: Path) -> Iterator[Running]:
    with running(small_graph) as started:
        yield started


def repeated(text: str, times: int) -> str:
    """A text with each piece in quotes said some times, N being the number of the time."""
    first, *rest = text.split("«")
    for part in rest:
        piece, _, after = part.partition("»")
        first += "".join(piece.replace("N", str(n)) for n in range(times)) + after
    return first


def most(text: str) -> int:
    """How often its pieces may be said before the text is refused."""
    low, high = 1, LIMITS.steps
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_read(repeated(text, middle)) else (low, middle - 1)
    return low


def is_read(text: str) -> bool:
    try:
        refusing.checked(text, LIMITS)
    except Problem:
        return False
    return True


@pytest.mark.parametrize("text", [*DEEP.values(), *LONG.values()], ids=[*DEEP, *LONG])
def test_the_longest_text_that_is_read_kills_no_worker(pool: Running, text: str) -> None:
    times = most(text)
    assert times >= 40
    pool.recover()  # the text before may have cost a worker
    workers = set(pool.processes)
    try:
        with pool.limited(seconds=1.0):
            pool.query(repeated(text, times))
    except Problem as problem:
        assert problem.title in {"Deadline passed", "Malformed query"}, (times, str(problem))
    else:
        assert set(pool.processes) == workers
    assert json.loads(pool.query("ASK {}"))["boolean"]
