"""The graph of the five seed articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import build
from kg.store.embedded import EmbeddedStore

ARTICLES = Path(__file__).parents[3] / "shared" / "gold" / "articles"


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    if not ARTICLES.is_dir():
        pytest.skip(f"no {ARTICLES}: put the folder 'shared' beside the checkout")
    path = tmp_path_factory.mktemp("seeds") / "graph"
    build.build([str(file) for file in sorted(ARTICLES.glob("seed-*.txt"))], path)
    store = build.reader(path)
    yield store
    store.close()
