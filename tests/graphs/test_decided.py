"""Decisions in a graph: when they are made, by whom and in which order changes nothing, and nothing loses them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from chance import added, dataset, decide
from reports_by_hand import reports

from kg import build
from kg.errors import Broken
from kg.index import Index
from kg.resolve.decisions import Decision
from kg.store import decisions
from kg.validate import unsound

DAY = date(2026, 11, 28)
WRONG = [
    Decision("wrong", (f"article/{name}",), "Sri", DAY, "salah baca")
    for name in ("pagi-1#person-sergei-shoigu", "siang-2#place-amerika-serikat")
]
SAME = [Decision("same", ("person/budi-santosa", "person/siti-rahma"), "Sri", DAY)]
DIFFERENT = [Decision("different", ("person/andrei-belousov", "person/oleg-contohov"), "Sri", DAY)]
NAMED = [Decision("name", ("person/kim-jong-un",), "Sri", DAY, label="Kim Jong Un")]
ASLEEP = [Decision("same", ("person/kim-jong-un", "person/tidak-ada"), "Sri", DAY)]
SETS = [WRONG, SAME, DIFFERENT, NAMED, ASLEEP, [*WRONG, *SAME, *DIFFERENT, *NAMED, *ASLEEP]]
each_set = pytest.mark.parametrize("made", SETS, ids=["wrong", "same", "different", "name", "asleep", "all"])


def file_of(path: Path) -> Path:
    return path / decisions.NAME


@each_set
def test_build_then_decide_is_decide_then_build_is_rebuild(made: list[Decision], tmp_path: Path) -> None:
    after, before, by_hand = (tmp_path / name for name in ("after", "before", "by-hand"))
    added(reports(), after)
    plain = dataset(after)
    decide(made, after)
    assert list(build.verify(after)) == []
    added([], before)
    decide(made, before)
    for report in reversed(reports()):
        added([report], before)
    by_hand.mkdir()
    file_of(by_hand).write_bytes(file_of(after).read_bytes())
    added(reports(), by_hand)
    whole = dataset(after)
    assert dataset(before) == dataset(by_hand) == whole != plain
    assert list(build.verify(before)) == []
    build.rebuild(after)
    assert dataset(after) == whole
    decide([], after)
    assert dataset(after) == plain
    assert list(build.verify(after)) == []


@each_set
def test_forgetting_and_adding_again_loses_no_decision(made: list[Decision], tmp_path: Path) -> None:
    path = tmp_path / "graph"
    added(reports(), path)
    decide(made, path)
    whole, every = dataset(path), reports()
    for report in every:
        build.forget([report.article], path)
        assert list(build.verify(path)) == []
        added([report], path)
        assert dataset(path) == whole
    build.forget([report.article for report in every], path)
    added(every, path)
    assert dataset(path) == whole


def test_the_next_command_takes_up_what_was_edited(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    added(reports(), path)
    plain = dataset(path)
    decisions.write(file_of(path), WRONG)
    (message,) = build.verify(path)
    assert message.endswith(f"is behind the decisions, links or added graphs; run: kg rebuild --graph {path}")
    edited = dataset(path)
    assert not any("article/pagi-1#person-sergei-shoigu>" in line and "/decision/" not in line for line in edited)
    assert list(build.verify(path)) == []
    file_of(path).unlink()
    assert dataset(path) == plain
    file_of(path).write_text("[[decision]]\n")
    with pytest.raises(Broken, match="line 1: lacks verdict"):
        dataset(path)


def test_only_what_decisions_are_about_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph"
    added(reports(), path)
    put: list[str] = []
    real = Index._put

    def counted(index: Index, some):  # type: ignore[no-untyped-def]
        some = list(some)
        put.extend(report.article for report in some)
        return real(index, some)

    monkeypatch.setattr(Index, "_put", counted)
    decide([*SAME, *DIFFERENT, *NAMED], path)
    assert put == []
    decide(WRONG[:1], path)
    assert put == ["pagi-1"]


@each_set
def test_a_graph_with_decisions_keeps_its_shapes(made: list[Decision], tmp_path: Path) -> None:
    path = tmp_path / "graph"
    added(reports(), path)
    decide(made, path)
    store = build.reader(path)
    assert unsound(store) == []
    store.close()
