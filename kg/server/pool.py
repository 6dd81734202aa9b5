"""The workers of a server: who answers what, until when, from which state of the graph."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Coroutine
from contextlib import aclosing
from itertools import compress, count
from pathlib import Path
from typing import Final, Self

from kg.errors import RiwayatError
from kg.server.asked import Answered, Asked
from kg.server.limits import Limits
from kg.server.problems import Problem
from kg.server.process import Worker
from kg.server.snapshot import Snapshot, Snapshots
from kg.server.spool import Budget, Spool
from kg.store.embedded import EmbeddedStore

LOOK: Final = 1.0
"""Seconds between two looks at the graph folder: one `stat` each."""
GRACE: Final = 0.2
"""Seconds that a query may go on whose client has gone: most are whole by then, and killing a worker costs as much."""
RETRY: Final = (0.0, 0.5, 2.0, 10.0)
"""Seconds before another worker is started in the place of one that does not start; the last holds from then on."""


class Pool:
    """Workers over snapshots of a graph folder. All methods belong to one event loop."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Opens the graph folder, and settles it where it is behind.

        Raises BadInput where there is no graph or another process writes to it.
        """
        self.limits = limits
        self.state = ""
        """Digest of the state that new queries are answered from."""
        self.killed = self.replaced = 0
        """Workers that were ended in the middle of an answer; those that another one was started for."""
        self._snapshots = Snapshots(path)
        self._snapshot: Snapshot | None = None
        self._mark: tuple[int, int, int] | None = None
        self._budget = Budget(limits.spooled)
        self._idle: deque[Worker] = deque()
        self._all: set[Worker] = set()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._refreshing = asyncio.Lock()
        self._stopped = False

    # Life

    async def start(self) -> None:
        """Returns when all workers take queries.

        Raises BadInput where there is no graph or another process writes to it, Broken where it is damaged,
        Problem where workers do not start.
        """
        await asyncio.to_thread(self._snapshots.open)
        try:
            while not await self._take_up():
                await asyncio.sleep(LOOK)
        except BaseException:
            await self.stop()
            raise
        for lack in sorted({lack for worker in self._all for lack in worker.unconfined}):
            _log(lack)
        self._spawn(self._watch())

    async def stop(self) -> None:
        """Ends all workers and deletes all snapshots; queries that are being answered end by a problem."""
        self._stopped = True
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.kill() for worker in self._all))
        self._all.clear()
        await asyncio.to_thread(self._snapshots.close)

    async def refresh(self, store: EmbeddedStore | None = None) -> str:
        """Takes up what was written to the graph folder; returns the digest of the state served from then on.

        To be called after a write: who wrote reads what it wrote. Where the index is not whole just now, the old
        state stays. `store` is the index of who still holds the write lock.
        """
        await self._take_up(store)
        return self.state

    async def _watch(self) -> None:
        """Takes up every new state as soon as it is whole."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                await self._take_up()
            except (RiwayatError, Problem, OSError) as error:
                _log(f"the graph has a new state that cannot be served yet: {error}")

    async def _take_up(self, store: EmbeddedStore | None = None) -> bool:
        """Serves from the newest whole state; False where there is none just now."""
        async with self._refreshing:
            mark = self._snapshots.mark()
            if mark == self._mark:
                return mark is not None
            snapshot = await asyncio.to_thread(self._snapshots.take, store)
            if snapshot is None:
                return False
            if snapshot.state == self.state:
                await asyncio.to_thread(snapshot.delete)
            elif self._snapshot is None:
                await self._begin(snapshot)
            else:
                await self._switch(snapshot)
            self._mark = mark
            return True

    async def _begin(self, snapshot: Snapshot) -> None:
        """Starts all workers over the first state. Raises Problem where one does not start."""
        fresh = [Worker(snapshot, self.limits) for _ in range(self.limits.workers)]
        self._all.update(fresh)
        starts = await asyncio.gather(*(worker.start() for worker in fresh), return_exceptions=True)
        if failed := next((each for each in starts if each is not None), None):
            raise failed
        self._snapshot, self.state = snapshot, snapshot.state
        for worker in fresh:
            self._offer(worker)

    async def _switch(self, snapshot: Snapshot) -> None:
        """Has all free workers open a new state; from then on none takes a query over the old one.

        Workers that answer just now follow as soon as they are free. Raises Problem where no free one can open it.
        """
        idle, self._idle = self._idle, deque()
        free = [worker for worker in idle if worker.alive]
        opened: list[bool] = []
        try:
            opened += await asyncio.gather(*(self._opens(worker, snapshot) for worker in free))
            if free and not any(opened):
                raise Problem(503, "No worker", "no worker can open it; see what was logged before")
            old, self._snapshot, self.state = self._snapshot, snapshot, snapshot.state
            self._spawn(self._let_go(old))
            freed, self._idle = self._idle, deque()
            for worker in freed:  # meanwhile, over the old state
                self._offer(worker)
        finally:
            ready = set(compress(free, opened))
            for worker in idle:
                if worker in ready:
                    self._offer(worker)
                else:
                    self._spawn(self._replace(worker))

    async def _opens(self, worker: Worker, snapshot: Snapshot) -> bool:
        """Whether a worker that is free now reads a snapshot; one that does not has ended."""
        before = worker.snapshot
        try:
            await worker.open(snapshot)
        except Problem as error:
            _log(str(error))
            return False
        await self._let_go(before)
        return True

    async def _follow(self, worker: Worker) -> None:
        """Has a worker open the state that is served."""
        assert self._snapshot is not None
        if await self._opens(worker, self._snapshot):
            self._offer(worker)
        else:
            await self._replace(worker)

    async def _retire(self, worker: Worker) -> None:
        """Ends a worker."""
        await worker.kill()
        self._all.discard(worker)
        await self._let_go(worker.snapshot)

    async def _let_go(self, snapshot: Snapshot | None) -> None:
        """Deletes a snapshot that is not served where no worker reads it any more."""
        read = {self._snapshot, *(worker.snapshot for worker in self._all)}
        if snapshot is not None and snapshot not in read:
            await asyncio.to_thread(snapshot.delete)

    async def _replace(self, worker: Worker) -> None:
        """Ends a worker and starts another one over the state that is served."""
        await self._retire(worker)
        for tries in count():
            assert self._snapshot is not None
            fresh = Worker(self._snapshot, self.limits)
            self._all.add(fresh)
            try:
                await fresh.start()
            except (Problem, OSError) as error:
                await self._retire(fresh)
                _log(str(error))
                await asyncio.sleep(RETRY[min(tries, len(RETRY) - 1)])
                continue
            self._offer(fresh)
            self.replaced += 1
            return

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        if self._stopped:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def path(self) -> Path:
        """The graph folder."""
        return self._snapshots.folder.path

    def room(self) -> Path:
        """A new folder on the file system of the index, for what a write needs; whoever asked for it deletes it."""
        return self._snapshots.room()

    @property
    def workers(self) -> frozenset[Worker]:
        """The workers that live, those too that end soon."""
        return frozenset(self._all)

    @property
    def free(self) -> int:
        """Workers that wait for a query."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """Queries that wait for a worker."""
        return len(self._waiting)

    # Queries

    async def answer(self, asked: Asked) -> Answered:
        """The answer, as soon as its first bytes are there, or all of a short one.

        Raises Problem: 400 where it is malformed or about a dataset that is not here, 403 where it would fetch from
        elsewhere, 404 where a graph is not here, 406 where the answer has no such form, 413 where the text is too
        long, 422 where the answer is too long or costs too much, 503 at the deadline and where no worker is free.
        """
        worker = await self._acquire()
        spool = Spool(self.limits, self._budget)
        self._spawn(self._pump(worker, asked, spool))
        try:
            await spool.begun.wait()
        except asyncio.CancelledError:
            spool.close()
            raise
        spool.raise_early()
        return Answered(worker.snapshot.state, Pieces(spool, self.limits.sending))

    async def _acquire(self) -> Worker:
        """A worker that is free, and belongs to the caller from now on."""
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            self._spawn(self._replace(worker))
        if len(self._waiting) >= self.limits.waiting:
            raise _busy(f"{self.limits.waiting} queries wait already")
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self.limits.patience):
                return await turn
        except TimeoutError as error:
            raise _busy(f"no worker was free for {self.limits.patience:g} seconds") from error
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif not turn.cancelled() and sys.exc_info()[0] is not None:
                self._offer(turn.result())

    def _offer(self, worker: Worker) -> None:
        """Gives a worker that is free to who waits longest; where the graph has a new state, it opens that first."""
        if worker.snapshot != self._snapshot:
            self._spawn(self._follow(worker))
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():  # done is one whose client has gone just now
                turn.set_result(worker)
                return
        self._idle.append(worker)

    async def _pump(self, worker: Worker, asked: Asked, spool: Spool) -> None:
        """Brings an answer from its worker to its spool until the deadline. The worker is free or dead after it."""
        problem: Problem | None = Problem(503, "Server ends", "the server was stopped")
        try:
            async with asyncio.timeout(self.limits.seconds) as deadline, aclosing(worker.answer(asked)) as pieces:
                spool.abandoned = lambda: _hasten(deadline)
                if spool.closed:
                    spool.abandoned()
                async for piece in pieces:
                    await spool.put(piece)
            problem = None
        except TimeoutError:
            detail = f"the query was ended after {self.limits.seconds:g} seconds; ask for less"
            problem = Problem(503, "Deadline passed", detail)
        except Problem as found:
            problem = found
        finally:
            spool.abandoned = _nothing
            spool.end(problem)
            self.killed += worker.busy
            if worker.busy or worker.worn:
                self._spawn(self._replace(worker))
            else:
                self._offer(worker)


class Pieces:
    """The pieces of an answer, as its client takes them. A client that takes too long loses it."""

    def __init__(self, spool: Spool, seconds: float) -> None:
        self._spool, self._ended, self._loop = spool, False, asyncio.get_running_loop()
        self._timer = self._loop.call_later(seconds, spool.close)

    def __aiter__(self) -> Self:
        """Itself: it is read once."""
        return self

    async def __anext__(self) -> bytes:
        """The next piece. Raises Problem where the answer ends before it is whole."""
        if not self._ended:
            if piece := await self._spool.take():
                return piece
            self._ended = True
            self.close()
        raise StopAsyncIteration

    def close(self) -> None:
        """The client wants no more: its query is ended soon, and its room is free."""
        _let_go(self._timer, self._spool)

    def __del__(self) -> None:
        """The client went away without a word; whichever thread notices it."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_let_go, self._timer, self._spool)


def _let_go(timer: asyncio.TimerHandle, spool: Spool) -> None:
    timer.cancel()
    spool.close()


def _hasten(deadline: asyncio.Timeout) -> None:
    """Nobody waits for the answer any more."""
    soon = asyncio.get_running_loop().time() + GRACE
    if not deadline.expired() and (deadline.when() or soon) > soon:
        deadline.reschedule(soon)


def _nothing() -> None:
    """What happens when the client of a whole answer has it all."""


def _busy(why: str) -> Problem:
    return Problem(503, "Busy", f"{why}; try again in some seconds", headers=(("Retry-After", "5"),))


def _log(message: str) -> None:
    print(f"kg serve: {message}", file=sys.stderr, flush=True)
