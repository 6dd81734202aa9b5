"""The same properties on real pages, read by the trained model: the samples, and the gold articles where they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chance import dataset

from kg import build
from kg.index import folder
from kg.lang import pack
from kg.model import Article, EntityReport, EventReport, Evidence, Report, RoleReport, Span
from kg.sources import read
from kg.store.base import Solutions
from kg.validate import unsound

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold" / "articles"
CORPORA = {
    "samples": [path for path in (ROOT / "samples").iterdir() if path.suffix in {".txt", ".html", ".jsonl"}],
    "gold": [GOLD / "dev.jsonl", *GOLD.glob("seed-*.txt")],
}

pytestmark = pytest.mark.skipif(
    not (pack.load().model_path / "meta.json").is_file(), reason="no trained model; run: make model"
)


@pytest.fixture(scope="module", params=CORPORA)
def files(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "gold" and not GOLD.is_dir():
        pytest.skip(f"no {GOLD}: put the folder 'shared' beside the checkout")
    return sorted(str(path) for path in CORPORA[request.param])


@pytest.fixture(scope="module")
def whole(files: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of all articles, made in one build."""
    path = tmp_path_factory.mktemp("real") / "graph"
    summary = build.build(files, path)
    assert summary.read >= 15
    assert summary.skipped == ()
    return path


def test_order_and_number_of_builds_change_nothing(files: list[str], whole: Path, tmp_path: Path) -> None:
    path, third = tmp_path / "graph", len(files) // 3
    for some in (files[third:][::-1], files[:third][::-1]):
        build.build(some, path)
    assert dataset(path) == dataset(whole)


def test_what_is_in_is_not_read_again(files: list[str], whole: Path) -> None:
    before = folder(whole).manifest()
    summary = build.build(files, whole)
    assert (summary.read, summary.unchanged) == (0, summary.totals["articles"])
    assert folder(whole).manifest() == before


def test_forgetting_leaves_what_a_build_without_gives(files: list[str], whole: Path, tmp_path: Path) -> None:
    gone, path, part = files[::3], Path(shutil.copytree(whole, tmp_path / "graph")), tmp_path / "part"
    ids = [item.id for item in read(gone) if isinstance(item, Article)]
    assert build.forget([*ids, "tidak-ada"], path) == ("tidak-ada",)
    build.build([file for file in files if file not in gone], part)
    assert dataset(path) == dataset(part)
    build.build(files, path)
    assert dataset(path) == dataset(whole)


def test_every_quote_stands_where_it_is_said_to_stand(files: list[str], whole: Path) -> None:
    articles = {item.id: item for item in read(files) if isinstance(item, Article)}
    checked = 0
    for report in folder(whole).reports():
        article = articles[report.article]
        for span, quote in quotes(report):
            assert article.quote(span) == quote
            checked += 1
    assert checked > 500


def quotes(report: Report) -> Iterator[tuple[Span, str]]:
    for entity in report.entities:
        yield from ((mention.span, mention.quote) for mention in entity.mentions)
    for told in (*report.entities, *report.roles, *report.events):
        for evidence in evidences(told):
            yield evidence.span, evidence.quote
            yield evidence.sentence, evidence.sentence_quote
            assert evidence.quote in evidence.sentence_quote


def evidences(told: EntityReport | RoleReport | EventReport) -> Iterator[Evidence]:
    assert told.evidence, told
    yield from told.evidence
    if isinstance(told, EventReport) and told.date_evidence:
        yield told.date_evidence


def test_the_manifest_names_the_versions(whole: Path) -> None:
    assert set(folder(whole).manifest().versions) == {"code", "model", "ontology", "pack"}


def test_the_graph_is_sound(whole: Path) -> None:
    assert list(build.verify(whole)) == []
    store = build.reader(whole)
    assert unsound(store) == []
    answer = store.query("SELECT ?s WHERE { ?s ?p ?o FILTER (isBlank(?s) || isBlank(?o)) }")
    assert isinstance(answer, Solutions)
    assert list(answer.rows) == []
    store.close()
