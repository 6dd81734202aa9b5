"""What the pool of workers costs, without HTTP: python bench/serve_pool.py GRAPH [--kills 200]

Prints the median of a small query in process and through the pool, small queries a second, how long a worker takes to
be replaced, and what is left after many workers were killed at their deadline: processes, file descriptors, snapshots.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from kg import build
from kg.server import limits
from kg.server.asked import QueryAsked
from kg.server.pool import Pool
from kg.server.worker import Answering
from kg.store.answers import AnsweringStore

JSON = "application/sparql-results+json"
SMALL = QueryAsked("SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 5", JSON)
ENDLESS = QueryAsked("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", JSON)
ROUNDS, CLIENTS = 500, 8


async def asked(pool: Pool, query: QueryAsked) -> bytes:
    answered = await pool.answer(query)
    return b"".join([chunk async for chunk in answered.chunks])


async def median(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds."""
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        await work()
        times.append(perf_counter() - began)
    return statistics.median(times) * 1000


async def speed(pool: Pool, graph: Path) -> None:
    store = AnsweringStore(build.folder(graph).quads_path)

    async def inside() -> None:
        store.query(SMALL.sparql, None, None).write(Answering(-1, pool.limits, JSON), JSON)

    async def client() -> None:
        for _ in range(ROUNDS):
            await asked(pool, SMALL)

    print(f"small query in process: {await median(inside):.2f} ms")
    print(f"through the pool:       {await median(lambda: asked(pool, SMALL)):.2f} ms")
    began = perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    print(f"small queries a second, {CLIENTS} clients: {ROUNDS * CLIENTS / (perf_counter() - began):.0f}")


async def free(pool: Pool) -> None:
    while pool.free < pool.limits.workers:
        await asyncio.sleep(0.01)


async def kills(pool: Pool, graph: Path, number: int) -> None:
    await free(pool)
    files, began = len(list(Path("/proc/self/fd").iterdir())), perf_counter()
    for _ in range(number // pool.limits.workers):
        await asyncio.gather(*(asked(pool, ENDLESS) for _ in range(pool.limits.workers)), return_exceptions=True)
        await free(pool)
    each = (perf_counter() - began) / (number // pool.limits.workers) - pool.limits.seconds
    left = len(list(Path("/proc/self/fd").iterdir())) - files
    kept = sum(each.is_dir() for each in graph.glob("snapshots/*/*"))
    print(f"{pool.killed} workers killed; {each:.2f} s until {pool.limits.workers} new ones are free")
    print(f"more descriptors: {left}; workers: {len(pool.workers)}; children: {children()}; snapshots: {kept}")


def children() -> int:
    """Processes of this one, those too that have ended and that nobody waited for."""
    return len(Path("/proc/self/task").joinpath(str(Path("/proc/self").resolve().name), "children").read_text().split())


async def main(graph: Path, number: int) -> None:
    pool = Pool(graph, replace(limits.load(), seconds=0.2))
    began = perf_counter()
    await pool.start()
    print(f"started in {perf_counter() - began:.2f} s")
    await speed(pool, graph)
    await kills(pool, graph, number)
    await pool.stop()
    print(f"after the end: children: {children()}; snapshots: {sum(1 for _ in graph.glob('snapshots/*/*'))}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    chosen = parser.parse_args()
    asyncio.run(main(chosen.graph, chosen.kills))
