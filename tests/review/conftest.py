"""A graph of reports made by hand, and kg as a user calls it on that graph."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from kg_called import called

Kg = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def graph(by_hand: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(by_hand, tmp_path / "graph"))


@pytest.fixture
def kg(graph: Path) -> Kg:
    """Runs a command on the graph, as Sri."""

    def run(*words: str, given: str | None = None, by: str | None = "Sri") -> subprocess.CompletedProcess[str]:
        return called(*words, "--graph", str(graph), given=given, known={"RIWAYAT_BY": by})

    return run
