"""Turtle and TriG."""

from __future__ import annotations

import re
from itertools import groupby
from typing import IO, Final

from kg.rdf import vocab as v
from kg.rdf.terms import IRI, XSD, Literal, Quad, Term

KINDS: Final = ("person", "organization", "place", "event", "tenure", "conflict")
"""First parts of data IRIs that have a prefix of their own in Turtle."""

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_BARE: Final = {
    XSD + "boolean": re.compile("true|false"),
    XSD + "decimal": re.compile(r"-?\d+\.\d+"),
    XSD + "integer": re.compile(r"-?\d+"),
}
_PATH = re.compile(r"[\w~-][\w.~%-]*(?:/[\w~%-][\w.~%-]*)*(?:#[^#]*)?", re.ASCII)
"""What is read back as it is when it is resolved against the base; people may add other IRIs under it."""


class Turtle:
    """Turtle, or TriG where graphs are named. The prefix ``:`` is that of the article at hand."""

    def __init__(self, stream: IO[bytes], base: str, named: bool) -> None:
        self.stream, self.base, self.named = stream, base, named
        self.prefixes = {namespace: prefix for prefix, namespace in v.PREFIXES.items()}
        self.prefixes |= {f"{base}{kind}/": kind for kind in KINDS}
        self.here = ""
        self.inside = False

    def begin(self) -> None:
        """Base and prefixes."""
        self._write(f"@base <{self.base}> .\n")
        for namespace, prefix in sorted(self.prefixes.items(), key=lambda pair: pair[1]):
            self._write(f"@prefix {prefix}: <{namespace}> .\n")

    def graph(self, name: str) -> None:
        """The graph's name, and a prefix for an article's own nodes."""
        self._close()
        self.here = f"{name}#" if name.startswith(f"{self.base}article/") else ""
        if self.here:
            self._write(f"\n@prefix : <{self.here}> .\n")
        if self.named:
            self._write(f"\n{self._iri(name)} {{\n")
            self.inside = True

    def node(self, quads: list[Quad]) -> None:
        """The statements of a subject, grouped by predicate."""
        indent = "    " if self.named else ""
        parts = []
        for predicate, group in groupby(quads, key=lambda quad: quad.predicate):
            name = "a" if predicate == v.TYPE else self._iri(predicate.value)
            parts.append(f"{name} {' , '.join(self._term(quad.object) for quad in group)}")
        body = f" ;\n{indent}    ".join(parts)
        self._write(f"\n{indent}{self._iri(quads[0].subject.value)} {body} .\n")

    def end(self) -> None:
        """Closes the last graph."""
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
        if bare and bare.fullmatch(literal.value):
            return literal.value
        return f"{Literal(literal.value)}^^{self._iri(literal.datatype.value)}"

    def _iri(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        namespace, local = iri[:cut], iri[cut:]
        prefix = "" if self.here and namespace == self.here else self.prefixes.get(namespace)
        if prefix is not None and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
        path = iri.removeprefix(self.base)
        return f"<{path}>" if path != iri and _PATH.fullmatch(path) else f"<{iri}>"

    def _write(self, text: str) -> None:
        self.stream.write(text.encode())
