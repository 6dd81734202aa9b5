"""Quick checks for contradictions with the ontology: rules of OWL 2 RL, streamed over the pieces of a dataset.

W3C: OWL 2 Profiles, section 4.3, tables 4 to 9. Only rules that end in a contradiction are here, each looking at the
classes that are stated, and at those that domains and ranges give; the whole of OWL is for HermiT
(kg.validate.reasoner). Besides, what no shape can say: quotes and days (kg.validate.quotes, days), terms and reports
that are not there.
All graphs together say what is true: what another graph says of a node counts.

Memory grows with what cannot be judged piece by piece: nodes without a class that a range asks for, ``owl:sameAs``, the
values of functional properties beyond the first, and the combinations of classes and properties that subjects have. A
sound graph of Riwayat has a hundred or so of the last, and next to none of the others; a resolved graph without its
article graphs has a node without a class for every report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import Final

from kg.rdf import vocab as v
from kg.rdf.terms import IRI, XSD_STRING, Literal, Quad
from kg.render import shortened
from kg.store.embedded import EmbeddedStore
from kg.validate.axioms import WIDER, Axioms, Union
from kg.validate.days import at_odds
from kg.validate.findings import Finding, by_rule, line
from kg.validate.pieces import Piece, is_open, kind
from kg.validate.quotes import misquoted
from kg.validate.sameness import Sameness, distinct

_LANG_STRING: Final = v.RDF + "langString"
_NOTHING: Final = v.OWL + "Nothing"

Reason = tuple[Union, Quad]
"""Classes of which a node has one, and the statement that says so."""


class Rules:
    """The rules, over one dataset; feed it every piece with `look`, then ask `whole` once."""

    def __init__(self, store: EmbeddedStore, axioms: Axioms) -> None:
        """Nothing is read yet."""
        self.store, self.axioms = store, axioms
        self._unsettled: dict[str, dict[Union, Quad]] = defaultdict(dict)
        self._same = Sameness()
        self._quiet: set[tuple[frozenset[str], frozenset[str]]] = set()

    def look(self, piece: Piece) -> Iterator[Finding]:
        """What a piece shows to be contradictory."""
        yield from misquoted(piece)
        classes = _classes(quad for part in (piece.own, piece.around, piece.beyond) for quad in part)
        for subject, group in groupby(piece.own, key=lambda quad: quad.subject):
            own = list(group)
            said = list(self.store.about(subject.value)) if is_open(own[0].graph.value) else own
            yield from self._membership(said)
            yield from self._values(said)
            yield from at_odds(said, self.store)
            for quad in own:
                yield from self._undeclared(quad)
                yield from self._value(quad, classes)

    def whole(self) -> Iterator[Finding]:
        """What only the whole dataset shows: contradictory ranges, and things that are the same and different."""
        for node, unions in sorted(self._unsettled.items()):
            asked = [(union, quad) for union, quad in sorted(unions.items(), key=lambda pair: line(pair[1]))]
            own = [reason for quad in self.store.about(node) for reason in self._reasons(quad)]
            yield from self._clashes([*asked, *own])
            quad = asked[0][1]
            if not is_open(quad.graph.value) and self._absent(node):
                parts = {"path": shortened(quad.predicate.value), "value": node}
                yield by_rule("absent", [quad], parts, quad.predicate.value, f"<{node}>")
        for (_, other), chain in self._same.told_apart(distinct(self.store)):
            yield by_rule("eq-diff1", chain, {"value": shortened(other)}, value=f"<{other}>")
        for (one, other), why in self._same.pairs():
            yield from self._both(one, other, why)

    def _absent(self, node: str) -> bool:
        """True for a report or a passage of which its article's graph says nothing, although that graph is here.

        What people decided may be about such a report: one that is wrong is used no more, or waits for its article.
        """
        article, _, part = node.partition("#")
        if not part or kind(article) != "article":
            return False
        return next(self.store.about(node), None) is None and next(self.store.quads(article), None) is not None

    def _undeclared(self, quad: Quad) -> Iterator[Finding]:
        """A property or class with a name of ours that the ontology does not have."""
        named = quad.object if quad.predicate == v.TYPE else quad.predicate
        if named.value.startswith(v.RW) and named.value not in self.axioms.above:
            yield by_rule(
                "undeclared", [quad], {"value": shortened(named.value)}, quad.predicate.value, str(quad.object)
            )

    def _membership(self, said: Sequence[Quad]) -> Iterator[Finding]:
        """Classes of the subject, stated and by domain, that exclude each other."""
        kinds = frozenset(quad.object.value for quad in said if quad.predicate == v.TYPE)
        known = kinds, frozenset(quad.predicate.value for quad in said)
        if known in self._quiet:
            return
        found = list(self._clashes([reason for quad in said for reason in self._reasons(quad)]))
        yield from found
        for quad in said:
            if quad.predicate == v.TYPE and quad.object.value == _NOTHING:
                found.append(by_rule("cls-nothing2", [quad], {}))
                yield found[-1]
        if not found:
            self._quiet.add(known)

    def _reasons(self, quad: Quad) -> Iterator[Reason]:
        if quad.predicate == v.TYPE:
            yield frozenset({quad.object.value}), quad
        else:
            yield from ((union, quad) for union in self.axioms.domain.get(quad.predicate.value, ()))

    def _clashes(self, reasons: Iterable[Reason]) -> Iterator[Finding]:
        """One finding for each two reasons that exclude each other; of equal reasons the first."""
        first = dict[Union, Quad]()
        for union, quad in reasons:
            if union not in first or line(quad) < line(first[union]):
                first[union] = quad
        for (one, why), (other, also) in combinations(sorted(first.items(), key=lambda pair: sorted(pair[0])), 2):
            if self.axioms.exclusive(one, other):
                yield self._clash((one, why), (other, also))

    def _clash(self, one: Reason, other: Reason) -> Finding:
        """Told of the property where one has a say: ``rw:holder`` gives the class, not ``rdf:type``."""
        if one[1].predicate == v.TYPE:
            one, other = other, one
        parts = {"one": _named(one[0]), "other": _named(other[0])}
        if one[1].predicate == v.TYPE:
            return by_rule("cax-dw", [one[1], other[1]], parts)
        rule = "prp-dom" if one[0] in self.axioms.domain.get(one[1].predicate.value, ()) else "prp-rng"
        path = one[1].predicate.value
        told = parts | {"path": shortened(path), "value": _shown(one[1])}
        return by_rule(rule, [one[1], other[1]], told, path=path)

    def _values(self, said: Sequence[Quad]) -> Iterator[Finding]:
        """Values that a functional property has besides its first, and values of properties that share none."""
        by_property = defaultdict[str, list[Quad]](list)
        for quad in said:
            by_property[quad.predicate.value].append(quad)
        for name, quads in by_property.items():
            if len(quads) > 1 and "FunctionalProperty" in self.axioms.kinds.get(name, ()):
                yield from self._functional(sorted(quads, key=line))
        for one, other in combinations(sorted(by_property), 2):
            if frozenset((one, other)) in self.axioms.apart:
                for quad in by_property[one]:
                    if same := [each for each in by_property[other] if each.object == quad.object]:
                        parts = {"one": shortened(one), "other": shortened(other)}
                        yield by_rule("prp-pdw", [quad, same[0]], parts, value=str(quad.object))

    def _functional(self, quads: Sequence[Quad]) -> Iterator[Finding]:
        """Two values that are literals contradict each other; two things would have to be the same."""
        first = quads[0]
        for quad in quads[1:]:
            if isinstance(quad.object, IRI) and isinstance(first.object, IRI):
                self._same.join(first.object.value, quad.object.value, [first, quad])
            else:
                path = quad.predicate.value
                parts = {"path": shortened(path), "one": str(first.object), "other": str(quad.object)}
                yield by_rule("prp-fp", [first, quad], parts, path=path, value=str(quad.object))

    def _value(self, quad: Quad, classes: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
        """Whether the value is what the property takes."""
        name, value = quad.predicate.value, quad.object
        kinds = self.axioms.kinds.get(name, frozenset())
        if quad.predicate == v.SAME_AS and isinstance(value, IRI):
            self._same.join(quad.subject.value, value.value, [quad])
        elif isinstance(value, Literal):
            yield from self._literal(quad, kinds)
        elif "DatatypeProperty" in kinds:
            yield by_rule("data-iri", [quad], {"path": shortened(name), "value": _shown(quad)}, name, str(value))
        else:
            yield from self._relation(quad, kinds)
            for union in self.axioms.range.get(name, ()):
                known = classes.get(value.value) or self.axioms.classes.get(value.value, frozenset())
                if not self.axioms.entailed(known, union):
                    yield from self._ranged(quad, union, known)

    def _ranged(self, quad: Quad, union: Union, known: frozenset[str]) -> Iterator[Finding]:
        for each in sorted(known):
            if self.axioms.exclusive(union, frozenset({each})):
                path, value = quad.predicate.value, str(quad.object)
                parts = {"path": shortened(path), "value": _shown(quad), "one": _named(union)}
                why = [quad, *self._stated(quad.object.value, each)]
                yield by_rule("prp-rng", why, parts | {"other": shortened(each)}, path, value)
                return
        self._unsettled[quad.object.value].setdefault(union, quad)

    def _stated(self, node: str, kind: str) -> list[Quad]:
        return [quad for quad in self.store.about(node, v.TYPE.value) if quad.object.value == kind][:1]

    def _relation(self, quad: Quad, kinds: frozenset[str]) -> Iterator[Finding]:
        name, parts = quad.predicate.value, {"path": shortened(quad.predicate.value)}
        if quad.subject == quad.object and kinds & {"IrreflexiveProperty", "AsymmetricProperty"}:
            yield by_rule("prp-irp", [quad], parts, name, str(quad.object))
        elif "AsymmetricProperty" in kinds:
            back = [each for each in self.store.about(quad.object.value, name) if each.object == quad.subject]
            if back and quad.subject.value < quad.object.value:
                yield by_rule("prp-asyp", [quad, back[0]], parts, name, str(quad.object))

    def _literal(self, quad: Quad, kinds: frozenset[str]) -> Iterator[Finding]:
        name, value = quad.predicate.value, quad.object
        assert isinstance(value, Literal)
        parts = {"path": shortened(name), "value": str(value)}
        if "ObjectProperty" in kinds:
            yield by_rule("object-literal", [quad], parts, name, str(value))
        elif wanted := self.axioms.datatypes.get(name):
            datatype = _LANG_STRING if value.lang else (value.datatype or XSD_STRING).value
            if wanted.isdisjoint({datatype, *WIDER.get(datatype, ())}):
                yield by_rule("dt-not-type", [quad], parts | {"one": _named(wanted)}, name, str(value))

    def _both(self, one: str, other: str, why: Sequence[Quad]) -> Iterator[Finding]:
        """Classes that two things have which are the same, and that exclude each other."""
        kinds = [list(self.store.about(node, v.TYPE.value)) for node in (one, other)]
        for quad in kinds[0]:
            for also in kinds[1]:
                unions = frozenset({quad.object.value}), frozenset({also.object.value})
                if self.axioms.exclusive(*unions):
                    parts = {"value": shortened(other), "one": _named(unions[0]), "other": _named(unions[1])}
                    yield _unlike(one, other, [*why, quad, also], parts)
                    return


def _unlike(one: str, other: str, why: Sequence[Quad], parts: Mapping[str, str]) -> Finding:
    """Two things of classes that exclude each other are said to be one, or are values of a functional property."""
    if why[0].predicate == v.SAME_AS:
        return by_rule("eq-rep", why, parts, value=f"<{other}>")
    path = why[0].predicate.value
    told = {"path": shortened(path), "one": shortened(one), "other": shortened(other)}
    return by_rule("prp-fp", why, told, path, f"<{other}>")


def _classes(quads: Iterable[Quad]) -> Mapping[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for quad in quads:
        if quad.predicate == v.TYPE:
            found[quad.subject.value].add(quad.object.value)
    return {node: frozenset(kinds) for node, kinds in found.items()}


def _named(union: Union) -> str:
    return " / ".join(sorted(shortened(each) for each in union))


def _shown(quad: Quad) -> str:
    return quad.object.value
