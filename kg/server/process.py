"""One worker process as the server sees it: started, asked, brought to a new state, killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Final

import msgspec

from kg.server import frames
from kg.server.asked import Asked
from kg.server.limits import Limits
from kg.server.problems import Problem
from kg.server.snapshot import Snapshot

_PASSED_ON: Final = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP")
"""What a worker gets of the environment: nothing that could hold a secret."""


READ_AHEAD: Final = 262_144
"""Bytes of an answer that wait in the pipe's buffer of this process."""


class Worker:
    """A process that reads one snapshot and answers one query at a time."""

    def __init__(self, snapshot: Snapshot, limits: Limits) -> None:
        self.snapshot, self._limits = snapshot, limits
        self._process: Process | None = None
        self.busy = False
        """True from a request to the end of what comes of it, and for ever where that broke off."""
        self.unconfined: tuple[str, ...] = ()
        """What it could not give up, in words for the operator."""
        self.worn = False
        """True where it holds so much memory after an answer that a fresh one is better."""

    @property
    def process(self) -> int:
        """Its process id."""
        return self._started.pid

    @property
    def alive(self) -> bool:
        """False where somebody has ended it, such as the system for want of memory."""
        return self._started.returncode is None

    async def start(self) -> None:
        """Returns when it takes queries. Raises Problem where it does not come so far."""
        arguments = (str(self.snapshot.path), msgspec.json.encode(self._limits).decode())
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.server.worker", *arguments),
            stdin=PIPE,
            stdout=PIPE,
            limit=READ_AHEAD,
            env=environment(),
        )
        await self._ready("start")

    async def open(self, snapshot: Snapshot) -> None:
        """Returns when it takes queries over another snapshot. Raises Problem where it does not come so far."""
        self.snapshot, self.busy = snapshot, True
        self._send(frames.open_frame(snapshot.path))
        await self._ready("open a new state of the graph")
        self.busy = False

    async def _ready(self, deed: str) -> None:
        try:
            async with asyncio.timeout(self._limits.starting):
                letter, body = await self._frame()
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
            await self.kill()
            detail = f"a worker does not {deed} ({self._death()}); see the server's log"
            raise Problem(503, "No worker", detail) from error
        assert letter == frames.READY, letter
        self.unconfined = frames.ready(body).unconfined

    async def answer(self, asked: Asked) -> AsyncGenerator[bytes, None]:
        """The pieces of an answer. Raises Problem where there is none, or it ends before it is whole."""
        self.busy = True
        try:
            await self._send(frames.asked_frame(asked)).drain()
            while True:
                letter, body = await self._frame()
                if letter == frames.CHUNK:
                    yield body
                    continue
                self.busy = False
                if letter == frames.PROBLEM:
                    raise frames.problem(body)
                self.worn = frames.ended(body).held > self._limits.memory // 2
                return
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            await self.kill()
            raise self._died() from error

    async def kill(self) -> None:
        """Ends it at once, whatever it does; returns when nothing of it is left."""
        if self._process is None:
            return
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

    @property
    def _started(self) -> Process:
        assert self._process is not None, "not started"
        return self._process

    def _send(self, frame: bytes) -> asyncio.StreamWriter:
        stdin = self._started.stdin
        assert stdin is not None
        stdin.write(frame)
        return stdin

    async def _frame(self) -> tuple[bytes, bytes]:
        stdout = self._started.stdout
        assert stdout is not None
        letter, length = frames.HEAD.unpack(await stdout.readexactly(frames.HEAD.size))
        return letter, await stdout.readexactly(length)

    def _died(self) -> Problem:
        """Why there is no more of an answer."""
        detail = (
            f"the worker ended before the answer was whole ({self._death()}): most likely the query needs more than the"
            f" {self._limits.memory >> 20} MiB it may have. Ask for less, or sort and group less"
        )
        return Problem(422, "Query too expensive", detail)

    def _death(self) -> str:
        code = self._started.returncode
        if code is not None and code < 0:
            return signal.Signals(-code).name
        return f"exit status {code}"


def environment() -> dict[str, str]:
    """The environment of a worker, with the modules where this process found them."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return passed | {"PYTHONPATH": os.pathsep.join(sys.path), "MALLOC_ARENA_MAX": "2"}
