"""A running pool for tests, in an event loop of its own thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from waiting import LATE, comes

from kg.server import limits
from kg.server.asked import Answered, Asked, GraphAsked, QueryAsked
from kg.server.pool import Pool

JSON = "application/sparql-results+json"
PATIENT = {"seconds": LATE, "patience": LATE, "starting": LATE}
"""How long a query may last and wait, and a worker may take to start: no time of a busy machine is a failure."""
T = TypeVar("T")


class Running:
    """A pool whose questions can be put from tests that are no coroutines."""

    def __init__(self, pool: Pool, loop: asyncio.AbstractEventLoop) -> None:
        self.pool, self.loop = pool, loop

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=LATE)

    def query(self, sparql: str, media_type: str = JSON, **dataset: Any) -> bytes:
        return self.run(whole(self.pool, QueryAsked(sparql, media_type, **dataset)))

    def begin(self, sparql: str, media_type: str = JSON) -> Answered:
        """An answer that has begun, of which nothing is taken yet."""
        return self.run(self.pool.answer(self.asked(sparql, media_type)))

    def asked(self, sparql: str, media_type: str = JSON) -> QueryAsked:
        return QueryAsked(sparql, media_type)

    def rest(self, answered: Answered) -> bytes:
        return self.run(joined(answered))

    def graph(self, name: str | None, media_type: str) -> bytes:
        return self.run(whole(self.pool, GraphAsked(name, media_type)))

    @contextmanager
    def limited(self, **chosen: Any) -> Iterator[None]:
        """Other limits for what is asked within."""
        usual = self.pool.limits
        self.pool.limits = replace(usual, **chosen)
        try:
            yield
        finally:
            self.pool.limits = usual

    def recover(self) -> None:
        """Returns when all workers are free."""
        assert comes(lambda: self.pool.free == self.pool.limits.workers), "no worker comes back"

    @property
    def processes(self) -> list[int]:
        return [worker.process for worker in self.pool.workers]


async def joined(answered: Answered) -> bytes:
    return b"".join([chunk async for chunk in answered.chunks])


async def whole(pool: Pool, asked: Asked) -> bytes:
    return await joined(await pool.answer(asked))


@contextmanager
def running(graph: Path, **chosen: Any) -> Iterator[Running]:
    """A pool over a graph folder, with the limits of kg but for those that are given and for PATIENT."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    pool = Running(Pool(graph, replace(limits.load(), **{**PATIENT, **chosen})), loop)
    try:
        pool.run(pool.pool.start())
        yield pool
    finally:
        pool.run(pool.pool.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
