"""Every rule finds what is unsound, and names article, sentence and rule; what is sound passes."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unsound_made import CASES, HEAD, change, iri

from kg.rdf.vocab import RW
from kg.store.embedded import EmbeddedStore
from kg.validate import axioms, shapes, unsound, wording
from kg.validate.files import ONTOLOGY, parsed
from kg.validate.findings import Finding
from kg.validate.pieces import pieces
from kg.validate.rules import Rules
from kg.validate.sentences import told

Copied = Callable[[], EmbeddedStore]


def contradictions(store: EmbeddedStore, said: str = "") -> list[Finding]:
    """What the rules find, with axioms besides those of the ontology."""
    graph = parsed(*ONTOLOGY)
    graph.parse(data=HEAD + said, format="turtle")
    rules = Rules(store, axioms.read(graph) if said else axioms.load())
    found = {each for piece in pieces(store, shapes.load().reach) for each in rules.look(piece)}
    return sorted(found | set(rules.whole()))


def the_one(found: list[Finding], rule: str, case: dict[str, Any]) -> Finding:
    """The finding of a rule at the node of a case."""
    (one,) = (each for each in found if (each.rule, each.focus) == (rule, iri(case["focus"])))
    return one


def sourced(store: EmbeddedStore, finding: Finding, case: dict[str, Any]) -> None:
    sentences = told(store, finding)
    assert case["article"] in {each.article for each in sentences}
    if words := case.get("words"):
        assert any(words in (each.sentence or each.quote) for each in sentences), sentences


def test_what_is_built_is_sound(copied: Copied) -> None:
    assert unsound(copied()) == []


def test_a_decision_may_be_about_a_report_that_is_not_there(copied: Copied) -> None:
    store = copied()
    about = "<article/pagi-1#role-000000000000> ; dcterms:creator 'A' ; dcterms:date '2026-01-01'^^xsd:date"
    change(
        store, {"add": f"<graph/decisions> {{ <decision/a> a rw:Decision ; rw:verdict 'wrong' ; rw:about {about} . }}"}
    )
    assert unsound(store) == []


@pytest.mark.parametrize("case", CASES["contradiction"], ids=lambda case: f"{case['rule']} {case['focus']}")
def test_a_contradiction_is_found(copied: Copied, case: dict[str, Any]) -> None:
    store = copied()
    change(store, case)
    found = the_one(contradictions(store, case.get("axioms", "")), case["rule"], case)
    assert found.unsound
    assert len(found.statements) >= (1 if case["rule"] in ALONE else 2)
    sourced(store, found, case)


ALONE = {"cls-nothing2", "dt-not-type", "object-literal", "data-iri", "prp-irp", "absent", "undeclared"}
"""Rules that one statement breaks."""


def test_every_rule_has_a_case_and_its_words() -> None:
    source = Path(wording.__file__).with_name("wording.toml")
    rules = tomllib.loads(source.read_text(encoding="utf-8"))["rule"]
    assert {case["rule"] for case in CASES["contradiction"]} == rules.keys() - {"inconsistent"}
    for rule in rules:
        assert {"of", *wording.LANGUAGES} == rules[rule].keys()


def test_no_shape_sees_the_contradictions(copied: Copied) -> None:
    """But for what SHACL has no word for, they would go unnoticed."""
    store = copied()
    for case in CASES["contradiction"]:
        if case["add"].startswith(("<graph/resolved>", "<article/")):
            change(store, case)
    broken = [each for piece in pieces(store, shapes.load().reach) for each in shapes.broken(piece)]
    assert [str(each) for each in broken] == []


@pytest.mark.parametrize("case", CASES["shape"], ids=lambda case: str(case["rule"]))
def test_a_broken_shape_is_found(misshapen: tuple[EmbeddedStore, list[Finding]], case: dict[str, Any]) -> None:
    store, found = misshapen
    broken = [each for each in found if (each.rule, each.focus) == (RW + case["rule"], iri(case["focus"]))]
    assert broken
    assert {lang for lang, _ in broken[0].messages} == {"id", "en"}
    sourced(store, broken[0], case)


@pytest.mark.parametrize("quads", [40, 150])
def test_pieces_find_what_the_whole_shows(
    misshapen: tuple[EmbeddedStore, list[Finding]], quads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, found = misshapen
    monkeypatch.setattr("kg.validate.pieces.BATCH_QUADS", quads)
    cut = list(pieces(store, shapes.load().reach))
    largest = max(Counter(quad.subject for piece in cut for quad in piece.own).values())
    assert len(cut) > 5
    assert max(len(piece.own) for piece in cut) <= 2 * quads + largest
    assert sum(len(piece.own) for piece in cut) == len(store)
    assert unsound(store) == found


def test_of_a_graph_that_is_unsound_throughout_so_much_is_found(
    misshapen: tuple[EmbeddedStore, list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, found = misshapen
    monkeypatch.setattr("kg.validate.MOST_FOUND", 3)
    some = unsound(store)
    assert len(some) == 3
    assert set(some) < set(found)
