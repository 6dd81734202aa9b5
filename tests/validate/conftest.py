"""Copies of one small graph, to be made unsound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import reports_by_hand
from unsound_made import CASES, change

from kg import build
from kg.rdf.terms import Quad
from kg.store.embedded import EmbeddedStore
from kg.validate import unsound
from kg.validate.findings import Finding


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> list[Quad]:
    """All quads of the graph."""
    path = tmp_path_factory.mktemp("sound") / "graph"
    build.add(lambda _: reports_by_hand.reports(), path)
    store = build.reader(path)
    quads = list(store.quads())
    store.close()
    return quads


@pytest.fixture(scope="session")
def copied(sound: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], EmbeddedStore]]:
    """Makes a store of its own with the quads of the graph."""
    with ExitStack() as stores:

        def copy() -> EmbeddedStore:
            store = EmbeddedStore(Path(tmp_path_factory.mktemp("copy")) / "quads")
            stores.callback(store.close)
            store.extend(sound)
            return store

        yield copy


@pytest.fixture(scope="session")
def misshapen(copied: Callable[[], EmbeddedStore]) -> tuple[EmbeddedStore, list[Finding]]:
    """A store with all shapes of unsound.toml broken, and all that is found in it."""
    store = copied()
    for case in CASES["shape"]:
        change(store, case)
    return store, unsound(store)
