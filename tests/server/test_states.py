"""States: what is served while a graph changes, and what servers leave behind, also those that were killed."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kg_served import lives
from pools import Running, running
from reports_by_hand import reports
from waiting import LATE, comes

from kg import build
from kg.server.problems import Problem
from kg.server.snapshot import Snapshot, Snapshots

ARTICLES = "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a <https://w3id.org/riwayat/ontology#Article> }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of two reports."""
    path = tmp_path_factory.mktemp("two") / "graph"
    build.add(lambda _: reports()[:2], path)
    return path


@pytest.fixture
def graph(two: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(two, tmp_path / "graph"))


def count(pool: Running) -> int:
    return int(json.loads(pool.query(ARTICLES))["results"]["bindings"][0]["n"]["value"])


def waited_for(process: int) -> bool:
    """True for a process of ours of which nothing is left."""
    return not Path(f"/proc/{process}").exists()


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def held(process: int, folder: Path) -> list[Path]:
    """The files of a folder that a process has open."""
    found = (each.readlink() for each in Path(f"/proc/{process}/fd").iterdir())
    return [each for each in found if each.is_relative_to(folder)]


def snapshots(graph: Path) -> list[str]:
    return sorted(f"{each.parent.name}/{each.name}" for each in graph.glob("snapshots/*/*") if each.is_dir())


def test_a_new_state_is_served_without_restart(graph: Path) -> None:
    with running(graph) as pool:
        first, before = pool.pool.state, set(pool.processes)
        assert count(pool) == 2
        build.add(lambda _: reports()[2:], graph)
        assert comes(lambda: count(pool) == len(reports()))
        assert pool.pool.state != first
        assert comes(lambda: len(snapshots(graph)) == 1), "the old snapshot stays"
        assert set(pool.processes) == before
        assert {each.parent.name for process in before for each in held(process, graph)} == {
            Path(each).name for each in snapshots(graph)
        }
        build.forget([report.article for report in reports()[2:]], graph)
        assert pool.run(pool.pool.refresh()) == first
        assert count(pool) == 2


def test_a_worker_that_comes_free_while_others_open_a_new_state_follows(graph: Path) -> None:
    """Issue 7: it kept the old state, and answered from it after the new one had been served."""
    with running(graph) as pool:

        async def freed_meanwhile() -> None:
            held = await pool.pool._acquire()
            (other,) = pool.pool.workers - {held}
            building = asyncio.create_task(asyncio.to_thread(build.add, lambda _: reports()[2:], graph))
            while other.snapshot == held.snapshot:
                await asyncio.sleep(0)
            pool.pool._offer(held)
            await building
            await pool.pool.refresh()

        pool.run(freed_meanwhile())
        pool.recover()
        assert {worker.snapshot.state for worker in pool.pool.workers} == {pool.pool.state}
        assert comes(lambda: len(snapshots(graph)) == 1), "the old snapshot stays"


def test_the_old_state_is_served_until_the_new_one_is_whole(graph: Path) -> None:
    seen = []
    with running(graph) as pool:

        def slow(_: object) -> list[object]:
            build.folder(graph).index_begins()
            seen.append(pool.run(pool.pool.refresh()))
            seen.append(count(pool))
            return list(reports()[2:])

        first = pool.pool.state
        build.add(slow, graph)
        assert seen == [first, 2]
        pool.run(pool.pool.refresh())
        assert count(pool) == len(reports())


def test_no_snapshot_is_taken_of_an_index_that_is_not_whole(graph: Path) -> None:
    folder, taken = build.folder(graph), Snapshots(graph)
    taken.open()
    folder.index_begins()
    assert taken.take() is None
    folder.index_ends()
    held = taken.take()
    assert held is not None
    assert held.state == folder.state
    taken.close()
    assert snapshots(graph) == []


def test_a_graph_that_is_behind_is_settled_first(graph: Path) -> None:
    build.folder(graph).index_begins()
    with running(graph) as pool:
        assert count(pool) == 2


def test_two_servers_of_one_graph_do_not_meet(graph: Path) -> None:
    with running(graph) as first:
        with running(graph) as second:
            assert count(first) == count(second) == 2
        assert count(first) == 2
        assert len(snapshots(graph)) == 1


def test_a_query_that_runs_keeps_its_state(graph: Path) -> None:
    """A long answer that has begun before a change is that of the old state, and its snapshot goes only then."""
    with running(graph, kept=1 << 30) as pool:
        first = pool.pool.state
        long = pool.begin("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 80000")
        build.add(lambda _: reports()[2:], graph)
        assert pool.run(pool.pool.refresh()) != first
        assert long.state == first
        assert pool.rest(long).count(b"}},{") == 80_000 - 1
        assert comes(lambda: len(snapshots(graph)) == 1)


def test_workers_that_are_busy_follow_when_they_are_free(graph: Path) -> None:
    with running(graph, workers=1) as pool:
        with pool.limited(seconds=2):
            long = asyncio.run_coroutine_threadsafe(pool.pool.answer(pool.asked(ENDLESS)), pool.loop)
            assert comes(lambda: any(worker.busy for worker in pool.pool.workers))
        build.add(lambda _: reports()[2:], graph)
        pool.run(pool.pool.refresh())
        assert pool.pool.state == build.folder(graph).state
        assert len(pool.processes) == 1
        assert count(pool) == len(reports())
        assert isinstance(long.exception(), Problem)
        assert comes(lambda: len(snapshots(graph)) == 1)


def test_a_state_that_cannot_be_opened_leaves_the_old_one_served(
    graph: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with running(graph) as pool:
        first = pool.pool.state
        with pytest.raises(Problem, match="no worker can open it"):
            pool.run(pool.pool._switch(Snapshot(graph / "nothing", "0")))
        assert (pool.pool.state, count(pool)) == (first, 2)
        pool.recover()
    assert "cannot be used" in capfd.readouterr().err


def test_a_worker_that_somebody_kills_is_replaced(graph: Path) -> None:
    with running(graph) as pool:
        for _ in range(2):
            for process in pool.processes:
                os.kill(process, signal.SIGKILL)
            assert comes(lambda: served(pool))


def served(pool: Running) -> bool:
    try:
        return count(pool) == 2
    except Exception:  # noqa: BLE001
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what a process holds")
def test_a_worker_knows_no_secret(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIWAYAT_SERVE_TOKEN", "letters-that-nobody-knows-but-the-writer")
    with running(graph) as pool:
        for process in pool.processes:
            held = Path(f"/proc/{process}/environ").read_bytes() + Path(f"/proc/{process}/cmdline").read_bytes()
            assert b"PYTHONPATH" in held
            assert b"nobody-knows" not in held


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what a process holds")
def test_killed_workers_leave_nothing(graph: Path) -> None:
    with running(graph) as pool:

        async def kill_many() -> None:
            asked = pool.asked(ENDLESS)
            await asyncio.gather(*(pool.pool.answer(asked) for _ in range(4)), return_exceptions=True)

        with pool.limited(seconds=0.2):
            pool.run(kill_many())
            pool.recover()
            held, before = descriptors(), set(pool.processes)
            pool.run(kill_many())
        pool.recover()
        assert comes(lambda: descriptors() <= held)
        assert len(pool.processes) == 2
        assert not before & set(pool.processes)
        assert all(map(waited_for, before))
        assert len(snapshots(graph)) == 1
    assert snapshots(graph) == []


@pytest.mark.parametrize("query", ["ASK {}", ENDLESS])
def test_a_killed_server_leaves_no_process_and_its_snapshot_to_the_next(graph: Path, query: str) -> None:
    script = f"""
import asyncio, sys, time
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent)!r}, {str(HERE.parents[1])!r}]
from pathlib import Path
from pools import running
from waiting import comes
with running(Path({str(graph)!r})) as pool:
    workers = pool.processes
    asked = asyncio.run_coroutine_threadsafe(pool.pool.answer(pool.asked({query!r})), pool.loop)
    comes(lambda: asked.done() or any(worker.busy for worker in pool.pool.workers))
    print(*workers, flush=True)
    time.sleep({LATE})
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        workers = [int(process) for process in server.stdout.readline().split()]
        server.kill()
    assert len(workers) == 2
    assert comes(lambda: not any(map(lives, workers)))
    assert len(snapshots(graph)) == 1
    with running(graph) as pool:
        assert count(pool) == 2
        assert len(snapshots(graph)) == 1
    assert snapshots(graph) == []
