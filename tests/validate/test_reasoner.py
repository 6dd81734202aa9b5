"""HermiT finds what the quick rules do not know, and says which statements contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unsound_made import change, iri

from kg.errors import Broken
from kg.store.embedded import EmbeddedStore
from kg.validate import axioms, check_ontology, reasoner, shapes
from kg.validate.pieces import pieces
from kg.validate.rules import Rules

needs_java = pytest.mark.skipif(reasoner.java_command() is None, reason="no Java: pip install 'riwayat[reasoner]'")


@settings(deadline=None)
@given(st.sets(st.integers(0, 60), min_size=1, max_size=4))
def test_the_smallest_failing_part_is_found(culprits: set[int]) -> None:
    calls = 0

    def fails(units: Sequence[int]) -> bool:
        nonlocal calls
        calls += 1
        return culprits <= set(units)

    assert set(reasoner.smallest(range(61), fails)) == culprits
    assert calls <= 2 * len(culprits) * 7


@needs_java
def test_hermit_finds_what_rules_do_not_know(copied: Callable[[], EmbeddedStore]) -> None:
    """rw:Happening stands for two classes by owl:equivalentClass; no person is of either. Dates are no hindrance."""
    store = copied()
    change(store, {"add": "<https://example.org/mine> { <person/siti-rahma> a rw:Happening . }"})
    added, *others = pieces(store, shapes.load().reach)
    hermit = reasoner.Reasoner()
    assert hermit.consistent(quad for piece in others for quad in piece.own)
    (found,) = hermit.unexplained(added, frozenset())
    assert found.focus == iri("person/siti-rahma")
    assert {statement.split()[2].rpartition("#")[2] for statement in found.statements} == {"Happening>", "Person>"}
    assert list(hermit.unexplained(added, frozenset(found.statements))) == []
    assert list(Rules(store, axioms.load()).look(added)) == []


@needs_java
def test_the_ontology_is_sound_to_hermit() -> None:
    assert check_ontology(reason=True) == []


def test_without_java_the_check_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasoner, "java_command", lambda: None)
    with pytest.raises(Broken, match=r"pip install 'riwayat\[reasoner\]'"):
        check_ontology(reason=True)
