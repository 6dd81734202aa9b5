"""Commands killed at random moments, and what must hold then: nothing lost, nothing half, the next one goes on.

A round starts a real command on a graph, kills it by SIGKILL after a share of the time that it takes when it is left
alone, looks at what is there, lets the command run again and compares what it leaves with what an undisturbed one left.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import kg_served
import killed
import oxigraph_served
from chance import dataset
from waiting import comes

from kg import build
from kg.index import folder
from kg.store.ledger import CHANGING, DIGEST, NAME

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("killed.py")
EARLIER = slice(2, 8)
"""Those of killed.reports() that stand in the graph before a build is killed; nobody forgets them."""
WORKERS = 2
ASKED = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"


@dataclass
class Scene:
    """A graph, what undisturbed commands make of it, and how long they take."""

    path: Path
    graph: Path
    expected: dict[str, tuple[object, float]] = field(default_factory=dict)

    def undisturbed(self, what: str, work: Callable[[Path], object]) -> tuple[object, float]:
        """What a command gives when it is left alone, and its seconds; it is run once."""
        if what not in self.expected:
            place = self.fresh(f"undisturbed-{what}")
            began = time.monotonic()
            found = work(place)
            self.expected[what] = found, time.monotonic() - began
        return self.expected[what]

    def fresh(self, name: str) -> Path:
        """An empty folder of a name."""
        place = self.path / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        return place


def scene(path: Path) -> Scene:
    """A scene in a folder, with the graph of the reports made by hand."""
    graph = path / "graph"
    build.add(lambda _: killed.reports(), graph)
    return Scene(path, graph)


def kg(*words: object) -> list[str]:
    """The command kg."""
    return [sys.executable, "-m", "kg.cli", *map(str, words)]


def run(command: Sequence[str]) -> str:
    """Runs a command that has to succeed; returns what it told."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def kill_after(command: Sequence[str], seconds: float) -> bool:
    """Runs a command and kills it after some seconds; False where it had ended by then, and well."""
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _, said = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        return True
    assert child.returncode == 0, said.decode()
    return False


# Builds


def killed_build(scene: Scene, chance: Random) -> None:
    """A build from reports made by hand, over a graph that holds some of them, killed twice."""

    def started(place: Path) -> Path:
        build.add(lambda _: killed.reports()[EARLIER], place / "graph")
        return place / "graph"

    def complete(place: Path) -> list[str]:
        run([sys.executable, str(SCRIPT), str(started(place)), "0"])
        return dataset(place / "graph")

    expected, seconds = scene.undisturbed("build", complete)
    graph = started(scene.fresh("build"))
    for _ in range(2):
        kill_after([sys.executable, str(SCRIPT), str(graph), "0"], seconds * chance.uniform(0.1, 1.0))
        there = {report.article for report in folder(graph).reports()}
        assert there >= {report.article for report in killed.reports()[EARLIER]}, "articles were lost"
        sound(graph)
    run([sys.executable, str(SCRIPT), str(graph), "0"])
    assert dataset(graph) == expected
    clean(graph)


def killed_samples(scene: Scene, chance: Random) -> None:
    """`kg build samples`, with the trained model."""

    def complete(place: Path) -> list[str]:
        run(kg("build", "samples", "--graph", place / "graph"))
        return dataset(place / "graph")

    expected, seconds = scene.undisturbed("samples", complete)
    graph = scene.fresh("samples") / "graph"
    kill_after(kg("build", "samples", "--graph", graph), seconds * chance.uniform(0.3, 1.0))
    if folder(graph).exists:
        sound(graph)
    run(kg("build", "samples", "--graph", graph))
    assert dataset(graph) == expected
    clean(graph)


def sound(graph: Path) -> None:
    """After a kill: all sums are right, at most the index is behind, and reading makes that good."""
    assert all("is behind the " in message for message in build.verify(graph))
    dataset(graph)
    assert list(build.verify(graph)) == []


def clean(graph: Path) -> None:
    """After the next run: verified, and no file that nobody names."""
    assert list(build.verify(graph)) == []
    assert {file.name for file in (graph / "reports").iterdir()} == {s.name for s in folder(graph).manifest().segments}
    assert not list(graph.glob(".*"))


# Exports and loads


def killed_export(scene: Scene, chance: Random) -> None:
    """An export to a file that is there already or not."""
    form = chance.choice(("nq", "ttl", "jsonld", "graphml"))

    def complete(place: Path) -> bytes:
        run(kg("export", "--graph", scene.graph, "--format", form, "--output", place / "file"))
        return (place / "file").read_bytes()

    expected, seconds = scene.undisturbed(f"export-{form}", complete)
    place, old = scene.fresh("export"), chance.choice((None, b"of last week"))
    if old:
        (place / "file").write_bytes(old)
    ended = not kill_after(
        kg("export", "--graph", scene.graph, "--format", form, "--output", place / "file"),
        seconds * chance.uniform(0.2, 1.1),
    )
    there = (place / "file").read_bytes() if (place / "file").exists() else None
    assert there == expected or (there == old and not ended), "half a file"
    assert complete(place) == expected
    assert [each.name for each in place.iterdir()] == ["file"], "what was killed is left"


def killed_bulk(scene: Scene, chance: Random) -> None:
    """An export for bulk loaders to a folder."""

    def files(place: Path) -> dict[str, bytes]:
        return {str(f.relative_to(place)): f.read_bytes() for f in sorted(place.rglob("*")) if f.is_file()}

    def complete(place: Path) -> dict[str, bytes]:
        run(kg("export", "--graph", scene.graph, "--bulk", place / "bulk"))
        return files(place)

    expected, seconds = scene.undisturbed("bulk", complete)
    place = scene.fresh("bulk")
    kill_after(kg("export", "--graph", scene.graph, "--bulk", place / "bulk"), seconds * chance.uniform(0.2, 1.1))
    if (place / "bulk").exists():
        assert files(place / "bulk") == {name.removeprefix("bulk/"): each for name, each in expected.items()}  # type: ignore[attr-defined]
    shutil.rmtree(place / "bulk", ignore_errors=True)
    assert complete(place) == expected


def killed_load(scene: Scene, chance: Random) -> None:
    """A load into a real Oxigraph server: what the ledger calls whole is whole."""
    with store(scene) as url:
        command = kg("load", url, "--graph", scene.graph)

        def complete(_: Path) -> list[str]:
            run(command)
            return everything(url)

        expected, seconds = scene.undisturbed("load", complete)
        post(f"{url}/update", "DROP ALL")
        kill_after(command, seconds * chance.uniform(0.2, 1.0))
        assert_whole(everything(url), expected)
        assert complete(scene.path) == expected


def killed_difference(scene: Scene, chance: Random) -> None:
    """A load of a graph that grew, which sends what differs: each graph is old or new where it is not marked."""
    graph = scene.fresh("difference") / "graph"
    with store(scene) as url:
        command = kg("load", url, "--graph", graph)

        def grown() -> list[str]:
            """The store with all but one article, which the graph folder has."""
            build.add(lambda _: killed.reports()[:-1], graph)
            run(command)
            loaded = everything(url)
            build.add(lambda _: killed.reports()[-1:], graph)
            return loaded

        def complete(_: Path) -> list[str]:
            assert "by what differs" in run(command)
            return everything(url)

        before = grown()
        after, seconds = scene.undisturbed("difference", complete)
        post(f"{url}/update", "DROP ALL")
        shutil.rmtree(graph)
        assert grown() == before
        kill_after(command, seconds * chance.uniform(0.2, 1.0))
        assert_whole(everything(url), before, after)
        run(command)
        assert everything(url) == after


def assert_whole(there: list[str], *states: object) -> None:
    """Each graph that the ledger calls whole is as in one of some states."""
    for graph in noted(there):
        mine, *others = (
            [line for line in state if line.endswith(f" <{graph}> .")]  # type: ignore[attr-defined]
            for state in (there, *states)
        )
        assert mine in others, "half a graph"


@contextmanager
def store(scene: Scene) -> Iterator[str]:
    """The address of an empty Oxigraph server."""
    with oxigraph_served.served(scene.fresh("oxigraph")) as url:
        yield url


def everything(url: str) -> list[str]:
    """All quads of an Oxigraph server, sorted."""
    request = urllib.request.Request(f"{url}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return sorted(answer.read().decode().splitlines())


def noted(lines: list[str]) -> set[str]:
    """The graphs that the ledger of kg load calls whole."""
    ledger = [line.split(" ") for line in lines if line.endswith(f"{NAME}> .")]
    changing = {words[0] for words in ledger if words[1] == str(CHANGING)}
    return {words[0].strip("<>") for words in ledger if words[1] == str(DIGEST) and words[0] not in changing}


def post(url: str, update: str) -> None:
    """Sends an update."""
    headers = {"Content-Type": "application/sparql-update"}
    with urllib.request.urlopen(urllib.request.Request(url, update.encode(), headers), timeout=60):
        pass


# Servers


def killed_serve(scene: Scene, chance: Random) -> None:
    """A server, or one of its workers, killed while it answers; nobody survives it, and the next one cleans up."""
    before = dataset(scene.graph)
    log = scene.fresh("serve") / "log"
    with kg_served.served(scene.graph, log) as server, ThreadPoolExecutor(1) as client:
        expected = answer(server.url)
        workers = kg_served.children(server.process.pid)
        assert len(workers) == WORKERS
        asking = client.submit(answer, server.url)
        time.sleep(chance.uniform(0.0, 0.2))
        if chance.choice((True, False)):
            os.kill(chance.choice(workers), signal.SIGKILL)
            assert asking.result() in {None, expected}, "half an answer looked whole"
            assert answer(server.url) == expected, "a dead worker is asked"
        else:
            server.process.kill()
            server.process.wait()
        assert asking.result() in {None, expected}, "half an answer looked whole"
    assert comes(lambda: not any(map(kg_served.lives, workers))), "a worker survived its server"
    with kg_served.served(scene.graph, log) as server:
        assert answer(server.url) == expected
        assert len(list((scene.graph / "snapshots").glob("*-*"))) == 1, "snapshots of a dead server are left"
    assert dataset(scene.graph) == before
    assert list(build.verify(scene.graph)) == []


def answer(url: str) -> bytes | None:
    """The answer to a query for all there is; None where it did not come whole, or a problem came."""
    request = urllib.request.Request(f"{url}/sparql?{urlencode({'query': ASKED})}", headers={"Accept": "text/csv"})
    try:
        with urllib.request.urlopen(request, timeout=60) as found:
            return bytes(found.read())
    except (OSError, HTTPException):
        return None


ROUNDS: dict[str, Callable[[Scene, Random], None]] = {
    "build": killed_build,
    "export": killed_export,
    "bulk": killed_bulk,
    "load": killed_load,
    "difference": killed_difference,
    "serve": killed_serve,
    "samples": killed_samples,
}
"""What can be killed, by name."""
