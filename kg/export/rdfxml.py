"""RDF/XML, the union of all graphs, for tools that read nothing newer."""

from __future__ import annotations

import re
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr

from kg.errors import BadInput
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Literal, Quad, Term

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")
_SYNTAX = re.compile(r"Description|RDF|ID|about(Each(Prefix)?)?|parseType|resource|nodeID|datatype|li|bagID")
"""Names of RDF that are no properties in this syntax (section 5.1); ``li`` would be read as ``rdf:_1``."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 has no way to write (section 2.2). Articles are read without it; added graphs may have it."""


class RdfXml:
    """RDF 1.1 XML Syntax: a node element for each subject of each graph.

    Raises BadInput for what the syntax cannot say: a property whose IRI does not end in a name, or is a name of the
    syntax itself, and a control character.
    """

    def __init__(self, stream: IO[bytes], base: str) -> None:
        self.stream = stream
        self.prefixes = {namespace: prefix for prefix, namespace in v.PREFIXES.items()} | {RDF: "rdf"}

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
        iri = quad.predicate.value
        name = _NAME.search(iri)
        if name is None or name.start() == 0:
            raise BadInput(f"{iri}: is no property that RDF/XML can write: it ends in no name; use another format")
        namespace, local = iri[: name.start()], name.group()
        if namespace == RDF and _SYNTAX.fullmatch(local):
            raise BadInput(f"{iri}: is no property in RDF/XML, which means something else by it; use another format")
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
    if found := _FORBIDDEN.search(literal.value):
        raise BadInput(
            f"{subject}: has a text with the character U+{ord(found.group()):04X} in it, which RDF/XML cannot write;"
            " use another format"
        )
    return escape(literal.value, {"\r": "&#13;"})
