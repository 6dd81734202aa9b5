"""The whole path on real articles, with the trained model: the properties of ARCHITECTURE.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chance import dataset

from kg import build
from kg.index import folder
from kg.model import Article, Evidence, Mention, Report
from kg.sources import read
from kg.validate import validate_quads

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "articles"
CORPORA = {
    "samples": sorted(p for p in (ROOT / "samples").iterdir() if p.suffix != ".md"),
    "gold": [GOLD / "dev.jsonl", *sorted(GOLD.glob("seed-*.txt"))],
}


@pytest.fixture(scope="module", params=CORPORA)
def files(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "gold" and not GOLD.is_dir():
        pytest.skip(f"no {GOLD}: put the folder 'shared' beside the checkout")
    return [str(path) for path in CORPORA[request.param]]


@pytest.fixture(scope="module")
def articles(files: list[str]) -> dict[str, Article]:
    found = list(read(files))
    assert all(isinstance(item, Article) for item in found), found
    return {item.id: item for item in found if isinstance(item, Article)}


@pytest.fixture(scope="module")
def graph(files: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graphs") / "whole"
    assert build.build(files, path).skipped == ()
    return path


def test_another_order_in_many_runs_gives_the_same(files: list[str], graph: Path, tmp_path: Path) -> None:
    for file in reversed(files):
        build.build([file], tmp_path / "graph")
    assert dataset(tmp_path / "graph") == dataset(graph)


def test_building_again_reads_nothing(files: list[str], articles: dict[str, Article], graph: Path) -> None:
    before = dataset(graph)
    again = build.build(files, graph)
    assert (again.read, again.unchanged) == (0, len(articles))
    assert dataset(graph) == before


def test_forgetting_leaves_what_a_build_without_gives(files: list[str], graph: Path, tmp_path: Path) -> None:
    first, *others = files
    build.build([first], tmp_path / "first")
    build.build(files, tmp_path / "forgotten")
    gone = {item.id for item in read(others) if isinstance(item, Article)}
    assert build.forget(gone, tmp_path / "forgotten") == ()
    assert dataset(tmp_path / "forgotten") == dataset(tmp_path / "first")


def test_every_quote_stands_in_its_article(articles: dict[str, Article], graph: Path) -> None:
    reports = list(folder(graph).reports())
    assert {report.article for report in reports} == set(articles)
    for report in reports:
        for found in quoted(report):
            assert articles[report.article].quote(found.span) == found.quote
            if isinstance(found, Evidence):
                assert articles[report.article].quote(found.sentence) == found.sentence_quote


def test_the_graph_keeps_its_shapes_and_agrees_with_its_reports(graph: Path) -> None:
    store = build.reader(graph)
    assert validate_quads(store.quads()) == []
    store.close()
    assert list(build.verify(graph)) == []


def quoted(report: Report) -> Iterator[Mention | Evidence]:
    """Everything of a report that quotes its article."""
    for entity in report.entities:
        yield from entity.mentions
    for told in (*report.roles, *report.events):
        yield from told.evidence
    yield from (event.date_evidence for event in report.events if event.date_evidence)
