"""Connections of clients: uvicorn's protocol with deadlines for requests that come slowly, and a cap on their number.

uvicorn waits without end for the head of a request; here it has to arrive whole within some seconds, however few
bytes a client sends at a time (Slowloris). What is refused before there is a request is told as a problem, too.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
from typing import Any, ClassVar, Final
from urllib.parse import unquote

import h11
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from kg.server.journal import Journal
from kg.server.problems import MEDIA_TYPE, Problem
from kg.server.settings import Given, given

LINGER: Final = 2.0
"""Seconds that a refused client has to stop sending; RFC 9112, section 9.6, asks for some."""
RESET: Final = "riwayat.reset"
"""Key in a request's extensions: a function that drops its connection at once, with what is not sent yet."""

_LATE = Problem(408, "Request timeout", "the head of the request did not arrive in time")
_FULL = Problem(503, "Too many connections", "all connections are in use; try again", headers=(("Retry-After", "5"),))
_MALFORMED = Problem(400, "Malformed request", "this is no HTTP/1.1 request")
_UNKNOWN = Problem(501, "Not implemented", "of transfer encodings only chunked is known")
_LONG_TARGET = Problem(414, "Address too long", "send the query by POST")
_LONG_HEAD = Problem(431, "Headers too large", "send fewer or shorter headers")


class Cut(Exception):
    """An answer ended before it was whole; the connection is closed without the end of the body."""


class Connection(H11Protocol):
    """One connection of a client."""

    journal: ClassVar[Journal]
    limits: ClassVar[Given]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.app = self._begun(self.app)
        self.deadline: asyncio.TimerHandle | None = None
        self.refused = False

    @classmethod
    def kept_by(cls, journal: Journal, limits: Given | None = None) -> type[Connection]:
        """The class of connections whose refusals are noted in a journal; without `limits`, those of ``http.toml``."""
        return type(cls.__name__, (cls,), {"journal": journal, "limits": limits or given("connections")})

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Waits for the first request, unless there are too many connections."""
        super().connection_made(transport)
        if len(self.connections) > self.limits["most"]:
            self.refuse(_FULL)
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Takes bytes; those of a request's head all have one deadline."""
        if self.refused:
            return
        super().data_received(data)
        if self.deadline is None and not self.transport.is_closing() and self._awaits_bytes():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing waits any longer."""
        self._arrived()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuses what is no request; uvicorn calls it while it handles h11's error."""
        status = getattr(sys.exception(), "error_status_hint", 400)
        if status == 431:
            self.refuse(_LONG_HEAD if b"\n" in self.conn.trailing_data[0] else _LONG_TARGET)
        else:
            self.refuse(_UNKNOWN if status == 501 else _MALFORMED)

    def refuse(self, problem: Problem) -> None:
        """Tells a problem where no answer has begun, and closes the connection."""
        self._arrived()
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE} and not self.transport.is_closing():
            self.journal.refused(self.client, problem)
            self.transport.write(_told(problem))
            self.conn.send_failed()
            self._linger()
        else:
            self.transport.close()

    def shutdown(self) -> None:
        """The server ends. One that was refused and lingers is closed: h11 would raise, and end the server for all."""
        if self.refused:
            self.transport.close()
        else:
            super().shutdown()

    def reset(self) -> None:
        """Drops the connection, so that the client reads an error and no end of the answer."""
        connection = self.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def _linger(self) -> None:
        """Lets the client read what it was told: a connection closed with bytes unread is reset."""
        self.refused = True
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.deadline = self.loop.call_later(LINGER, self.transport.abort)

    def _awaits_bytes(self) -> bool:
        """True where bytes have come that nobody takes yet: of a head, or of a body that was answered unread."""
        unread = self.cycle is not None and self.cycle.response_complete and self.conn.their_state is h11.SEND_BODY
        return unread or self.conn.their_state is h11.IDLE

    def _wait(self) -> None:
        self.deadline = self.loop.call_later(self.limits["first_seconds"], self._late)

    def _late(self) -> None:
        self.deadline = None
        if self.conn.trailing_data[0]:
            self.refuse(_LATE)
        else:
            self.transport.close()

    def _arrived(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _begun(self, app: Any) -> ASGIApp:
        """The application, where each request stops its clock and knows how to drop its connection."""

        async def asked(scope: Scope, receive: Receive, send: Send) -> None:
            async def sent(message: Message) -> None:
                await self._taken()
                await send(message)

            self._arrived()
            scope.setdefault("extensions", {})[RESET] = self.reset
            _in_origin_form(scope)
            try:
                await app(scope, receive, sent)
            finally:
                if self.transport.get_write_buffer_size():
                    self.loop.call_later(self.limits["stalled_seconds"], self._let_go)

        return asked

    async def _taken(self) -> None:
        """Returns when the client has taken most of what was sent before. Raises Cut where it stalls."""
        if not self.flow.write_paused:
            return
        try:
            async with asyncio.timeout(self.limits["stalled_seconds"]):
                await self.flow.drain()
        except TimeoutError:
            self.reset()
            raise Cut("the client takes nothing any more") from None

    def _let_go(self) -> None:
        """Some time after an answer: what is to be closed and still waits for its client is dropped."""
        if self.transport.is_closing():
            self.transport.abort()

    def timeout_keep_alive_handler(self) -> None:
        """Closes a connection on which nothing is asked; drops it where its client has not even taken the answer."""
        super().timeout_keep_alive_handler()
        self._let_go()


def _in_origin_form(scope: Scope) -> None:
    """Proxies may send the whole URL as target; its authority then stands above Host (RFC 9112, section 3.2.2)."""
    if not scope["raw_path"].lower().startswith((b"http://", b"https://")):
        return
    host, slash, path = scope["raw_path"].partition(b"://")[2].partition(b"/")
    scope["raw_path"] = slash + path or b"/"
    scope["path"] = unquote(scope["raw_path"].decode("ascii"))
    scope["headers"] = [(name, host if name == b"host" else value) for name, value in scope["headers"]]


def _told(problem: Problem) -> bytes:
    """A whole response; h11 would refuse to write one before there is a request."""
    body = json.dumps(problem.document()).encode()
    headers = [("Content-Type", MEDIA_TYPE), ("Content-Length", str(len(body))), ("Connection", "close")]
    head = "".join(f"{name}: {value}\r\n" for name, value in (*headers, *problem.headers))
    phrase = STATUS_PHRASES[problem.status].decode()
    return f"HTTP/1.1 {problem.status} {phrase}\r\n{head}\r\n".encode() + body
