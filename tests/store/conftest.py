"""Stores that graphs are loaded into; servers are started by the first test that asks for one, ended with the last."""

from __future__ import annotations

from collections.abc import Iterator

import oxigraph_served
import pytest
from documented import DESCRIBED, Served, served
from loaded import emptied
from virtuoso_served import Virtuoso

from kg.store import http
from kg.store.http import Credentials
from kg.store.kinds import place
from kg.store.target import Target

ALL = ["oxigraph", "virtuoso", *(each.name for each in DESCRIBED)]


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Oxigraph server."""
    with oxigraph_served.served(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(params=ALL)
def target(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Target]:
    """An empty store of each kind: the real one, or one that takes what the documentation says."""
    monkeypatch.setattr(http, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(http, "PAUSE", 0.02)
    if request.param == "oxigraph":
        yield emptied(Target(place(f"{request.getfixturevalue('oxigraph')}/store")))
    elif request.param == "virtuoso":
        virtuoso: Virtuoso = request.getfixturevalue("virtuoso")
        who = Credentials.from_environment(virtuoso.environment)
        yield Target(place(f"{virtuoso.url}/sparql-auth"), who)
    else:
        with served(next(each for each in DESCRIBED if each.name == request.param)) as server:
            yield Target(place(server.url, request.param))
            assert server.refused == [], "only what the documentation describes"


@pytest.fixture
def fuseki(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A server that takes what Fuseki does, for faults."""
    monkeypatch.setattr(http, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(http, "PAUSE", 0.02)
    with served(DESCRIBED[0]) as server:
        yield server
