"""RDF/XML, the union of all graphs, for tools that read nothing newer."""

from __future__ import annotations

from typing import IO
from xml.sax.saxutils import escape, quoteattr

from kg.errors import BadInput
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Literal, Quad, Term
from kg.rdf.xmlnames import FORBIDDEN, property_name


class RdfXml:
    """RDF 1.1 XML Syntax: a node element for each subject of each graph.

    Raises BadInput for what the syntax cannot say: a property whose IRI does not end in a name, or is a name of the
    syntax itself, and a control character.
    """

    def __init__(self, stream: IO[bytes], base: str) -> None:
        self.stream = stream
        self.prefixes = {namespace: prefix for prefix, namespace in v.PREFIXES.items()} | {v.RDF: "rdf"}

    def begin(self) -> None:
        """The root, which has the prefixes."""
        declared = sorted((prefix, namespace) for namespace, prefix in self.prefixes.items())
        names = "".join(f"\n xmlns:{prefix}={quoteattr(namespace)}" for prefix, namespace in declared)
        self._write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n')

    def graph(self, name: str) -> None:
        """The syntax has no graphs."""

    def node(self, quads: list[Quad]) -> None:
        """A node element with a property element a line."""
        lines = "".join(f"  {self._property(quad)}\n" for quad in quads)
        about = quoteattr(quads[0].subject.value)
        self._write(f"<rdf:Description rdf:about={about}>\n{lines}</rdf:Description>\n")

    def end(self) -> None:
        """Closes the root."""
        self._write("</rdf:RDF>\n")

    def _property(self, quad: Quad) -> str:
        try:
            namespace, local = property_name(quad.predicate.value)
        except ValueError as error:
            raise BadInput(str(error)) from error
        prefix = self.prefixes.get(namespace)
        opened = f"{prefix}:{local}" if prefix else f"p:{local} xmlns:p={quoteattr(namespace)}"
        closed = f"{prefix or 'p'}:{local}"
        if isinstance(quad.object, IRI):
            return f"<{opened} rdf:resource={quoteattr(quad.object.value)}/>"
        return f"<{opened}{_kind(quad.object)}>{_content(quad.subject, quad.object)}</{closed}>"

    def _write(self, text: str) -> None:
        self.stream.write(text.encode())


def _kind(literal: Literal) -> str:
    if literal.lang:
        return f" xml:lang={quoteattr(literal.lang)}"
    return f" rdf:datatype={quoteattr(literal.datatype.value)}" if literal.datatype else ""


def _content(subject: Term, literal: Literal) -> str:
    if found := FORBIDDEN.search(literal.value):
        raise BadInput(
            f"{subject}: has a text with the character U+{ord(found.group()):04X} in it, which RDF/XML cannot write;"
            " use another format"
        )
    return escape(literal.value, {"\r": "&#13;"})
