"""A running pool for tests, in an event loop of its own thread."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from kg.server import limits
from kg.server.asked import Answered, Asked, GraphAsked, QueryAsked
from kg.server.pool import Pool

JSON = "application/sparql-results+json"
T = TypeVar("T")


class Running:
    """A pool whose questions can be put from tests that are no coroutines."""

    def __init__(self, pool: Pool, loop: asyncio.AbstractEventLoop) -> None:
        self.pool, self.loop = pool, loop

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

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

    def recover(self) -> None:
        """Returns when all workers are free."""
        assert comes(lambda: self.pool.free == self.pool.limits.workers, 30), "no worker comes back"

    @property
    def processes(self) -> list[int]:
        return [worker.process for worker in self.pool.workers]


def comes(true: Callable[[], object], seconds: float = 20) -> bool:
    """Whether something becomes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


async def joined(answered: Answered) -> bytes:
    return b"".join([chunk async for chunk in answered.chunks])


async def whole(pool: Pool, asked: Asked) -> bytes:
    return await joined(await pool.answer(asked))


@contextmanager
def running(graph: Path, **chosen: Any) -> Iterator[Running]:
    """A pool over a graph folder, with the limits of kg but for those that are given."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    pool = Running(Pool(graph, replace(limits.load(), **chosen)), loop)
    try:
        pool.run(pool.pool.start())
        yield pool
    finally:
        pool.run(pool.pool.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
