"""GraphML says what the graph says, for networkx and by the rules of its schema; factuality is on all of it."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import networkx
import pytest

from kg import build
from kg.export import export, graphml
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad, text
from kg.store.base import Solutions
from kg.store.embedded import EmbeddedStore

NS = "{http://graphml.graphdrawing.org/xmlns}"
NAME = re.compile(r"[A-Za-z0-9._:-]+")
"""What a node may be called: an xs:NMTOKEN, of which these signs are part."""
TYPES = {"boolean", "int", "long", "float", "double", "string"}
PREFIX = f"PREFIX rw: <{v.RW}> PREFIX skos: <{v.SKOS}>"
ROLES = """?e a rw:Event ; ?role ?who ; rw:participant ?who .
  FILTER (?role NOT IN (rw:participant, rw:place, rw:attributedTo, rw:reportedBy, rw:claimedBy, rw:deniedBy))"""


def written(path: Path) -> bytes:
    stream = io.BytesIO()
    export(path, "graphml", stream)
    return stream.getvalue()


def read(path: Path) -> networkx.MultiGraph:
    return networkx.read_graphml(io.BytesIO(written(path)), force_multigraph=True)


def rows(store: EmbeddedStore, pattern: str, *columns: str) -> Counter[tuple[str, ...]]:
    answer = store.query(f"{PREFIX} SELECT DISTINCT {' '.join(columns)} WHERE {{ {pattern} }}")
    assert isinstance(answer, Solutions)
    return Counter(tuple(getattr(value, "value", "").removeprefix(v.RW) for value in row) for row in answer.rows)


@pytest.mark.parametrize(
    ("kinds", "pattern"),
    [
        ({"person"}, "?node a rw:Person"),
        ({"organization"}, "?node a rw:Organization"),
        ({"place", "country"}, "?e a rw:Event ; rw:participant|rw:place ?node . ?node a rw:Place"),
        ({"country"}, "?e a rw:Event ; rw:participant|rw:place ?node . ?node a rw:Country"),
        ({"event"}, "?node a rw:Event"),
    ],
)
def test_nodes_are_those_of_the_graph(kinds: set[str], pattern: str, small: Path, store: EmbeddedStore) -> None:
    found = Counter((data["iri"],) for _, data in read(small).nodes(data=True) if data["kind"] in kinds)
    assert found == rows(store, pattern, "?node")
    assert found or kinds == {"organization"}


def test_edges_are_the_parts_and_places_of_events(small: Path, store: EmbeddedStore) -> None:
    graph = read(small)
    iri = networkx.get_node_attributes(graph, "iri")
    found = Counter((*sorted((iri[a], iri[b])), data["role"]) for a, b, data in graph.edges(data=True))
    parts = rows(store, ROLES, "?e", "?who", "?role")
    places = rows(store, "?e a rw:Event ; rw:place ?p", "?e", "?p")
    assert found == parts + Counter({(*each, "place"): count for each, count in places.items()})


def test_factuality_is_on_every_event_and_edge(small: Path, store: EmbeddedStore) -> None:
    graph = read(small)
    expected = rows(store, "?e a rw:Event ; rw:factuality ?f", "?e", "?f")
    events = {node: data for node, data in graph.nodes(data=True) if data["kind"] == "event"}
    assert Counter((data["iri"], data["factuality"]) for data in events.values()) == expected
    assert {data["factuality"] for data in events.values()} == {"actual", "planned", "denied"}
    for a, b, data in graph.edges(data=True):
        event = a if a in events else b
        assert data["factuality"] == events[event]["factuality"]


def test_an_event_has_its_dates_type_and_articles(small: Path) -> None:
    (met,) = (
        data
        for _, data in read(small).nodes(data=True)
        if data.get("type") == "Meeting" and data["factuality"] == "actual"
    )
    assert {key: met[key] for key in ("label", "date", "earliest", "latest", "articles")} == {
        "label": "Pertemuan: Kim Jong-un, Sergei Shoigu (Pyongyang, 2023-07-26)",
        "date": "2023-07-26",
        "earliest": "2023-07-26",
        "latest": "2023-07-26",
        "articles": 2,
    }


def test_countries_have_their_iso_code(small: Path) -> None:
    codes = {data["label"]: data["iso"] for _, data in read(small).nodes(data=True) if data["kind"] == "country"}
    assert codes == {"Korea Utara": "PRK", "Rusia": "RUS"}


def test_it_keeps_the_rules_of_the_schema(small: Path) -> None:
    root = ET.fromstring(written(small))
    assert [child.tag for child in root] == [f"{NS}key"] * (len(root) - 1) + [f"{NS}graph"]
    keys = {key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.iter(f"{NS}key")}
    assert len(keys) == len(root) - 1
    assert {kind for _, kind in keys.values()} <= TYPES
    nodes = [node.get("id", "") for node in root.iter(f"{NS}node")]
    assert len(nodes) == len(set(nodes))
    assert all(NAME.fullmatch(name) for name in nodes)
    for edge in root.iter(f"{NS}edge"):
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
    for element in root[-1]:
        for data in element:
            where, kind = keys[data.get("key")]
            assert f"{NS}{where}" == element.tag
            assert kind != "int" or int(data.text or "")
        assert len({data.get("key") for data in element}) == len(element)


def test_the_same_reports_give_the_same_bytes(small: Path, reversed_graph: Path) -> None:
    assert written(small) == written(reversed_graph)


def test_an_empty_graph_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    build.add(lambda _: [], path)
    assert read(path).number_of_nodes() == 0


def test_hard_names_come_back(tmp_path: Path) -> None:
    label = 'A & B <C> "D" ]]> \' \u2028 \U0001f600'
    store, person, graph = EmbeddedStore(tmp_path / "odd"), v.resource(v.BASE, "person/é x"), v.resolved_graph()
    store.extend([Quad(person, v.TYPE, v.PERSON, graph), Quad(person, v.PREF_LABEL, text(label + "\x01\x0b"), graph)])
    stream = io.BytesIO()
    assert graphml.write(store, v.BASE, stream) == 1
    store.close()
    ((name, data),) = networkx.read_graphml(io.BytesIO(stream.getvalue())).nodes(data=True)
    assert data["label"] == label
    assert IRI(data["iri"]) == person
    assert NAME.fullmatch(name)


class Pieces(io.BytesIO):
    """A stream that knows the longest piece it was given."""

    longest = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.longest = max(self.longest, len(data))
        return super().write(data)


def test_it_is_written_piece_by_piece(small: Path) -> None:
    stream = Pieces()
    export(small, "graphml", stream)
    assert stream.longest < 1_000 < len(stream.getvalue())
