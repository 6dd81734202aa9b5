"""Whether the index of a graph says what its reports say: made again aside, and compared part by part."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from kg.errors import Broken
from kg.index import Index
from kg.rdf.terms import Quad, nquads
from kg.store.embedded import EmbeddedStore
from kg.store.folder import GraphFolder
from kg.store.registry import Registry


def differences(graph: GraphFolder) -> Iterator[str]:
    """Where the index differs from what the reports give, one message each. Takes as long as a rebuild.

    Raises BadInput where another process writes to the graph.
    """
    advice = f"run: kg rebuild --graph {graph.path}"
    with (
        tempfile.TemporaryDirectory(prefix="kg-verify-") as aside,
        Index(GraphFolder(graph.path, graph.resolver, Path(aside) / "index")) as index,
    ):
        index.settle()
        try:
            for what in chain(_registry(graph, index.registry), _quads(graph, index.store)):
                yield f"{what}; {advice}"
        except (Broken, sqlite3.DatabaseError) as error:
            yield f"{graph.index_path}: cannot be read ({error}); {advice}"


def _registry(graph: GraphFolder, expected: Registry) -> Iterator[str]:
    with Registry(graph.registry_path) as registry:
        found = dict(registry.contents())
    for table, rows in expected.contents():
        if found.get(table) != rows:
            yield f"{graph.registry_path}: table {table} differs from what the reports give"


def _quads(graph: GraphFolder, expected: EmbeddedStore) -> Iterator[str]:
    store = EmbeddedStore(graph.quads_path, read_only=True)
    try:
        for name in sorted({*store.graphs(), *expected.graphs()}):
            (found, one), (wanted, other) = _sum(store.quads(name)), _sum(expected.quads(name))
            if (found, one) != (wanted, other):
                counts = f"{found} quads, the reports give {wanted}" if found != wanted else "other quads"
                yield f"{graph.quads_path}: graph {name} has {counts}"
    finally:
        store.close()


def _sum(quads: Iterable[Quad]) -> tuple[int, int]:
    """The number of quads and the sum of their digests: equal for equal sets, in any order, in no memory."""
    count = total = 0
    for line in nquads(quads):
        count += 1
        total += int.from_bytes(hashlib.sha256(line.encode()).digest())
    return count, total
