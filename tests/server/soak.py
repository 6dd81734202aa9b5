"""Many clients at once, some of them slow, broken or hostile, while articles come and go: every answer is checked.

    python tests/server/soak.py GRAPH   the writer: it takes the graph from state to state until its stdin ends

The writer goes round three states, each made of the same reports each time. What each query gives in each state is
known before: it is asked in process. The entity tag of an answer names its state, so the answer must be that of this
state and no other; an answer without one must be that of some state.
"""

from __future__ import annotations

import http.client
import re
import select
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import kg_served  # noqa: E402
import pyoxigraph as ox  # noqa: E402
from reports_by_hand import ASKED as VALUES  # noqa: E402
from reports_by_hand import reports  # noqa: E402
from SPARQLWrapper import JSON, SPARQLWrapper  # noqa: E402

from kg import build, queries  # noqa: E402
from kg.index import folder  # noqa: E402
from kg.server.asked import QueryAsked  # noqa: E402
from kg.server.validators import tag  # noqa: E402

MEDIA_TYPE = "application/sparql-results+json"
COMING = tuple(replace(report, article=f"datang-{report.article}") for report in reports()[:2])
"""What the writer adds, one after the other, and forgets again."""
PATIENCE = 120.0
TIMEOUT = 2.0
"""Seconds that the server gives a query."""
ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER (?a != ?d && ?d != ?g) }"
SERVICE = "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
TOO_BUSY = {429, 503}
"""Statuses that say that others are being served: no answer, and no wrong one."""


# The writer


def write(graph: Path) -> None:
    """From state to state until stdin ends."""
    while True:
        for step in steps(graph):
            if select.select([sys.stdin], [], [], 0.5)[0]:
                return
            step()


def steps(graph: Path) -> tuple[Callable[[], object], ...]:
    """What brings a graph from each state to the next, and in the end back to the first."""
    one, other = COMING
    return (
        lambda: build.add(lambda _: [one], graph),
        lambda: build.add(lambda _: [other], graph),
        lambda: build.forget([one.article, other.article], graph),
    )


# What is known before


@dataclass
class Known:
    """The right answers."""

    asked: tuple[str, ...]
    states: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """By state and query."""

    def right(self, url: str, sparql: str, told: str | None, body: bytes) -> bool:
        """True where an answer is that of the state that its entity tag names, or of any where it has none."""
        if told is None:
            return any(body == answers[sparql] for answers in self.states.values())
        asked = QueryAsked(sparql, MEDIA_TYPE, base=f"{url}/sparql")
        named = {tag(state, asked, MEDIA_TYPE, None): answers for state, answers in self.states.items()}
        return told in named and body == named[told][sparql]


def known(graph: Path, copy: Path) -> Known:
    """The right answers in all states that the writer goes through, from a copy of the graph."""
    shutil.copytree(graph, copy)
    found = Known(tuple(sorted({*_questions(), *_small(), f"{ALL} ORDER BY ?s ?p ?o"})))
    for step in (*steps(copy), None):
        state = folder(copy).state
        assert state not in found.states or step is None
        found.states[state] = _answers(copy, found.asked)
        if step:
            step()
    assert len(found.states) == len(COMING) + 1, "the writer comes back to the state that it began with"
    return found


def _answers(graph: Path, asked: tuple[str, ...]) -> dict[str, bytes]:
    store = ox.Store.read_only(str(folder(graph).quads_path))
    form = ox.QueryResultsFormat.JSON
    return {
        sparql: store.query(sparql, use_default_graph_as_union=True).serialize(format=form)  # type: ignore[union-attr,misc]
        for sparql in asked
    }


def _questions() -> Iterator[str]:
    for name in queries.names():
        yield queries.question(name).bound(VALUES.get(name, {}))


def _small() -> Iterator[str]:
    yield "ASK { ?s a <https://w3id.org/riwayat/ontology#Article> }"
    for name in ("Person", "Place", "Tenure", "Event"):
        kind = f"<https://w3id.org/riwayat/ontology#{name}>"
        yield f"SELECT ?s WHERE {{ ?s a {kind} }} ORDER BY ?s LIMIT 20"
        yield f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a {kind} }}"


# The clients


class Client:
    """One client: a connection that is kept, and all the ways in which it asks."""

    def __init__(self, url: str, right: Known, chance: Random) -> None:
        self.url, self.right, self.chance = url, right, chance
        self.address = urlsplit(url).netloc
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._connection = http.client.HTTPConnection(self.address, timeout=PATIENCE)

    def act(self) -> None:
        """Asks in one of the ways, by chance. An answer that is cut at the deadline does not look whole."""
        way = self.chance.choices(tuple(WAYS), tuple(weight for weight, _ in WAYS.values()))[0]
        try:
            WAYS[way][1](self)
        except http.client.IncompleteRead:
            way = "cut"
            self._connection.close()
        self.done[way] += 1

    def close(self) -> None:
        """Lets go of the kept connection."""
        self._connection.close()

    def plain(self) -> None:
        """A query by GET over the kept connection."""
        sparql = self.chance.choice(self.right.asked)
        self._check("plain", sparql, *self._get(sparql))

    def posted(self) -> None:
        """A query by POST, whose answer has no entity tag."""
        sparql = self.chance.choice(self.right.asked)
        headers = {"Accept": MEDIA_TYPE, "Content-Type": "application/sparql-query"}
        self._check("posted", sparql, *self._request("POST", "/sparql", sparql.encode(), headers))

    def asked_again(self) -> None:
        """A query with the tag of an answer that is had already."""
        sparql = self.chance.choice(self.right.asked)
        status, told, body = self._get(sparql)
        self._check("asked again", sparql, status, told, body)
        if status == 200 and told:
            status, again, body = self._get(sparql, {"If-None-Match": told})
            if status == 304:
                self._must(again == told and not body, f"304 with {again} for {told}")
            else:
                self._check("asked again", sparql, status, again, body)

    def by_wrapper(self) -> None:
        """A query by SPARQLWrapper."""
        sparql = self.chance.choice([each for each in self.right.asked if not each.startswith("ASK")])
        wrapper = SPARQLWrapper(f"{self.url}/sparql", returnFormat=JSON)
        wrapper.setTimeout(int(PATIENCE))
        wrapper.setQuery(sparql)
        try:
            answer = wrapper.query().response
        except HTTPError as error:
            error.close()
            self._must(error.code in TOO_BUSY, f"SPARQLWrapper: {error!r}")
            return
        with answer:
            media_type = answer.headers["Content-Type"].partition(";")[0]
            self._must(media_type == MEDIA_TYPE, f"SPARQLWrapper: {media_type}")
            self._check("SPARQLWrapper", sparql, answer.status, None, answer.read())

    def slow(self) -> None:
        """A long answer, read in small pieces with rests between them."""
        sparql = f"{ALL} ORDER BY ?s ?p ?o"
        with closing(http.client.HTTPConnection(self.address, timeout=PATIENCE)) as connection:
            connection.request("GET", self._path(sparql), headers={"Accept": MEDIA_TYPE})
            answer = connection.getresponse()
            pieces = []
            while piece := answer.read(32_768):
                pieces.append(piece)
                time.sleep(0.01)
            self._check("slow", sparql, answer.status, answer.headers["ETag"], b"".join(pieces))

    def fetching(self) -> None:
        """A query that would fetch from elsewhere."""
        status, _, _ = self._get(SERVICE)
        self._must(status in {400, 403} | TOO_BUSY, f"SERVICE: {status}")

    def endless(self) -> None:
        """A query that no deadline is long enough for."""
        status, _, _ = self._get(CROSS)
        self._must(status in TOO_BUSY, f"a cross product: {status}")

    def leaving(self) -> None:
        """A long answer that is left in the middle."""
        with self._socket(f"GET {self._path(ALL)} HTTP/1.1\r\nHost: {self.address}\r\n\r\n".encode()) as left:
            left.recv(10_000)

    def gone_at_once(self) -> None:
        """A query whose client does not wait for the answer."""
        request = f"GET {self._path(self.chance.choice((CROSS, ALL)))} HTTP/1.1\r\nHost: {self.address}\r\n\r\n"
        with self._socket(request.encode()):
            pass

    def half_sent(self) -> None:
        """A request that ends in its middle."""
        request = f"POST /sparql HTTP/1.1\r\nHost: {self.address}\r\nContent-Type: application/sparql-query\r\n"
        whole = f"{request}Content-Length: 500\r\n\r\nSELECT ?s WHERE {{ ?s a".encode()
        with self._socket(whole[: self.chance.randrange(len(whole))]):
            time.sleep(self.chance.random() / 20)

    def malformed(self) -> None:
        """A query that is none."""
        status, _, _ = self._get("SELECT ?s WHERE { ?s ?p")
        self._must(status in {400} | TOO_BUSY, f"a malformed query: {status}")

    def _path(self, sparql: str) -> str:
        return f"/sparql?{urlencode({'query': sparql}, quote_via=quote)}"

    def _get(self, sparql: str, headers: dict[str, str] | None = None) -> tuple[int, str | None, bytes]:
        return self._request("GET", self._path(sparql), None, {"Accept": MEDIA_TYPE, **(headers or {})})

    def _request(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str | None, bytes]:
        """Status, entity tag and body. A connection that the server has closed meanwhile is opened again, once."""
        for last in (False, True):
            try:
                self._connection.request(method, path, body, headers)
                answer = self._connection.getresponse()
                return answer.status, answer.headers["ETag"], answer.read()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self._connection.close()
                if last:
                    raise
        raise AssertionError

    def _socket(self, sent: bytes) -> socket.socket:
        host, _, port = self.address.partition(":")
        opened = socket.create_connection((host, int(port)), timeout=PATIENCE)
        opened.sendall(sent)
        return opened

    def _check(self, way: str, sparql: str, status: int, told: str | None, body: bytes) -> None:
        if status in TOO_BUSY:
            self.done["busy"] += 1
            return
        self._must(status == 200, f"{way}: {status} for {sparql[:60]!r}: {body[:300]!r}")
        right = status != 200 or self.right.right(self.url, sparql, told, body)
        self._must(right, f"{way}: a wrong answer to {sparql[:60]!r} with the tag {told}")

    def _must(self, holds: bool, what: str) -> None:
        if not holds:
            self.wrong.append(what)


WAYS: dict[str, tuple[float, Callable[[Client], None]]] = {
    "plain": (50, Client.plain),
    "posted": (10, Client.posted),
    "asked again": (8, Client.asked_again),
    "SPARQLWrapper": (8, Client.by_wrapper),
    "slow": (3, Client.slow),
    "fetching": (4, Client.fetching),
    "endless": (0.5, Client.endless),
    "leaving": (4, Client.leaving),
    "gone at once": (3, Client.gone_at_once),
    "half sent": (5, Client.half_sent),
    "malformed": (4.5, Client.malformed),
}
"""How often clients ask in each way, in percent."""


# What a server holds on to


@dataclass(frozen=True, slots=True)
class Held:
    """What a server holds at one moment."""

    resident: int
    """MiB of memory of the server itself."""
    workers: int
    """MiB of memory of its largest worker."""
    processes: int
    descriptors: int
    snapshots: int


def held(server: kg_served.Served, graph: Path) -> Held:
    """What a server holds now."""
    process = server.process.pid
    below = kg_served.children(process)
    return Held(
        _resident(process),
        max(map(_resident, below), default=0),
        len(below),
        len(list(Path(f"/proc/{process}/fd").iterdir())),
        len([each for each in (graph / "snapshots").glob("*-*/*") if each.is_dir()]),
    )


def _resident(process: int) -> int:
    """MiB in memory; none where the process has just ended."""
    with suppress(OSError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096 >> 20
    return 0


@dataclass
class Soaked:
    """What came of it."""

    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    before: Held | None = None
    over_time: list[Held] = field(default_factory=list)
    after: Held | None = None
    states: int = 0
    """How many states answers came from."""
    seconds: float = 0


def soak(place: Path, graph: Path, queries_asked: int, clients: int, seed: int = 1) -> Soaked:
    """Lets clients ask so many queries in all of a server of a graph, which the writer changes meanwhile."""
    right, found = known(graph, place / "copy"), Soaked()
    turns = iter(range(queries_asked))
    lock = threading.Lock()

    def busy(number: int) -> Client:
        client = Client(server.url, right, Random(f"{seed} {number}"))
        while True:
            with lock:
                if next(turns, None) is None:
                    client.close()
                    return client
            client.act()

    with kg_served.served(graph, place / "log", "--timeout", str(TIMEOUT)) as server:
        first = Client(server.url, right, Random(seed))
        for _ in range(2 * clients):
            first.plain()
        first.close()
        found.before, began = held(server, graph), time.monotonic()
        with _writer(graph), ThreadPoolExecutor(clients) as pool:
            running = [pool.submit(busy, number) for number in range(clients)]
            while not all(each.done() for each in running):
                time.sleep(LOOK)
                found.over_time.append(held(server, graph))
            for client in (each.result() for each in running):
                found.done += client.done
                found.wrong += client.wrong
        found.seconds = time.monotonic() - began
        found.after = _settled(server, graph, found.before)
        found.states = len(set(re.findall(r'"state": "(\w+)"', server.log())))
    return found


LOOK = 1.0
"""Seconds between two looks at what the server holds."""
CALM = 120.0
"""Seconds in which a server has to let go of what clients that have gone had asked for."""


def _settled(server: kg_served.Served, graph: Path, before: Held) -> Held:
    """What a server holds once it has let go of what it can."""
    end = time.monotonic() + CALM
    while True:
        now = held(server, graph)
        calm = (now.processes, now.snapshots) == (before.processes, before.snapshots)
        if (calm and now.descriptors <= before.descriptors) or time.monotonic() > end:
            return now
        time.sleep(0.2)


@contextmanager
def _writer(graph: Path) -> Iterator[None]:
    """The writer, in a process of its own; it ends with whole states."""
    command = [sys.executable, str(Path(__file__)), str(graph)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        _, _ = writer.communicate(timeout=PATIENCE)
    assert writer.returncode == 0, "the writer failed"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
