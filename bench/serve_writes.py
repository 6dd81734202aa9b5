"""What a write over HTTP costs: python bench/serve_writes.py GRAPH [--rounds 20] [--triples 100000]

Starts `kg serve --writable` on a copy of a graph folder, and prints the median of a small PUT, of a small update that
reads what articles say, and the seconds of one large document, each until it is durable and served.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from kg_served import served

TOKEN = "kata-sandi-panjang-hanya-untuk-ukur-0123456789"
UPDATE = """PREFIX rw: <https://w3id.org/riwayat/ontology#>
INSERT {{ GRAPH <http://a.example/marks> {{ ?person <http://a.example/round> {} }} }}
WHERE {{ SELECT ?person {{ ?person a rw:Person }} LIMIT 10 }}"""


def send(url: str, method: str, body: str, media_type: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": media_type}
    with urllib.request.urlopen(urllib.request.Request(url, body.encode(), headers, method=method)) as answer:
        assert answer.status in {201, 204}


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
    updates = [
        seconds(lambda n=n: send(f"{url}/update", "POST", UPDATE.format(n), "application/sparql-update"))  # type: ignore[misc]
        for n in range(rounds)
    ]
    print(f"update over the union: {statistics.median(updates):.2f} s")
    large = document(triples, "")
    print(
        f"PUT of {triples} triples: {seconds(lambda: send(f'{url}/graphs/large', 'PUT', large, 'text/turtle')):.1f} s"
    )


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
