"""The folder for bulk loaders: whole, the same bytes, and loaded by the real loaders of Virtuoso, Oxigraph and Jena."""

from __future__ import annotations

import configparser
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import jena_tools
import pytest
import reports_by_hand
from virtuoso_served import Virtuoso

from kg import build, queries
from kg.errors import BadInput
from kg.export import bulk, export
from kg.rdf.terms import IRI, Quad, nquads
from kg.rdf.vocab import BASE
from kg.store.embedded import EmbeddedStore
from kg.store.http import Credentials
from kg.store.remote import Endpoint, RemoteStore

PART = 400
"""Quads of a part: some parts for the small world."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bulk") / "graph"
    build.add(lambda _: reports_by_hand.reports(), path)
    return path


@pytest.fixture(scope="module")
def nq(graph: Path) -> bytes:
    stream = io.BytesIO()
    export(graph, "nq", stream)
    return stream.getvalue()


@pytest.fixture
def folder(graph: Path, tmp_path: Path) -> Path:
    bulk.export_bulk(graph, tmp_path / "bulk", PART)
    return tmp_path / "bulk"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def started(script: Path, *given: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", script, *given],
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_parts_are_the_export(folder: Path, nq: bytes) -> None:
    listing = json.loads((folder / "bulk.json").read_bytes())
    parts = [(folder / part["file"]).read_bytes() for part in listing["parts"]]
    assert len(parts) > 2
    assert b"".join(map(gzip.decompress, parts)) == nq
    assert [gzip.decompress(part).count(b"\n") for part in parts] == [part["quads"] for part in listing["parts"]]
    assert [hashlib.sha256(part).hexdigest() for part in parts] == [part["sha256"] for part in listing["parts"]]
    assert listing["sha256"] == hashlib.sha256(nq).hexdigest()
    assert listing["quads"] == nq.count(b"\n")
    assert listing["graphs"] == len({line.rsplit(b" ", 2)[1] for line in nq.splitlines()})
    assert b"/graph/description> ." in nq


def test_a_subject_stays_in_one_part(folder: Path) -> None:
    ends = [gzip.decompress(path.read_bytes()).splitlines() for path in sorted(folder.glob("*.gz"))]
    for one, other in pairwise(ends):
        assert one[-1].split(b" ")[0] != other[0].split(b" ")[0]


def test_equal_graphs_give_equal_bytes(folder: Path, tmp_path: Path) -> None:
    for report in reversed(reports_by_hand.reports()):
        build.add(lambda _, one=report: [one], tmp_path / "graph")  # type: ignore[misc]
    bulk.export_bulk(tmp_path / "graph", tmp_path / "other", PART)
    assert contents(folder) == contents(tmp_path / "other")


def test_the_readme_tells_of_every_file_and_the_figures(folder: Path, nq: bytes) -> None:
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.iterdir():
        assert path.name == "README.md" or f"{path.name}" in readme
    assert hashlib.sha256(nq).hexdigest() in readme
    assert str(nq.count(b"\n")) in readme
    assert not re.search(r"\$[a-z{]", readme)


def test_texts_for_programs_can_be_read(folder: Path) -> None:
    assert json.loads((folder / "neptune.json").read_bytes())["format"] == "nquads"
    qlever = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
    qlever.read(folder / "Qleverfile")
    assert qlever["index"]["CAT_INPUT_FILES"] == "zcat riwayat-*.nq.gz"
    for script in folder.glob("*.sh"):
        subprocess.run(["sh", "-n", script], check=True, timeout=10)


@pytest.mark.parametrize("program", ["tdb2.tdbloader", "importrdf"])
def test_a_loader_gets_all_parts(program: str, folder: Path, tmp_path: Path) -> None:
    """What the scripts for loaders that are not here would start."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / program).write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tmp_path / "bin" / program).chmod(0o755)
    script = folder / {"tdb2.tdbloader": "jena.sh", "importrdf": "graphdb.sh"}[program]
    done = started(script, "target", PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    given = done.stdout.splitlines()
    assert [Path(word) for word in given if word.endswith(".gz")] == sorted(folder.glob("*.gz"))
    assert "target" in given


def test_an_earlier_export_is_replaced_as_a_whole(graph: Path, folder: Path) -> None:
    before = set(contents(folder))
    bulk.export_bulk(graph, folder)
    assert set(contents(folder)) < before
    assert [path.name for path in folder.parent.iterdir()] == ["bulk"]


def test_an_empty_folder_is_taken_and_another_is_left_alone(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert bulk.export_bulk(graph, tmp_path / "empty").quads > 1000
    (tmp_path / "empty" / "thesis.txt").write_text("mine")
    with pytest.raises(BadInput, match=r"holds thesis\.txt"):
        bulk.export_bulk(graph, tmp_path / "empty")
    assert (tmp_path / "empty" / "thesis.txt").read_text() == "mine"
    with pytest.raises(BadInput, match="cannot be written"):
        bulk.export_bulk(graph, tmp_path / "empty" / "thesis.txt" / "below")


def test_what_stops_it_leaves_the_earlier_export(graph: Path, folder: Path) -> None:
    before = contents(folder)
    with pytest.raises(KeyboardInterrupt), bulk.whole_folder(folder) as new:
        (new / "riwayat-00001.nq.gz").write_bytes(b"half")
        raise KeyboardInterrupt
    with pytest.raises(BadInput, match="no graph here"):
        bulk.export_bulk(graph.parent / "nowhere", folder)
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["bulk"]


def test_a_killed_export_is_made_good_by_the_next(graph: Path, folder: Path) -> None:
    """Killed while it wrote, and between its two renames."""
    before = contents(folder)
    shutil.copytree(folder, folder.with_name(".bulk.new"))
    folder.rename(folder.with_name(".bulk.old"))
    bulk.export_bulk(graph, folder, PART)
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["bulk"]


def test_only_one_export_at_a_time_writes_to_a_folder(graph: Path, folder: Path) -> None:
    before = contents(folder)
    with bulk.whole_folder(folder) as new:
        with pytest.raises(BadInput, match="another export writes there; wait"):
            bulk.export_bulk(graph, folder)
        assert contents(folder) == before
        (new / "bulk.json").write_text('{"files": []}')
    assert contents(folder) == {"bulk.json": b'{"files": []}'}
    assert [path.name for path in folder.parent.iterdir()] == ["bulk"]


def test_oxigraph_loads_it(folder: Path, tmp_path: Path, nq: bytes) -> None:
    if shutil.which("oxigraph", path=str(Path(sys.executable).parent)) is None:
        pytest.skip("no oxigraph beside this Python; pip install oxigraph")
    done = started(folder / "oxigraph.sh", str(tmp_path / "store"))
    assert done.returncode == 0, done.stderr
    store = EmbeddedStore(tmp_path / "store")
    assert sorted(nquads(store.quads())) == sorted(nq.decode().splitlines(keepends=True))
    store.close()


def test_jena_loads_it(folder: Path, tmp_path: Path, nq: bytes) -> None:
    (tmp_path / "jena").mkdir()
    path, database = jena_tools.path(tmp_path / "jena"), str(tmp_path / "tdb2")
    done = started(folder / "jena.sh", database, PATH=path)
    assert done.returncode == 0, done.stderr
    dumped = subprocess.run(
        [tmp_path / "jena" / "tdb2.tdbdump", "--loc", database], capture_output=True, timeout=120, check=True
    )
    assert sorted(dumped.stdout.splitlines()) == sorted(nq.splitlines())
    asked = queries.question("who-held").bound({"position": "menteri pertahanan", "of": "rusia", "date": "2023-07-27"})
    words = ["--loc", database, "--set", "tdb2:unionDefaultGraph=true", "--results", "csv", asked]
    said = subprocess.run(
        [tmp_path / "jena" / "tdb2.tdbquery", *words], capture_output=True, text=True, timeout=120, check=True
    )
    assert ",Sergei Shoigu," in said.stdout


def test_virtuoso_loads_it(graph: Path, virtuoso: Virtuoso, nq: bytes) -> None:
    folder = virtuoso.folder / "bulk"
    bulk.export_bulk(graph, folder, PART)
    for _ in range(2):  # a second time all files are read again
        done = started(folder / "virtuoso.sh", virtuoso.sql, DBA_PASSWORD=virtuoso.dba)
        assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(nquads(ours(virtuoso))) == sorted(nq.decode().splitlines(keepends=True))


def test_a_part_that_virtuoso_cannot_read_is_told(graph: Path, virtuoso: Virtuoso) -> None:
    folder = virtuoso.folder / "damaged"
    bulk.export_bulk(graph, folder, PART)
    (folder / "riwayat-00002.nq.gz").write_bytes(gzip.compress(b"<http://a.example/s> nonsense\n"))
    done = started(folder / "virtuoso.sh", virtuoso.sql, DBA_PASSWORD=virtuoso.dba)
    assert done.returncode == 1
    assert "riwayat-00002.nq.gz" in done.stderr


def ours(virtuoso: Virtuoso) -> Iterator[Quad]:
    """The quads of Virtuoso's graphs that are of this project."""
    store = RemoteStore(Endpoint(f"{virtuoso.url}/sparql"), Credentials())
    for name in store.graphs():
        if name.startswith(BASE):
            yield from store.quads(IRI(name).value)


def test_the_command_writes_the_folder(graph: Path, tmp_path: Path) -> None:
    def kg(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg.cli", "export", "--graph", str(graph), *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    done = kg("--bulk", str(tmp_path / "bulk"))
    assert (done.returncode, done.stdout) == (0, "") and "in 1 parts" in done.stderr
    assert (tmp_path / "bulk" / "README.md").exists()
    for option, value in (("--output", "x.nq"), ("--format", "nq")):
        done = kg("--bulk", str(tmp_path / "bulk"), option, value)
        assert done.returncode == 1 and f"leave {option} {value} out" in done.stderr
