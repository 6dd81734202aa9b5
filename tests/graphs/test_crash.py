"""A build that is killed at any moment leaves a graph that is read, verified, and completed to the same bytes."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import killed
import pytest
from chance import dataset

from kg import build
from kg.errors import BadInput, Broken
from kg.index import Index, folder
from kg.rdf.terms import IRI, Quad, text
from kg.store.embedded import EmbeddedStore
from kg.store.folder import GraphFolder
from kg.store.registry import Registry

SCRIPT = Path(__file__).with_name("killed.py")


def run(path: Path, fatal: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), str(path), str(fatal)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], int, float]:
    """What a build that is left alone gives, how often it makes something durable, and how long it takes."""
    path, began = tmp_path_factory.mktemp("whole") / "graph", time.monotonic()
    done = run(path)
    assert done.returncode == 0, done.stderr
    return dataset(path), int(done.stdout), time.monotonic() - began


def check(path: Path, expected: list[str]) -> None:
    """A killed build's graph is sound as it is, and becomes what it should have been."""
    if folder(path).exists:
        assert all("is behind the " in message for message in build.verify(path))
        dataset(path)
        assert list(build.verify(path)) == []
    killed.complete(path)
    assert dataset(path) == expected
    assert list(build.verify(path)) == []
    names = {segment.name for segment in folder(path).manifest().segments}
    assert {file.name for file in (path / "reports").iterdir()} == names
    assert not list(path.glob(".*"))


@pytest.mark.parametrize("share", [0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0])
def test_killed_as_something_is_made_durable(whole: tuple[list[str], int, float], tmp_path: Path, share: float) -> None:
    expected, count, _ = whole
    assert run(tmp_path / "graph", 1 + round(share * (count - 1))).returncode == -signal.SIGKILL
    check(tmp_path / "graph", expected)


@pytest.mark.parametrize("size", [1_000, 100_000, 150_000, 250_000])
def test_a_disk_that_is_full(whole: tuple[list[str], int, float], tmp_path: Path, size: int) -> None:
    done = run(tmp_path / "graph", -size)
    assert done.returncode == 1
    assert re.search(r"^kg\.errors\.Broken: .*(make room|kg rebuild)", done.stderr, re.MULTILINE)
    check(tmp_path / "graph", whole[0])


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment(whole: tuple[list[str], int, float], tmp_path: Path, seed: int) -> None:
    expected, _, seconds = whole
    path, chance = tmp_path / "graph", random.Random(seed)
    for _ in range(2):
        child = subprocess.Popen([sys.executable, str(SCRIPT), str(path), "0"], stdout=subprocess.DEVNULL)
        time.sleep(seconds * chance.uniform(0.3, 1.0))
        child.kill()
        child.wait()
    check(path, expected)


def test_an_index_that_is_damaged_is_made_anew(whole: tuple[list[str], int, float], tmp_path: Path) -> None:
    path = tmp_path / "graph"
    killed.complete(path)
    registry = path / "index" / "registry.sqlite"
    registry.write_bytes(b"SQLite format 3\x00" + b"rusak" * 1000)
    build.forget(["tidak-ada"], path)
    assert dataset(path) == whole[0]
    shutil.rmtree(path / "index" / "quads")
    (path / "index" / "quads").write_text("rusak")
    build.rebuild(path)
    assert dataset(path) == whole[0]


def test_verify_tells_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    killed.complete(path)
    graph = folder(path)
    store = EmbeddedStore(graph.quads_path)
    article = next(store.graphs())
    store.extend([Quad(IRI(article), IRI("http://x.example/p"), text("x"), IRI(article))])
    store.flush()
    store.close()
    (message,) = build.verify(path)
    assert f"graph {article} has" in message
    assert message.endswith(f"run: kg rebuild --graph {path}")
    build.rebuild(path)
    with Registry(graph.registry_path) as registry:
        registry.entities.set_label("person/sergei-shoigu", "Orang Lain")
    (message,) = build.verify(path)
    assert "table identity differs" in message
    build.rebuild(path)
    for damaged in (graph.quads_path / "CURRENT", graph.registry_path):
        damaged.write_bytes(b"rusak" * 1000)
        (message,) = build.verify(path)
        assert "cannot be" in message
        build.rebuild(path)
    assert list(build.verify(path)) == []
    segment = next((path / "reports").iterdir())
    segment.write_bytes(segment.read_bytes()[:-1])
    (message,) = build.verify(path)
    assert message.startswith(f"{segment}: has another SHA-256")
    segment.unlink()
    (message,) = build.verify(path)
    assert message == f"{segment}: is missing; restore it from a backup"
    with pytest.raises(Broken, match="restore it from a backup"):
        build.rebuild(path)


def test_one_process_writes_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    killed.complete(path)
    with Index(folder(path)), pytest.raises(BadInput, match="another kg writes to this graph"):
        build.forget(["tidak-ada"], path)
    with Index(folder(path)):
        assert len(dataset(path)) > 1000


@pytest.mark.parametrize("inside", [True, False])
def test_what_is_no_graph_is_left_alone(tmp_path: Path, inside: bool) -> None:
    path = tmp_path / "surat"
    if inside:
        path.mkdir()
        (path / "penting.txt").write_text("jangan dihapus")
    else:
        path.write_text("jangan dihapus")
    with pytest.raises(BadInput, match="name another"):
        build.add(lambda _: [], path)
    with pytest.raises(BadInput, match="no graph here"):
        build.rebuild(path)
    assert (path / "penting.txt" if inside else path).read_text() == "jangan dihapus"


def test_a_graph_keeps_its_base(tmp_path: Path) -> None:
    path, base = tmp_path / "graph", "https://x.example/id/"
    build.add(lambda _: killed.reports()[:1], path, base)
    build.add(lambda _: killed.reports()[1:2], path)
    assert all(f"<{base}article/" in line or f"<{base}graph/resolved> .\n" in line for line in dataset(path))
    with pytest.raises(BadInput, match="another folder"):
        build.add(lambda _: [], path, "https://y.example/")
    with pytest.raises(BadInput, match="web address that ends in /"):
        build.add(lambda _: [], tmp_path / "new", "https://y.example")


@pytest.mark.parametrize("text_", ["", "{", '{"format": 99}', '{"segments": 1}'])
def test_a_damaged_manifest_stops(tmp_path: Path, text_: str) -> None:
    path = tmp_path / "graph"
    killed.complete(path)
    (path / "manifest.json").write_text(text_)
    with pytest.raises(Broken, match=r"manifest\.json"):
        build.reader(path)


def test_another_policy_makes_the_index_anew(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    killed.complete(path)
    assert folder(path).current
    assert not GraphFolder(path, "another").current
