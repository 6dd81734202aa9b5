"""The embedded store alone: what compacting keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import build, index
from kg.rdf.terms import nquads
from kg.store.embedded import EmbeddedStore

SAMPLES = Path(__file__).parents[2] / "samples"


def dataset(path: Path) -> list[str]:
    store = build.reader(path)
    try:
        return sorted(nquads(store.quads()))
    finally:
        store.close()


@pytest.mark.slow
def test_opening_again_and_again_leaves_nothing(tmp_path: Path) -> None:
    for _ in range(4):
        EmbeddedStore(tmp_path / "quads").close()
    assert not list((tmp_path / "quads").glob("LOG.old.*"))


def test_a_compacted_graph_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = str(next(iter(sorted(SAMPLES.rglob("*.txt")))))
    build.build([article], tmp_path / "plain")
    compacted: list[Path] = []
    compact = EmbeddedStore.compact
    monkeypatch.setattr(EmbeddedStore, "compact", lambda store: (compacted.append(store.path), compact(store)))
    build.build([article], tmp_path / "few")
    assert compacted == []
    monkeypatch.setattr(index, "COMPACT_ARTICLES", 1)
    build.build([article], tmp_path / "many")
    assert len(compacted) == 1
    assert dataset(tmp_path / "many") == dataset(tmp_path / "few") == dataset(tmp_path / "plain")
