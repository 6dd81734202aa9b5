"""The description of a graph: how much it holds, of which classes, from which days and outlets, read by which versions.

A named graph of its own, ``graph/description``, in VoID and DCAT. It is made when somebody exports, loads, serves or
asks for it, never at a build, and depends on what the graph holds alone: no clock, no order of builds. It describes all
graphs but itself.
"""

from __future__ import annotations

from pathlib import Path

from kg import build
from kg.description.counting import holdings
from kg.description.writing import Source, description_quads
from kg.index import folder
from kg.rdf.terms import Quad
from kg.rdf.vocab import description_graph
from kg.store import digests
from kg.store.beside import StoreBeside
from kg.store.digests import MadeOf
from kg.store.embedded import EmbeddedStore
from kg.store.folder import GraphFolder, Manifest

__all__ = ["Source", "describe", "described", "description", "opened", "source"]


def description(store: EmbeddedStore, of: Source) -> list[Quad]:
    """The quads of the description of a store that holds none, sorted."""
    return description_quads(holdings(store, of.base), of)


def source(path: Path, endpoint: str | None = None) -> Source:
    """What a graph folder says of itself. `endpoint`: the address of the SPARQL service that has it."""
    graph = folder(path)
    return _source(graph, graph.manifest(), endpoint)


def _source(graph: GraphFolder, manifest: Manifest, endpoint: str | None = None) -> Source:
    return Source(manifest.base, manifest.versions, graph.resolver, endpoint)


def describe(path: Path, endpoint: str | None = None) -> list[Quad]:
    """The quads of the description of a graph folder, sorted. Raises what kg.build.reader raises."""
    store = build.reader(path)
    try:
        return description(store, source(path, endpoint))
    finally:
        store.close()


def described(path: Path) -> StoreBeside:
    """The store of a graph folder, opened to be read, with the description among its graphs."""
    return opened(path)[0]


def opened(path: Path) -> tuple[StoreBeside, MadeOf | None]:
    """The same, and what all of its graphs are made of; None where that changed while it was opened."""
    graph = build.opened(path)
    store, made = digests.opened(graph)
    of = _source(graph, made.manifest if made else graph.manifest())
    return StoreBeside(store, description_graph(of.base).value, lambda: description(store, of)), made
