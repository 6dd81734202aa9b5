"""Digests that loads keep: always those of what is there, never those of another state, and harmless to lose."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO

import pytest
from reports_by_hand import reports

from kg import build
from kg.description import opened
from kg.index import Index, folder
from kg.resolve.decisions import Decision
from kg.store.beside import StoreBeside
from kg.store.contents import content
from kg.store.digests import Digests, Known, MadeOf
from kg.store.folder import GraphFolder

DAY = date(2026, 11, 28)
WRONG = Decision("wrong", ("article/pagi-1#person-sergei-shoigu",), "Sri", DAY)
SAME = Decision("same", ("person/budi-santosa", "person/siti-rahma"), "Sri", DAY)
NOTE = (b'<http://a.example/x> <http://a.example/p> "catatan" .\n',)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with the reports made by hand."""
    path = tmp_path_factory.mktemp("built") / "graph"
    build.add(lambda _: reports(), path)
    return path


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(built, tmp_path / "graph"))


@contextmanager
def current(path: Path) -> Iterator[tuple[StoreBeside, Digests, MadeOf]]:
    store, made = opened(path)
    assert made is not None
    with closing(store):
        yield store, Digests(folder(path).sent_path, made), made


def load(path: Path) -> set[str]:
    """What a load does with digests; returns the graphs that it had to read. Those that are kept are right."""
    read = set()
    with current(path) as (store, digests, _):
        for graph in store.graphs():
            with closing(content(store, graph)) as one:
                right = Known(one.digest, one.count)
            kept = digests.get(graph)
            assert kept in {None, right}, f"{graph}: a digest of another state"
            if kept is None:
                read.add(graph)
                digests.put(graph, right)
        digests.write()
    return {graph.removeprefix(folder(path).manifest().base) for graph in read}


def decide(path: Path, *made: Decision) -> None:
    with Index(folder(path)) as index:
        index.decide(made)
        index.settle()


def change_added(path: Path, *lines: bytes) -> None:
    with Index(folder(path)) as index:
        index.change_added({"http://a.example/added": lines})
        index.settle()


WHOLE = {"graph/resolved", "graph/description"}


def test_only_graphs_that_changed_are_digested_anew(path: Path) -> None:
    first, *rest = reports()
    names = {f"article/{report.article}" for report in reports()}
    assert load(path) == names | WHOLE
    assert load(path) == set()
    build.add(lambda _: [replace(first, article="baru")], path)
    assert load(path) == {"article/baru"} | WHOLE
    build.add(lambda _: [replace(first, article="baru", title="Judul lain")], path)
    assert load(path) >= {"article/baru"} | WHOLE
    build.forget(["baru"], path)
    load(path)
    assert load(path) == set()
    build.forget([first.article], path)
    assert load(path) == {f"article/{report.article}" for report in rest} | WHOLE, "their segment is another"
    change_added(path, *NOTE)
    assert load(path) == WHOLE | {"http://a.example/added"}
    assert load(path) == set()


def test_an_article_with_a_wrong_report_is_digested_each_time(path: Path) -> None:
    load(path)
    for _ in range(2):
        decide(path, WRONG)
        assert load(path) == {"article/pagi-1", "graph/decisions"} | WHOLE
        assert load(path) == {"article/pagi-1"}
        decide(path, SAME)
        assert load(path) == {"graph/decisions"} | WHOLE
        assert load(path) == set()


def test_an_index_made_anew_is_digested_anew(path: Path) -> None:
    every = load(path)
    build.rebuild(path)
    assert load(path) == every


def test_another_version_is_digested_anew(path: Path) -> None:
    load(path)
    with current(path) as (store, _, made):
        other = replace(made, folder=GraphFolder(path, resolver="another"))
        digests = Digests(folder(path).sent_path, other)
        kept = [graph for graph in store.graphs() if digests.get(graph)]
    assert all("article/" not in graph for graph in kept)


@pytest.mark.parametrize("damage", [b"", b"0" * 64 + b"\n{}", b"\0" * 1000, None])
def test_a_lost_or_damaged_file_costs_the_digests(path: Path, damage: bytes | None) -> None:
    every = load(path)
    file = folder(path).sent_path / "digests.json"
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    assert load(path) == every
    assert load(path) == set()


def test_one_bit_of_a_digest_is_noticed(path: Path) -> None:
    every = load(path)
    file = folder(path).sent_path / "digests.json"
    whole = file.read_bytes()
    file.write_bytes(whole[:-60] + bytes([whole[-60] ^ 1]) + whole[-59:])
    assert load(path) == every


def test_a_folder_that_cannot_be_written_to_is_no_fault(path: Path) -> None:
    folder(path).sent_path.write_text("no folder")
    every = load(path)
    assert load(path) == every


def test_a_build_while_the_store_is_opened_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two looks the index changes: nothing is known of what was read, so nothing is kept."""
    from kg.store import digests
    from kg.store.embedded import EmbeddedStore

    class Slow(EmbeddedStore):
        def __init__(self, path: Path, read_only: bool = False) -> None:
            super().__init__(path, read_only)
            build.forget([reports()[0].article], path.parents[1])

    monkeypatch.setattr(digests, "EmbeddedStore", Slow)
    store, made = opened(path)
    store.close()
    assert made is None


def test_nothing_of_a_forgotten_article_stays(path: Path) -> None:
    """Copies are deleted with it, and what is kept names nobody."""
    from kg.rdf.vocab import resolved_graph
    from kg.store.copies import Copies

    load(path)
    sent = folder(path).sent_path
    with current(path) as (store, _, made):
        graph = resolved_graph(made.manifest.base).value
        with closing(content(store, graph)) as one:
            Copies(sent, graph).keep(one)
    assert b"shoigu" in b"".join(gzip.decompress(file.read_bytes()) for file in sent.glob("*.nt.gz"))
    build.forget(["pagi-1"], path)
    assert [file.name for file in sent.iterdir()] == ["digests.json"]
    assert b"pagi-1" not in (sent / "digests.json").read_bytes()


def test_the_description_is_made_only_where_it_is_read(path: Path) -> None:
    load(path)

    class Unread(StoreBeside):
        def dump(self, graph: str, stream: IO[bytes]) -> None:
            raise AssertionError(f"{graph} is read")

    with current(path) as (store, digests, _):
        store.__class__ = Unread
        assert all(digests.get(graph) for graph in store.graphs())
