"""Clients that are slow, wrong or hostile, on raw sockets: nobody is held up, and no cut answer looks whole."""

from __future__ import annotations

import json
import select
import socket
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from kg_served import Served, children, lives, served
from waiting import LATE, comes

LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(STR(?i)) > 100) }"
"""Begins soon and does not end."""
CRLF = b"\r\n"


def connected(server: Served) -> socket.socket:
    where = urlsplit(server.url)
    assert where.hostname and where.port
    return socket.create_connection((where.hostname, where.port), timeout=LATE)


def whole(connection: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    parts = []
    while part := connection.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def said(server: Served, request: bytes) -> tuple[int, dict[str, object]]:
    """Status and problem that a raw request is answered with, and that the connection is closed then."""
    with closing(connected(server)) as connection:
        connection.sendall(request)
        head, _, body = whole(connection).partition(CRLF * 2)
    assert b"application/problem+json" in head, head
    return int(head.split()[1]), json.loads(body)


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + CRLF, 400),
        (b"GET /health" + CRLF * 2, 400),
        (b"GET /health HTTP/1.1" + CRLF * 2, 400),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example" + CRLF * 2, 400),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\nbad header" + CRLF * 2, 400),
        (b"GET /" + b"x" * 200_000, 414),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000, 431),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: gzip\r\n\r\nASK{}", 501),
        (
            b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            400,
        ),
    ],
    ids=["TLS", "HTTP/0.9", "no Host", "two Hosts", "header", "target", "head", "length", "smuggled", "two lengths"],
)
def test_what_is_no_request_is_told_as_a_problem(server: Served, request_bytes: bytes, status: int) -> None:
    found, problem = said(server, request_bytes)
    assert found == problem["status"] == status
    assert problem["title"]


def test_headers_cannot_forge_lines_of_the_log(server: Served) -> None:
    path = "/palsu%0a%7b%22status%22:200,%22of%22:%22palsu%22%7d%0d\u2028".encode()
    with closing(connected(server)) as connection:
        connection.sendall(
            b"GET " + path.replace(b"\xe2\x80\xa8", b"%E2%80%A8") + b" HTTP/1.0\r\nHost: localhost\r\n\r\n"
        )
        assert whole(connection).startswith(b"HTTP/1.1 404")
    assert [line["status"] for line in server.lines("palsu")] == [404]


def test_slow_clients_hold_nobody_up(server: Served) -> None:
    slow = [connected(server) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: ")
        assert asked(server, "ASK {}")[0].startswith(b"HTTP/1.1 200")
        assert not select.select(slow, [], [], 0)[0], "they had to be cut off first"
    finally:
        for connection in slow:
            connection.close()


def test_a_client_that_reads_nothing_holds_no_worker(server: Served) -> None:
    unread = [connected(server) for _ in range(3)]
    try:
        for connection in unread:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(request("SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT 20000"))
        cut = server.count("riwayat_answers_cut_total")
        assert asked(server, "ASK {}")[0].startswith(b"HTTP/1.1 200")
        assert server.count("riwayat_answers_cut_total") == cut, "workers wait for clients that take nothing"
    finally:
        for connection in unread:
            connection.close()


def test_a_body_of_chunks_that_is_too_large_is_refused(server: Served) -> None:
    with closing(connected(server)) as connection:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"100000\r\n" + b"x" * 0x100000 + CRLF
        for _ in range(6):
            connection.sendall(chunk)
        connection.sendall(b"0\r\n\r\n")
        assert whole(connection).startswith(b"HTTP/1.1 413")


def test_requests_one_after_the_other_on_one_connection(server: Served) -> None:
    with closing(connected(server)) as connection:
        connection.sendall(request("ASK {}", close=False) + request("ASK {}", close=False) + request("ASK {}"))
        assert whole(connection).count(b'{"head":{},"boolean":true}') == 3


def test_an_answer_that_breaks_off_has_no_end(small_graph: Path, tmp_path: Path) -> None:
    """Killed at its deadline in the middle: the last chunk is missing, so the client knows."""
    with served(small_graph, tmp_path / "log", "--timeout", "2") as server, closing(connected(server)) as connection:
        connection.sendall(request(LONG, close=False))
        answer = whole(connection)
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"Transfer-Encoding: chunked" in answer
        assert not answer.endswith(b"0\r\n\r\n")
        assert server.lines("/sparql")[-1]["cut"]
        assert server.count("riwayat_answers_cut_total ") == server.count("riwayat_workers_killed ") == 1


def test_an_answer_that_breaks_off_resets_a_connection_without_chunks(small_graph: Path, tmp_path: Path) -> None:
    """The end of a connection is that of an answer in HTTP/1.0, so there has to be another one."""
    with served(small_graph, tmp_path / "log", "--timeout", "1") as server, closing(connected(server)) as connection:
        connection.sendall(b"GET /sparql?query=" + quote(LONG).encode() + b" HTTP/1.0\r\nHost: localhost\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            whole(connection)


def test_a_signal_in_the_middle_of_an_answer(small_graph: Path, tmp_path: Path) -> None:
    with served(small_graph, tmp_path / "log") as server, closing(connected(server)) as connection:
        connection.sendall(request("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
        assert comes(lambda: server.count("riwayat_workers_busy "))
        workers = children(server.process.pid)
        server.process.terminate()
        assert server.process.wait(timeout=LATE) == 0
        assert not any(lives(worker) for worker in workers)
        assert not whole(connection).startswith(b"HTTP/1.1 200")


def test_the_whole_url_may_be_the_target(server: Served) -> None:
    for host, status in ((b"localhost", b"200"), (b"evil.example", b"421")):
        with closing(connected(server)) as connection:
            target = b"http://" + host + b"/health"
            connection.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert whole(connection).split()[1] == status


def request(sparql: str, close: bool = True) -> bytes:
    """A query by GET, as bytes."""
    how = b"Connection: close\r\n" if close else b""
    return b"GET /sparql?query=" + quote(sparql).encode() + b" HTTP/1.1\r\nHost: localhost\r\n" + how + CRLF


def asked(server: Served, sparql: str) -> tuple[bytes, bytes]:
    """Head and body of the answer to a query."""
    with closing(connected(server)) as connection:
        connection.sendall(request(sparql))
        head, _, body = whole(connection).partition(CRLF * 2)
        return head, body
