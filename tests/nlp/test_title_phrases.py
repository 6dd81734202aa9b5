"""300 title phrases held apart from the rules: exact person, title, body and status."""

from __future__ import annotations

import pytest
from phrases import MARK, Reader, fold, measured, phrases

pytestmark = pytest.mark.slow

FLOORS = {True: 216, False: 181}
"""Phrases read exactly with the marked names and with the model's: what was reached, three less for other machines.
270 were asked for (issue 4); a floor is only ever raised."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_there_are_300_phrases_of_every_kind() -> None:
    some = phrases()
    assert len(some) == len({phrase.plain for phrase in some}) == 300
    assert {phrase.kind for phrase in some} == {
        "before", "after", "status", "verb", "several", "phrase", "world", "none",
    }  # fmt: skip
    for phrase in some:
        marked = {fold(mark[3] or mark[1]) for mark in MARK.finditer(phrase.text)}
        assert {fold(role[0]) for role in phrase.roles} <= marked, phrase.text


@pytest.mark.parametrize("named", [True, False], ids=["marked names", "the model's names"])
def test_as_many_phrases_are_read_exactly_as_before(reader: Reader, named: bool) -> None:
    assert measured(reader, named=named)["all"].exact >= FLOORS[named]
