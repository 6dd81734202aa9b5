"""Writes to a graph folder over HTTP: in turn, durable, served at once, all or nothing, whoever is killed."""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from kg_served import Served, served
from reports_by_hand import reports
from starlette.requests import Request
from waiting import LATE, comes

from kg import build
from kg.errors import BadInput
from kg.index import Index, folder
from kg.model import Report
from kg.server import bodies, limits, writing
from kg.server.jobs import Job, Merge
from kg.server.pool import Pool
from kg.server.problems import Problem
from kg.server.settings import given
from kg.server.writer import Writer
from kg.store.embedded import EmbeddedStore
from kg.store.folder import GraphFolder

TOKEN = "kata-sandi-panjang-hanya-untuk-uji-0123456789"
ENVIRONMENT = {"RIWAYAT_SERVE_TOKEN": TOKEN}
LINE = "<http://a.example/s> <http://a.example/p> '{}' ."
CROSS = "VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 } VALUES ?c { 0 1 2 3 4 5 6 7 8 9 }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COUNT = """WITH <http://a.example/count> DELETE {{ <a:c> <a:n> ?n }} INSERT {{ <a:c> <a:n> ?more }}
WHERE {{ <a:c> <a:n> ?n BIND (?n + 1 AS ?more) }} ;
INSERT DATA {{ GRAPH <http://a.example/count> {{ <a:c> <a:by> '{}' }} }}"""
DONE = "ASK {{ GRAPH <http://a.example/count> {{ <a:c> <a:by> '{}' }} }}"
ROUNDS = 8
"""Writes of each client; bench/serve_writes.py sends more."""
HEAVY = f"INSERT {{ GRAPH <http://a.example/heavy> {{ ?s ?p ?y }} }} WHERE {{ ?s ?p ?o . ?x ?q ?y . ?z ?r ?v {CROSS} }}"


def send(url: str, method: str, body: str = "", media_type: str = "text/turtle") -> tuple[int, str]:
    """Status and body of an answer."""
    headers = {
        "Authorization": f"Bearer {TOKEN}",
        "Content-Type": media_type,
        "Accept": "application/n-triples, text/csv",
    }
    request = urllib.request.Request(url, body.encode() if method != "GET" else None, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=LATE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def update(server: Served, sparql: str) -> int:
    return send(f"{server.url}/update", "POST", sparql, "application/sparql-update")[0]


@pytest.fixture(scope="module")
def graph(small_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(small_graph, tmp_path_factory.mktemp("written") / "graph"))


@pytest.fixture(scope="module")
def server(graph: Path) -> Iterator[Served]:
    log = graph.with_name("log")
    with served(graph, log, "--writable", "--workers", "1", environment=ENVIRONMENT) as running:
        yield running


def test_clients_write_in_turn_and_read_what_they_wrote(server: Served, graph: Path) -> None:
    def client(number: int) -> None:
        address = f"{server.url}/graphs/client-{number}"
        assert send(address, "PUT", LINE.format(number)) == (201, "")
        assert f'"{number}"' in send(address, "GET")[1]
        note = f"<http://a.example/s> <http://a.example/n> {number}"
        assert update(server, f"INSERT DATA {{ GRAPH <http://a.example/together> {{ {note} }} }}") == 204

    with ThreadPoolExecutor(4) as clients:
        list(clients.map(client, range(4)))
    together = send(f"{server.url}/store?graph={quote('http://a.example/together', safe='')}", "GET")[1]
    assert sorted(line.split('"')[1] for line in together.splitlines()) == ["0", "1", "2", "3"]
    assert len(GraphFolder(graph).added()) >= 5
    assert not list((graph / "snapshots").glob("*/writing-*"))


def counted(server: Served, by: str) -> int:
    """Adds one to a count, as often as the answer is 503, and notes who did; returns how often it was sent."""
    for tries in range(1, 100):
        if (status := update(server, COUNT.format(by))) != 503:
            assert status == 204
            assert send(f"{server.url}/query?query={quote(DONE.format(by))}", "GET")[1].strip() == "true"
            return tries
        time.sleep(0.1)
    raise AssertionError("it is never written")


def count(server: Served) -> str:
    """The one count that there is."""
    found = send(f"{server.url}/store?graph={quote('http://a.example/count', safe='')}", "GET")[1]
    (line,) = (line for line in found.splitlines() if "<a:n>" in line)
    return line.split('"')[1]


def busy(server: Served) -> bool:
    """Whether the one worker answers."""
    return "workers_busy 1.0" in send(f"{server.url}/metrics", "GET")[1]


def _went(deed: Callable[[], object]) -> bool:
    """Whether nobody else wrote just then."""
    try:
        deed()
    except BadInput as error:
        assert "another kg writes" in str(error)
        return False
    return True


@pytest.fixture
def zero(server: Served) -> None:
    """The count stands at nothing."""
    counting = (
        "DROP SILENT GRAPH <http://a.example/count> ; INSERT DATA { GRAPH <http://a.example/count> { <a:c> <a:n> 0 } }"
    )
    assert update(server, counting) == 204


def test_two_clients_at_once_lose_and_double_nothing(server: Served, zero: None) -> None:
    def client(name: str) -> int:
        return sum(counted(server, f"{name}-{number}") for number in range(ROUNDS))

    with ThreadPoolExecutor(2) as clients:
        assert sum(clients.map(client, ("sri", "budi"))) == 2 * ROUNDS
    assert count(server) == str(2 * ROUNDS)


def test_writes_beside_a_build_wait_and_are_done_once(server: Served, graph: Path, zero: None) -> None:
    def one_by_one() -> None:
        """Forgets articles and adds them again; a build that meets a write tries again, as a person would."""
        for report in reports()[:3]:
            for deed in (lambda one=report: build.forget([one.article], graph), lambda one=report: add(one)):
                while not _went(deed):
                    time.sleep(0.1)

    def add(report: Report) -> None:
        build.add(lambda _: [report], graph)

    with ThreadPoolExecutor(1) as builder:
        building = builder.submit(one_by_one)
        for number in range(ROUNDS):
            counted(server, f"sri-{number}")
        building.result()
    assert count(server) == str(ROUNDS)
    assert {report.article for report in GraphFolder(graph).reports()} == {report.article for report in reports()}
    assert list(build.verify(graph)) == []


def test_what_is_written_is_served_whatever_build_comes_next(
    small_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = Path(shutil.copytree(small_graph, tmp_path / "graph"))
    begun, answered = threading.Event(), threading.Event()

    def work(index: Index) -> None:
        begun.set()
        index.change_added({"http://a.example/g": [b"<a:s> <a:p> <a:o> .\n"]})

    def build_next() -> None:
        """Takes the lock as soon as it is free, and is at work until the write is answered."""
        assert begun.wait(LATE)
        while not _went(lambda: _begins(graph, answered)):
            pass

    async def written() -> str:
        pool = Pool(graph, limits.load())
        refresh = pool.refresh

        async def late(*of: EmbeddedStore) -> str:
            """As on a busy machine."""
            await asyncio.sleep(0.5)
            return await refresh(*of)

        monkeypatch.setattr(pool, "refresh", late)
        await pool.start()
        try:
            await writing.Writes(pool).write(work)
            return pool.state
        finally:
            answered.set()
            await pool.stop()

    with ThreadPoolExecutor(1) as builder:
        building = builder.submit(build_next)
        state = asyncio.run(written())
        building.result()
    assert state == folder(graph).state


def _begins(graph: Path, answered: threading.Event) -> None:
    with Index(folder(graph)) as index:
        index.folder.index_begins()
        assert answered.wait(LATE)
        index.settle()


def test_a_write_does_not_wait_for_a_long_query(server: Served, zero: None) -> None:
    """The only worker answers; it opens the new state when the client of the long query has gone."""
    with closing(http.client.HTTPConnection(urlsplit(server.url).netloc)) as reader:
        reader.request("GET", f"/query?query={quote(ENDLESS)}")
        assert comes(lambda: busy(server))
        assert update(server, COUNT.format("sri")) == 204
        assert busy(server)
    assert count(server) == "1"


def test_so_many_writes_wait_and_no_more(small_graph: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(small_graph, tmp_path / "graph"))
    done, most = list[int](), given("writing")["waiting"]

    async def many() -> list[BaseException | None]:
        writes = writing.Writes(Pool(graph, limits.load()))
        works = (lambda _, n=number: done.append(n) for number in range(most + 3))
        return await asyncio.gather(*map(writes.write, works), return_exceptions=True)

    refused = [found for found in asyncio.run(many()) if found]
    assert [(each.status, dict(each.headers)) for each in refused if isinstance(each, Problem)] == [
        (503, {"Retry-After": "10"})
    ] * 3
    assert done == list(range(most))


def test_a_build_beside_it_goes_first(server: Served, graph: Path) -> None:
    with Index(folder(graph)):
        request = urllib.request.Request(f"{server.url}/graphs/x", b"", method="PUT")
        request.add_header("Authorization", f"Bearer {TOKEN}")
        request.add_header("Content-Type", "text/turtle")
        with pytest.raises(urllib.error.HTTPError) as found:
            urllib.request.urlopen(request, timeout=LATE)
        with found.value as answer:
            assert (answer.code, answer.headers["Retry-After"]) == (503, "10")


def test_an_update_without_end_is_ended(small_graph: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(small_graph, tmp_path / "graph"))
    before, options = GraphFolder(graph).state, ("--writable", "--workers", "1", "--timeout", "2")
    with served(graph, tmp_path / "log", *options, environment=ENVIRONMENT) as running:
        assert update(running, HEAVY) in {422, 503}
        assert GraphFolder(graph).state == before
        assert not list((graph / "snapshots").glob("*/writing-*"))
        assert comes(lambda: update(running, "DROP SILENT GRAPH <http://a.example/none>") == 204)


def test_a_body_that_ends_too_soon_changes_nothing(server: Served, graph: Path) -> None:
    before, address = GraphFolder(graph).state, urlsplit(server.url)
    head = f"Host: {address.netloc}\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: text/turtle\r\n"
    for body in ("Content-Length: 100\r\n\r\n<a:s> <a:p> 1 .", "Transfer-Encoding: chunked\r\n\r\n5\r\n<a:s>\r\n"):
        with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
            connection.sendall(f"PUT /graphs/short HTTP/1.1\r\n{head}{body}".encode())
    with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
        connection.sendall(f"PUT /graphs/long HTTP/1.1\r\n{head}Content-Length: 999999999999\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
    assert send(f"{server.url}/graphs/short", "GET")[0] == 404
    assert GraphFolder(graph).state == before


def test_the_token_is_in_no_log(server: Served) -> None:
    assert send(f"{server.url}/graphs/logged", "PUT", LINE.format(1))[0] == 201
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
    connection.request("PUT", "/graphs/x", "", {"Authorization": f"Bearer {TOKEN}x", "Content-Type": "text/turtle"})
    assert connection.getresponse().status == 401
    connection.close()
    assert '"graph": "' in server.log()
    assert TOKEN not in server.log()


def test_a_server_that_is_killed_loses_nothing(small_graph: Path, tmp_path: Path) -> None:
    path, body = tmp_path / "graph", " ".join(LINE.format(n) for n in range(2000))
    shutil.copytree(small_graph, path)
    with served(path, tmp_path / "log", "--writable", environment=ENVIRONMENT) as running:
        began = time.monotonic()
        assert send(f"{running.url}/graphs/first", "PUT", body)[0] == 201
        seconds = time.monotonic() - began
        with ThreadPoolExecutor(1) as client:
            client.submit(send, f"{running.url}/graphs/second", "PUT", body)
            time.sleep(seconds / 2)
            running.process.kill()
            running.process.wait()
    assert not list(folder(path).damaged())
    store = build.reader(path)
    counts = {len(list(store.quads(name))) for name in store.graphs() if "/graphs/" in name}
    store.close()
    assert counts == {2000}
    assert list(build.verify(path)) == []


def test_a_client_that_goes_does_not_stop_its_write(small_graph: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(small_graph, tmp_path / "graph"))

    begun, gone_by = threading.Event(), threading.Event()

    def work(index: Index) -> None:
        begun.set()
        assert gone_by.wait(LATE)
        index.change_added({"http://a.example/g": [b"<a:s> <a:p> <a:o> .\n"]})

    async def gone() -> None:
        client = asyncio.ensure_future(writing.Writes(Pool(graph, limits.load())).write(work))
        await asyncio.to_thread(begun.wait, LATE)
        client.cancel()
        asyncio.get_running_loop().call_later(0.1, gone_by.set)
        with pytest.raises(asyncio.CancelledError):
            await client

    asyncio.run(gone())
    assert [each.graph for each in folder(graph).added()] == ["http://a.example/g"]
    assert folder(graph).current


@pytest.mark.parametrize("pieces", [[b"12345", b"67890", b"1"], [b"12345678901"]])
def test_a_body_may_have_so_many_bytes_however_it_comes(pieces: list[bytes], tmp_path: Path) -> None:
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting = [*messages, {"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, object]:
        return waiting.pop(0)

    request = Request({"type": "http", "method": "PUT", "headers": [(b"transfer-encoding", b"chunked")]}, receive)
    with pytest.raises(Problem) as found:
        asyncio.run(bodies.keep(request, 10, tmp_path / "kept"))
    assert found.value.status == 413
    assert not waiting


@pytest.mark.parametrize("media_type", ["text/turtle", "multipart/form-data; boundary=x"])
def test_a_document_may_take_so_much_memory(media_type: str, tmp_path: Path) -> None:
    """Parsing ends the process; a form that is too long is an exception in it."""
    document = tmp_path / "document"
    document.write_text("".join(f"<a:s{n}> <a:p> '{n}' .\n" for n in range(300_000)))
    if media_type != "text/turtle":
        os.truncate(document, 120 << 20)
    merge = Merge("http://a.example/g", str(document), media_type, "http://a.example/", str(tmp_path), None)
    job = Job("https://b.example/", str(tmp_path / "made"), 160 << 20, replace(limits.load(), stack=16 << 20), merge)
    writer = Writer()
    try:
        with pytest.raises(Problem, match="needs more than the 160 MiB"):
            writer.carry_out(job)
    finally:
        writer.stop()


@pytest.mark.parametrize(("token", "message"), [("", "writing needs a token"), ("short", "32 or more")])
def test_nobody_writes_without_a_token(token: str, message: str, small_graph: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "serve", "--graph", str(small_graph), "--writable", "--port", "0"]
    environment = {"RIWAYAT_SERVE_TOKEN": token, "PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert done.returncode == 2
    assert message in done.stderr
