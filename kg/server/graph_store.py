"""Which graph a request of the SPARQL 1.1 Graph Store HTTP Protocol is about.

https://www.w3.org/TR/sparql11-http-rdf-update/, section 4: the request's own IRI names the graph (direct), or its
parameter ``graph`` or ``default`` does (indirect). The graphs that a build makes have IRIs under the base of the graph
folder, not under the server's address; ``article/…`` and ``graph/…`` after the address of the store stand for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.server.problems import Problem
from kg.server.protocol import absolute

BUILT: Final = ("article/", "graph/")
"""How the IRIs of graphs that a build makes go on after the base."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where requests for graphs come in: the address of the store, and the base of the graph folder's IRIs."""

    store: str
    base: str


@dataclass(frozen=True, slots=True)
class Named:
    """One graph."""

    iri: str


@dataclass(frozen=True, slots=True)
class Default:
    """The default graph: the union of all graphs."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The store itself: all graphs with their names."""


Graph = Named | Default | Whole


def graph(place: Place, tail: str, parameters: Sequence[tuple[str, str]]) -> Graph:
    """The graph that a request names by what follows the address of the store, or by parameters.

    Raises Problem 400 where it names two, the same one twice, or by an IRI that is not absolute.
    """
    named = [value for name, value in parameters if name == "graph"]
    default = [value for name, value in parameters if name == "default"]
    if len(named) + len(default) + bool(tail) > 1:
        detail = "name it once: by the address, by graph=IRI or by default"
        raise Problem(400, "More than one graph", detail)
    if any(default):
        raise Problem(400, "Malformed parameter", "default takes no value")
    if named:
        return Named(absolute(named[0], "graph"))
    if tail:
        base = place.base if tail.startswith(BUILT) else f"{place.store}/"
        return Named(absolute(base + tail, "the address"))
    return Default() if default else Whole()
