"""What is refused before it is run: the keyword in every disguise, and never a word that only looks like it."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.server import limits, refusing
from kg.server.problems import Problem

LIMITS = limits.load()
PASSES = [
    "SELECT ?service { ?service ?p $load }",
    "SELECT * { ?s ?p 'SERVICE <http://x/> {}' }",
    'SELECT * { ?s ?p "it\'s a SERVICE" }',
    "SELECT * { ?s ?p '''a ' SERVICE '' LOAD''' }",
    'SELECT * { ?s ?p """\\""" SERVICE " LOAD""" }',
    "SELECT * { ?s ?p 'it\\'s a SERVICE' }",
    "SELECT * { # SERVICE <http://x/> {}\n ?s ?p ?o }",
    "SELECT * { ?s <http://x/SERVICE/load> ?o }",
    "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service; sd:load 1 }",
    "PREFIX service: <http://x/> SELECT * { ?s service:of ?o . service:x service: ?y }",
    "PREFIX e: <http://x/> SELECT * { ?s e:SERVICE e:o }",
    "SELECT * { _:service ?p ?o }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { ?s ?p ?o FILTER(?o < <http://x/service#a> && ?s > 3) }",
    "SELECT * { ?s ?p ?o FILTER(?o<3 && ?o>2) }",
    "SELECT * { VALUES (?a ?b) { (<http://x/a_(b)> <http://x/service#c>) (<x:a> <http://x/it's>) } }",
    "SELECT * { ?s (<http://x/a#b>/<http://x/c#d>)+ ?o FILTER(?o IN (<http://x/#1>, <http://x/#2>)) }",
    "SELECT * { ?s ?p ?o FILTER(DATATYPE(?o) = <http://www.w3.org/2001/XMLSchema#date>) }",
    "SELECT (STRDT('1', <http://www.w3.org/2001/XMLSchema#int>) AS ?x) { ?s ?p '2'^^<http://x/#service> }",
    "SELECT * { ?s ?p (1 <http://x/o>) }",
    "PREFIX from: <http://x/> SELECT * { ?s from:x ?o }",
]
FROM = [
    ("SELECT * FROM <a:b> {}", ("<a:b>",), ()),
    (
        "prefix e: <a:>\nselect * from e:b from named <a:c> from # FROM <a:d>\n<a:e> where {}",
        ("e:b", "<a:e>"),
        ("<a:c>",),
    ),
    ("CONSTRUCT { ?s ?p 'FROM <a:b>' } FROM <a:c> WHERE { ?s ?p ?o }", ("<a:c>",), ()),
    ("ASK{?from ?p <a:FROM>}", (), ()),
    ("DESCRIBE <a:x> FROM NAMED<a:b>", (), ("<a:b>",)),
]
"""Queries with the names after FROM and FROM NAMED."""
DISGUISES = tomllib.loads((Path(__file__).parent / "disguises.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sparql", PASSES)
def test_what_only_looks_like_a_keyword_passes(sparql: str) -> None:
    assert refusing.checked(sparql, LIMITS) is None
    ox.Store().query(sparql)


@pytest.mark.parametrize(("sparql", "default", "named"), FROM)
def test_the_dataset_clause_is_found(sparql: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    found = refusing.checked(sparql, LIMITS)
    assert (found.default, found.named) == (default, named) if found else not default + named
    ox.Store().query(sparql)


def is_query(sparql: str) -> bool:
    try:
        ox.Store().query(sparql)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return True


def put_together(chance: random.Random) -> str:
    """A query by chance, with the keyword in it or not."""
    first, *parts = chance.choice(DISGUISES["frames"]).split("@")
    for part in parts:
        for _ in range(chance.randrange(4)):
            first += chance.choice(DISGUISES["pieces"]) + chance.choice(("", " "))
        first += part
    return "PREFIX e:<http://127.0.0.1:1/> " + first


def test_no_text_that_oxigraph_reads_with_the_keyword_passes() -> None:
    """A text means the keyword where oxigraph reads it, but no more once another word stands in its place."""
    chance, meant, passed = random.Random(7), 0, 0
    for sparql in filter(is_query, (put_together(chance) for _ in range(10_000))):
        keyword = not is_query(re.sub("service", "elsewhe", sparql, flags=re.IGNORECASE))
        try:
            refusing.checked(sparql, LIMITS)
        except Problem:
            meant += keyword
        else:
            passed += 1
            assert not keyword, sparql
    assert meant > 50
    assert passed > 50


@pytest.mark.parametrize(
    ("sparql", "place"), [("ASK {\n  SERVICE <a:b> {} }", (2, 3)), ("LOAD <a:b>", (1, 1)), ("ASK\n{}\nFROMe:x", (3, 1))]
)
def test_a_refusal_tells_the_place(sparql: str, place: tuple[int, int]) -> None:
    with pytest.raises(Problem) as refused:
        refusing.checked(sparql, LIMITS)
    assert (refused.value.line, refused.value.column) == place


@pytest.mark.parametrize(
    ("sparql", "status"),
    [
        ("ASK {FILTER((((1))))}", 200),
        ("ASK {FILTER(((((1)))))}", 422),
        ("ASK {FILTER(!!!!!1)}", 200),
        ("ASK {FILTER(!!!!!!1)}", 422),
        ("ASK {FILTER(1+1+1+1+1)}", 200),
        ("ASK {FILTER(1+1+1+1+1+1+1+1+1)}", 422),
    ],
)
def test_depth_and_length_are_limited(sparql: str, status: int) -> None:
    low = replace(LIMITS, depth=5, steps=8)
    if status == 200:
        assert refusing.checked(sparql, low) is None
    else:
        with pytest.raises(Problem) as refused:
            refusing.checked(sparql, low)
        assert refused.value.status == status
