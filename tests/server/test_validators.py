"""Entity tags: of what they are made, and when there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.server.asked import GraphAsked, QueryAsked
from kg.server.validators import has, steady, tag, unchanged

ASKED = QueryAsked("ASK {}", "text/csv", ("http://a.example/1",), ("http://a.example/2",), "http://a.example/")
PLAIN = ("s1", ASKED, "text/csv; charset=utf-8", None)


@pytest.mark.parametrize(
    ("sparql", "form", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT", True),
        ("SELECT (NOW() AS ?n) {}", "SELECT", False),
        ("SELECT (nOw # soon\n() AS ?n) {}", "SELECT", False),
        ("ASK { FILTER(RAND() > 0.5) }", "ASK", False),
        ("SELECT (STRUUID() AS ?n) {}", "SELECT", False),
        ("SELECT (uuid() AS ?n) (BNODE() AS ?b) {}", "SELECT", False),
        ("SELECT ?nowhere ?random { ?nowhere ?p ?random }", "SELECT", True),
        ("SELECT * { [] ?p _:o }", "SELECT", True),
        ("CONSTRUCT { _:b ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT", False),
        ("CONSTRUCT { ?s ?p [ ?q ?o ] } WHERE { ?s ?p ?o }", "CONSTRUCT", False),
        ("CONSTRUCT { ?s ?p (?o) } WHERE { ?s ?p ?o }", "CONSTRUCT", False),
        ("CONSTRUCT { << ?s ?p ?o >> ?q 1 } WHERE { ?s ?p ?o ; ?q 1 }", "CONSTRUCT", False),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT", True),
        ("SELEC", None, False),
    ],
)
def test_answers_of_clock_and_chance_are_not_steady(sparql: str, form: str | None, expected: bool) -> None:
    assert steady(sparql, form) is expected


def test_a_tag_changes_with_all_that_changes_the_answer() -> None:
    state, asked, form, _ = PLAIN
    others = [
        ("s2", asked, form, None),
        (state, replace(asked, sparql="ASK { }"), form, None),
        (state, replace(asked, default_graphs=()), form, None),
        (state, replace(asked, default_graphs=asked.named_graphs, named_graphs=asked.default_graphs), form, None),
        (state, replace(asked, base="http://b.example/"), form, None),
        (state, asked, "text/csv", None),
        (state, asked, form, "gzip"),
        (state, GraphAsked("ASK {}", "text/csv"), form, None),
    ]
    assert len({tag(*PLAIN), *(tag(*other) for other in others)}) == len(others) + 1
    assert tag(*PLAIN) == tag(state, replace(asked), form, None)


def test_if_none_match_is_a_list() -> None:
    mine = tag(*PLAIN)
    assert [has(told, mine) for told in (mine, f"W/{mine}", f'"a" , {mine}', "*", None, "", '"a"', mine[1:])] == [
        *[True] * 4,
        *[False] * 4,
    ]


def test_if_match_is_of_strong_tags() -> None:
    told = ("*", '"a"', '"x", "b"', 'W/"a"', 'W/"x","a"', '"x"', '"W/", "x"')
    assert [unchanged(each, {'"a"', '"b"'}) for each in told] == [True, True, True, False, True, False, False]
