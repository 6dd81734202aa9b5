"""Whatever the resolved graph says, the words behind it can be asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
import reports_by_hand

from kg import build
from kg.errors import BadInput
from kg.explain import Source, explain, full
from kg.rdf import vocab as v
from kg.rdf.terms import IRI
from kg.store.base import Solutions

TEXTS = {page.article: page.text for page in reports_by_hand.PAGES}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explain") / "graph"
    build.add(lambda _: reports_by_hand.reports(), path)
    return path


def nodes(graph: Path, kind: str) -> list[str]:
    """The IRIs of all nodes of a class."""
    store = build.reader(graph)
    answer = store.query(f"SELECT DISTINCT ?node WHERE {{ ?node a <{v.RW}{kind}> }} ORDER BY ?node")
    assert isinstance(answer, Solutions)
    found = [str(getattr(row[0], "value", "")) for row in answer.rows]
    store.close()
    return found


@pytest.mark.parametrize(
    "kind",
    [
        "Person",
        "Organization",
        "Place",
        "Position",
        "Tenure",
        "Event",
        "Conflict",
        "EntityReport",
        "RoleReport",
        "EventReport",
        "Article",
    ],
)
def test_everything_has_its_words(graph: Path, kind: str) -> None:
    found = nodes(graph, kind)
    assert found
    for node in found:
        sources = list(explain(graph, node))
        assert sources
        for source in sources:
            text = TEXTS[source.article]
            assert text[source.begin : source.end] == source.quote
            assert source.sentence is None or (source.quote in source.sentence and source.sentence in text)
            assert source.field == "text"


def test_a_tenure_rests_on_the_articles_that_attest_it(graph: Path) -> None:
    tenures = {tenure: list(explain(graph, tenure)) for tenure in nodes(graph, "Tenure")}
    (minister,) = (s for t, s in tenures.items() if "tenure/sergei-shoigu" in t and len(s) == 3)
    assert [(s.published, s.article, s.says) for s in minister] == [
        ("2023-07-27", "pagi-1", "current"),
        ("2023-07-28", "siang-2", "current"),
        ("2024-09-14", "malam-4", "former"),
    ]
    assert minister[0] == Source(
        article="pagi-1",
        outlet="Kabar Pagi",
        published="2023-07-27",
        says="current",
        field="text",
        begin=0,
        end=38,
        quote="Menteri Pertahanan Rusia Sergei Shoigu",
        sentence=TEXTS["pagi-1"].partition(" Shoigu menyampaikan")[0],
        rules="by-hand",
        confidence=0.9,
        report=minister[0].report,
    )


def test_an_unknown_iri_says_what_to_do(graph: Path) -> None:
    with pytest.raises(BadInput, match="kg query spellings"):
        list(explain(graph, "person/tidak-ada"))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("person/siti-rahma", "person/siti-rahma"),
        ("id:person/siti-rahma", "person/siti-rahma"),
        ("<https://x.example/id/person/siti-rahma>", "person/siti-rahma"),
        ("malam-4", "article/malam-4"),
    ],
)
def test_short_forms(given: str, meant: str) -> None:
    assert full(given, "https://x.example/id/") == IRI(f"https://x.example/id/{meant}")


@pytest.mark.parametrize("given", ["http://a b", "x:<y>"])
def test_what_is_no_iri(given: str) -> None:
    with pytest.raises(BadInput, match="not an absolute IRI"):
        full(given, "https://x.example/id/")
