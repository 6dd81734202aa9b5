"""The description of a graph counts what people added, whatever terms it holds."""

from __future__ import annotations

import io

import added_by_chance
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

from kg.description import Source, description
from kg.rdf import vocab as v
from kg.rdf.terms import integer, nquads
from kg.store.added import stands_in
from kg.store.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    return EmbeddedStore(tmp_path_factory.mktemp("described") / "store")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=added_by_chance.changes)
def test_any_added_graph_is_counted(made: dict[str, list[bytes]], store: EmbeddedStore) -> None:
    for graph in list(store.graphs()):
        store.remove_graph(graph)
    for graph, lines in made.items():
        store.load_graph(stands_in(graph, v.BASE), io.BytesIO(b"".join(lines)))
    found = description(store, Source(v.BASE, {}, "resolver"))
    counts = {quad.subject.value: quad.object for quad in found if quad.predicate == v.TRIPLES}
    assert all(counts[stands_in(graph, v.BASE)] == integer(len(lines)) for graph, lines in made.items() if lines)
    assert counts[f"{v.description_graph().value}#dataset"] == integer(sum(map(len, made.values())))
    subjects = {quad.subject for lines in made.values() for quad in parsed(lines)}
    whole = {quad.predicate: quad.object for quad in found if quad.subject.value.endswith("#dataset")}
    assert whole[v.DISTINCT_SUBJECTS] == integer(len(subjects))
    assert len(list(ox.parse("".join(nquads(found)).encode(), format=ox.RdfFormat.N_QUADS))) == len(found)
    properties = {quad.predicate for lines in made.values() for quad in parsed(lines)}
    parts = [quad.predicate for quad in found if quad.subject.value.endswith("#dataset")]
    assert parts.count(v.PROPERTY_PARTITION) == len(properties)


def parsed(lines: list[bytes]) -> list[ox.Quad]:
    return list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES))
