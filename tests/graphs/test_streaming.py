"""Memory does not grow with the number of articles, nor does the cost of one more."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from reports_by_hand import Page

from kg import build, index
from kg.model import Report
from kg.rdf.terms import nquads


def report(number: int) -> Report:
    """An article on persons and a town that no other article names, and on Indonesia, which all do."""
    word = "".join("abcdefghij"[int(digit)] for digit in f"{number:04}").capitalize()
    who, other, town = f"Rahmat {word}", f"Lestari {word}", f"Kota{word.lower()}"
    text = f"Bupati {town} {who} bertemu {other} di {town}, Indonesia, pada Rabu (26/7/2023). " * 5
    page = Page(f"berita-{number}", "2023-07-27", "Kabar", text.strip())
    page.names("o", who).names("o", other).names("t", town).names("t", "Indonesia")
    page.role(f"Bupati {town} {who}", who, f"Bupati @ {town}!")
    return page.event(
        "bertemu", "Meeting", {who: "agent", other: "counterpart"}, when="2023-07-26", place=town
    ).report()


def reports(count: int) -> Iterator[Report]:
    return (report(number) for number in range(count))


def peak(count: int, path: Path) -> int:
    """The most bytes that Python held while building so many articles and resolving them."""
    tracemalloc.start()
    build.add(lambda _: reports(count), path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.slow
def test_memory_does_not_grow_with_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "BATCH_ARTICLES", 50)
    build.add(lambda _: reports(800), tmp_path / "warm")  # names that are kept at hand are so many at most: no growth
    few, many = peak(200, tmp_path / "few"), peak(800, tmp_path / "many")
    assert many < 1.2 * few


def test_one_more_article_touches_its_neighbours_only(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    build.add(lambda _: reports(100), path)
    before, nodes = lines(path), rows(path)
    build.add(lambda _: [replace(report(7), article="baru")], path)
    assert {subject(line) for line in lines(path) ^ before} == {
        "article/baru",
        "place/kotaaaah",
        "place/indonesia",
        "person/rahmat-aaah",
        "person/lestari-aaah",
        "tenure/rahmat-aaah",
        "event/meeting",
    }
    build.forget(["baru"], path)
    assert lines(path) == before
    assert rows(path) == nodes


def lines(path: Path) -> set[str]:
    store = build.reader(path)
    found = set(nquads(store.quads()))
    store.close()
    return found


def subject(line: str) -> str:
    """What a line is about, without digests and fragments."""
    name = line.split("> ", maxsplit=1)[0].partition("/id/")[2].partition("#")[0]
    return name.rpartition("-")[0] if name.startswith(("tenure/", "event/")) else name


def rows(path: Path) -> int:
    """How many owners of nodes the registry knows."""
    with closing(sqlite3.connect(index.folder(path).registry_path)) as db:
        return int(db.execute("SELECT COUNT(*) FROM node").fetchone()[0])
