"""Writes a graph as Turtle, TriG, N-Triples, N-Quads or JSON-LD: named graph by named graph, subject by
subject.

Graphs, subjects and statements come sorted, so that equal graphs give equal bytes. One subject's statements
and the names of one graph's subjects are in memory, whatever the size of the graph.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import IO, Final, Protocol

from kg.errors import BadInput
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, XSD, Literal, Quad, Term, nquads
from kg.store.embedded import EmbeddedStore

KINDS: Final = ("person", "organization", "place", "event", "tenure", "conflict")
"""First parts of data IRIs that have a prefix of their own in Turtle."""

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_BARE: Final = {XSD + "boolean": re.compile("true|false"), XSD + "decimal": re.compile(r"-?\d+\.\d+")}
_INTEGER: Final = XSD + "integer"


def export(path: Path, format: str, stream: IO[bytes]) -> int:
    """Writes the graph of a folder to a stream; returns the number of quads.

    Raises BadInput for an unknown format.
    """
    from kg.build import base_of, reader

    if format not in FORMATS:
        raise BadInput(f"no format {format!r}; choose one of {', '.join(FORMATS)}")
    store = reader(path)
    try:
        return write(store, base_of(path), format, stream)
    finally:
        store.close()


def export_file(path: Path, format: str, target: Path) -> int:
    """Writes the graph of a folder to a file, which is there whole or not at all; returns the number of
    quads.

    Raises BadInput for another format, and where the file cannot be written.
    """
    with whole_file(target) as stream:
        return export(path, format, stream)


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A stream to a file, which is there whole or not at all. Raises BadInput where it cannot be written."""
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with aside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(target)
    except OSError as error:
        raise BadInput(f"{target}: cannot be written ({error.strerror or error}); name another file") from error
    finally:
        aside.unlink(missing_ok=True)


def write(store: EmbeddedStore, base: str, format: str, stream: IO[bytes]) -> int:
    """Writes all graphs of a store; returns the number of quads. `base` is that of its IRIs."""
    count = 0
    writer = FORMATS[format](stream, base)
    writer.begin()
    for graph in store.graphs():
        writer.graph(graph)
        for subject in store.subjects(graph):
            quads = sorted(store.quads(graph, subject), key=_order)
            writer.node(quads)
            count += len(quads)
    writer.end()
    return count


def _order(quad: Quad) -> tuple[bool, str, str]:
    return quad.predicate != v.TYPE, quad.predicate.value, str(quad.object)


class _Writer(Protocol):
    """Takes graphs and their nodes in order."""

    def begin(self) -> None:
        """Before the first graph."""

    def graph(self, name: str) -> None:
        """A graph begins."""

    def node(self, quads: list[Quad]) -> None:
        """All that the graph says about one subject."""

    def end(self) -> None:
        """After the last graph."""


class _Lines:
    """N-Triples or N-Quads."""

    def __init__(self, stream: IO[bytes], base: str, named: bool) -> None:
        self.stream, self.named = stream, named

    def begin(self) -> None:
        pass

    def graph(self, name: str) -> None:
        pass

    def node(self, quads: list[Quad]) -> None:
        lines = nquads(quads) if self.named else (f"{s} {p} {o} .\n" for s, p, o, _ in quads)
        self.stream.write("".join(lines).encode())

    def end(self) -> None:
        pass


class _Turtle:
    """Turtle, or TriG where graphs are named. The prefix ``:`` is that of the article at hand."""

    def __init__(self, stream: IO[bytes], base: str, named: bool) -> None:
        self.stream, self.base, self.named = stream, base, named
        self.prefixes = {namespace: prefix for prefix, namespace in v.PREFIXES.items()}
        self.prefixes |= {f"{base}{kind}/": kind for kind in KINDS}
        self.here = ""
        self.inside = False

    def begin(self) -> None:
        self._write(f"@base <{self.base}> .\n")
        for namespace, prefix in sorted(self.prefixes.items(), key=lambda pair: pair[1]):
            self._write(f"@prefix {prefix}: <{namespace}> .\n")

    def graph(self, name: str) -> None:
        self._close()
        self.here = f"{name}#" if name.startswith(f"{self.base}article/") else ""
        if self.here:
            self._write(f"\n@prefix : <{self.here}> .\n")
        if self.named:
            self._write(f"\n{self._iri(name)} {{\n")
            self.inside = True

    def node(self, quads: list[Quad]) -> None:
        indent = "    " if self.named else ""
        parts = []
        for predicate, group in groupby(quads, key=lambda quad: quad.predicate):
            name = "a" if predicate == v.TYPE else self._iri(predicate.value)
            parts.append(f"{name} {' , '.join(self._term(quad.object) for quad in group)}")
        body = f" ;\n{indent}    ".join(parts)
        self._write(f"\n{indent}{self._iri(quads[0].subject.value)} {body} .\n")

    def end(self) -> None:
        self._close()

    def _close(self) -> None:
        if self.inside:
            self._write("}\n")
            self.inside = False

    def _term(self, term: Term) -> str:
        return self._iri(term.value) if isinstance(term, IRI) else self._literal(term)

    def _literal(self, literal: Literal) -> str:
        if literal.datatype is None:
            return str(literal)
        bare = _BARE.get(literal.datatype.value)
        if literal.datatype.value == _INTEGER or (bare and bare.fullmatch(literal.value)):
            return literal.value
        return f"{Literal(literal.value)}^^{self._iri(literal.datatype.value)}"

    def _iri(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        namespace, local = iri[:cut], iri[cut:]
        prefix = "" if self.here and namespace == self.here else self.prefixes.get(namespace)
        if prefix is not None and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
        return f"<{iri.removeprefix(self.base)}>" if iri != self.base else f"<{iri}>"

    def _write(self, text: str) -> None:
        self.stream.write(text.encode())


class _JsonLd:
    """JSON-LD 1.1: an array of named graphs, each an array of nodes, one node a line."""

    def __init__(self, stream: IO[bytes], base: str) -> None:
        self.stream = stream
        self.prefixes = {namespace: prefix for prefix, namespace in v.PREFIXES.items()}
        self.graphs = self.nodes = 0

    def begin(self) -> None:
        context = json.dumps(v.PREFIXES, indent=1, sort_keys=True)
        self._write(f'{{"@context": {context},\n"@graph": [')

    def graph(self, name: str) -> None:
        closed = "\n]}," if self.graphs else ""
        self._write(f'{closed}\n{{"@id": {json.dumps(name)}, "@graph": [')
        self.graphs, self.nodes = self.graphs + 1, 0

    def node(self, quads: list[Quad]) -> None:
        node: dict[str, object] = {"@id": quads[0].subject.value}
        for predicate, group in groupby(quads, key=lambda quad: quad.predicate):
            if predicate == v.TYPE:
                node["@type"] = [self._compact(quad.object.value) for quad in group]
            else:
                node[self._compact(predicate.value)] = [self._value(quad.object) for quad in group]
        self._write(("," if self.nodes else "") + "\n" + json.dumps(node, ensure_ascii=False))
        self.nodes += 1

    def end(self) -> None:
        self._write("\n]}\n]}\n" if self.graphs else "]}\n")

    def _value(self, term: Term) -> object:
        if isinstance(term, IRI):
            return {"@id": term.value}
        if term.lang:
            return {"@value": term.value, "@language": term.lang}
        return {"@value": term.value, "@type": self._compact(term.datatype.value)} if term.datatype else term.value

    def _compact(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self.prefixes.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix and iri[cut:] else iri

    def _write(self, text: str) -> None:
        self.stream.write(text.encode())


FORMATS: Final[dict[str, Callable[[IO[bytes], str], _Writer]]] = {
    "ttl": lambda stream, base: _Turtle(stream, base, named=False),
    "trig": lambda stream, base: _Turtle(stream, base, named=True),
    "nt": lambda stream, base: _Lines(stream, base, named=False),
    "nq": lambda stream, base: _Lines(stream, base, named=True),
    "jsonld": _JsonLd,
}
"""The formats by name; ``ttl`` and ``nt`` are the union of all graphs."""
