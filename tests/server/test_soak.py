"""A short soak; bench/soak.py does a long one."""

from __future__ import annotations

import shutil
from pathlib import Path

import soak


def test_many_clients_while_articles_come_and_go(small_graph: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(small_graph, tmp_path / "graph", ignore=shutil.ignore_patterns("snapshots")))
    found = soak.soak(tmp_path, graph, queries_asked=120, clients=4)
    assert found.wrong == []
    assert sum(found.done[way] for way in soak.WAYS) + found.done["cut"] == 120
    assert found.before is not None
    assert found.after is not None
    assert (found.after.processes, found.after.snapshots) == (found.before.processes, found.before.snapshots)
    assert found.after.descriptors <= found.before.descriptors
