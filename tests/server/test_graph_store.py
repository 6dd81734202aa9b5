"""Which graph a request is about; what needs a server stands in graph_store.toml."""

from __future__ import annotations

import pytest

from kg.server.graph_store import Default, Graph, Named, Place, Whole, graph
from kg.server.problems import Problem

PLACE = Place("http://localhost:7878/graphs", "https://w3id.org/riwayat/id/")


@pytest.mark.parametrize(
    ("tail", "parameters", "expected"),
    [
        ("", [], Whole()),
        ("", [("default", "")], Default()),
        ("", [("graph", "http://a.example/é")], Named("http://a.example/é")),
        ("", [("graph", "urn:x:y"), ("other", "z")], Named("urn:x:y")),
        ("person/1.ttl", [], Named("http://localhost:7878/graphs/person/1.ttl")),
        ("article/pagi-1", [], Named("https://w3id.org/riwayat/id/article/pagi-1")),
        ("graph/resolved", [("x", "")], Named("https://w3id.org/riwayat/id/graph/resolved")),
    ],
)
def test_a_graph_is_named_in_one_way(tail: str, parameters: list[tuple[str, str]], expected: Graph) -> None:
    assert graph(PLACE, tail, parameters) == expected


@pytest.mark.parametrize(
    ("tail", "parameters"),
    [
        ("", [("default", ""), ("graph", "http://a.example/g")]),
        ("", [("default", ""), ("default", "")]),
        ("", [("graph", "http://a.example/g"), ("graph", "http://a.example/g")]),
        ("person/1", [("default", "")]),
        ("person/1", [("graph", "http://a.example/g")]),
        ("", [("default", "1")]),
        ("", [("graph", "")]),
        ("", [("graph", "a/b")]),
        ("", [("graph", "http://a.example/ b")]),
        ("a b", []),
    ],
)
def test_what_names_no_graph_or_two_is_refused(tail: str, parameters: list[tuple[str, str]]) -> None:
    with pytest.raises(Problem) as caught:
        graph(PLACE, tail, parameters)
    assert caught.value.status == 400
