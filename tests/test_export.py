"""Exports say what the graph says, for three independent parsers; equal graphs give equal bytes."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
import reports_by_hand

from kg import build
from kg.errors import BadInput
from kg.export import RDF, export, export_file, write
from kg.model import Report
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, XSD_DECIMAL, XSD_INTEGER, Literal, Quad, boolean, day, nquads, text
from kg.store.embedded import EmbeddedStore

BASE = "https://w3id.org/riwayat/id/"
NAMED = {"trig", "nq", "jsonld"}
OXIGRAPH = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}
RDFLIB = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}
RAPPER = {"ttl": "turtle", "trig": "trig", "nt": "ntriples", "nq": "nquads", "rdfxml": "rdfxml"}
"""Raptor 2 reads no JSON-LD."""
each_format = pytest.mark.parametrize("name", list(RDF))


def graph(path: Path, reports: list[Report]) -> Path:
    build.add(lambda _: reports, path)
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the reports made by hand."""
    return graph(tmp_path_factory.mktemp("export") / "graph", reports_by_hand.reports())


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """A store with terms that are hard to write."""
    store = EmbeddedStore(tmp_path / "odd")
    here, p = IRI(f"{BASE}article/a.b-c_d"), IRI("http://a.example/p")
    subjects = [
        here,
        *(IRI(f"{here.value}#{name}") for name in ("text-0-1", "x.", ".x", "-x", "a%20b", "", "é")),
        IRI(f"{BASE}person/siti"),
        IRI(f"{BASE}position/bupati/place/x"),
        IRI(f"{BASE}person/siti/x"),
        IRI(BASE),
        IRI("http://a.example/é(),;'"),
        IRI("urn:x:y"),
    ]
    values = [
        text("\"\"\"\\ \n\r\t\u007f\u2028 é ]]> <&> \U0001f600 '''"),
        text("", "id"),
        text("x", "id-id"),
        day(date(2024, 2, 29)),
        boolean(True),
        Literal("0.5", XSD_DECIMAL),
        Literal("1", XSD_DECIMAL),
        Literal("-3", XSD_INTEGER),
        Literal("2024", IRI("http://www.w3.org/2001/XMLSchema#gYear")),
        Literal("x", IRI("http://a.example/type#")),
        IRI("https://w3id.org/riwayat/ontology#Person"),
    ]
    store.extend(Quad(subject, p, value, here) for subject in subjects for value in (*values, *subjects))
    store.extend([Quad(IRI("urn:x:z"), IRI(f"{BASE}x"), here, IRI("http://a.example/other"))])
    yield store
    store.close()


def written(store: EmbeddedStore, name: str) -> bytes:
    stream = io.BytesIO()
    write(store, BASE, name, stream)
    return stream.getvalue()


def expected(store: EmbeddedStore, name: str) -> list[str]:
    """The store's quads as sorted lines; without graphs where the format has none."""
    if name in NAMED:
        return sorted(nquads(store.quads()))
    return sorted({f"{s} {p} {o} .\n" for s, p, o, _ in store.quads()})


def read_by_oxigraph(data: bytes, name: str) -> list[str]:
    store = pyoxigraph.Store()
    store.load(data, format=OXIGRAPH[name])
    dumped = store.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert dumped is not None
    return sorted(line + "\n" for line in dumped.decode().split("\n") if line)


def read_by_rdflib(data: bytes, name: str) -> list[str]:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        target = dataset if name in NAMED else dataset.default_graph
        target.parse(data=data.decode(), format=RDFLIB[name])
        quads = dataset.serialize(format="nquads")
    return read_by_oxigraph(quads.encode(), "nq")


def read_by_rapper(data: bytes, name: str) -> list[str]:
    """What Raptor reads, a parser in C."""
    if shutil.which("rapper") is None:
        pytest.skip("no rapper here; apt-get install raptor2-utils")
    command = ["rapper", "-q", "-i", RAPPER[name], "-o", "nquads", "-", BASE]
    done = subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr.decode()[:1000]
    return read_by_oxigraph(done.stdout, "nq")


READERS = {read_by_oxigraph: OXIGRAPH, read_by_rdflib: RDFLIB, read_by_rapper: RAPPER}
each_reader = pytest.mark.parametrize(
    ("read", "name"), [(r, name) for r in READERS for name in RDF if name in READERS[r]]
)
Read = Callable[[bytes, str], list[str]]


@each_reader
def test_a_graph_comes_back(small: Path, read: Read, name: str) -> None:
    store = build.reader(small)
    data, lines = written(store, name), expected(store, name)
    store.close()
    assert read(data, name) == lines


@each_reader
def test_hard_terms_come_back(odd: EmbeddedStore, read: Read, name: str) -> None:
    assert read(written(odd, name), name) == expected(odd, name)


@pytest.mark.parametrize("name", [name for name in RDF if name != "rdfxml"])
def test_a_control_character_comes_back(bare: EmbeddedStore, name: str) -> None:
    bare.extend([Quad(IRI("http://a.example/s"), IRI("http://a.example/p"), text("\u0001"), IRI("http://a.example/g"))])
    for read in (read_by_oxigraph, read_by_rdflib):
        assert read(written(bare, name), name) == expected(bare, name)


@pytest.mark.parametrize(
    ("predicate", "value", "says"),
    [
        ("http://a.example/p", "\u0001", "character U\\+0001"),
        ("http://a.example/1", "x", "ends in no name"),
        (f"{v.RDF}li", "x", "means something else by it"),
    ],
)
def test_what_rdf_xml_cannot_write_is_told(bare: EmbeddedStore, predicate: str, value: str, says: str) -> None:
    bare.extend([Quad(IRI("http://a.example/s"), IRI(predicate), text(value), IRI("http://a.example/g"))])
    with pytest.raises(BadInput, match=says):
        written(bare, "rdfxml")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """An empty store."""
    store = EmbeddedStore(tmp_path / "bare")
    yield store
    store.close()


@each_format
def test_equal_graphs_give_equal_bytes(small: Path, tmp_path: Path, name: str) -> None:
    other = tmp_path / "other"
    for report in reversed(reports_by_hand.reports()):
        graph(other, [report])
    one, two = io.BytesIO(), io.BytesIO()
    assert export(small, name, one) == export(other, name, two)
    assert one.getvalue() == two.getvalue()


@each_format
def test_an_empty_graph_is_a_document(tmp_path: Path, name: str) -> None:
    stream = io.BytesIO()
    count = export(graph(tmp_path / "graph", []), name, stream)
    lines = read_by_oxigraph(stream.getvalue(), name)
    assert len(lines) == count
    assert all(line.startswith(f"<{BASE}graph/description") for line in lines)


@each_format
def test_no_graph_at_all_is_a_document(tmp_path: Path, name: str) -> None:
    store = EmbeddedStore(tmp_path / "none")
    assert read_by_oxigraph(written(store, name), name) == []
    store.close()


def test_turtle_reads_well(small: Path) -> None:
    stream = io.BytesIO()
    export(small, "trig", stream)
    data = stream.getvalue().decode()
    assert "\n<article/pagi-1> {\n" in data
    assert "\n    person:sergei-shoigu a rw:Person ;\n" in data
    assert '\n        skos:altLabel "Sergey Shoigu" , "Shoigu" ;\n' in data
    assert "\n        nif:beginIndex 0 ;\n" in data


def test_a_file_is_there_whole_or_not_at_all(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.nq"
    count = export_file(small, "nq", target)
    assert len(target.read_bytes().splitlines()) == count > 1000
    target.write_text("lama")
    with pytest.raises(BadInput, match="no format"):
        export_file(small, "xls", target)
    assert target.read_text() == "lama"
    with pytest.raises(BadInput, match="cannot be written"):
        export_file(small, "nq", tmp_path / "none" / "out.nq")
    with pytest.raises(BadInput, match="no graph here"):
        export_file(tmp_path / "nowhere", "nq", target)
    assert [path.name for path in tmp_path.iterdir()] == ["out.nq"]


def test_a_link_and_a_pipe_stay_what_they_are(small: Path, tmp_path: Path) -> None:
    link, pipe = tmp_path / "link.nq", tmp_path / "pipe"
    link.symlink_to(tmp_path / "out.nq")
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit(pipe.read_bytes)
        export_file(small, "nq", pipe)
        export_file(small, "nq", link)
        assert read.result() == (tmp_path / "out.nq").read_bytes() != b""
    assert link.is_symlink()
    assert pipe.is_fifo()


def test_a_changed_article_changes_its_graph_only(small: Path, tmp_path: Path) -> None:
    reports = reports_by_hand.reports()
    changed = graph(tmp_path / "graph", [replace(reports[0], title="Judul baru", digest="0" * 64), *reports[1:]])
    one, two = io.BytesIO(), io.BytesIO()
    export(small, "nq", one)
    export(changed, "nq", two)
    different = set(one.getvalue().splitlines()) ^ set(two.getvalue().splitlines())
    described = {line for line in different if line.endswith(b"graph/description> .")}
    assert len(different - described) == 4
    assert all(line.endswith(b"article/pagi-1> .") for line in different - described)
    assert len(described) == 2
    assert all(b"/identifier>" in line for line in described)
