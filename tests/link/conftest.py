"""A graph by hand, a world in Wikidata's shape behind a real server, and a front before it that can fail."""

from __future__ import annotations

import shutil
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from front import Front, before
from oxigraph_served import served
from waiting import LATE

from kg.link.policy import Policy, load
from kg.store import http

WORLD = Path(__file__).with_name("world.ttl")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The query address of an Oxigraph that holds the world."""
    with served(tmp_path_factory.mktemp("world")) as url:
        headers = {"Content-Type": "text/turtle"}
        request = urllib.request.Request(f"{url}/store?default", WORLD.read_bytes(), headers, method="PUT")
        urllib.request.urlopen(request, timeout=LATE).close()
        yield f"{url}/query"


@pytest.fixture
def front(world: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    """A front before the world; retries come quickly."""
    monkeypatch.setattr(http, "PAUSE", 0.05)
    with before(world) as found:
        yield found


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of a test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "riwayat" / "link.sqlite"


@pytest.fixture
def graph(by_hand: Path, tmp_path: Path) -> Path:
    """The graph of the small world of reports."""
    return Path(shutil.copytree(by_hand, tmp_path / "graph"))


@pytest.fixture
def policy() -> Policy:
    """The policy as it is, but for its waits."""
    rules = load()
    return replace(rules, asking=replace(rules.asking, pause=0.0, seconds=LATE))
