"""A snapshot of the index that answers in bytes: oxigraph's own serialisers behind media types (for kg.server).

Nothing is made into values of Python that need not be: rows go from Rust to bytes. Triples pass one by one, so that
they can be counted and get prefixes; that costs no more (200,000 of them in 8 s either way, nearly all of it spent
looking terms up).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Protocol, TypeVar, cast

import pyoxigraph as ox

from kg.rdf.terms import Quad, nquads
from kg.rdf.vocab import PREFIXES
from kg.rdf.xmlnames import property_name
from kg.store.embedded import GRAPHS, malformed_at, unreadable

RESULTS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Media types of rows and booleans."""
_XML: Final = frozenset({"application/rdf+xml", "application/sparql-results+xml", "application/xml"})
_CONTROLS: Final = bytes(set(range(32)) - {0x09, 0x0A, 0x0D})
_NO_CHARACTERS: Final = ("\ufffe".encode(), "\uffff".encode())
"""Besides control characters, what is none of XML's (kg.rdf.xmlnames.FORBIDDEN), as bytes."""
_T = TypeVar("_T")


@dataclass(eq=False)
class Refused(Exception):
    """Why there is no answer: what is wrong with the query, and where, counted from 1, if it is malformed."""

    kind: str
    """malformed, dataset, graph (not there), media type, failed."""
    message: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a query is about: the graphs of its default graph, and those that GRAPH can name."""

    default: tuple[str, ...]
    named: tuple[str, ...]
    absent_is_empty: bool = False
    """True where a graph that is not here is an empty one, as the protocol's own cases have it; FROM names what the
    query's author counts on, so there it is a mistake."""


class Output(Protocol):
    """Where an answer goes. It may end the answer by an exception of its own."""

    def write(self, data: bytes) -> int:
        """Takes some bytes: rows have to be counted in them."""
        ...

    def flush(self) -> None:
        """Nothing more comes for now."""
        ...

    def passed(self) -> None:
        """One more triple is on its way."""
        ...


class AnsweringStore:
    """A snapshot, read only."""

    _store: ox.Store

    def __init__(self, path: Path) -> None:
        """Opens it. Raises Broken where it cannot be read."""
        self.open(path)

    def open(self, path: Path) -> None:
        """Lets go of a snapshot and opens another one. Raises Broken where it cannot be read."""
        self.path = path
        if hasattr(self, "_store"):
            del self._store
        try:
            self._store = ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            raise unreadable(path, str(error)) from error

    def query(self, sparql: str, dataset: Dataset | None, base: str | None) -> Answer:
        """The answer to a query, over the union of all graphs where no dataset is named.

        Raises Refused where the query is malformed, or the dataset has a graph that is not there.
        """
        try:
            if dataset is None:
                return Answer(self._store.query(sparql, base_iri=base, use_default_graph_as_union=True))
            graphs = self._nodes if dataset.absent_is_empty else self._there
            default, named = graphs(dataset.default), graphs(dataset.named)
            return Answer(
                self._store.query(
                    sparql,
                    base_iri=base,
                    default_graph=cast("list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]", default),
                    named_graphs=cast("list[ox.NamedNode | ox.BlankNode]", named),
                )
            )
        except SyntaxError as error:
            raise _malformed(str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise Refused("failed", str(error)) from error

    def holds(self, name: str) -> bool:
        """True where there is a graph of this name, empty or not."""
        return self._store.contains_named_graph(ox.NamedNode(name))

    def graph(self, name: str | None, media_type: str, genid: str = "") -> Answer:
        """All of one graph, or of all: quads where the media type has names of graphs, else their union.

        `genid`: how the IRIs begin that are written as blank nodes. Raises Refused where there is no such graph.
        """
        if name is not None:
            (node,) = self._there((name,), "graph")
            found = (quad.triple for quad in self._store.quads_for_pattern(None, None, None, node))
            return Answer(_with_blanks(found, genid) if genid else found)
        if media_type in GRAPHS and GRAPHS[media_type].supports_datasets:
            return Answer(self._store.quads_for_pattern(None, None, None, None))
        return self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", None, None)

    def of(self, quads: Iterable[Quad]) -> Answer:
        """Quads that stand in no store, without the names of their graphs."""
        document = "".join(nquads(quads)).encode()
        return Answer(quad.triple for quad in ox.parse(document, format=ox.RdfFormat.N_QUADS))

    def resolved(self, prologue: str, names: Iterable[str], base: str | None) -> tuple[str, ...]:
        """The IRIs that names of a query stand for, given its prologue, which is Turtle as well.

        Raises Refused where they cannot be resolved.
        """
        document = prologue + "".join(f"\n{name} <tag:name> <tag:name> ." for name in names)
        try:
            found = list(ox.parse(document.encode(), format=ox.RdfFormat.TURTLE, base_iri=base))
        except (SyntaxError, ValueError) as error:
            raise Refused("dataset", f"an IRI after FROM cannot be resolved: {error}") from error
        return tuple(cast(ox.NamedNode, quad.subject).value for quad in found)

    def _there(self, names: Iterable[str], kind: str = "dataset") -> list[ox.NamedNode]:
        """The graphs of these names. Raises Refused where one is not in the store."""
        nodes = self._nodes(names, kind)
        for node in nodes:
            if not self._store.contains_named_graph(node):
                raise _absent(node.value, kind)
        return nodes

    def _nodes(self, names: Iterable[str], kind: str = "dataset") -> list[ox.NamedNode]:
        """Names as nodes. Raises Refused where one is no IRI, or a file of nobody's: no empty graph is meant by it."""
        nodes = list[ox.NamedNode]()
        for name in names:
            try:
                nodes.append(ox.NamedNode(name))
            except ValueError as error:
                raise Refused("dataset", f"<{name}> is no absolute IRI ({error})") from error
            if name.lower().startswith("file:") and not self._store.contains_named_graph(nodes[-1]):
                raise _absent(name, kind)
        return nodes


def _absent(name: str, kind: str) -> Refused:
    return Refused(kind, f"there is no graph <{name}> here, and none is fetched from elsewhere")


class Answer:
    """Rows, a boolean, triples or quads, to be written once."""

    def __init__(
        self, found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterator[ox.Triple] | Iterator[ox.Quad]
    ) -> None:
        self._found = found

    def write(self, output: Output, media_type: str) -> None:
        """Writes it in a format.

        Raises Refused where it has no such form or fails halfway; what `output` raises passes through.
        """
        stream = cast("IO[bytes]", _XmlOutput(output) if media_type in _XML else output)
        try:
            if isinstance(self._found, ox.QuerySolutions | ox.QueryBoolean):
                self._found.serialize(stream, format=_format(RESULTS, media_type, "rows or a boolean"))
            else:
                form = _format(GRAPHS, media_type, "a graph")
                triples = cast("Iterator[ox.Triple]", _counted(self._found, output))
                ox.serialize(_named(triples) if media_type in _XML else triples, stream, form, prefixes=PREFIXES)
        except (OSError, RuntimeError, ValueError) as error:
            raise Refused("failed", str(error)) from error


class _XmlOutput:
    """An answer in XML on its way: oxigraph writes characters that no XML has, and a carriage return as it is, which
    would be read as a line feed (XML 1.0, sections 2.2 and 2.11)."""

    def __init__(self, output: Output) -> None:
        self._output, self._tail = output, b""

    def write(self, data: bytes) -> int:
        """Takes some bytes. Raises Refused where they are no XML."""
        seen = self._tail + data
        if len(data) != len(data.translate(None, _CONTROLS)) or any(found in seen for found in _NO_CHARACTERS):
            raise Refused("media type", "the answer has a character that XML cannot write; ask for another form")
        self._tail = seen[-2:]
        self._output.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Nothing more comes for now."""
        self._output.flush()


def _named(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Triples whose properties RDF/XML can write. Raises Refused where one has none of its names."""
    for triple in triples:
        try:
            property_name(triple.predicate.value)
        except ValueError as error:
            raise Refused("media type", str(error)) from error
        yield triple


def _with_blanks(triples: Iterable[ox.Triple], genid: str) -> Iterator[ox.Triple]:
    """Triples with a blank node in the place of each IRI that begins so."""

    def seen(term: Any) -> Any:
        made = isinstance(term, ox.NamedNode) and term.value.startswith(genid)
        return ox.BlankNode(term.value.removeprefix(genid)) if made else term

    for subject, predicate, value in triples:
        yield ox.Triple(seen(subject), predicate, seen(value))


def _counted(triples: Iterable[_T], output: Output) -> Iterator[_T]:
    for triple in triples:
        output.passed()
        yield triple


def _format(known: dict[str, _T], media_type: str, what: str) -> _T:
    if media_type not in known:
        raise Refused(
            "media type", f"the answer is {what}, which {media_type} does not hold; ask for {', '.join(known)}"
        )
    return known[media_type]


def _malformed(message: str) -> Refused:
    line, column, what = malformed_at(message)
    return Refused("malformed", what, line, column)
