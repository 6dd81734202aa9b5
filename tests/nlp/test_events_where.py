"""Places and dates that stand in the sentence of an event (kg.nlp.events_where)."""

from __future__ import annotations

import pytest
from events_read import read, told

KILLED = "[Ian Falk|person] membunuh [Rangga Putra|person] di {}, Rabu (4/3/2026)."


def readings(text: str, name: str) -> list[set[str]]:
    events, names = read(text)
    return [told(event, names) for event in events if event.type == name]


@pytest.mark.parametrize(
    "where",
    [
        "[Solo|place]",
        "kawasan wisata [Solo|place]",
        "sebuah kamar kos, [Solo|place]",
        "rumahnya, [Kampung Melati|place], [Solo|place]",
    ],
)
def test_a_place_may_follow_what_it_is_about(where: str) -> None:
    (found,) = readings(KILLED.format(where), "Death")
    assert "place=Solo" in found


def test_a_place_of_another_phrase_is_none() -> None:
    (found,) = readings(KILLED.format("sebuah rumah milik warga [Solo|place]"), "Death")
    assert "place=Solo" not in found
