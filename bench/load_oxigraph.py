"""kg load into a local Oxigraph, against curl of the same graph as one file of N-Quads to its store endpoint.

    python bench/load_oxigraph.py [FOLDER] [ARTICLES]

Each way gets a new server with an empty folder. The clock of curl starts with the file ready, so kg's own reading,
digests, marks, counts and reading back are in kg's time only. Wall time, and seconds of processor of server and client
together, which what else the machine does changes less. kg loads three times: all, nothing, and one article more. A
FOLDER that holds a graph already is taken as it is, and left so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import timed
from oxigraph_served import served
from press import Press

from kg import build
from kg.index import folder as folder_of
from kg.model import Report

ARTICLES: Final = 10_000
TICKS: Final = os.sysconf("SC_CLK_TCK")


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    articles = int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES
    press = Press()
    with tempfile.TemporaryDirectory() as folder:
        graph, file = path or Path(folder) / "graph", Path(folder) / "graph.nq"
        if not (graph / "manifest.json").exists():
            build.add(lambda _: map(press.article, range(articles)), graph)
        build.reader(graph).close()
        kg = [sys.executable, "-m", "kg.cli"]
        run([*kg, "export", "--format", "nq", "--output", str(file), "--graph", str(graph)])
        with file.open("rb") as lines:
            quads = sum(1 for _ in lines)
        print(f"{quads:,} quads, {file.stat().st_size >> 20} MB")
        curl = ["curl", "-sfS", "-X", "POST", "-H", "Content-Type: application/n-quads", "-T", str(file)]
        fresh(Path(folder), "curl", quads, lambda url: [[*curl, f"{url}/store"]])
        fresh(Path(folder), "curl ?no_transaction", quads, lambda url: [[*curl, f"{url}/store?no_transaction"]])
        load = [*kg, "load", "--graph", str(graph)]
        more = press.article(sum(segment.articles for segment in folder_of(graph).manifest().segments))
        try:
            fresh(Path(folder), "kg load", quads, lambda url: thrice(graph, more, [*load, f"{url}/store"]))
        finally:
            build.forget([more.article], graph)


def thrice(graph: Path, more: Report, load: Sequence[str]) -> Iterator[Sequence[str]]:
    """A load of all, one of nothing, and one after an article came."""
    yield load
    yield load
    build.add(lambda _: [more], graph)
    yield load


def fresh(folder: Path, what: str, quads: int, commands: Callable[[str], Iterable[Sequence[str]]]) -> None:
    """Runs commands one after the other against a new server, and tells what each took."""
    with tempfile.TemporaryDirectory(dir=folder) as data, served(Path(data)) as url:
        for number, command in enumerate(commands(url), 1):
            before = processor()
            wall = timed.seconds(lambda command=command: run(command))  # type: ignore[misc]
            used = processor() - before
            print(
                f"{what:22} {number}: {wall:7.1f} s, {used:7.1f} s of processor, {quads / wall:9,.0f} quads a second",
                flush=True,
            )


def run(command: Sequence[str]) -> None:
    """Runs a command; what it tells goes to stderr."""
    subprocess.run(command, check=True, stdout=sys.stderr)


def processor() -> float:
    """Seconds of processor of all that this process has started: those that ended, and the server that runs."""
    ended = os.times()
    running = (each / "stat" for each in Path("/proc").iterdir() if each.name.isdigit())
    return ended.children_user + ended.children_system + sum(map(of_child, running))


def of_child(stat: Path) -> float:
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS if int(fields[1]) == os.getpid() else 0.0


if __name__ == "__main__":
    main()
