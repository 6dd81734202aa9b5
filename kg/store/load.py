"""Sends a graph to a remote store, named graph by named graph, and counts what has arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from kg.errors import BadInput
from kg.rdf.terms import IRI
from kg.store.base import Store
from kg.store.remote import COUNTED_GRAPHS, RemoteStore

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was sent, and which graphs of the same base are there that we do not have."""

    graphs: int
    quads: int
    strange: tuple[str, ...]
    """Graphs of articles that were forgotten here, or of another project with the same base."""


def load(source: Store, target: RemoteStore, base: str, progress: Progress | None = None) -> Loaded:
    """Puts every graph in the place of that of the same name; each is there whole or named in the fault.

    Raises BadInput where a graph was not written or counts otherwise there; what was sent before it stays.
    """
    waiting, ours, total = source.graphs(), set[str](), 0
    while some := list(islice(waiting, COUNTED_GRAPHS)):
        sent = dict(_sent(some, source, target, progress))
        for graph, there in target.counts([IRI(name) for name in some]).items():
            if there != sent[graph]:
                raise BadInput(
                    f"{target.endpoint.query}: graph {graph} has {there} triples there, {sent[graph]} were"
                    " sent; see whether something else writes to it, and load again"
                )
        ours.update(some)
        total += sum(sent.values())
    strange = tuple(name for name in target.graphs() if name.startswith(base) and name not in ours)
    return Loaded(len(ours), total, strange)


def _sent(
    graphs: list[str], source: Store, target: RemoteStore, progress: Progress | None
) -> Iterator[tuple[str, int]]:
    for graph in graphs:
        yield graph, target.put(IRI(graph), source.quads(graph))
        if progress:
            progress(graph)
