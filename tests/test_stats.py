"""The measures of a graph say what its reports say; every query of the table is well formed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import reports_by_hand

from kg import build
from kg.stats import stats


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stats") / "graph"
    build.add(lambda _: reports_by_hand.reports(), path)
    return path


def measures(path: Path) -> dict[str, str]:
    store = build.reader(path)
    try:
        rows = [["" if cell is None else getattr(cell, "value", "") for cell in row] for row in stats(store).rows]
    finally:
        store.close()
    return {f"{what} {detail}".strip(): count for what, detail, count in rows}


def test_articles_and_their_days(graph: Path) -> None:
    reports, found = reports_by_hand.reports(), measures(graph)
    days = sorted(report.published.isoformat() for report in reports if report.published)
    assert found["articles"] == str(len(reports))
    assert found["articles without a day"] == str(len(reports) - len(days))
    assert (found["first day"], found["last day"]) == (days[0], days[-1])
    assert found["outlets"] == str(len({report.sitename for report in reports if report.sitename}))


def test_what_the_small_world_holds(graph: Path) -> None:
    found = measures(graph)
    assert found["entities person"] == "9"
    assert found["named by one article only person"] == "6"
    assert found["duplicates suspected"] == found["duplicates suspected person"] == "1"
    assert found["events denied"] == "1"
    assert found["conflicts date"] == "1"


def test_an_empty_graph_has_counts_but_no_days(tmp_path: Path) -> None:
    build.add(lambda _: (), tmp_path / "graph")
    found = measures(tmp_path / "graph")
    assert found["articles"] == "0"
    assert "first day" not in found
    assert not [name for name in found if name.startswith("entities")]


def test_the_command_writes_json_on_stdout(graph: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "stats", "--format", "json", "--graph", str(graph)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert {"what": "articles", "count": "6"} in [{k: cell["value"] for k, cell in row.items()} for row in rows]
