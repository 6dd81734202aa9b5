"""The confidence of events (kg.nlp.events_confidence)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from events_read import read

from kg.nlp.events_confidence import RIGHT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Ian Falk|person] mengadakan pertemuan.", RIGHT[1][0]),
        ("[Ian Falk|person] bertemu [Rangga Putra|person].", RIGHT[2][0]),
        ("[Ian Falk|person] bertemu [Rangga Putra|person] di [Solo|place].", RIGHT[2][1]),
        ("[Ian Falk|person] bertemu [Rangga Putra|person] di [Solo|place], Rabu (4/3/2026).", RIGHT[2][2]),
        (
            "[Ian Falk|person] bertemu [Rangga Putra|person] di [Solo|place], Rabu (4/3/2026). Pertemuan itu hangat.",
            RIGHT[2][3],
        ),
    ],
)
def test_the_more_is_told_the_surer(text: str, expected: float) -> None:
    (event,) = read(text)[0]
    assert event.confidence == expected


def test_the_table_rises() -> None:
    assert all(less <= more for row in RIGHT for less, more in pairwise(row))
    assert all(less[told] <= more[told] for less, more in pairwise(RIGHT) for told in range(4))
