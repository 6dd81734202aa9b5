"""What a write over HTTP costs: python bench/serve_writes.py GRAPH [--rounds 20] [--triples 100000]

Starts `kg serve --writable` on a copy of a graph folder, and prints the median of a small PUT, of a small update that
reads what articles say and of one triple more in a large graph, the seconds of that large document, each until it is
durable and served, and how many updates two clients get done in a second: each adds one to a count, which must be
right. Most of a small write is waiting for the disk; TMPDIR says where the copy is.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from kg_served import served

TOKEN = "kata-sandi-panjang-hanya-untuk-ukur-0123456789"
UPDATE = """PREFIX rw: <https://w3id.org/riwayat/ontology#>
INSERT {{ GRAPH <http://a.example/marks> {{ ?person <http://a.example/round> {} }} }}
WHERE {{ SELECT ?person {{ ?person a rw:Person }} LIMIT 10 }}"""
MORE = "INSERT DATA {{ GRAPH <{}/graphs/large> {{ <http://a.example/more> <http://a.example/round> {} }} }}"
COUNT = """WITH <http://a.example/count> DELETE { <a:c> <a:n> ?n } INSERT { <a:c> <a:n> ?more }
WHERE { <a:c> <a:n> ?n BIND (?n + 1 AS ?more) }"""
CLIENTS = 2


def send(url: str, method: str, body: str, media_type: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": media_type}
    with urllib.request.urlopen(urllib.request.Request(url, body.encode(), headers, method=method)) as answer:
        assert answer.status in {201, 204}


def change(url: str, update: str) -> None:
    send(f"{url}/update", "POST", update, "application/sparql-update")


def seconds(work: Callable[[], None]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def document(triples: int, mark: object) -> str:
    return "".join(
        f"<http://a.example/{n // 8}> <http://a.example/p{n % 8}> 'nilai {n} {mark}' .\n" for n in range(triples)
    )


def measure(url: str, rounds: int, triples: int) -> None:
    put = [
        seconds(lambda n=n: send(f"{url}/graphs/small", "PUT", document(10, n), "text/turtle"))  # type: ignore[misc]
        for n in range(rounds)
    ]
    print(f"PUT of 10 triples: {statistics.median(put):.2f} s")
    updates = [seconds(lambda n=n: change(url, UPDATE.format(n))) for n in range(rounds)]  # type: ignore[misc]
    print(f"update over the union: {statistics.median(updates):.2f} s")
    large = document(triples, "")
    print(
        f"PUT of {triples} triples: {seconds(lambda: send(f'{url}/graphs/large', 'PUT', large, 'text/turtle')):.1f} s"
    )
    more = [seconds(lambda n=n: change(url, MORE.format(url, n))) for n in range(rounds)]  # type: ignore[misc]
    print(f"one triple more in it: {statistics.median(more):.2f} s")
    change(url, "INSERT DATA { GRAPH <http://a.example/count> { <a:c> <a:n> 0 } }")
    with ThreadPoolExecutor(CLIENTS) as clients:
        took = seconds(lambda: list(clients.map(lambda _: change(url, COUNT), range(CLIENTS * rounds))))
    asked = urllib.request.Request(f"{url}/store?graph=http://a.example/count", headers={"Accept": "text/turtle"})
    with urllib.request.urlopen(asked) as answer:
        assert f"<a:n> {CLIENTS * rounds} ".encode() in answer.read()
    print(f"{CLIENTS} clients: {CLIENTS * rounds / took:.1f} updates a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--triples", type=int, default=100_000)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-writes-") as aside:
        graph = shutil.copytree(told.graph, Path(aside) / "graph")
        environment = {"RIWAYAT_SERVE_TOKEN": TOKEN}
        with served(graph, Path(aside) / "log", "--writable", environment=environment) as running:
            measure(running.url, told.rounds, told.triples)


if __name__ == "__main__":
    main()
