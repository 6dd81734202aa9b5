"""The index of quads on disk: pyoxigraph behind the Store interface. Only kg.store.answers
imports pyoxigraph besides.

One process writes at a time. What is written is durable after `flush`, not before: the graph folder counts on
that, and makes the index anew from its reports after a crash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

import pyoxigraph as ox

from kg.errors import BadInput, Broken, RiwayatError
from kg.rdf.terms import IRI, Literal, Quad, Term, nquads
from kg.store.base import Answer, Blank, Row, Solutions, Triple, Triples, Value, iri, literal, shown

BATCH_QUADS: Final = 20_000
"""Quads written at once: some 5 MB. Larger batches are no faster (350,000 quads by 20,000 and by 80,000)."""
BULK_QUADS: Final = 2_000
"""From so many on, writing files is faster than a transaction (350,000 quads in 2.3 s, not 5.7)."""

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
GRAPHS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
"""Media types of graphs."""
_TRIPLES: Final = ("application/n-triples", "text/plain", "text/turtle")
"""Those that answers of other stores are taken in."""
_BLANK: Final = "urn:x-kg:blank:"
"""How the IRI begins that a blank node gets, before its number: Riwayat has no blank nodes."""
_OLD_LOGS: Final = "LOG.old.*"
"""What RocksDB said of itself when it was opened before: 140 kB each time, and it keeps a thousand of them."""
_XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_iri: Final = lru_cache(maxsize=1_000)(IRI)
"""Predicates, graphs and the subject at hand come again and again."""


class EmbeddedStore:
    """Quads in a folder."""

    def __init__(self, path: Path, read_only: bool = False) -> None:
        """Opens the store of a folder; makes it unless it is only to be read.

        Raises BadInput where another process writes to it, Broken where it cannot be read.
        """
        self.path = path
        with self._sound():
            self._store = ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
            for log in () if read_only else path.glob(_OLD_LOGS):
                log.unlink(missing_ok=True)

    def extend(self, quads: Iterable[Quad]) -> None:
        """Adds quads, batch by batch."""
        lines = nquads(quads)
        while batch := list(islice(lines, BATCH_QUADS)):
            load = self._store.bulk_load if len(batch) >= BULK_QUADS else self._store.load
            load("".join(batch).encode(), format=ox.RdfFormat.N_QUADS)

    def take(self, document: BinaryIO, media_type: str, unnamed: str) -> None:
        """Adds a document that anybody may have written: blank nodes get IRIs, triples go into the graph `unnamed`.

        Raises BadInput that names the place where it is malformed.
        """
        try:
            self._store.bulk_extend(_named(ox.parse(document, format=GRAPHS[media_type]), ox.NamedNode(unnamed)))
        except SyntaxError as error:
            raise BadInput(f"the document is malformed: {error}") from error

    def remove_graph(self, graph: str) -> None:
        """Removes a graph."""
        self._store.remove_graph(ox.NamedNode(graph))

    def remove(self, quads: Iterable[Quad]) -> None:
        """Removes quads."""
        for quad in ox.parse("".join(nquads(quads)).encode(), format=ox.RdfFormat.N_QUADS):
            self._store.remove(quad)

    def load_graph(self, graph: str, triples: IO[bytes]) -> None:
        """Puts N-Triples in the place of all that a graph holds; a graph of none is there and empty.

        Raises Broken where they are malformed.
        """
        name = ox.NamedNode(graph)
        self._store.remove_graph(name)
        self._store.add_graph(name)
        try:
            head = list(islice(triples, BULK_QUADS))
            self._store.load(b"".join(head), format=ox.RdfFormat.N_TRIPLES, to_graph=name)
            if len(head) == BULK_QUADS:
                self._store.bulk_load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
        except (SyntaxError, EOFError, OSError, MemoryError) as error:
            raise Broken(f"graph {graph}: its file is damaged ({error}); restore it from a backup") from error

    def change_graph(self, graph: str, gone: Sequence[bytes], new: Sequence[bytes]) -> None:
        """Takes some triples out of a graph and puts others in; lines of N-Triples as they were loaded."""
        name, form = ox.NamedNode(graph), ox.RdfFormat.N_TRIPLES
        for said in ox.parse(b"".join(gone), format=form):
            self._store.remove(ox.Quad(said.subject, said.predicate, said.object, name))
        self._store.load(b"".join(new), format=form, to_graph=name)

    def graphs(self) -> Iterator[str]:
        """The IRIs of all graphs that hold something, sorted. Raises Broken where the files are damaged."""
        with self._sound():
            names = sorted(cast(ox.NamedNode, name).value for name in self._store.named_graphs())
        for graph in names:
            if next(self._matching(graph), None) is not None:
                yield graph

    def subjects(self, graph: str) -> list[str]:
        """The IRIs of all that a graph says something about, sorted."""
        return sorted({cast(ox.NamedNode, quad.subject).value for quad in self._matching(graph)})

    def quads(
        self, graph: str | None = None, subject: str | None = None, predicate: str | None = None
    ) -> Iterator[Quad]:
        """The quads of one graph (with one subject or predicate), or of all graphs one after the other, streamed.

        Raises Broken where the files are damaged.
        """
        for name in self.graphs() if graph is None else (graph,):
            yield from map(_quad, self._matching(name, subject, predicate))

    def about(self, subject: str, predicate: str | None = None) -> Iterator[Quad]:
        """What any graph says about a subject, on one predicate or on all."""
        yield from map(_quad, self._matching(None, subject, predicate))

    def having(self, predicate: str) -> Iterator[Quad]:
        """What any graph says with a predicate."""
        yield from map(_quad, self._matching(None, None, predicate))

    def dump(self, graph: str, stream: IO[bytes]) -> None:
        """Writes a graph as canonical N-Triples, in no order, without making terms of ours of it."""
        with self._sound():
            self._store.dump(stream, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))

    def query(self, sparql: str) -> Answer:
        """The answer to a query over the union of all graphs; rows and triples are made as they are read.

        Raises BadInput that shows line and column of what is malformed, or tells why the query failed.
        """
        try:
            found = self._store.query(sparql, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise malformed(sparql, str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise _failed(error) from error
        if isinstance(found, ox.QuerySolutions):
            return Solutions(tuple(v.value for v in found.variables), _rows(found))
        return Triples(_triples(found)) if isinstance(found, ox.QueryTriples) else bool(found)

    def compact(self) -> None:
        """Puts the files of many writes together, so that look-ups read few of them."""
        self._store.optimize()

    def flush(self) -> None:
        """Returns when all that was written is on disk."""
        self._store.flush()

    def backup(self, target: Path) -> None:
        """Puts all that is there now into a new folder, by hard links where it is on the same file system.

        A store that is only read leaves out what its writer has not flushed (pyoxigraph 0.5).
        Raises Broken where files are missing, or went meanwhile.
        """
        with self._sound():
            self._store.backup(str(target))

    def close(self) -> None:
        """Lets go of the folder; the store cannot be used afterwards."""
        if hasattr(self, "_store"):
            del self._store

    def __len__(self) -> int:
        """How many quads there are."""
        return len(self._store)

    def _matching(
        self, graph: str | None, subject: str | None = None, predicate: str | None = None
    ) -> Iterator[ox.Quad]:
        about, of, where = (None if name is None else ox.NamedNode(name) for name in (subject, predicate, graph))
        with self._sound():
            yield from self._store.quads_for_pattern(about, of, None, where)

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Turns what pyoxigraph raises for locked and damaged files into faults that say what to do."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise unreadable(self.path, str(error)) from error


def check_iri(text: str) -> None:
    """Raises ValueError for what the index would not take as an IRI: it is stricter than kg.rdf.terms (RFC 3987)."""
    IRI(text)
    ox.NamedNode(text)


def parsed(body: bytes, media_type: str) -> Iterator[Triple]:
    """The triples of a document. Raises ValueError where it is malformed, cut short or of an unknown type."""
    if media_type not in _TRIPLES:
        raise ValueError(f"{media_type or 'no type'} is none of {', '.join(_TRIPLES)}")
    try:
        for quad in ox.parse(body, format=GRAPHS[media_type]):
            yield Triple(_value(quad.subject), _value(quad.predicate), _value(quad.object))
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def _named(quads: Iterable[ox.Quad], unnamed: ox.NamedNode) -> Iterator[ox.Quad]:
    """Quads of which every subject, value and graph has a name. Blank nodes are counted as they come."""
    names: dict[ox.BlankNode, ox.NamedNode] = {}

    def name(node: Any) -> Any:
        if isinstance(node, ox.BlankNode):
            return names.setdefault(node, ox.NamedNode(f"{_BLANK}{len(names) + 1}"))
        return node

    for quad in quads:
        graph = unnamed if isinstance(quad.graph_name, ox.DefaultGraph) else name(quad.graph_name)
        yield ox.Quad(name(quad.subject), quad.predicate, name(quad.object), graph)


def kept(quads: Iterable[Quad]) -> list[bytes]:
    """Quads of one graph in the form in which a store of this kind keeps them: canonical N-Triples, in no order.

    Literals that XML Schema calls equal become the same, such as 1.0E0 and 1 of xsd:double.
    """
    store = ox.Store()
    store.load("".join(f"{s} {p} {o} .\n" for s, p, o, _ in quads).encode(), format=ox.RdfFormat.N_TRIPLES)
    dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert dumped is not None
    return dumped.splitlines(keepends=True)


def malformed(sparql: str, message: str) -> BadInput:
    """The fault of a query that oxigraph cannot parse, at the place up to which it makes sense."""
    line, column, what = malformed_at(message)
    if line is None or column is None:
        return BadInput(f"the query is malformed: {what}")
    return BadInput(f"the query is malformed at line {line}, column {column}: {what}\n{shown(sparql, line, column)}")


def malformed_at(message: str) -> tuple[int | None, int | None, str]:
    """Line and column, counted from 1, of what oxigraph cannot parse, and what it says of it in one line."""
    place = _PLACE.fullmatch(message)
    if place is None:
        return None, None, message
    what = " ".join(place[3].split())
    return int(place[1]), int(place[2]), what if len(what) <= 200 else "something else is expected here"


def unreadable(path: Path, message: str) -> RiwayatError:
    """The fault of files that oxigraph cannot use: locked, or damaged."""
    if "lock" in message.lower():
        return BadInput(f"{path}: another kg writes to this graph; wait until it has ended")
    return Broken(f"{path}: cannot be used ({message}); make it anew with: kg rebuild")


def _failed(error: Exception) -> BadInput:
    return BadInput(f"the query cannot be answered: {error}")


def _rows(found: ox.QuerySolutions) -> Iterator[Row]:
    try:
        for solution in found:
            yield tuple(None if each is None else _value(each) for each in solution)
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error) from error


def _triples(found: ox.QueryTriples) -> Iterator[Triple]:
    try:
        for triple in found:
            yield Triple(_value(triple.subject), _value(triple.predicate), _value(triple.object))
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error) from error


def _quad(found: ox.Quad) -> Quad:
    named, graph = cast(ox.NamedNode, found.subject), cast(ox.NamedNode, found.graph_name)
    return Quad(_iri(named.value), _iri(found.predicate.value), cast(Term, _value(found.object)), _iri(graph.value))


def _value(found: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> Value:
    if isinstance(found, ox.NamedNode):
        return iri(found.value)
    if isinstance(found, ox.Literal):
        datatype = found.datatype.value
        plain = found.language or datatype == _XSD_STRING
        return Literal.kept(found.value, None if plain else IRI(datatype), found.language)
    return Blank(found.value) if isinstance(found, ox.BlankNode) else literal(str(found))
