"""The process that writes are carried out in: ready for the next job whatever became of the last, and confined."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from kg_served import children, lives
from waiting import comes

from kg.rdf.terms import IRI, Literal, Quad
from kg.server import limits
from kg.server.jobs import Job, Made, MadeGraph, Merge, Update
from kg.server.problems import Problem
from kg.server.writer import Writer
from kg.store.embedded import EmbeddedStore

GRAPH = "http://a.example/g"
ENDLESS = f"INSERT {{ GRAPH <{GRAPH}> {{ ?a ?b ?l }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}"


@pytest.fixture
def writer() -> Iterator[Writer]:
    started = Writer()
    started.start()
    yield started
    started.stop()


def merging(folder: Path, document: str = "<a:s> <a:p> 1 .") -> Job:
    path = folder / "document"
    path.write_text(document, encoding="utf-8")
    merge = Merge(GRAPH, str(path), "text/turtle", "http://a.example/", str(folder), None)
    return Job("https://b.example/", str(folder / "made"), 1 << 30, limits.load(), merge)


def updating(folder: Path, sparql: str, seconds: float) -> Job:
    path = folder / "update"
    path.write_text(sparql, encoding="utf-8")
    store = EmbeddedStore(folder / "scratch")
    store.extend(Quad(IRI(f"a:s{n}"), IRI("a:p"), Literal(str(n)), IRI("a:g")) for n in range(300))
    store.close()
    update = Update(str(path), str(folder / "scratch"), "http://a.example/", (), ())
    limited = replace(limits.load(), seconds=seconds)
    return Job("https://b.example/", str(folder / "made"), 1 << 30, limited, update=update)


def made(job: Job) -> list[bytes]:
    """The lines that came of a job, which has one graph."""
    head, *lines = Path(job.made).read_bytes().splitlines()
    assert msgspec.json.decode(head, type=Made) == Made((MadeGraph(GRAPH, len(lines)),))
    return lines


def test_one_process_does_many_jobs_each_in_a_child(writer: Writer, tmp_path: Path) -> None:
    process = writer.start().pid
    for number in range(3):
        job = merging(tmp_path, f"<a:s> <a:p> {number} .")
        writer.carry_out(job)
        (line,) = made(job)
        assert line.startswith(f'<a:s> <a:p> "{number}"'.encode())
        assert writer.start().pid == process
        assert children(process) == []


def test_where_there_is_no_fork_each_job_has_a_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = "import os; del os.fork; from kg.server import writing_worker; writing_worker.main()"
    monkeypatch.setattr("kg.server.writer._COMMAND", (sys.executable, "-c", script))
    writer = Writer()
    processes = set()
    for _ in range(2):
        processes.add(writer.start().pid)
        job = merging(tmp_path)
        writer.carry_out(job)
        assert len(made(job)) == 1
    writer.stop()
    assert len(processes) == 2


def test_one_that_somebody_ended_is_replaced(writer: Writer, tmp_path: Path) -> None:
    ended = writer.start().pid
    os.kill(ended, signal.SIGKILL)
    assert comes(lambda: not lives(ended))
    job = merging(tmp_path)
    writer.carry_out(job)
    assert len(made(job)) == 1


def test_a_job_without_end_is_ended_and_the_next_one_is_done(writer: Writer, tmp_path: Path) -> None:
    process = writer.start().pid
    with pytest.raises(Problem, match="ended after 1 seconds"):
        writer.carry_out(updating(tmp_path, ENDLESS, 1))
    assert not lives(process)
    job = merging(tmp_path)
    writer.carry_out(job)
    assert len(made(job)) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what a process holds")
def test_it_is_confined_and_knows_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RIWAYAT_SERVE_TOKEN", "letters-that-nobody-knows-but-the-writer")
    writer = Writer()
    process = Path(f"/proc/{writer.start().pid}")
    writer.carry_out(merging(tmp_path))
    filtered = "Seccomp:\t2" in (process / "status").read_text()
    assert filtered or (process / "ns" / "net").readlink() != Path("/proc/self/ns/net").readlink()
    held = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
    assert b"PYTHONPATH" in held
    assert b"nobody-knows" not in held
    writer.stop()
    assert not process.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what a process holds")
def test_a_killed_server_leaves_none_behind_not_even_in_a_job(tmp_path: Path) -> None:
    job = updating(tmp_path, ENDLESS, 60)
    script = f"""
import msgspec
from kg.server.jobs import Job
from kg.server.writer import Writer
writer = Writer()
print(writer.start().pid, flush=True)
writer.carry_out(msgspec.json.decode({msgspec.json.encode(job)!r}, type=Job))
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        process = int(server.stdout.readline())
        assert comes(lambda: children(process))
        (child,) = children(process)
        server.kill()
    assert comes(lambda: not lives(process) and not lives(child))
