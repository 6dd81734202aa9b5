"""Day and place of events that an article tells as one occasion (kg.nlp.events_scene)."""

from __future__ import annotations

import pytest
from events_read import readings

MET = "[Ian Falk|person] bertemu [Rangga Putra|person] di [Solo|place], Rabu (4/3/2026). "


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("[Ian Falk|person] dan [Rangga Putra|person] mencapai konsensus tentang keamanan laut.", "Agreement"),
        ("[Ian Falk|person] menyerahkan surat kepada [Rangga Putra|person].", "Transfer"),
        ("Keduanya juga mengunjungi pameran lukisan.", "PublicEvent"),
    ],
)
def test_a_part_has_day_and_place_of_its_occasion(rest: str, name: str) -> None:
    (found,) = readings(MET + rest, name)
    assert found >= {"date=2026-03-04", "place=Solo"}


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("[Ian Falk|person] akan menyerahkan surat kepada [Rangga Putra|person].", "Transfer"),
        ("[Tania Okta|person] menyerahkan surat kepada [Seno Aji|person].", "Transfer"),
        ("[Ian Falk|person] divonis dua tahun penjara.", "LegalAction"),
    ],
    ids=["only planned", "other people", "no part of an occasion"],
)
def test_others_have_not(rest: str, name: str) -> None:
    (found,) = readings(MET + rest, name)
    assert not any(part.startswith(("date=", "place=")) for part in found)


def test_who_arrives_meets_others_there() -> None:
    text = (
        "[Ian Falk|person] tiba di [Solo|place], Rabu (4/3/2026). "
        "[Ian Falk|person] disambut [Rangga Putra|person] dan [Seno Aji|person]."
    )
    (found,) = readings(text, "Meeting")
    assert found >= {"date=2026-03-04", "place=Solo"}


def test_a_day_beside_an_occasion_is_its_day() -> None:
    text = "[Ian Falk|person] bertemu [Rangga Putra|person]. Acara itu berlangsung pada Rabu (4/3/2026)."
    (found,) = readings(text, "Meeting")
    assert "date=2026-03-04" in found


def test_an_attack_is_where_its_target_is() -> None:
    (found,) = readings("[Ostland|place] menyerang [Westland|place].", "Attack")
    assert "place=Westland" in found


@pytest.mark.parametrize(
    "text",
    [
        "[Ian Falk|person] bertemu [Rangga Putra|person]. Gedung itu dibuka pada 4 Maret 1953.",
        "Sebelum peringatan 4 Maret, [Ian Falk|person] bertemu [Rangga Putra|person].",
    ],
)
def test_a_day_of_something_else_is_none(text: str) -> None:
    (found,) = readings(text, "Meeting")
    assert not any(part.startswith("date=") for part in found)


def test_a_year_beside_its_noun_dates_it() -> None:
    (found,) = readings("Kesepakatan tahun 1978 antara [Ostland|place] dan [Westland|place] berlaku.", "Agreement")
    assert "date=1978" in found


def test_what_is_commemorated_has_a_date_of_its_own() -> None:
    text = "[Ostland|place] menggelar acara yang menandai gencatan senjata pada 27 Juli 1953."
    assert not any("date=1953-07-27" in found for found in readings(text, "PublicEvent"))


def test_a_ceremony_without_a_place_is_where_the_article_is() -> None:
    text = (
        "Pameran Dibuka\nHujan turun di [Solo|place] sejak pagi.\n"
        "Ratusan orang menunggu lama. [Ian Falk|person] menghadiri pameran lukisan."
    )
    (found,) = readings(text, "PublicEvent")
    assert "place=Solo" in found
