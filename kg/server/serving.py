"""The server process: takes the port, runs the application in uvicorn until a signal comes, leaves nothing there."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from kg.errors import Broken
from kg.server.app import application
from kg.server.connections import Connection
from kg.server.journal import Journal
from kg.server.pool import Pool
from kg.server.problems import Problem
from kg.server.settings import Settings, given
from kg.server.writing import Writes


class Server(uvicorn.Server):
    """uvicorn, where a signal ends the server and not the process: the caller returns as usual."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and says so."""
        await super().startup(sockets)
        self.ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal lets answers that have begun end; a second Ctrl-C does not wait for them."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def listening(settings: Settings) -> socket.socket:
    """The socket that clients connect to. Raises Broken where it cannot be had."""
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        found = socket.socket(family, kind, number)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(given("connections")["most"])
    except OSError as error:
        where = f"{settings.host} port {settings.port}"
        raise Broken(f"{where}: cannot listen ({error.strerror or error}); choose another --port or --host") from error
    return found


def address_of(listener: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(pool: Pool, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serves a pool until a signal comes, then stops it; `ready` gets the address once requests are answered.

    Raises Broken where the port cannot be had or no worker starts, BadInput where another process writes to the graph.
    """
    listener = listening(settings)
    journal = Journal()
    writes = Writes(pool) if settings.token else None
    app = application(pool, settings, journal, writes)
    server = Server(_config(app, journal), lambda: ready(address_of(listener)))
    with suppress(asyncio.CancelledError), closing(listener), writes or nullcontext():
        asyncio.run(_served(pool, server, listener))


async def _served(pool: Pool, server: Server, listener: socket.socket) -> None:
    """Whatever ends it, no worker stays behind. Before uvicorn minds signals, SIGTERM ends it as Ctrl-C does."""
    task = asyncio.current_task()
    assert task is not None
    loop = asyncio.get_running_loop()
    signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(task.cancel))
    try:
        await pool.start()
        await server.serve([listener])
    except Problem as problem:
        raise Broken(f"{problem.detail}; nothing is served") from problem
    finally:
        await pool.stop()


def _config(app: ASGIApp, journal: Journal) -> uvicorn.Config:
    limits = given("connections")
    _silence()
    return uvicorn.Config(
        app,
        http=Connection.kept_by(journal),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=limits["head_bytes"],
        timeout_keep_alive=limits["idle_seconds"],
        timeout_graceful_shutdown=given("stopping")["seconds"],
    )


def _silence() -> None:
    """uvicorn's own log goes nowhere: faults of requests are in the journal already."""
    logger = logging.getLogger("uvicorn")
    logger.handlers, logger.propagate = [logging.NullHandler()], False
    logger.setLevel(logging.CRITICAL)
