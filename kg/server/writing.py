"""Writes to the graph folder: one after the other, each durable and served before it is answered.

The write lock of the graph folder is held from the moment that a write looks at what is there until its result is in
force. What people sent is parsed, and carried out on a scratch copy, by a process of its own that may be killed
(kg.server.writing_worker); this process then changes the added graphs in one step, or none of them.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, Final, TypeVar

import msgspec

from kg.errors import BadInput, RiwayatError
from kg.index import Index, folder
from kg.server.jobs import Job, Made, Merge, Update
from kg.server.pool import Pool
from kg.server.problems import Problem
from kg.server.process import environment
from kg.server.settings import given
from kg.store.added import Changes

T = TypeVar("T")
Check = Callable[[Index], None]
"""Looks at the graph folder before a write. Raises Problem where it is not as the client supposes."""
_RETRY: Final = (("Retry-After", "10"),)


class Writes:
    """Writes to the graph folder that a pool serves. All methods belong to one event loop."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def write(self, work: Callable[[Index], T]) -> T:
        """What some work gives that changes the graph folder; its result is served by then.

        A client that goes away does not stop it. Raises Problem: 503 where another process writes, or too many wait.
        """
        if self._waiting >= given("writing")["waiting"]:
            raise Problem(503, "Busy", f"{self._waiting} writes wait already; try again", headers=_RETRY)
        writing = asyncio.ensure_future(self._in_turn(work))
        try:
            return await asyncio.shield(writing)
        except asyncio.CancelledError:
            await asyncio.wait([writing])  # what it needs must not go before it has ended
            raise

    async def _in_turn(self, work: Callable[[Index], T]) -> T:
        self._waiting += 1
        try:
            async with self._turn:
                found = await asyncio.to_thread(self._locked, work)
                with suppress(RiwayatError, Problem, OSError):  # it is written; the pool tries again, and says why not
                    await self._pool.refresh()
                return found
        finally:
            self._waiting -= 1

    def _locked(self, work: Callable[[Index], T]) -> T:
        with _opened(self._pool.path) as index:
            index.settle()
            found = work(index)
            index.settle()
            return found

    @contextmanager
    def room(self) -> Iterator[Path]:
        """A folder for what one write needs; it is deleted with all that is in it."""
        path = self._pool.room()
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def merge(self, index: Index, room: Path, merge: Merge) -> bool:
        """Puts a document into a graph; true where the graph was not there before. Raises Problem."""
        job = Job(index.base, given("writing")["memory_bytes"], self._pool.limits, merge=merge)
        there = any(each.graph == merge.graph for each in index.folder.added())
        _change(index, room, job)
        return not there

    def update(self, index: Index, room: Path, update: Update) -> None:
        """Carries out an update. Raises Problem."""
        index.store.backup(Path(update.scratch))
        _change(index, room, Job(index.base, given("writing")["memory_bytes"], self._pool.limits, update=update))


def delete(index: Index, graph: str) -> None:
    """Removes an added graph. Raises Problem 404 where there is none."""
    if all(each.graph != graph for each in index.folder.added()):
        raise Problem(404, "No such graph", "there is no such graph that could be deleted")
    index.change_added({graph: None})


def forget(index: Index, graph: str) -> str:
    """Forgets the article of a graph, as `kg forget` does; returns its id. Raises Problem 404 where there is none."""
    articles = [each for some in index.registry.segments_of({graph}).values() for each in some]
    if not articles:
        raise Problem(404, "No such graph", "there is no article with this graph that could be forgotten")
    index.remove(articles)
    return articles[0]


@contextmanager
def _opened(path: Path) -> Iterator[Index]:
    """The index, with the write lock. Raises Problem 503 where another process has it."""
    with ExitStack() as stack:
        try:
            index = stack.enter_context(Index(folder(path)))
        except BadInput as error:
            detail = "another process writes to the graph, a build most likely; try again when it has ended"
            raise Problem(503, "Graph is being written", detail, headers=_RETRY) from error
        yield index


def _change(index: Index, room: Path, job: Job) -> None:
    """Has a job done and changes the added graphs accordingly, all or none."""
    with _done(room, job) as output:
        made = msgspec.json.decode(output.readline(), type=Made)
        if made.problem:
            raise Problem(**made.problem)
        changes: Changes = {
            each.graph: None if each.lines is None else islice(output, each.lines) for each in made.graphs
        }
        try:
            index.change_added(changes)
        except BadInput as error:
            raise Problem(413, "Too much data", str(error)) from error


@contextmanager
def _done(room: Path, job: Job) -> Iterator[IO[bytes]]:
    """What a process of its own made of a job. Raises Problem where it takes too long or too much."""
    path, made, seconds = room / "job", room / "made", job.limits.seconds
    path.write_bytes(msgspec.json.encode(job))
    command = (sys.executable, "-m", "kg.server.writing_worker", str(path))
    with made.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, env=environment())
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            detail = f"the write was ended after {seconds:g} seconds, and nothing was changed; do it in parts"
            raise Problem(503, "Deadline passed", detail) from error
        finally:
            process.kill()
            process.communicate()
    if process.returncode:
        detail = f"it needs more than the {job.memory >> 20} MiB it may have, and nothing was changed; do it in parts"
        raise Problem(422, "Write too expensive", detail)
    with made.open("rb") as output:
        yield output
