"""RDF documents of others → the lines of an added graph: sorted N-Triples in the form that the index keeps.

Literals come as pyoxigraph makes them canonical. There are no blank nodes: a document's get IRIs made from its bytes
and from the order in which they stand in it (RDF 1.1 Concepts, section 3.5), so the same document gives the same IRIs.
What a document may cost is up to whoever calls: run it where memory and time have an end.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg.ids import digest
from kg.rdf.vocab import skolem_iri
from kg.store.embedded import GRAPHS

_ENTITY = re.compile(rb"<!ENTITY")
_FLAT_ENTITY = re.compile(rb'<!ENTITY\s+[\w.-]+\s+"[^"&%<]{0,200}"\s*>')
"""Entities as ontology editors write them for namespaces. pyoxigraph reads UTF-8 only and expands entities without a
limit, so one entity may not name another: a file of 1 kB gave 300 MB of text."""
_NEWER = re.compile(rb'\S+ \S+ (?:<<\(|".*"@[A-Za-z0-9-]+--(?:ltr|rtl) \.$)')
"""What only RDF 1.2 has: triple terms, directions of text."""
LONGEST: Final = 8_388_608
"""Bytes of one triple: half of what oxigraph's parsers read of one. Its writers write more, so it could not be read."""


@dataclass(frozen=True, slots=True)
class Document:
    """An RDF document in a file."""

    path: Path
    media_type: str
    iri: str
    """Where it stands: what its relative IRIs are resolved against."""


def lines(before: IO[bytes] | None, documents: Iterable[Document], base: str) -> list[bytes]:
    """The sorted lines of a graph that had others before: all of them and all triples of the documents.

    `base` is that of the graph folder's IRIs. Raises ValueError where a document is malformed, holds more than one
    graph, or what RDF 1.1 has not.
    """
    store = ox.Store()
    if before is not None:
        store.load(before, format=ox.RdfFormat.N_TRIPLES)
    for document in documents:
        store.extend(_quads(document, base))
    return sorted_lines(store, ox.DefaultGraph())


def sorted_lines(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> list[bytes]:
    """The sorted N-Triples of one graph of a store.

    Raises ValueError for what only RDF 1.2 has, since the stores of others and our exports cannot hold it, and for what
    could not be read again: oxigraph makes ``"x"^^rdf:langString`` from RDF/XML and JSON-LD, and takes it from nobody.
    """
    whole = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
    found = sorted(line + b"\n" for line in whole.split(b"\n") if line)
    if (longest := max(map(len, found), default=0)) > LONGEST:
        raise ValueError(f"a triple has {longest:,} bytes, {LONGEST:,} are the most; keep such texts elsewhere")
    try:
        deque(ox.parse(whole, format=ox.RdfFormat.N_TRIPLES), maxlen=0)
    except SyntaxError as error:
        raise ValueError(f"no N-Triples can be made of it: {error.msg}") from error
    if newer := next((line for line in found if _NEWER.match(line)), None):
        what = newer.decode()[:200].strip()
        raise ValueError(f"{what}: has a triple term or a direction of text, and only RDF 1.1 is kept here")
    return found


def _quads(document: Document, base: str) -> Iterator[ox.Quad]:
    named: dict[str, ox.NamedNode] = {}
    whole = _checksum(document)

    def skolemised(term: ox.BlankNode) -> ox.NamedNode:
        if term.value not in named:
            named[term.value] = ox.NamedNode(skolem_iri(digest(whole, len(named), length=20), base).value)
        return named[term.value]

    for quad in _parsed(document):
        subject = skolemised(quad.subject) if isinstance(quad.subject, ox.BlankNode) else quad.subject
        value = skolemised(quad.object) if isinstance(quad.object, ox.BlankNode) else quad.object
        yield ox.Quad(subject, quad.predicate, value)


def _parsed(document: Document) -> Iterator[ox.Quad]:
    form = GRAPHS[document.media_type]
    if form == ox.RdfFormat.RDF_XML:
        text = document.path.read_bytes()
        if len(_ENTITY.findall(text)) != len(_FLAT_ENTITY.findall(text)):
            raise ValueError("only XML entities of up to 200 characters that name no others are expanded here")
    try:
        yield from ox.parse(path=document.path, format=form, base_iri=document.iri, without_named_graphs=True)
    except (SyntaxError, OSError, MemoryError) as error:
        what = error.msg if isinstance(error, SyntaxError) else error
        raise ValueError(f"not well-formed as {document.media_type}: {what}") from error


def _checksum(document: Document) -> str:
    """Of what the triples depend on: the bytes, the type and the place of a document."""
    with document.path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return digest(sha256, document.media_type, document.iri, length=64)
