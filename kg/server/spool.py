"""Answers on their way from a worker to a client: a slow client keeps no worker, and no more memory than its share."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from typing import IO, Final

from kg.server.limits import Limits
from kg.server.problems import Problem

READ: Final = 262_144
"""Bytes read from a temporary file at once."""


class Budget:
    """What all answers together may put into temporary files."""

    def __init__(self, size: int) -> None:
        self.left = size

    def take(self, size: int) -> None:
        """Raises Problem where there is not so much left."""
        if size > self.left:
            detail = "too many long answers wait for their clients; try again later, or ask for less with LIMIT"
            raise Problem(503, "Too much to send", detail, headers=(("Retry-After", "30"),))
        self.left -= size


class Spool:
    """One answer: the worker's side puts pieces in, the client's side takes them out, at its own pace."""

    def __init__(self, limits: Limits, budget: Budget) -> None:
        self._limits, self._overflow = limits, _Overflow(budget)
        self._chunks: deque[bytes] = deque()
        self._in_memory = self._got = 0
        self._whole = self.closed = False
        self._problem: Problem | None = None
        self._news, self.begun = asyncio.Event(), asyncio.Event()
        self.abandoned: Callable[[], None] = lambda: None
        """Called when the client wants no more."""

    async def put(self, data: bytes) -> None:
        """Takes a piece. Raises Problem where there is no room for it."""
        if self.closed:
            return
        self._got += len(data)
        if self._overflow.empty and self._in_memory + len(data) <= self._limits.kept:
            self._chunks.append(data)
            self._in_memory += len(data)
        else:
            await self._overflow.put(data)
        self._news.set()
        if self._got > self._limits.held:
            self.begun.set()

    def end(self, problem: Problem | None = None) -> None:
        """The answer is whole, or ends here by a problem."""
        self._whole, self._problem = problem is None, problem
        self._news.set()
        self.begun.set()

    def raise_early(self) -> None:
        """Raises the problem of an answer of which nothing was given away yet."""
        if self._problem and self._got <= self._limits.held:
            self.close()
            raise self._problem

    async def take(self) -> bytes:
        """The next piece; empty at the end. Raises Problem where the answer ends before it is whole."""
        while not self.closed:
            if self._chunks:
                self._in_memory -= len(self._chunks[0])
                return self._chunks.popleft()
            if self._overflow.readable:
                if piece := await self._overflow.take():
                    return piece
                continue  # closed meanwhile: that is no end of an answer
            if self._whole:
                self.close()
                return b""
            if self._problem:
                self.close()
                raise self._problem
            self._news.clear()
            await self._news.wait()
        raise Problem(503, "Answer given up", "it was not taken in time; ask for less with LIMIT")

    def close(self) -> None:
        """Lets go of all that is kept."""
        if self.closed:
            return
        self.closed = True
        self._chunks.clear()
        self._overflow.close()
        self._news.set()
        self.abandoned()


class _Overflow:
    """The part of an answer that is in a temporary file. Only threads touch the file, so the disk holds nobody up."""

    def __init__(self, budget: Budget) -> None:
        self._budget, self._lock = budget, threading.Lock()
        self._file: IO[bytes] | None = None
        self._taken = self._written = self._read = 0
        self._closed = False

    @property
    def empty(self) -> bool:
        """True where nothing is in the file, nor on its way there."""
        return self._taken == 0

    @property
    def readable(self) -> bool:
        """True where something is in the file that was not read yet."""
        return self._read < self._written

    async def put(self, data: bytes) -> None:
        """Writes behind what is there. Raises Problem where the budget is used up or the disk is full."""
        self._budget.take(len(data))
        self._taken += len(data)
        try:
            await asyncio.to_thread(self._write, data, self._written)
        except OSError as error:
            raise Problem(503, "No room", f"the answer cannot be kept for its client ({error})") from error
        if not self._closed:
            self._written += len(data)

    async def take(self) -> bytes:
        """The next bytes that were written. Once all are read, the file begins anew."""
        data = await asyncio.to_thread(self._read_at, self._read, min(READ, self._written - self._read))
        self._read += len(data)
        if self._read == self._taken:
            self._release()
        return data

    def close(self) -> None:
        """Deletes the file and gives back what it took of the budget."""
        self._closed = True
        self._release()
        with self._lock:
            if self._file:
                self._file.close()

    def _release(self) -> None:
        self._budget.left += self._taken
        self._taken = self._written = self._read = 0

    def _write(self, data: bytes, offset: int) -> None:
        with self._lock:
            if self._closed:
                return
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115
            self._file.seek(offset)
            if not offset:
                self._file.truncate()
            self._file.write(data)

    def _read_at(self, offset: int, size: int) -> bytes:
        with self._lock:
            if self._closed or self._file is None:
                return b""
            self._file.seek(offset)
            return self._file.read(size)
