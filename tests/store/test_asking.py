"""Every question that comes with kg, asked over HTTP: the answer is that of the embedded store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reports_by_hand import ASKED, reports

from kg import build, queries
from kg.rdf.vocab import BASE
from kg.store.base import Row, Solutions, Store
from kg.store.embedded import EmbeddedStore
from kg.store.kinds import place
from kg.store.load import load
from kg.store.remote import Endpoint, RemoteStore
from kg.store.target import Target


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    path: Path = tmp_path_factory.mktemp("asking") / "graph"
    build.add(lambda index: reports(), path)
    store = build.reader(path)
    yield store
    store.close()


@pytest.fixture(scope="module")
def there(oxigraph: str, here: EmbeddedStore) -> Iterator[RemoteStore]:
    store = RemoteStore(Endpoint(f"{oxigraph}/query", update=f"{oxigraph}/update"))
    load(here, Target(place(f"{oxigraph}/store")), BASE)
    yield store
    for graph in list(store.graphs()):
        store.remove_graph(graph)


def answer(store: Store, sparql: str) -> tuple[tuple[str, ...], list[Row]]:
    found = store.query(sparql)
    assert isinstance(found, Solutions)
    return found.variables, list(found.rows)


@pytest.mark.parametrize("name", queries.names())
def test_a_question_over_http(name: str, here: EmbeddedStore, there: RemoteStore) -> None:
    sparql = queries.question(name).bound(ASKED.get(name, {}))
    assert answer(there, sparql) == answer(here, sparql)
