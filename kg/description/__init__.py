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
from kg.store.beside import StoreBeside
from kg.store.embedded import EmbeddedStore

__all__ = ["Source", "describe", "described", "description", "source"]


def description(store: EmbeddedStore, of: Source) -> list[Quad]:
    """The quads of the description of a store that holds none, sorted."""
    return description_quads(holdings(store, of.base), of)


def source(path: Path, endpoint: str | None = None) -> Source:
    """What a graph folder says of itself. `endpoint`: the address of the SPARQL service that has it."""
    graph = folder(path)
    manifest = graph.manifest()
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
    store = build.reader(path)
    return StoreBeside(store, description(store, source(path)))
