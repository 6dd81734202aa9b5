"""Whether a graph is sound: it keeps the shapes, and contradicts neither itself nor the ontology.

rdflib, pySHACL and owlready2 are imported where they are used: this package is cheap to import.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.rdf.terms import Quad
from kg.store.embedded import EmbeddedStore
from kg.validate.findings import Finding
from kg.validate.ontology import check_ontology, emitted_terms, faults

__all__ = ["Finding", "check_ontology", "emitted_terms", "faults", "unsound", "unsound_quads"]

Step = Callable[[str], object]
"""Is told the graph that is being checked."""


def unsound(store: EmbeddedStore, reason: bool = False, step: Step | None = None) -> list[Finding]:
    """What is unsound in a dataset, sorted: broken shapes, contradictions, and with `reason` what HermiT finds besides.

    One piece of it is in memory at a time. Raises Broken where HermiT is asked for and there is no Java.
    """
    from kg.validate import axioms, shapes
    from kg.validate.pieces import pieces
    from kg.validate.reasoner import Reasoner
    from kg.validate.rules import Rules

    reach, rules, found = shapes.load().reach, Rules(store, axioms.load()), set[Finding]()
    reasoner = Reasoner() if reason else None
    for piece in pieces(store, reach):
        if step:
            step(piece.own[0].graph.value)
        found.update(rules.look(piece))
        found.update(shapes.broken(piece))
    found.update(rules.whole())
    if reasoner:
        known = frozenset(statement for each in found for statement in each.statements)
        for piece in pieces(store, reach):
            found.update(reasoner.unexplained(piece, known))
    return sorted(found)


def unsound_quads(quads: Iterable[Quad]) -> list[Finding]:
    """What is unsound in quads that stand in no store yet, sorted."""
    with tempfile.TemporaryDirectory(prefix="kg-validate-") as aside:
        store = EmbeddedStore(Path(aside) / "quads")
        try:
            store.extend(quads)
            return unsound(store)
        finally:
            store.close()
