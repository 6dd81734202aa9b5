"""Which links hold: what `kg link` found, and what people said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.resolve.decisions import Decision, Decisions
from kg.resolve.links import Link, in_force, waiting

WD = "http://www.wikidata.org/entity/"
DAY = date(2026, 11, 28)
SURE = Link("person/a", WD + "Q1", True, 0.95, ("label",), "https://x.example/sparql", DAY)
DOUBT = replace(SURE, id="person/b", item=WD + "Q2", sure=False, confidence=0.7)
RIVAL = replace(DOUBT, item=WD + "Q3", confidence=0.8)


def said(*verdicts: tuple[str, str, str]) -> Decisions:
    return Decisions.of(Decision(verdict, (one, WD + item), "Rina", DAY) for verdict, one, item in verdicts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("decisions", "holding", "open_"),
    [
        (said(), {"Q1"}, ["Q3", "Q2"]),
        (said(("different", "person/a", "Q1")), set(), ["Q3", "Q2"]),
        (said(("same", "person/a", "Q1")), {"Q1"}, ["Q3", "Q2"]),
        (said(("different", "person/b", "Q3")), {"Q1"}, ["Q2"]),
        (said(("same", "person/b", "Q2")), {"Q1", "Q2"}, []),
        (said(("same", "person/c", "Q9")), {"Q1", "Q9"}, ["Q3", "Q2"]),
        (said(("different", "person/c", "Q1")), {"Q1"}, ["Q3", "Q2"]),
    ],
)
def test_what_holds_and_what_waits(decisions: Decisions, holding: set[str], open_: list[str]) -> None:
    links = (SURE, DOUBT, RIVAL)
    assert {link.item.removeprefix(WD) for link in in_force(links, decisions)} == holding
    assert [link.item.removeprefix(WD) for link in waiting(links, decisions)] == open_


def one(*pairs: tuple[str, str]) -> list[Decision]:
    return [Decision("same", pair, "Rina", DAY) for pair in pairs]


@pytest.mark.parametrize(
    ("links", "decisions", "holding"),
    [
        ([SURE], one(("person/a", "person/b")), {("person/a", "Q1"), ("person/b", "Q1")}),
        ([SURE], one(("person/a", "person/b"), ("person/b", "person/c")), {(f"person/{x}", "Q1") for x in "abc"}),
        (
            [SURE, replace(SURE, id="person/b", item=WD + "Q5", confidence=0.99)],
            one(("person/a", "person/b")),
            {("person/a", "Q5"), ("person/b", "Q5")},
        ),
        (
            [SURE],
            [*one(("person/a", "person/b")), Decision("different", ("person/b", WD + "Q1"), "Rina", DAY)],
            set(),
        ),
    ],
)
def test_a_link_holds_of_all_that_is_one(
    links: list[Link], decisions: list[Decision], holding: set[tuple[str, str]]
) -> None:
    found = in_force(links, Decisions.of(decisions))
    assert {(link.id, link.item.removeprefix(WD)) for link in found} == holding


def test_a_confirmed_link_says_by_whom_it_is_sure() -> None:
    (link,) = in_force([DOUBT], said(("same", "person/b", "Q2")))
    assert (link.sure, link.confidence, link.by, link.endpoint) == (True, 1.0, ("decision",), "")
