"""One server for all tests that only read, and a graph folder to start others on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import reports_by_hand
from kg_served import Served, served

from kg import build


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the reports made by hand; nothing writes to it."""
    path = tmp_path_factory.mktemp("served") / "graph"
    build.add(lambda _: reports_by_hand.reports(), path)
    return path


@pytest.fixture(scope="session")
def server(small_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of it that only reads."""
    with served(small_graph, tmp_path_factory.mktemp("serving") / "log") as running:
        yield running
