"""Clients that stall, against connections in this process with limits of tenths of seconds."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as some
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from waiting import LATE, comes

from kg.server import bodies
from kg.server.connections import Connection, Cut
from kg.server.journal import Journal
from kg.server.problems import Problem
from kg.server.serving import Server, listening
from kg.server.settings import Given, Settings

SOON = 0.4
LIMITS = {"most": 4, "first_seconds": SOON, "stalled_seconds": SOON, "idle_seconds": 1}
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"


class Running:
    """A server in a thread of its own."""

    def __init__(self, app: ASGIApp, limits: dict[str, float]) -> None:
        self.lines: list[str] = []
        self.faults: list[dict[str, Any]] = []
        kept = Connection.kept_by(Journal(self.lines.append), Given({**LIMITS, **limits}))  # type: ignore[arg-type]
        options: dict[str, Any] = {"ws": "none", "lifespan": "off", "log_config": None, "access_log": False}
        self.ready = threading.Event()
        config = uvicorn.Config(app, http=kept, timeout_keep_alive=1, timeout_graceful_shutdown=1, **options)
        self.server = Server(config, self.ready.set)
        self.listener = listening(Settings(port=0))

    def serve(self) -> None:
        async def served() -> None:
            asyncio.get_running_loop().set_exception_handler(lambda _, context: self.faults.append(context))
            await self.server.serve([self.listener])

        asyncio.run(served())

    def connected(self) -> socket.socket:
        return socket.create_connection(self.listener.getsockname(), timeout=LATE)

    def is_left(self) -> bool:
        """True once no connection is open any more."""
        return comes(lambda: not self.server.server_state.connections)


@contextmanager
def running(app: ASGIApp, **limits: float) -> Iterator[Running]:
    found = Running(app, limits)
    thread = threading.Thread(target=found.serve)
    thread.start()
    try:
        assert found.ready.wait(LATE)
        yield found
    finally:
        found.server.should_exit = True
        thread.join()


async def short(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers at once, whatever the body is."""
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


def whole(connection: socket.socket) -> bytes:
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def test_a_head_has_to_arrive_in_time_however_its_bytes_come() -> None:
    with running(short) as server, closing(server.connected()) as connection:
        began = time.monotonic()
        for byte in GET[:-2]:
            connection.sendall(bytes([byte]))
            time.sleep(SOON / 5)
            if time.monotonic() - began > SOON * 2:
                break
        answer = whole(connection)
        assert answer.startswith(b"HTTP/1.1 408")
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == 408
        assert json.loads(server.lines[-1])["status"] == 408
        assert server.is_left()


def test_a_server_ends_while_it_refuses_a_client() -> None:
    with running(short) as server, closing(server.connected()) as connection:
        connection.sendall(b"no request\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 400")
        server.server.should_exit = True
        assert server.is_left()


def test_a_second_head_has_the_same_time() -> None:
    with running(short) as server, closing(server.connected()) as connection:
        connection.sendall(GET)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        connection.sendall(GET[:10])
        assert b"HTTP/1.1 408" in whole(connection)


def test_a_connection_on_which_nothing_comes_is_closed() -> None:
    with running(short) as server, closing(server.connected()) as connection:
        assert whole(connection) == b""
        connection.close()
        with closing(server.connected()) as kept:
            kept.sendall(GET)
            assert whole(kept).endswith(b"ok")
        assert server.is_left()


def test_a_body_that_was_answered_unread_has_to_end() -> None:
    with running(short) as server, closing(server.connected()) as connection:
        connection.sendall(POST)
        with pytest.raises(OSError):
            for _ in range(400):
                connection.sendall(b"x")
                time.sleep(SOON / 10)
        assert server.is_left()


def test_a_client_that_takes_nothing_loses_its_answer() -> None:
    ended: list[BaseException] = []

    async def endless(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        try:
            while True:
                await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
        except Cut as cut:
            ended.append(cut)
            raise

    with running(endless) as server, closing(server.connected()) as connection:
        connection.sendall(GET)
        assert connection.recv(10)
        assert server.is_left()
        assert comes(lambda: len(ended) == 1)
        with pytest.raises(ConnectionResetError):
            while connection.recv(1_000_000):
                pass


def test_answers_that_nobody_takes_keep_no_connection() -> None:
    async def long(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x" * 20_000_000})

    with running(long) as server:
        for close in (b"", b"Connection: close\r\n"):
            with closing(server.connected()) as connection:
                connection.sendall(GET[:-2] + close + b"\r\n" + GET * 5)
                assert connection.recv(10)
                assert server.is_left()


def test_no_more_connections_than_there_may_be() -> None:
    with running(short, first_seconds=LATE) as server:
        held = [server.connected() for _ in range(LIMITS["most"])]  # type: ignore[call-overload]
        assert comes(lambda: len(server.server.server_state.connections) == len(held))
        with closing(server.connected()) as refused:
            answer = whole(refused)
        assert answer.startswith(b"HTTP/1.1 503")
        assert b"Retry-After" in answer
        for connection in held:
            connection.close()
        assert server.is_left()
        with closing(server.connected()) as connection:
            connection.sendall(GET)
            assert connection.recv(100).startswith(b"HTTP/1.1 200")


PARTS = (
    *(
        b"GET / HTTP/1.1\r\n",
        b"POST /x?y HTTP/1.1\r\n",
        b"HEAD / HTTP/1.0\r\n",
        b"PRI * HTTP/2.0\r\n",
        b"GET http://a/ HTTP/1.1\r\n",
    ),
    *(b"Host: localhost\r\n", b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n"),
    *(
        b"Connection: upgrade\r\nUpgrade: websocket\r\n",
        b"Expect: 100-continue\r\n",
        b"Connection: close\r\n",
        b": \r\n",
    ),
    *(b"\r\n", b"\r\n\r\n", b"\n\n", b"5\r\nhello\r\n", b"0\r\n\r\n", b"FFFFFFFFFFFFFFFFF\r\n", b"hello", b"\x00"),
)


def test_any_bytes_are_answered_or_refused() -> None:
    with running(short) as server:

        @settings(max_examples=150, deadline=None, derandomize=True)
        @given(some.lists(some.sampled_from(PARTS) | some.binary(max_size=20), min_size=1, max_size=8))
        def check(parts: list[bytes]) -> None:
            with closing(server.connected()) as connection:
                connection.sendall(b"".join(parts))
                connection.shutdown(socket.SHUT_WR)
                whole(connection)

        check()
        assert server.is_left()
        assert server.faults == []
        with closing(server.connected()) as connection:
            connection.sendall(GET)
            assert connection.recv(100).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("pause", [0.02, 10.0])
def test_a_body_has_to_come_at_a_pace(monkeypatch: pytest.MonkeyPatch, pause: float) -> None:
    """One that comes byte by byte is as late as one that does not come at all."""
    limits = Given({"first_seconds": SOON, "bytes_a_second": 1_000_000})  # type: ignore[dict-item]
    monkeypatch.setattr(bodies, "given", lambda _: limits)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": b"x", "more_body": True}

    scope = {"type": "http", "method": "POST", "headers": []}
    began = time.monotonic()
    with pytest.raises(Problem) as caught:
        asyncio.run(bodies.read(Request(scope, receive), 1_000_000))
    assert caught.value.status == 408
    assert SOON * 0.9 < time.monotonic() - began < LATE
