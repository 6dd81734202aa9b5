"""Decisions: which hold of many, which contradict each other, and which say nothing."""

from __future__ import annotations

import random
from datetime import date

import pytest

from kg.resolve.decisions import Decision, Decisions, Verdict, touched

A, B, C, D = (f"person/{name}" for name in ("ahmad-yani", "ahmad-yani--bupati-contohrejo", "budi", "citra"))
REPORT = "article/berita-1#person-ahmad-yani"


def told(verdict: Verdict, *about: str, on: int = 1, label: str = "") -> Decision:
    return Decision(verdict, about, "Sri", date(2026, 11, on), "", label)


@pytest.mark.parametrize(
    ("made", "same", "different"),
    [
        ([told("same", B, A)], [(A, B)], []),
        ([told("same", A, B), told("different", A, B, on=2)], [], [(A, B)]),
        ([told("same", A, B, on=2), told("different", A, B)], [(A, B)], []),
        ([told("same", A, B), told("same", B, C, on=2), told("different", A, C, on=3)], [(B, C)], [(A, C)]),
        ([told("different", A, C), told("same", A, B, on=2), told("same", B, C, on=2)], [(A, B), (B, C)], []),
        ([told("same", A, B), told("same", C, D), told("different", A, D)], [(A, B), (C, D)], [(A, D)]),
        ([told("same", A, REPORT)], [(REPORT, A)], []),
    ],
)
def test_the_later_of_two_that_contradict_each_other_holds(
    made: list[Decision], same: list[tuple[str, str]], different: list[tuple[str, str]]
) -> None:
    for seed in range(4):
        random.Random(seed).shuffle(made)
        found = Decisions.of(made)
        assert (found.same, found.different) == (tuple(same), tuple(different))


@pytest.mark.parametrize(
    "made",
    [
        [told("same", A, B), told("different", B, A)],
        [told("same", A, B), told("same", B, C), told("different", A, C)],
        [told("same", A, B), told("same", B, C), told("different", A, C, on=2)],
        [told("name", A, label="Ahmad Yani"), told("name", A, label="Jenderal Yani")],
    ],
)
def test_two_of_one_day_that_contradict_each_other_are_both_named(made: list[Decision]) -> None:
    messages = set()
    for seed in range(4):
        random.Random(seed).shuffle(made)
        with pytest.raises(ValueError, match=r"contradict each other: .* \(Sri, 2026-11-0\d\); .* remove one") as told_:
            Decisions.of(made)
        messages.add(str(told_.value))
    assert len(messages) == 1


def test_the_later_name_and_every_wrong_report() -> None:
    found = Decisions.of(
        [told("name", A, on=2, label="Ahmad Yani"), told("name", A, label="Yani"), told("wrong", REPORT)]
    )
    assert (found.names, found.wrong) == ({A: "Ahmad Yani"}, {REPORT})
    assert found
    assert not Decisions.of([])


def test_a_link_is_confirmed_or_refused_and_ties_no_ids() -> None:
    item = "http://www.wikidata.org/entity/Q1"
    made = [told("same", A, item), told("different", B, item), told("same", C, item), told("different", A, item, on=2)]
    found = Decisions.of(made)
    assert [(one.verdict, one.about, one.of_item) for one in found.made] == [
        ("different", (item, A), True),
        ("different", (item, B), True),
        ("same", (item, C), True),
    ]
    assert (found.same, found.different) == ((), ())


@pytest.mark.parametrize(
    "other",
    [
        Decision("same", (A, B), "Budi", date(2026, 11, 1)),
        Decision("same", (A, B), "Sri", date(2026, 11, 2)),
        Decision("same", (A, B), "Sri", date(2026, 11, 1), "satu orang"),
        Decision("same", (A, C), "Sri", date(2026, 11, 1)),
        Decision("different", (A, B), "Sri", date(2026, 11, 1)),
    ],
)
def test_the_digest_says_all(other: Decision) -> None:
    assert Decisions.of([told("same", B, A)]).digest == Decisions.of([told("same", A, B)]).digest
    assert Decisions.of([told("same", A, B)]).digest != Decisions.of([other]).digest


@pytest.mark.parametrize(
    ("verdict", "about", "label", "fault"),
    [
        ("equal", (A, B), "", "no verdict; give one of same, different, name, wrong"),
        ("same", (A, A), "", "give two persons, two organizations or two places"),
        ("same", (A,), "", "give two persons"),
        ("different", (A, "organization/kpk"), "", "give two persons"),
        ("same", ("article/berita-1#role-1", "article/berita-1#role-2"), "", "give two persons"),
        ("same", (A, "Ahmad Yani"), "", "no ids; give e.g. person/ahmad-yani"),
        ("same", ("http://x.example/1", "http://x.example/2"), "", "no ids"),
        ("same", (REPORT, "http://x.example/2"), "", "not a report"),
        ("name", ("http://x.example/1",), "Yani", "no ids"),
        ("name", (A,), " ", "and its label"),
        ("name", (REPORT,), "Yani", "give one person, organization or place"),
        ("wrong", (A,), "", "give one report of an article"),
        ("wrong", (), "", "give one report of an article"),
    ],
)
def test_what_says_nothing_is_refused(verdict: Verdict, about: tuple[str, ...], label: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        told(verdict, *about, label=label)


def test_somebody_decides() -> None:
    with pytest.raises(ValueError, match="says not by whom"):
        Decision("same", (A, B), " ", date(2026, 11, 1))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([told("same", A, B)], [told("same", A, B)], set()),
        ([], [told("same", A, B)], {A, B}),
        ([told("same", A, B), told("same", B, C)], [told("same", B, C)], {A, B, C}),
        ([told("same", A, B)], [told("same", A, B), told("different", B, C)], {A, B, C}),
        ([told("same", A, B)], [told("same", A, B), told("same", C, D)], {C, D}),
        ([told("same", A, B), told("name", A, label="Yani")], [told("same", A, B)], {A, B}),
        ([], [told("wrong", REPORT)], {REPORT}),
    ],
)
def test_a_change_touches_what_decisions_tie_together(
    before: list[Decision], after: list[Decision], expected: set[str]
) -> None:
    assert touched(set(before), set(after)) == expected
