"""Seconds that every shipped question takes on a million quads, and that rdflib takes on the same data.

    python bench/queries_million.py [FOLDER] [--rdflib] [QUESTION ...]

A FOLDER without a graph gets that of bench/million.py; what is asked stands in bench/million.toml. Each query is asked
once to warm up, then some times over in this process, and all rows are written out. Seconds are those of the processor,
which work of others on the machine changes least. For rdflib the triples of all graphs are loaded once; each query is
asked in a process of its own, which is ended once it is slow enough.
"""

from __future__ import annotations

import math
import os
import resource
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import million
import pyoxigraph as ox

from kg import queries
from kg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    import rdflib

TIMES: Final = 5
"""How often each query is asked."""
TIMES_SLOWER: Final = 20
"""rdflib is ended, and told as slower, where it takes more than so many times as long."""
ENOUGH: Final = 10.0
"""Seconds after which a query is asked no more."""
LIMIT: Final = 1.0
"""Seconds that a query may take: marked where it takes more."""


def cases(wanted: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Questions with values."""
    asked = tomllib.loads((Path(__file__).parent / "million.toml").read_text(encoding="utf-8"))
    assert sorted(asked) == list(queries.names()), "bench/million.toml asks every question"
    for name in [*wanted] or asked:
        yield from ((name, values) for values in asked[name])


def measured(store: ox.Store, sparql: str) -> tuple[int, float]:
    """Rows, and the median of the seconds until all of them are written out as JSON, as `kg serve` does it."""
    times = []
    rows = sum(1 for _ in store.query(sparql, use_default_graph_as_union=True))  # type: ignore[union-attr,misc]
    for _ in range(TIMES):
        began = time.process_time()
        store.query(sparql, use_default_graph_as_union=True).serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr,call-overload]
        times.append(time.process_time() - began)
        if sum(times) > ENOUGH:
            break
    return rows, statistics.median(times)


def loaded(store: EmbeddedStore) -> rdflib.Graph:
    """The triples of all graphs in rdflib."""
    import rdflib

    with tempfile.NamedTemporaryFile("w", suffix=".nt", encoding="utf-8") as lines:
        lines.writelines(f"{s} {p} {o} .\n" for s, p, o, _ in store.quads())
        lines.flush()
        return rdflib.Graph().parse(lines.name, format="nt")


def in_rdflib(graph: rdflib.Graph, sparql: str, patience: int) -> tuple[int, float] | None:
    """Rows and seconds of one query; None where there is no answer after so many seconds of the processor."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))
        began = time.process_time()
        rows = sum(1 for _ in graph.query(sparql))
        os.write(writer, f"{rows} {time.process_time() - began}".encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        rows_and_seconds = said.read().split()
    os.waitpid(child, 0)
    return (int(rows_and_seconds[0]), float(rows_and_seconds[1])) if rows_and_seconds else None


def compared(graph: rdflib.Graph, sparql: str, rows: int, seconds: float) -> str:
    """What rdflib takes, and how many times as much that is."""
    patience = math.ceil(TIMES_SLOWER * seconds)
    found = in_rdflib(graph, sparql, patience)
    if found is None:
        return f"{f'> {patience} s':>11} {f'> {patience / seconds:.0f}':>6} x"
    differs = "" if found[0] == rows else f", but {found[0]} rows"
    return f"{found[1]:9.2f} s {found[1] / seconds:6.0f} x{differs}"


def main() -> None:
    wanted = [word for word in sys.argv[1:] if word in queries.names()]
    paths = [Path(word) for word in sys.argv[1:] if word not in {"--rdflib", *wanted}]
    with tempfile.TemporaryDirectory() as folder:
        store = million.made(paths[0] if paths else Path(folder) / "graph")
        raw = ox.Store.read_only(str(store.path))
        graph = loaded(store) if "--rdflib" in sys.argv else None
        print(f"{len(store)} quads\n{'question':16} {'parameters':58} {'rows':>6} {'median':>10}", flush=True)
        for name, values in cases(wanted):
            sparql = queries.question(name).bound(values)
            rows, seconds = measured(raw, sparql)
            shown = ", ".join(f"{key} {value}" for key, value in values.items())
            other = compared(graph, sparql, rows, seconds) if graph is not None else ""
            mark = "  TOO SLOW" if seconds > LIMIT else ""
            print(f"{name:16} {shown:58.58} {rows:6} {seconds * 1000:7.1f} ms {other}{mark}", flush=True)
        store.close()


if __name__ == "__main__":
    main()
