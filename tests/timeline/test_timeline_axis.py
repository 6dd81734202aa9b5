"""The axis has marks that fit, and words are measured so that they fit their room."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.timeline.axis import Axis
from kg.timeline.lettering import cut, width, wrapped


@given(st.dates(), st.integers(0, 40_000))
def test_the_axis_has_marks_that_do_not_touch(first: date, days: int) -> None:
    last = date.fromordinal(min(first.toordinal() + days, date.max.toordinal()))
    marks = Axis.over([first, last], 400, 1050).marks()
    assert 1 <= len(marks) <= 17
    for left, right in pairwise(marks):
        assert right.x - left.x >= width(left.label, 10, bold=True)


@pytest.mark.parametrize(
    ("last", "labels"),
    [
        ("2024-02-29", ["2024-02-23", "2024-02-25"]),
        ("2024-03-31", ["2024-03-04", "2024-03-11"]),
        ("2024-12-31", ["2024-03", "2024-04"]),
        ("2026-02-28", ["2024-04", "2024-07"]),
        ("2034-12-31", ["2025", "2026"]),
        ("2120-12-31", ["2030", "2040"]),
    ],
)
def test_the_axis_counts_in_days_months_or_years(last: str, labels: list[str]) -> None:
    marks = Axis.over([date(2024, 2, 29), date.fromisoformat(last)], 400, 1050).marks()
    assert [mark.label for mark in marks[:2]] == labels


def test_words_are_cut_and_broken_to_their_room() -> None:
    assert cut("Bupati", 100, 10) == "Bupati"
    assert cut("Bupati Contohrejo", 60, 10).endswith("…")
    assert list(wrapped("Kepala Dinas Pekerjaan Umum", 90, 10)) == ["Kepala Dinas", "Pekerjaan Umum"]
    assert width("中", 10) > width("i", 10) > width("\u0308", 10) == 0
