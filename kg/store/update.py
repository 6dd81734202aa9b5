"""SPARQL 1.1 Update over a scratch copy of the index: what it makes of the added graphs.

The copy is thrown away afterwards; only graphs that people may write are read from it, so an update can spoil nothing
else, whatever it does. WHERE sees the union of all graphs as its default graph, as queries do; the default graph that
templates write, and that graph management names, is the added graph of that name. Takes as long and as much memory as
the update wants: run it where both have an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import pyoxigraph as ox

from kg.ids import digest
from kg.rdf.vocab import default_graph, is_built, skolem_iri
from kg.store import added, skolem
from kg.store.documents import sorted_lines
from kg.store.embedded import malformed_at

DEFAULT: Final = "DEFAULT"
EVERY: Final = ("ALL", "NAMED")
"""Words that stand for graphs where others have names."""
_CLEAR: Final = re.compile(r"\ACLEAR\s(?!\s*SILENT\b)", re.IGNORECASE)
_DEFAULT: Final = re.compile(r"\bDEFAULT\b", re.IGNORECASE)
_FAILING: Final = "CLEAR GRAPH <urn:uuid:00000000-0000-0000-0000-000000000000> ;\n"
"""Before an operation, this ends it when it has been parsed, before it is done. (pyoxigraph 0.5 takes no PREFIX after a
semicolon, which SPARQL 1.1 allows; so operations are parsed and done one by one.)"""


_BLANKS: Final = "SELECT ?s ?p ?o { ?s ?p ?o FILTER (isBlank(?s) || isBlank(?o)) }"

Node = ox.NamedNode | ox.BlankNode | ox.Literal
Said = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, Node, ox.NamedNode | ox.DefaultGraph]


class Forbidden(ValueError):
    """A graph that people may not write, or a request to another server."""


class Conflict(ValueError):
    """The graphs are not as an operation needs them: one to be created is there, one to be cleared is not."""


class Malformed(ValueError):
    """Not in the language. `place` is line and column in the operation, from 1, where known."""

    def __init__(self, what: str, place: tuple[int, int] | None = None) -> None:
        """Says what is wrong and where."""
        super().__init__(what)
        self.place = place


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update."""

    prologue: str
    """BASE and PREFIX of all operations up to here."""
    text: str
    writes: tuple[str, ...] = ()
    """The graphs it writes as the text has them, ``<http://e/g>`` or ``e:g``; DEFAULT, or one of EVERY."""
    template: str = ""
    """DELETE {} INSERT {} of an operation with a WHERE, without the dataset."""
    where: str = ""
    """Its WHERE, in braces."""
    dataset: bool = False
    """True where WITH or USING names the graphs that WHERE looks at."""
    blank: bool = False
    """True where it can make blank nodes."""


@dataclass(frozen=True, slots=True)
class Request:
    """An update, and the dataset that the protocol gives its WHERE (SPARQL 1.1 Protocol, section 2.2.3)."""

    operations: tuple[Operation, ...]
    iri: str | None = None
    """What its relative IRIs are resolved against."""
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


Outcome = tuple[str, list[bytes] | None]
"""An added graph and its sorted lines after the update; None where it is gone."""


def parse(operation: str, prologue: str, iri: str | None) -> None:
    """Raises Malformed where an operation is not in the language, with its place in the operation; does nothing."""
    before = f"{prologue}\n{_FAILING}"
    try:
        ox.Store().update(before + operation, base_iri=iri)
    except SyntaxError as error:
        raise _malformed(str(error), before.count("\n")) from error
    except RuntimeError:
        return


def carried_out(scratch: Path, request: Request, base: str) -> list[Outcome]:
    """What an update makes of the added graphs that it names. `scratch` is a copy of the index that it may spoil.

    Its operations are well-formed. Raises Malformed, Forbidden or Conflict; ValueError where its result cannot be kept.
    """
    return _Update(ox.Store(str(scratch)), request, base).outcome(request.operations)


def _malformed(message: str, lines: int = 0) -> Malformed:
    """The fault of a text that has so many lines of ours before it."""
    line, column, what = malformed_at(message)
    if line is None or column is None or line <= lines:
        return Malformed(what)
    return Malformed(what, (line - lines, column))


def _every(operation: Operation) -> str:
    """The word of EVERY that an operation names; empty where it names none."""
    return next((term for term in operation.writes if term in EVERY), "")


def _is_about_default(operation: Operation) -> bool:
    """Whether the default graph that people write has to be the store's own. Else it is read under its name as queries
    read it, and need not be moved, which costs as much as writing it anew."""
    managed = not operation.template and _DEFAULT.search(operation.text)
    return bool(managed or DEFAULT in operation.writes or _every(operation))


class _Update:
    """One request on one scratch copy."""

    def __init__(self, store: ox.Store, request: Request, base: str) -> None:
        self.store, self.request, self.base = store, request, base
        self.default = ox.NamedNode(default_graph(base).value)
        texts = [part for each in request.operations for part in (each.prologue, each.text)]
        self.made_by = digest(*texts, request.iri, *request.using, *request.using_named, length=64)

    def outcome(self, each: Sequence[Operation]) -> list[Outcome]:
        """Checks all operations, then carries them out; the graphs that they write, sorted."""
        before = self._graphs() if any(map(_every, each)) else frozenset()
        written = sorted({graph for operation in each for graph in self._writes(operation, before)})
        if any(_is_about_default(operation) for operation in each):
            self.store.update(f"MOVE SILENT {self.default} TO DEFAULT")
        for number, operation in enumerate(each):
            self._carry_out(operation)
            if operation.blank:
                self._name_blank_nodes(written, f"{self.made_by} {number}")
        return [(graph, self._lines(graph)) for graph in written]

    def _graphs(self) -> frozenset[str]:
        return frozenset(name.value for name in self.store.named_graphs() if isinstance(name, ox.NamedNode))

    # What may be written

    def _writes(self, operation: Operation, before: frozenset[str]) -> Iterator[str]:
        named = [term for term in operation.writes if term not in (DEFAULT, *EVERY)]
        if len(named) < len(operation.writes):
            yield added.DEFAULT
        if _every(operation):
            yield from self._added(before)
        for graph in self._resolved(operation.prologue, named):
            try:
                yield added.checked(graph, self.base)
            except ValueError as error:
                raise Forbidden(str(error)) from error
        if operation.dataset and (self.request.using or self.request.using_named):
            what = "using-graph-uri and using-named-graph-uri with USING or WITH in the text"
            raise Malformed(f"{what}: give one of them (SPARQL 1.1 Protocol, section 2.2.3)")

    def _added(self, there: frozenset[str]) -> list[str]:
        """The graphs that ALL and NAMED stand for: those that may be written.

        What kg makes is not part of the graph store that updates manage, as inferred statements are not elsewhere.
        """
        return sorted(g for g in there if g != self.default.value and not is_built(g, self.base))

    def _resolved(self, prologue: str, named: Sequence[str]) -> list[str]:
        """The IRIs of names as the text has them, resolved as the update itself resolves them."""
        if not named:
            return []
        columns = " ".join(f"({term} AS ?g{number})" for number, term in enumerate(named))
        try:
            found = self.store.query(f"{prologue}SELECT {columns} {{}}", base_iri=self.request.iri)
        except SyntaxError as error:
            raise _malformed(str(error)) from error
        assert isinstance(found, ox.QuerySolutions)
        return [term.value for term in next(found) if isinstance(term, ox.NamedNode)]

    # Carrying out

    def _carry_out(self, operation: Operation) -> None:
        try:
            if not operation.where or operation.dataset:
                for text in self._spelt_out(operation):
                    self._run(operation.prologue, text)
            elif rows := self._rows(operation):
                self._run(operation.prologue, f"{operation.template}WHERE {{ VALUES {rows} }}")
        except SyntaxError as error:
            raise _malformed(str(error)) from error
        except RuntimeError as error:
            raise Conflict(f"{error}; SILENT lets it pass") from error

    def _spelt_out(self, operation: Operation) -> Iterator[str]:
        """An operation of graph management that names each of its graphs; clearing one that is not there does nothing
        (a store that keeps no empty graphs could not tell, SPARQL 1.1 Update, section 3.1.3)."""
        verb = operation.text.split(maxsplit=1)[0].upper()
        every = _every(operation)
        if every:
            yield from (f"{verb} SILENT GRAPH <{graph}>" for graph in self._added(self._graphs()))
        if every == "ALL":
            yield f"{verb} SILENT DEFAULT"
        if not every:
            yield _CLEAR.sub("CLEAR SILENT ", operation.text)

    def _run(self, prologue: str, text: str) -> None:
        self.store.update(prologue + text, base_iri=self.request.iri)

    def _rows(self, operation: Operation) -> str:
        """The solutions of WHERE as the body of a VALUES; empty where there are none."""
        request, given = self.request, bool(self.request.using or self.request.using_named)
        found = self.store.query(
            f"{operation.prologue}SELECT * WHERE {operation.where}",
            base_iri=request.iri,
            use_default_graph_as_union=not given,
            default_graph=[ox.NamedNode(graph) for graph in request.using] if given else None,
            named_graphs=[ox.NamedNode(graph) for graph in request.using_named] if given else None,
        )
        assert isinstance(found, ox.QuerySolutions)
        names: dict[str, str] = {}
        rows = "\n".join(f"({' '.join(self._written(term, names) for term in row)})" for row in found)
        return f"({' '.join(map(str, found.variables))}) {{ {rows} }}" if rows else ""

    def _written(self, term: object, names: dict[str, str]) -> str:
        """A term in a row; a blank node that BNODE() made has no other form there than an IRI."""
        if term is None:
            return "UNDEF"
        if isinstance(term, ox.Triple):
            raise ValueError(f"{term}: is a triple term, and only RDF 1.1 is kept here")
        if isinstance(term, ox.BlankNode):
            name = names.setdefault(term.value, digest(self.made_by, "bnode", len(names), length=20))
            return str(skolem_iri(name, self.base))
        return str(term)

    def _name_blank_nodes(self, written: Iterable[str], made_by: str) -> None:
        """Puts IRIs in the place of blank nodes (RDF 1.1 Concepts, section 3.5), the same for the same statements."""
        found = list(self._with_blanks(written))
        labels = skolem.names((skolem.Said(*map(str, said)) for said in found), made_by)

        def named(term: Any) -> Any:
            return ox.NamedNode(skolem_iri(labels[str(term)], self.base).value) if str(term) in labels else term

        for s, p, o, g in found:
            self.store.remove(ox.Quad(s, p, o, g))
        self.store.extend(ox.Quad(named(s), p, named(o), g) for s, p, o, g in found)

    def _with_blanks(self, written: Iterable[str]) -> Iterator[Said]:
        for graph in written:
            where = ox.NamedNode(graph) if graph else ox.DefaultGraph()
            solutions = self.store.query(_BLANKS, default_graph=[where])
            assert isinstance(solutions, ox.QuerySolutions)
            for s, p, o in solutions:
                yield cast(Said, (s, p, o, where))

    def _lines(self, graph: str) -> list[bytes] | None:
        if graph == added.DEFAULT:
            return sorted_lines(self.store, ox.DefaultGraph()) or None
        name = ox.NamedNode(graph)
        return sorted_lines(self.store, name) if self.store.contains_named_graph(name) else None
