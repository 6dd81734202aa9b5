"""The web application: which address is answered by what, and what every answer has in common."""

from __future__ import annotations

import asyncio
import json
import time
import traceback
from collections.abc import Awaitable, Callable
from importlib.resources import files
from string import Template
from typing import Any, Final

from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.answering import LOG
from kg.server.authority import Authority
from kg.server.bodies import Gone
from kg.server.changing import Changing
from kg.server.connections import Cut
from kg.server.endpoints import Service
from kg.server.guard import Guard
from kg.server.journal import Journal
from kg.server.pool import Pool
from kg.server.problems import MEDIA_TYPE, Problem
from kg.server.protocol import not_allowed
from kg.server.settings import Settings
from kg.server.writing import Writes

Handler = Callable[[Request], Awaitable[Response]]
READING: Final = ("GET", "HEAD")
ASKING: Final = (*READING, "POST")
GRAPHS: Final = (*READING, "PUT", "POST", "DELETE")
GONE: Final = 499
"""Status in the log where the client went away before there was one (nginx's number)."""
BROKEN: Final = Problem(500, "Fault in the server", "the fault is in the server's log; please report it")
COMMON: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""Headers of every answer: no browser runs or frames anything that stands in the graph."""


def application(pool: Pool, settings: Settings, journal: Journal, writes: Writes | None = None) -> ASGIApp:
    """The application over a pool that has been started; it only reads where there are no `writes`."""
    changing = Changing(writes, Authority(settings.token), settings.base) if writes else None
    service, pages = Service(pool, settings, changing), Pages(pool, journal)
    table: list[tuple[str, Handler, tuple[str, ...]]] = [
        ("/", pages.index, READING),
        ("/sparql", service.sparql, ASKING),
        ("/sparql/", service.sparql, ASKING),
        ("/query", service.query, ASKING),
        ("/update", service.update, ("POST",)),
        ("/store", service.graphs, GRAPHS),
        ("/store/{graph:path}", service.graphs, GRAPHS),
        ("/graphs", service.graphs, GRAPHS),
        ("/graphs/{graph:path}", service.graphs, GRAPHS),
        ("/.well-known/void", service.void, READING),
        ("/health", pages.health, READING),
        ("/metrics", pages.metrics, READING),
    ]

    routes = [Route(path, Dispatch(path, handler, methods)) for path, handler, methods in table]
    router = Router(routes, redirect_slashes=False, default=_nothing)
    app: ASGIApp = Problems(Guard(router, settings), journal)
    if settings.origins:
        exposed = ("ETag", "Location")
        methods = sorted({*ASKING, *GRAPHS})
        app = CORSMiddleware(app, settings.origins, methods, ("*",), allow_private_network=True, expose_headers=exposed)
    return Journaled(app, journal)


class Dispatch:
    """The handler of one address, for the methods that it knows."""

    def __init__(self, path: str, handler: Handler, methods: tuple[str, ...]) -> None:
        self.path, self.handler, self.methods = path, handler, methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request. Raises Problem 405."""
        scope[LOG]["route"] = self.path
        if scope["method"] not in self.methods:
            raise not_allowed(scope["method"] if scope["method"] in GRAPHS else "this method", ", ".join(self.methods))
        response = await self.handler(Request(scope, receive, send))
        await response(scope, receive, send)


class Pages:
    """What is told about the server itself."""

    def __init__(self, pool: Pool, journal: Journal) -> None:
        self.pool, self.journal = pool, journal
        for name, what, value in (
            ("workers", "Worker processes that live.", lambda: len(pool.workers)),
            ("workers_busy", "Worker processes that answer.", lambda: sum(each.busy for each in pool.workers)),
            ("workers_killed", "Workers ended in the middle of an answer.", lambda: pool.killed),
            ("workers_replaced", "Workers that another was started for.", lambda: pool.replaced),
            ("queries_waiting", "Queries that wait for a worker.", lambda: pool.waiting),
        ):
            journal.measured(name, what, value)
        self.page = Template((files("kg.server") / "index.html").read_text(encoding="utf-8"))

    async def index(self, request: Request) -> Response:
        """What is where, in Indonesian and English."""
        return Response(self.page.substitute(state=self.pool.state), media_type="text/html")

    async def health(self, request: Request) -> Response:
        """Whether queries are answered, and from which state."""
        if not self.pool.workers:
            raise Problem(503, "No worker", "no worker is ready to answer", headers=(("Retry-After", "1"),))
        return JSONResponse({"status": "ok", "state": self.pool.state}, headers={"Cache-Control": "no-store"})

    async def metrics(self, request: Request) -> Response:
        """Counts in Prometheus' text format."""
        body = self.journal.exposition(self.pool.state)
        return Response(body, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


class Problems:
    """Tells a problem as problem details (RFC 9457), as long as no answer has begun."""

    def __init__(self, app: ASGIApp, journal: Journal) -> None:
        self.app, self.journal = app, journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on. Raises Cut and Gone."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except (Cut, Gone, asyncio.CancelledError):
            raise
        except Problem as problem:
            if begun:
                raise Cut(str(problem)) from problem
            scope.get(LOG, {})["problem"] = problem.title
            await _response(problem)(scope, receive, send)
        except Exception as error:
            self.journal.line({"fault": "".join(traceback.format_exception(error))})
            if begun:
                raise Cut(str(error)) from error
            await _response(BROKEN)(scope, receive, send)


class Journaled:
    """Notes every request when it has ended, however it did."""

    def __init__(self, app: ASGIApp, journal: Journal) -> None:
        self.app, self.journal = app, journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on. Raises Cut, so that the server closes the connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, client = time.monotonic(), scope["client"]
        log = scope[LOG] = {"route": "none"}
        about: dict[str, Any] = {"client": client[0] if client else None, "method": scope["method"]}
        about |= {"path": scope["path"], "status": GONE, "bytes": 0}

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                about["status"] = message["status"]
                MutableHeaders(scope=message).update(COMMON)
            else:
                about["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        except Gone:
            about["gone"] = True
        except (Cut, asyncio.CancelledError) as cut:
            about["cut"] = str(cut)
            self.journal.cut.inc()
            raise
        finally:
            route = str(log.pop("route"))
            self.journal.request(about | log, route, began)


def _response(problem: Problem) -> Response:
    headers = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store", **dict(problem.headers)}
    return Response(json.dumps(problem.document()), problem.status, headers)


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise Problem(404, "Not found", "nothing is at this address; / says what is where")
