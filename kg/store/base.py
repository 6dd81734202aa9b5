"""What every store of quads can do: the embedded index and remote endpoints pass the same tests.

A query sees the union of all graphs as its default graph. Terms come back as light values (kg.rdf.terms).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from kg.rdf.terms import IRI, Literal, Quad


@dataclass(frozen=True, slots=True, order=True)
class Blank:
    """A blank node of an answer. Riwayat has none, but a query can make one, and other stores hold some."""

    label: str

    def __str__(self) -> str:
        """The form that N-Triples has for it."""
        return f"_:{self.label}"


Value = IRI | Literal | Blank


class Triple(NamedTuple):
    """One statement of the graph that a CONSTRUCT or DESCRIBE gives."""

    subject: Value
    predicate: Value
    object: Value


Row = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT: names of the columns, and rows to be read once; None where nothing is bound."""

    variables: tuple[str, ...]
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE: triples that can be read once."""

    triples: Iterator[Triple]


Answer = Solutions | Triples | bool
"""The answer to a query; that to an ASK is a bool."""


class Store(Protocol):
    """A set of quads in named graphs."""

    def extend(self, quads: Iterable[Quad]) -> None:
        """Adds quads; those that are there already change nothing."""

    def remove_graph(self, graph: str) -> None:
        """Removes all quads of a graph; nothing happens where there is none."""

    def remove(self, quads: Iterable[Quad]) -> None:
        """Removes quads; those that are not there change nothing."""

    def graphs(self) -> Iterator[str]:
        """The IRIs of all graphs, sorted."""

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """The quads of one graph, or of all, graph by graph, streamed."""

    def query(self, sparql: str) -> Answer:
        """The answer to a query. Raises BadInput that shows line and column where the query is malformed."""

    def flush(self) -> None:
        """Returns when all that was written is durable."""

    def close(self) -> None:
        """Lets go of the store; it cannot be used afterwards."""


def literal(value: str, datatype: str | None = None, lang: str | None = None) -> Literal:
    """A literal as some store gave it: a number that is none as it is; what is no literal at all as its text."""
    try:
        kind = IRI(datatype) if datatype else None
        return Literal(value, kind, lang) if lang or not kind else _typed(value, kind)
    except ValueError:
        return Literal(value.encode("utf-8", "replace").decode())


def _typed(value: str, datatype: IRI) -> Literal:
    try:
        return Literal(value, datatype)
    except UnicodeEncodeError:
        raise
    except ValueError:
        return Literal.kept(value, datatype)


def iri(value: str) -> IRI | Literal:
    """An IRI as some store gave it; where it is none, its text."""
    try:
        return IRI(value)
    except ValueError:
        return Literal(value.encode("utf-8", "replace").decode())


def shown(sparql: str, line: int, column: int) -> str:
    """A line of a query with a caret under one of its characters, counted from 1."""
    lines = sparql.splitlines() or [""]
    text = lines[min(line, len(lines)) - 1]
    start = max(0, column - 60)
    return f"  {text[start : start + 100]}\n  {' ' * (column - 1 - start)}^"
