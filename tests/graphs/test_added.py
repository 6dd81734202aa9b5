"""Graphs that people added: when and in which order changes nothing else, and they are kept as the index has them."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from datetime import date
from itertools import permutations
from pathlib import Path

import added_by_chance
import pyoxigraph as ox
import pytest
from added_by_chance import change
from chance import added, dataset, decide
from hypothesis import HealthCheck, given, settings
from reports_by_hand import reports

from kg import build, export
from kg.errors import BadInput, Broken
from kg.rdf.terms import IRI
from kg.rdf.vocab import BASE, default_graph, description_graph
from kg.resolve.decisions import Decision
from kg.store import added as store_added
from kg.store.folder import GraphFolder

NOTES = "http://x.example/catatan"
LINE = b"<http://x.example/a> <http://x.example/p> <http://x.example/b> .\n"
OTHER = b'<http://x.example/a> <http://x.example/p> "lain" .\n'
AFTER = {NOTES: [LINE, OTHER], "": [OTHER], "urn:x:pergi": None}
"""What killed_adding.py changes."""
READ = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
DAY = date(2026, 11, 28)
KILLED = Path(__file__).with_name("killed_adding.py")
few = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def listed(path: Path) -> tuple[store_added.Added, ...]:
    return GraphFolder(path).added()


def files(path: Path) -> set[str]:
    return {file.name for file in (path / store_added.FOLDER).glob("*")}


def exported(path: Path, form: str) -> bytes:
    stream = io.BytesIO()
    export.export(path, form, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "graph"
    added([], path)
    return path


@few
@given(made=added_by_chance.changes)
def test_what_is_read_is_what_was_added(made: dict[str, list[bytes]], empty: Path) -> None:
    change(empty, {**{each.graph: None for each in listed(empty)}, **made})
    store = build.reader(empty)
    try:
        for graph, lines in made.items():
            name = IRI(store_added.stands_in(graph, BASE))
            assert sorted(f"{s} {p} {o} .\n".encode() for s, p, o, _ in store.quads(name.value)) == lines
        assert set(store.graphs()) == {store_added.stands_in(graph, BASE) for graph in made if made[graph]}
    finally:
        store.close()
    assert list(build.verify(empty)) == []
    assert {each.graph for each in listed(empty)} == set(made)
    assert files(empty) == {each.name for each in listed(empty)}


@few
@given(made=added_by_chance.changes)
def test_every_format_holds_them(made: dict[str, list[bytes]], empty: Path) -> None:
    change(empty, {**{each.graph: None for each in listed(empty)}, **made})
    expected = {
        (*map(str, (quad.subject, quad.predicate, quad.object)), store_added.stands_in(graph, BASE))
        for graph, lines in made.items()
        for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)
    }
    for form, read in READ.items():
        found = ox.Store()
        found.extend(ox.parse(exported(empty, form), format=read))
        quads = {tuple(map(str, (q.subject, q.predicate, q.object, getattr(q.graph_name, "value", "")))) for q in found}
        if form in {"nq", "trig", "jsonld"}:
            assert {quad for quad in quads if quad[3] != description_graph(BASE).value} == expected, form
        else:
            assert quads > {(*quad[:3], "") for quad in expected}, form


STEPS = (
    lambda path: added(reports()[:2], path),
    lambda path: added(reports()[2:], path),
    lambda path: change(path, {NOTES: [LINE], "": [OTHER]}),
    lambda path: change(path, {"urn:x:kosong": [], "http://x.example/pergi": [LINE]}),
    lambda path: decide([Decision("same", ("person/budi-santosa", "person/siti-rahma"), "Sri", DAY)], path),
)


@pytest.mark.parametrize("order", list(permutations(range(len(STEPS))))[::41])
def test_in_any_order_the_same_graph(order: tuple[int, ...], tmp_path: Path) -> None:
    path, plain = tmp_path / "graph", tmp_path / "plain"
    added([], path)
    for step in order:
        STEPS[step](path)
    for step in (0, 1, 4):
        STEPS[step](plain)
    change(path, {"http://x.example/pergi": None})
    without = [line for line in dataset(path) if not line.endswith((f" <{NOTES}> .\n", f" {default_graph(BASE)} .\n"))]
    assert without == dataset(plain)
    assert len(dataset(path)) == len(without) + 2
    assert list(build.verify(path)) == []
    whole = {form: exported(path, form) for form in export.FORMATS}
    build.rebuild(path)
    assert {form: exported(path, form) for form in export.FORMATS} == whole
    change(path, {each.graph: None for each in listed(path)})
    assert {form: exported(path, form) for form in export.FORMATS} == {f: exported(plain, f) for f in export.FORMATS}
    assert list(build.verify(path)) == []
    assert not files(path)


def test_only_what_changed_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store.embedded import EmbeddedStore

    path, loaded = tmp_path / "graph", []
    added([], path)
    change(path, {NOTES: [LINE], "": [OTHER]})
    real = EmbeddedStore.load_graph
    monkeypatch.setattr(EmbeddedStore, "load_graph", lambda s, graph, t: (loaded.append(graph), real(s, graph, t)))
    change(path, {NOTES: [LINE], "urn:x:baru": [OTHER]})
    assert loaded == ["urn:x:baru"]
    added(reports(), path)
    assert loaded == ["urn:x:baru"]


def lines(*numbers: int) -> list[bytes]:
    return sorted(b'<http://x.example/a> <http://x.example/p> "%d" .\n' % number for number in numbers)


@pytest.mark.parametrize(
    ("before", "after", "loaded"),
    [
        (lines(*range(50)), lines(*range(10, 60)), False),
        (lines(*range(50)), [], False),
        ([], lines(*range(50)), False),
        (lines(*range(5_000)), lines(1, *range(3, 5_001)), False),
        (lines(*range(5_000)), lines(*range(2_500)), True),
        (lines(1), lines(*range(5_000)), True),
    ],
)
def test_a_graph_is_changed_by_what_differs(
    before: list[bytes], after: list[bytes], loaded: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.store.embedded import EmbeddedStore

    path, names, real = tmp_path / "graph", [], EmbeddedStore.load_graph
    added([], path)
    change(path, {NOTES: before, "urn:x:lain": lines(7)})
    monkeypatch.setattr(EmbeddedStore, "load_graph", lambda s, graph, t: (names.append(graph), real(s, graph, t)))
    change(path, {NOTES: after})
    assert names == ([NOTES] if loaded else [])
    store = build.reader(path)
    assert sorted(f"{s} {p} {o} .\n".encode() for s, p, o, _ in store.quads(NOTES)) == after
    assert len(list(store.quads("urn:x:lain"))) == 1
    store.close()
    assert files(path) == {each.name for each in listed(path)}
    assert list(build.verify(path)) == []


def test_what_was_edited_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    added(reports()[:1], path)
    plain = dataset(path)
    change(path, {NOTES: [LINE]})
    (path / store_added.NAME).unlink()
    (message,) = build.verify(path)
    assert message.endswith(f"is behind the decisions, links or added graphs; run: kg rebuild --graph {path}")
    assert dataset(path) == plain
    assert list(build.verify(path)) == []


@pytest.mark.parametrize("graph", ["article/pagi-1", "graph/resolved", "graph/default", "graph/mine"])
def test_graphs_that_kg_makes_are_nobodys(graph: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is a graph that kg makes"):
        store_added.checked(BASE + graph, BASE)
    path = tmp_path / "graph"
    added([], path)
    store_added.write(path / store_added.NAME, store_added.replace(path / "added", (), {BASE + graph: [LINE]}))
    with pytest.raises(Broken, match="is a graph that kg makes"):
        dataset(path)


@pytest.mark.parametrize("graph", ["http://a.example/%zz", "relative", "http://a.example/a b", "http://[x/", "default"])
def test_what_is_no_iri_names_no_graph(graph: str) -> None:
    with pytest.raises(ValueError, match=r"IRI|port|host"):
        store_added.checked(graph, BASE)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"graphs": 1}', '{"graphs": [{"graph": "a b"}]}', '{"other": []}'])
def test_a_damaged_list_stops(text: str, tmp_path: Path) -> None:
    path = tmp_path / "graph"
    added([], path)
    (path / store_added.NAME).write_text(text)
    with pytest.raises(Broken, match=r"added\.json: cannot be understood .*; restore it from a backup"):
        dataset(path)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    added([], path)
    change(path, {NOTES: [LINE]})
    (file,) = (path / store_added.FOLDER).iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    (message,) = build.verify(path)
    assert message == f"{file}: has another SHA-256 than the list names; restore it from a backup"
    file.unlink()
    (message,) = build.verify(path)
    assert message == f"{file}: is missing; restore it from a backup"
    with pytest.raises(Broken, match="is missing"):
        build.rebuild(path)


@pytest.mark.parametrize(
    "line",
    [
        LINE.replace(b"<http://x.example/b>", b'"x"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>'),
        LINE.replace(b"<http://x.example/b>", b'"%b"' % (b"x" * (16 << 20))),
    ],
    ids=["no N-Triples", "longer than is read"],
)
def test_a_file_that_cannot_be_read_is_told_each_time(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "graph"
    added([], path)
    kept = []  # as a server keeps a fault for a while, and with it what its frames hold
    for _ in range(3):
        with pytest.raises(Broken, match="its file is damaged") as told:
            change(path, {NOTES: [line]})
        kept.append(told)


def test_killed_as_something_is_made_durable(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    added(reports()[:1], path)
    change(path, {NOTES: [LINE], "urn:x:pergi": [LINE]})
    before, after = dataset(path), tmp_path / "after"
    shutil.copytree(path, after)
    change(after, AFTER)
    whole = dataset(after)
    done = subprocess.run([sys.executable, KILLED, path, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    copies = sorted(tmp_path.glob("killed-*"))
    assert len(copies) >= 8
    found = set()
    for copy in copies:
        assert not list(GraphFolder(copy).damaged())
        left = dataset(copy)
        assert left in (before, whole)
        found.add(len(left))
        change(copy, AFTER)
        assert dataset(copy) == whole
        assert (copy / store_added.NAME).read_bytes() == (after / store_added.NAME).read_bytes()
        assert files(copy) == files(after)
        assert not list(copy.glob(".*"))
    assert len(found) == 2
    assert list(build.verify(copies[-1])) == []


def test_there_is_an_end_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph"
    added([], path)
    change(path, {NOTES: [LINE]})
    before, list_before = files(path), (path / store_added.NAME).read_bytes()
    monkeypatch.setattr(store_added, "MOST_TRIPLES", 2)
    with pytest.raises(BadInput, match="would have 3 triples, 2 are the most"):
        change(path, {"": [LINE, OTHER]})
    assert files(path) == before
    assert (path / store_added.NAME).read_bytes() == list_before
    change(path, {"": [OTHER]})
