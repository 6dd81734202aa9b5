"""Places and dates that stand in the sentence of an event (kg.nlp.events_where)."""

from __future__ import annotations

import pytest
from events_read import readings

KILLED = "[Ian Falk|person] membunuh [Rangga Putra|person] di {}, Rabu (4/3/2026)."


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


@pytest.mark.parametrize(
    ("text", "name", "without"),
    [
        (
            "Saat berkunjung ke [Solo|place] pekan ini, [Ian Falk|person] mengatakan bahwa "
            "[Rangga Putra|person] sudah ditahan.",
            "LegalAction",
            {"place=Solo", "date=2026-03-02/2026-03-08"},
        ),
        (
            "[Rangga Putra|person] diangkat sebagai ketua setelah pembunuhan [Seno Aji|person] pada 15 Februari.",
            "Appointment",
            {"date=2026-02-15"},
        ),
        (
            "[Ian Falk|person], yang menjabat menteri sejak 2012, mengunjungi pameran lukisan.",
            "PublicEvent",
            {"date=2012"},
        ),
    ],
    ids=["before what is said", "after names", "since"],
)
def test_days_and_places_of_something_else(text: str, name: str, without: set[str]) -> None:
    (found,) = readings(text, name)
    assert not found & without


def test_two_places_are_two_occasions() -> None:
    text = (
        "[Ian Falk|person] bertemu [Rangga Putra|person] di [Solo|place], Rabu (4/3/2026). "
        "Sebelumnya [Ian Falk|person] mengunjungi [Ambon|place]."
    )
    (visit,) = readings(text, "Visit")
    assert "date=2026-03-04" not in visit


def test_under_whom_is_no_place() -> None:
    (found,) = readings(
        "[Ian Falk|person] membunuh [Seno Aji|person] di bawah Presiden [Budi Arman|person] [Solo|place].", "Death"
    )
    assert "place=Solo" not in found
