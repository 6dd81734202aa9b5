"""What HTTP costs: a small query asked of `kg serve` and in process, and how many a second a server answers.

    python bench/serve.py [FOLDER] [SECONDS]

A FOLDER without a graph gets the articles of bench/press.py. The two ways take turns, so that what else runs on the
machine meets both alike; the client keeps its connection. The sustained figure is that of clients in a process of
their own, each of which asks again as soon as it has an answer; every answer is compared with the first.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from press import Press

from kg import build, queries
from kg.store.embedded import EmbeddedStore

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import kg_served  # noqa: E402

ARTICLES: Final = 100
ASKED: Final = 400
"""How often each way is measured."""
SECONDS: Final = 10
CLIENTS: Final = 8
ACCEPT: Final = "application/sparql-results+json"
SMALL: Final = {
    "ten triples": "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10",
    "one label": "SELECT ?l WHERE { <https://w3id.org/riwayat/id/place/indonesia> "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?l }",
    "career": queries.question("career").bound({"person": "Siti Anggraini Pramono"}),
}


def inside(store: EmbeddedStore, sparql: str) -> Callable[[], bytes]:
    """The query in process, written out as the server writes it."""
    import pyoxigraph as ox

    found = ox.Store.read_only(str(store.path))
    form = ox.QueryResultsFormat.JSON
    return lambda: found.query(sparql, use_default_graph_as_union=True).serialize(format=form)  # type: ignore[union-attr,return-value]


def over_http(url: str, sparql: str) -> Callable[[], bytes]:
    """The query over one kept connection."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc)

    def ask() -> bytes:
        connection.request("GET", f"/sparql?query={quote(sparql)}", headers={"Accept": ACCEPT})
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read()

    return ask


def compared(one: Callable[[], bytes], other: Callable[[], bytes]) -> tuple[float, float]:
    """The medians of the milliseconds of both, measured in turns; their answers are the same."""
    assert one() == other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ASKED):
        for ask, taken in zip((one, other), times, strict=True):
            began = time.perf_counter()
            ask()
            taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[0]), statistics.median(times[1])


async def client(address: str, sparql: str, until: float) -> int:
    """How many answers one client gets."""
    host, _, port = address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    request = f"GET /sparql?query={quote(sparql)} HTTP/1.1\r\nHost: {address}\r\nAccept: {ACCEPT}\r\n\r\n".encode()
    first, count = b"", 0
    while time.monotonic() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 "), head
        length = next(int(line[15:]) for line in head.lower().splitlines() if line.startswith(b"content-length:"))
        body = await reader.readexactly(length)
        assert body == (first := first or body)
        count += 1
    writer.close()
    return count


async def clients(address: str, sparql: str, seconds: float) -> None:
    """Prints how many answers a second some clients get together."""
    until = time.monotonic() + seconds
    counts = await asyncio.gather(*(client(address, sparql, until) for _ in range(CLIENTS)))
    print(f"{sum(counts) / seconds:.0f}")


def used(processes: Sequence[int]) -> float:
    """Seconds of the processor that some processes have used."""
    stats = (Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in processes)
    return sum(int(words[11]) + int(words[12]) for words in stats) / os.sysconf("SC_CLK_TCK")


def sustained(server: kg_served.Served, name: str, seconds: str) -> str:
    """Answers a second, and what each costs the server and its workers, which others on the machine change less."""
    both = [server.process.pid], kg_served.children(server.process.pid)
    before = [used(processes) for processes in both]
    command = [sys.executable, __file__, "clients", urlsplit(server.url).netloc, name, seconds]
    rate = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    answers = rate * float(seconds) / 1000
    front, workers = ((used(processes) - began) / answers for processes, began in zip(both, before, strict=True))
    cost = f"each {front:.2f} ms of the server and {workers:.2f} ms of a worker"
    return f"{rate:.0f} a second by {CLIENTS} clients, {cost}"


def main() -> None:
    if sys.argv[1:2] == ["clients"]:
        asyncio.run(clients(sys.argv[2], SMALL[sys.argv[3]], float(sys.argv[4])))
        return
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    seconds = sys.argv[2] if len(sys.argv) > 2 else str(SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        graph = path or Path(folder) / "graph"
        if not (graph / "manifest.json").exists():
            build.add(lambda _: map(Press().article, range(ARTICLES)), graph)
        store = build.reader(graph)
        with kg_served.served(graph, Path(folder) / "log") as server:
            print(f"{len(store)} quads; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            for name, sparql in SMALL.items():
                http_, alone = compared(over_http(server.url, sparql), inside(store, sparql))
                more = f"{http_:.2f} ms over HTTP, {alone:.2f} ms in process: {http_ - alone:.2f} ms more"
                print(f"{name}: {more}; {sustained(server, name, seconds)}", flush=True)
        store.close()


if __name__ == "__main__":
    main()
