"""The graph of decisions: a node each, and what they make the same or different."""

from __future__ import annotations

from datetime import date

import pytest

from kg.rdf.decided import decided_quads
from kg.rdf.terms import nquads
from kg.resolve.decisions import Decision, Verdict

BASE = "https://x.example/id/"
A, B, REPORT, ITEM = "person/a", "person/b", "article/berita%201#person-a", "http://www.wikidata.org/entity/Q1"
OWL = "http://www.w3.org/2002/07/owl#"


def lines(verdict: Verdict, *about: str, why: str = "", label: str = "") -> list[str]:
    made = Decision(verdict, about, "Sri", date(2026, 11, 28), why, label)
    found = list(nquads(decided_quads([made], BASE)))
    assert all(line.endswith(f" <{BASE}graph/decisions> .\n") for line in found)
    return [line.removesuffix(f" <{BASE}graph/decisions> .\n") for line in found]


def test_a_node_says_who_when_and_why() -> None:
    found = lines("same", B, A, why="satu orang")
    (node,) = {line.split()[0] for line in found if "/decision/" in line}
    assert node.startswith(f"<{BASE}decision/same-")
    assert [line.removeprefix(f"{node} ") for line in found] == [
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/riwayat/ontology#Decision>",
        '<https://w3id.org/riwayat/ontology#verdict> "same"',
        f"<https://w3id.org/riwayat/ontology#about> <{BASE}person/a>",
        f"<https://w3id.org/riwayat/ontology#about> <{BASE}person/b>",
        '<http://purl.org/dc/terms/creator> "Sri"',
        '<http://purl.org/dc/terms/date> "2026-11-28"^^<http://www.w3.org/2001/XMLSchema#date>',
        '<http://www.w3.org/2000/01/rdf-schema#comment> "satu orang"',
        f"<{BASE}person/a> <{OWL}sameAs> <{BASE}person/b>",
    ]


@pytest.mark.parametrize(
    ("verdict", "about", "label", "owl"),
    [
        ("same", (A, B), "", [f"<{BASE}person/a> <{OWL}sameAs> <{BASE}person/b>"]),
        ("different", (A, B), "", [f"<{BASE}person/a> <{OWL}differentFrom> <{BASE}person/b>"]),
        ("same", (REPORT, A), "", []),
        ("same", (ITEM, A), "", []),
        ("name", (A,), "Ani", []),
        ("wrong", (REPORT,), "", []),
    ],
)
def test_only_two_identities_are_the_same_or_different(
    verdict: Verdict, about: tuple[str, ...], label: str, owl: list[str]
) -> None:
    found = lines(verdict, *about, label=label)
    assert [line for line in found if OWL in line] == owl
    named = [line.split()[-1] for line in found if "ontology#about>" in line]
    assert named == [f"<{each}>" if each == ITEM else f"<{BASE}{each}>" for each in sorted(about)]
