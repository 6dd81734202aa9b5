"""A small real HTTP server in front of another: it counts what is asked, and answers badly where it is told to."""

from __future__ import annotations

import contextlib
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

from loopback import handling
from waiting import LATE

HANGING = 3.0
"""Seconds that a request hangs before its connection is closed without an answer."""
HTML = b"<html><body>Service is being maintained</body></html>"


@dataclass
class Front:
    """What is still to go wrong, one word a request, and the queries that came."""

    behind: str
    faults: list[str] = field(default_factory=list)
    """``429``, ``500``, ``hang``, ``cut``, ``html``; ``pass`` for a request that goes through."""
    for_ever: str = ""
    """What goes wrong with every request after those."""
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    url: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answers one request, well or badly."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.asked.append(parse_qs(body.decode()).get("query", [""])[0])
        self.agents.add(str(handler.headers.get("User-Agent")))
        self.times.append(time.monotonic())
        fault = self.faults.pop(0) if self.faults else self.for_ever
        if fault == "hang":
            time.sleep(HANGING)
            return
        if fault in {"429", "500"}:
            after = {"Retry-After": "1"} if fault == "429" else {}
            _send(handler, int(fault), "text/plain", b"not now", after)
        elif fault == "html":
            _send(handler, 200, "text/html", HTML, {})
        else:
            media, reply = self._passed(handler, body)
            half = {"Content-Length": str(len(reply))}
            _send(handler, 200, media, *((reply[: len(reply) // 2], half) if fault == "cut" else (reply, {})))

    def _passed(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[str, bytes]:
        headers = {name: handler.headers[name] for name in ("Content-Type", "Accept") if handler.headers[name]}
        request = urllib.request.Request(self.behind, body, headers, method="POST")
        with urllib.request.urlopen(request, timeout=LATE) as reply:
            return reply.headers.get("Content-Type", ""), reply.read()


def _send(handler: BaseHTTPRequestHandler, status: int, media: str, body: bytes, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def before(behind: str) -> Iterator[Front]:
    """A front before the address of another server."""
    front = Front(behind)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with contextlib.suppress(OSError):
                front.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with handling(Handler) as url:
        front.url = f"{url}/query"
        yield front
