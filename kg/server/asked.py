"""What a client asks of the graph: the protocol parsed, the content type negotiated. Goes to a worker as it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueryAsked:
    """A query, the dataset of the protocol (SPARQL 1.1 Protocol, section 2.1.4), and the media type of its answer."""

    sparql: str
    media_type: str
    default_graphs: tuple[str, ...] = ()
    """``default-graph-uri``. With either of the two given, they are the dataset, and FROM is not looked at; without
    both it is that of FROM, else the union of all graphs, with every graph named."""
    named_graphs: tuple[str, ...] = ()
    """``named-graph-uri``."""
    base: str | None = None
    """What relative IRIs of the query are resolved against."""


@dataclass(frozen=True, slots=True)
class GraphAsked:
    """All of one graph (Graph Store Protocol, section 5.2), or of all graphs."""

    graph: str | None
    """Its IRI; None for the union of all graphs in a format without graph names, for all quads in one with them."""
    media_type: str
    default: str | None = None
    """The default graph is asked for: it is this graph where that is there, what people gave to the default graph, so
    that GET gives what PUT put (section 5.3); else the union of all graphs."""
    genid: str = ""
    """IRIs that begin so stand for blank nodes, and are written as such (RDF 1.1 Concepts, section 3.5)."""


@dataclass(frozen=True, slots=True)
class DescriptionAsked:
    """The description of all graphs (kg.description), computed from the state that is served."""

    media_type: str
    base: str
    versions: tuple[tuple[str, str], ...]
    resolver: str
    endpoint: str
    """The address of the SPARQL service."""


Asked = QueryAsked | GraphAsked | DescriptionAsked


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that has begun well."""

    state: str
    """The digest of the graph folder's state that it was given from."""
    chunks: AsyncIterator[bytes]
    """Its bytes. Raises Problem where it ends before it is whole: the connection is then cut, so nobody takes it for
    whole."""
