"""Writes to the graph folder: one after the other, each durable and served before it is answered.

The write lock of the graph folder is held from the moment that a write looks at what is there until its result is in
force. What people sent is parsed, and carried out on a scratch copy, by a process of its own that may be killed
(kg.server.writing_worker); this process then changes the added graphs in one step, or none of them.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

import msgspec
from msgspec.structs import replace

from kg.errors import BadInput, RiwayatError
from kg.index import Index, folder
from kg.server.jobs import Job, Made, Merge, Update
from kg.server.pool import Pool
from kg.server.problems import Problem
from kg.server.settings import given
from kg.server.writer import Writer
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
        self._writer = Writer()

    def __enter__(self) -> Self:
        """Starts the process that carries writes out."""
        self._writer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends it."""
        self._writer.stop()

    async def write(self, work: Callable[[Index], T]) -> T:
        """What some work gives that changes the graph folder; its result is served by then.

        A client that goes away does not stop it. Raises Problem: 503 where another process writes, or too many wait.
        """
        if self._waiting >= given("writing")["waiting"]:
            raise Problem(503, "Busy", f"{self._waiting} writes wait already; try again", headers=_RETRY)
        self._waiting += 1
        writing = asyncio.ensure_future(self._in_turn(work))
        writing.add_done_callback(self._ended)
        try:
            return await asyncio.shield(writing)
        except asyncio.CancelledError:
            await asyncio.wait([writing])  # what it needs must not go before it has ended
            raise

    async def _in_turn(self, work: Callable[[Index], T]) -> T:
        async with self._turn:
            return await asyncio.to_thread(self._locked, work, asyncio.get_running_loop())

    def _ended(self, _: object) -> None:
        self._waiting -= 1

    def _locked(self, work: Callable[[Index], T], loop: asyncio.AbstractEventLoop) -> T:
        """Writes, and has the result served before it lets go of the lock: a build that waits for it may last long."""
        with _opened(self._pool.path) as index:
            index.settle()
            found = work(index)
            index.settle()
            # It is written: the pool tries again, and says why not, or the server ends.
            with suppress(RiwayatError, Problem, OSError, CancelledError):
                asyncio.run_coroutine_threadsafe(self._pool.refresh(index.store), loop).result()
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
        there = any(each.graph == merge.graph for each in index.folder.added())
        self._change(index, replace(self._job(index, room), merge=merge))
        return not there

    def update(self, index: Index, room: Path, update: Update) -> None:
        """Carries out an update. Raises Problem."""
        index.store.backup(Path(update.scratch))
        self._change(index, replace(self._job(index, room), update=update))

    def _job(self, index: Index, room: Path) -> Job:
        return Job(index.base, str(room / "made"), given("writing")["memory_bytes"], self._pool.limits)

    def _change(self, index: Index, job: Job) -> None:
        self._writer.carry_out(job)
        change(index, Path(job.made))


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


def change(index: Index, made: Path) -> None:
    """Changes the added graphs by what came of a job, all or none. Raises Problem where the job was refused."""
    with made.open("rb") as output:
        head = msgspec.json.decode(output.readline(), type=Made)
        if head.problem:
            raise Problem(**head.problem)
        changes: Changes = {
            each.graph: None if each.lines is None else islice(output, each.lines) for each in head.graphs
        }
        try:
            index.change_added(changes)
        except BadInput as error:
            raise Problem(413, "Too much data", str(error)) from error
