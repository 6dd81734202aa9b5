"""Whether a graph is sound: it keeps the shapes, and contradicts neither itself nor the ontology.

rdflib, pySHACL and owlready2 are imported where they are used: this package is cheap to import.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.rdf.terms import Quad
from kg.store.embedded import EmbeddedStore
from kg.validate.findings import Finding
from kg.validate.ontology import check_ontology, emitted_terms, faults

if TYPE_CHECKING:
    from kg.validate.reasoner import Reasoner

__all__ = ["MOST_FOUND", "Finding", "check_ontology", "emitted_terms", "faults", "unsound", "unsound_quads"]

Step = Callable[[str], object]
"""Is told the graph that is being checked."""


MOST_FOUND: Final = 100_000
"""After so many findings the rest is not looked at: they are sorted in memory, and nobody reads more."""


def unsound(store: EmbeddedStore, reason: bool = False, step: Step | None = None) -> list[Finding]:
    """What is unsound in a dataset, sorted: broken shapes, contradictions, and with `reason` what HermiT finds besides.

    One piece of it is in memory at a time, and MOST_FOUND findings: where there are as many the dataset was not looked
    through. Raises Broken where HermiT is asked for and there is no Java.
    """
    from kg.validate.reasoner import Reasoner

    reasoner = Reasoner() if reason else None
    found = set[Finding]()
    for some in _looked_through(store, found, reasoner, step):
        for each in sorted(some):
            found.add(each)
            if len(found) >= MOST_FOUND:
                return sorted(found)
    return sorted(found)


def _looked_through(
    store: EmbeddedStore, found: set[Finding], reasoner: Reasoner | None, step: Step | None
) -> Iterator[Iterable[Finding]]:
    """What each check finds, piece by piece; `found` is what was found before."""
    from kg.validate import axioms, shapes
    from kg.validate.pieces import pieces
    from kg.validate.rules import Rules

    reach, rules = shapes.load().reach, Rules(store, axioms.load())
    for piece in pieces(store, reach):
        if step:
            step(piece.own[0].graph.value)
        yield rules.look(piece)
        yield shapes.broken(piece)
    yield rules.whole()
    if reasoner:
        known = frozenset(statement for each in found for statement in each.statements)
        for piece in pieces(store, reach):
            yield reasoner.unexplained(piece, known)


def unsound_quads(quads: Iterable[Quad]) -> list[Finding]:
    """What is unsound in quads that stand in no store yet, sorted."""
    with tempfile.TemporaryDirectory(prefix="kg-validate-") as aside:
        store = EmbeddedStore(Path(aside) / "quads")
        try:
            store.extend(quads)
            return unsound(store)
        finally:
            store.close()
