"""JSON-LD."""

from __future__ import annotations

import json
from itertools import groupby
from typing import IO

from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad, Term


class JsonLd:
    """JSON-LD 1.1: an array of named graphs, each an array of nodes, one node a line."""

    def __init__(self, stream: IO[bytes], base: str) -> None:
        self.stream = stream
        self.prefixes = {namespace: prefix for prefix, namespace in v.PREFIXES.items()}
        self.graphs = self.nodes = 0

    def begin(self) -> None:
        """The context, which has the prefixes."""
        context = json.dumps(v.PREFIXES, indent=1, sort_keys=True)
        self._write(f'{{"@context": {context},\n"@graph": [')

    def graph(self, name: str) -> None:
        """A named graph begins; the one before it ends."""
        closed = "\n]}," if self.graphs else ""
        self._write(f'{closed}\n{{"@id": {json.dumps(name)}, "@graph": [')
        self.graphs, self.nodes = self.graphs + 1, 0

    def node(self, quads: list[Quad]) -> None:
        """A node of its own line."""
        node: dict[str, object] = {"@id": quads[0].subject.value}
        for predicate, group in groupby(quads, key=lambda quad: quad.predicate):
            values = [quad.object for quad in group]
            if predicate == v.TYPE:
                node["@type"] = [self._compact(value.value) for value in values if isinstance(value, IRI)]
                values = [value for value in values if not isinstance(value, IRI)]
            if values:
                node[self._compact(predicate.value)] = [self._value(value) for value in values]
        self._write(("," if self.nodes else "") + "\n" + json.dumps(node, ensure_ascii=False))
        self.nodes += 1

    def end(self) -> None:
        """Closes the last graph and the document."""
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
