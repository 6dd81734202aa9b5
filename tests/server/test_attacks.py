"""Hostile queries (attacks.toml): each is refused or ended in time, reaches nothing, and the next client is served."""

from __future__ import annotations

import json
import re
import socket
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pools import Running, running

from kg.server import limits
from kg.server.problems import Problem

ENDING = 30
"""Seconds in which a worker ends after its deadline, on the busiest machine."""
ATTACKS = tomllib.loads((Path(__file__).parent / "attacks.toml").read_text(encoding="utf-8"))["attack"]
SECONDS, MEMORY = 0.7, 400 << 20
"""Attacks that may end by their deadline have so many seconds, the others those of kg: the machine may be busy."""


@pytest.fixture(scope="module")
def pool(small_graph: Path) -> Iterator[Running]:
    with running(small_graph, memory=MEMORY) as started:
        yield started


@pytest.fixture
def deadline(pool: Running, attack: dict[str, Any]) -> Iterator[float]:
    """The seconds that an attack may take."""
    seconds = SECONDS if 503 in attack["status"] else limits.load().seconds
    with pool.limited(seconds=seconds):
        yield seconds


@pytest.fixture
def loopback() -> Iterator[socket.socket]:
    """A server that listens on loopback and that nobody may reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def written_out(query: str) -> str:
    """A query with its repetitions written out."""
    return re.sub(r"«(.*?)×(\d+)»", lambda found: found[1] * int(found[2]), query, flags=re.DOTALL)


def status(pool: Running, query: str) -> int:
    try:
        pool.query(query)
    except Problem as problem:
        return problem.status
    return 200


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["name"])
def test_an_attack_costs_only_itself(
    pool: Running, loopback: socket.socket, deadline: float, attack: dict[str, Any]
) -> None:
    query = written_out(attack["query"]).replace("loopback", f"http://127.0.0.1:{loopback.getsockname()[1]}/")
    began = time.monotonic()
    assert status(pool, query) in attack["status"]
    assert time.monotonic() - began < deadline + ENDING
    assert json.loads(pool.query("ASK {}"))["boolean"]
    with pytest.raises(BlockingIOError):
        loopback.accept()
