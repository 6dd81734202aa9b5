"""Whether the events that articles share are joined: pairs of events of ../shared/gold, judged by hand.

Recall counts what the texts tell; a look back with a wrong year ("kunjungan pada bulan Juli", of the July before) stays
apart and counts as missed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pytest
from built_events import found
from gold_events import GOLD, Name, Pair, articles, figures, judged, pairs, told

from kg import build
from kg.resolve import policy
from kg.resolve.events import Told
from kg.resolve.joining import blocks, match, split

pytestmark = pytest.mark.slow

WANTED = 0.85
WEIGHTS = policy.load().events


@pytest.fixture(scope="module")
def golds() -> dict[str, dict[str, Any]]:
    if not GOLD.is_dir():
        pytest.skip(f"no {GOLD}: put the folder 'shared' beside the checkout")
    return articles("seeds", "dev")


@pytest.fixture(scope="module")
def verdicts() -> dict[str, set[Pair]]:
    found: dict[str, set[Pair]] = {"same": set(), "different": set(), "either": set()}
    for pair, verdict in judged().items():
        found[verdict].add(pair)
    return found


def events(reports: Collection[Told]) -> Iterator[tuple[Told, ...]]:
    """The events of reports, as kg.merge.events joins them."""
    by_block: dict[str, list[Told]] = {}
    for report in reports:
        for key in blocks(report, WEIGHTS):
            by_block.setdefault(key, []).append(report)
    left = {report.report: report for report in reports}
    while left:
        component, waiting = [], [left.pop(min(left))]
        while waiting:
            report = waiting.pop()
            component.append(report)
            for other in (other for key in blocks(report, WEIGHTS) for other in by_block[key]):
                if other.report in left and match(report, other, WEIGHTS):
                    waiting.append(left.pop(other.report))
        yield from split(component, WEIGHTS)


def test_the_pairs_are_of_gold(golds: dict[str, dict[str, Any]]) -> None:
    known = {(article, event["id"]) for article, gold in golds.items() for event in gold["events"]}
    assert {name for pair in judged() for name in pair} <= known


def test_joining_alone(golds: dict[str, dict[str, Any]], verdicts: dict[str, set[Pair]]) -> None:
    reports = told(golds)
    names = {report.report: name for name, report in reports.items()}
    joined = pairs([names[report.report] for report in event] for event in events(reports.values()))
    reached = figures(joined, verdicts["same"], verdicts["either"])
    print(f"joining alone: {reached}")
    assert reached.f1 >= WANTED, reached


def test_the_whole_pipeline(
    golds: dict[str, dict[str, Any]], verdicts: dict[str, set[Pair]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("pairs") / "graph"
    build.build([str(GOLD / "articles" / "dev.jsonl"), *map(str, sorted((GOLD / "articles").glob("seed-*.txt")))], path)
    store = build.reader(path)
    nodes = found(store, golds)
    store.close()
    by_node: dict[str, list[Name]] = {}
    for name, node in nodes.items():
        by_node.setdefault(node, []).append(name)
    both = {pair for pair in verdicts["same"] if pair <= nodes.keys()}
    reached = figures(pairs(by_node.values()), both, verdicts["either"])
    of_all = reached.recall * len(both) / len(verdicts["same"])
    print(f"whole pipeline: {reached}")
    print(f"pairs of which both were found: {len(both)} of {len(verdicts['same'])}, recall of all {of_all:.3f}")
    assert reached.f1 >= WANTED, reached
