"""A graph of reports made by hand, and kg as a user calls it on that graph."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from reports_by_hand import reports

from kg import build

ROOT = Path(__file__).parents[2]
Kg = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph"
    build.add(lambda _: reports(), path)
    return path


@pytest.fixture
def kg(graph: Path) -> Kg:
    """Runs a command on the graph, as Sri."""

    def run(*words: str, given: str | None = None, by: str | None = "Sri") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg.cli", *words, "--graph", str(graph)]
        known = {name: value for name, value in os.environ.items() if name != "RIWAYAT_BY"}
        return subprocess.run(
            command,
            input=given,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=known | ({"RIWAYAT_BY": by} if by else {}),
            timeout=120,
            check=False,
        )

    return run
