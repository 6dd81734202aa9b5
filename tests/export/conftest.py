"""Graphs that the tests of exports share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import reports_by_hand

from kg import build
from kg.store.embedded import EmbeddedStore


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the reports made by hand."""
    path = tmp_path_factory.mktemp("analysts") / "graph"
    build.add(lambda _: reports_by_hand.reports(), path)
    return path


@pytest.fixture(scope="session")
def store(small: Path) -> Iterator[EmbeddedStore]:
    """The store of that graph."""
    found = build.reader(small)
    yield found
    found.close()


@pytest.fixture
def reversed_graph(tmp_path: Path) -> Path:
    """The same reports, added one by one from the last to the first."""
    path = tmp_path / "graph"
    for report in reversed(reports_by_hand.reports()):
        build.add(lambda _, one=report: [one], path)  # type: ignore[misc]
    return path
