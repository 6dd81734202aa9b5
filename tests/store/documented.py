"""Stores that cannot be installed here, as their documentation describes them: which requests they take.

Each is a small HTTP server over a store in memory. It takes the methods, addresses, parameters and media types that
the documentation named in ``kg/store/kinds.toml`` gives, and nothing else: any other request is answered with 4xx and
kept in `refused`. Faults can be put before it: a status, a cut connection, an answer that is half there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
from loopback import handling

FORM = "application/x-www-form-urlencoded"
JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Described:
    """What one kind takes: addresses after the host, and the media type of its documents of quads."""

    name: str
    root: str
    """The path that stands for the data set."""
    query: str
    update: str
    quads: str
    media: str = "application/n-quads"
    form_only: bool = False
    """True where SPARQL Update is documented as a form field only."""
    headers: tuple[tuple[str, str], ...] = ()


DESCRIBED = (
    Described("fuseki", "/ds", "/ds/query", "/ds/update", "/ds/data", headers=(("Fuseki-Request-Id", "7"),)),
    Described(
        "graphdb", "/repositories/r", "/repositories/r", "/repositories/r/statements", "/repositories/r/statements"
    ),
    Described(
        "rdf4j",
        "/rdf4j-server/repositories/r",
        "/rdf4j-server/repositories/r",
        "/rdf4j-server/repositories/r/statements",
        "/rdf4j-server/repositories/r/statements",
    ),
    Described(
        "blazegraph",
        "/blazegraph/namespace/kb/sparql",
        "/blazegraph/namespace/kb/sparql",
        "/blazegraph/namespace/kb/sparql",
        "/blazegraph/namespace/kb/sparql",
        media="text/x-nquads",
        form_only=True,
        headers=(("Server", "Jetty(9.4.18)"),),
    ),
    Described("neptune", "/sparql", "/sparql", "/sparql", "", form_only=True),
)


@dataclass
class Served:
    """A running server: its address, its store, what it refused, and what is still to go wrong."""

    kind: Described
    url: str = ""
    store: ox.Store = field(default_factory=ox.Store)
    requests: list[str] = field(default_factory=list)
    """What was asked: query, update or quads, one word a request."""
    refused: list[str] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    """What goes wrong with the request of a number, from 0: ``429``, ``503``, ``cut``, ``lost`` (done, not told)."""
    credentials: str = ""
    """The Authorization header that every request must have, where one is set."""

    def written(self) -> set[str]:
        """All quads, as lines."""
        dumped = self.store.dump(format=ox.RdfFormat.N_QUADS)
        return set(dumped.decode().splitlines()) if dumped else set()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answers a request, well or badly."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        if handler.command == "HEAD":
            self._send(handler, 200, "text/html", b"")
            return
        fault = self.faults.get(len(self.requests), "")
        act = self._meant(handler, body)
        if act is None:
            self.refused.append(f"{handler.command} {handler.path} {handler.headers.get('Content-Type')}")
            self.requests.append("refused")
            self._send(handler, 415, "text/plain", b"not documented")
            return
        word, do = act
        self.requests.append(word)
        if self.credentials and handler.headers.get("Authorization") != self.credentials:
            self._send(handler, 401, "text/plain", b"who are you")
        elif fault in {"429", "503"}:
            self._send(handler, int(fault), "text/plain", b"not now", ("Retry-After", "1"))
        elif fault == "cut":
            handler.close_connection = True
        else:
            reply = do()
            if fault != "lost":
                self._send(handler, 200 if reply else 204, JSON if reply[:1] == b"{" else "text/plain", reply)

    def _meant(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[str, Callable[[], bytes]] | None:
        """What a documented request asks for; None for any other."""
        address, media = urlsplit(handler.path), (handler.headers.get("Content-Type") or "").partition(";")[0]
        form = parse_qs(body.decode(), keep_blank_values=True) if media == FORM else {}
        if handler.command != "POST":
            return None
        if address.path == self.kind.query and "query" in form and not address.query:
            return "query", lambda: self._query(form["query"][0])
        if address.path == self.kind.update and "update" in form and not address.query:
            return "update", lambda: self._update(form["update"][0])
        direct = media == "application/sparql-update" and not self.kind.form_only
        if address.path == self.kind.update and direct and not address.query:
            return "update", lambda: self._update(body.decode())
        if address.path == self.kind.quads and media == self.kind.media and not address.query:
            return "quads", lambda: self._add(body)
        return None

    def _query(self, sparql: str) -> bytes:
        found = self.store.query(sparql, use_default_graph_as_union=True)
        if isinstance(found, ox.QueryTriples):
            return found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"\n"
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b""

    def _update(self, sparql: str) -> bytes:
        self.store.update(sparql)
        return b""

    def _add(self, quads: bytes) -> bytes:
        self.store.load(quads, format=ox.RdfFormat.N_QUADS)
        return b""

    def _send(
        self, handler: BaseHTTPRequestHandler, status: int, media: str, body: bytes, *more: tuple[str, str]
    ) -> None:
        handler.send_response_only(status)
        for name, value in (("Content-Type", media), ("Content-Length", str(len(body))), *self.kind.headers, *more):
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@contextmanager
def served(kind: Described) -> Iterator[Served]:
    """A server of a kind on loopback, with an empty store."""
    found = Served(kind)

    class Handler(BaseHTTPRequestHandler):
        def answered(self) -> None:
            with contextlib.suppress(OSError):
                found.answer(self)

        do_HEAD = do_GET = do_POST = do_PUT = do_DELETE = answered

        def log_message(self, format: str, *args: object) -> None:
            pass

    with handling(Handler) as url:
        found.url = f"{url}{kind.root}"
        yield found
