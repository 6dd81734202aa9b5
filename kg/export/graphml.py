"""GraphML for Gephi and networkx: persons, organizations, places and events as nodes, who takes part as edges.

Factuality stands on every event and on every edge, so that what is planned, claimed or denied can be filtered out.
Nodes and edges are written one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr

from kg.export.nodes import Happening, Node, Nodes, articles, happenings
from kg.export.plover_codes import Codebook, load
from kg.rdf import vocab as v
from kg.store.embedded import EmbeddedStore

KINDS: Final = {"person": v.PERSON, "organization": v.ORGANIZATION}
"""Entities that are nodes whether or not they take part in an event; places are where they do."""
TAKES_PART: Final = f"?event a {v.EVENT} ; {v.PARTICIPANT}|{v.PLACE_OF} ?node . ?node a {v.PLACE}"
PLACE_ROLE: Final = v.PLACE_OF.value.removeprefix(v.RW)
"""The role of the place where an event happens."""

NODE_KEYS: Final = {
    "label": "string",
    "kind": "string",
    "iri": "string",
    "iso": "string",
    "type": "string",
    "date": "string",
    "earliest": "string",
    "latest": "string",
    "factuality": "string",
    "articles": "int",
}
EDGE_KEYS: Final = {"role": "string", "factuality": "string"}
"""Attributes and their types."""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_NAME = re.compile(r"[^A-Za-z0-9.:-]")

Values = Mapping[str, object]


def write(store: EmbeddedStore, base: str, stream: IO[bytes]) -> int:
    """Writes the persons, organizations, places and events of a store; returns the number of nodes and edges."""
    count = 0
    stream.write(_HEAD.encode())
    for where, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys.items():
            stream.write(f'<key id="{where}-{name}" for="{where}" attr.name="{name}" attr.type="{kind}"/>\n'.encode())
    stream.write(b'<graph id="riwayat" edgedefault="undirected">\n')
    for item in _items(Nodes(store, base), load()):
        stream.write(item.encode())
        count += 1
    stream.write(b"</graph>\n</graphml>\n")
    return count


def _items(nodes: Nodes, codes: Codebook) -> Iterator[str]:
    for kind, of in KINDS.items():
        for iri in nodes.instances(of):
            yield _node(nodes, iri, _entity(nodes.resolved(iri), kind))
    for iri in nodes.found(TAKES_PART):
        yield _node(nodes, iri, _place(nodes.resolved(iri), codes))
    for event in happenings(nodes):
        yield _node(nodes, event.node.iri, _event(event))
    for event in happenings(nodes):
        yield from _edges(nodes, event)


def _entity(node: Node, kind: str) -> Values:
    return {"label": node.name(), "kind": kind, "iri": node.iri, "articles": len(articles(node))}


def _place(node: Node, codes: Codebook) -> Values:
    country = v.COUNTRY.value in node.all(v.TYPE)
    return {
        **_entity(node, "country" if country else "place"),
        "iso": codes.country(node.name()) if country else None,
    }


def _event(event: Happening) -> Values:
    node = event.node
    return {
        **_entity(node, "event"),
        "type": event.type,
        "date": node.one(v.DATE),
        "earliest": node.one(v.EARLIEST),
        "latest": node.one(v.LATEST),
        "factuality": event.factuality,
    }


def _node(nodes: Nodes, iri: str, values: Values) -> str:
    data = "".join(_data("node", key, values.get(key)) for key in NODE_KEYS)
    return f"<node id={_id(nodes, iri)}>{data}</node>\n"


def _edges(nodes: Nodes, event: Happening) -> Iterator[str]:
    """An edge for each part that somebody has in an event, and for each place."""
    factuality = _data("edge", "factuality", event.factuality)
    for role, other in (*event.parts, *((PLACE_ROLE, place) for place in event.places)):
        ends = f"source={_id(nodes, event.node.iri)} target={_id(nodes, other)}"
        yield f"<edge {ends}>{_data('edge', 'role', role)}{factuality}</edge>\n"


def _data(where: str, key: str, value: object) -> str:
    """The value of an attribute; none where nothing is known. XML has no control characters: they are left out."""
    if value is None:
        return ""
    return f'<data key="{where}-{key}">{escape(_NO_XML.sub("", str(value)))}</data>'


def _id(nodes: Nodes, iri: str) -> str:
    """The name of a node, which XML wants without a slash: ``person:kim-jong-un``."""
    path = iri.removeprefix(nodes.base).replace("/", ":")
    return quoteattr(_NO_NAME.sub(lambda sign: f"_{ord(sign[0]):x}_", path))
