"""300 title phrases held apart from the rules: exact person, title, body and status."""

from __future__ import annotations

import pytest
from phrases import MARK, Reader, fold, phrases

pytestmark = pytest.mark.slow


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
