"""The grammar of dates against the cases of calendar.toml, and what holds of every string."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lang import calendar, pack

ID = pack.load("id")
GROUPS = tomllib.loads((Path(__file__).parent / "calendar.toml").read_text(encoding="utf-8"))
FRIDAY = date(2023, 7, 28)


CASES = [
    pytest.param(text, group.get("published"), expected, id=f"{name}: {text}")
    for name, group in GROUPS.items()
    for text, *expected in group["cases"]
]


@pytest.mark.parametrize(("text", "published", "expected"), CASES)
def test_dates_are_found_and_resolved(text: str, published: date | None, expected: list[str]) -> None:
    found = calendar.find(text, ID, published)
    assert [f"{text[each.begin : each.end]} → {each.when.iso}" for each in found] == expected


def test_there_are_many_cases() -> None:
    assert len(CASES) > 150


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("26 Juli 2023", "day"),
        ("Rabu (26/7/2023)", "day-weekday"),
        ("Kamis (26/7/2023)", "day-weekday-mismatch"),
        ("Rabu (26/7/2022)", "day-mended"),
        ("Rabu malam", "weekday"),
        ("Juni 2023", "month"),
        ("tahun 2023", "year"),
        ("2019-2024", "years"),
        ("26-28 Juli", "range"),
        ("kemarin", "relative-day"),
        ("pekan lalu", "relative-week"),
        ("bulan lalu", "relative-month"),
        ("tahun lalu", "relative-year"),
    ],
)
def test_rules_have_names(text: str, rule: str) -> None:
    assert [each.rule for each in calendar.find(text, ID, FRIDAY)] == [rule]


def test_a_year_hint_completes_days_and_months() -> None:
    found = calendar.find("Pada Rabu (26/7) dan pada Juni, kemarin.", ID, year_hint=2023)
    assert [each.when.iso for each in found] == ["2023-07-26", "2023-06"]


def test_days_are_full_days_only() -> None:
    text = "Juli 2023, 26-28 Juli 2023, kemarin, Jumat, 28 Juli 2023 - 10:00 WIB"
    assert [each.when.iso for each in calendar.days(text, ID)] == ["2023-07-28"]


PIECES = [
    *(
        "Rabu",
        "Minggu",
        "hari",
        "26",
        "31",
        "Februari",
        "Juli",
        "2023",
        "/",
        "-",
        "(",
        ")",
        ",",
        "lalu",
        "pekan",
    ),
    *(
        "dua",
        "akhir",
        "tahun",
        "bulan",
        "ini",
        "kemarin",
        "besok",
        "depan",
        "hingga",
        "26/7",
        "31/2/2023",
        "sejak",
    ),
    *("\n", ".", "9999", "0", "akan", "malam", "1,5", "x"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.none() | st.dates())
def test_any_string_is_read_in_order_without_overlap(pieces: list[str], published: date | None) -> None:
    text = " ".join(pieces)
    end = 0
    for each in calendar.find(text, ID, published):
        assert end <= each.begin < each.end <= len(text)
        end = each.end


@pytest.mark.parametrize(
    "piece",
    ["Senin, ", "Senin (", "Senin-", "1 - ", "1 hingga ", "26/7 - ", "1 Juli - ", "kemarin, ", "hari "],
)
def test_endless_repetition_is_read_in_a_line(piece: str) -> None:
    calendar.find(piece * 3000, ID, FRIDAY)
