"""Articles of our own that disagree on an event, or tell when an office began and ended, read by the trained model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import asked

from kg import build
from kg.lang import pack
from kg.store.embedded import EmbeddedStore

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (pack.load().model_path / "meta.json").is_file(), reason="no trained model; run: make model"
    ),
]

ARTICLES = Path(__file__).with_name("disagreements.jsonl")
"""The day of a meeting (hari), its country (negara), whether something was sent (benar, bantah); two meetings weeks
apart (lagi), two days of one stay (tiba, masih); an office from its first day to its last (lantik, tinjau, berhenti),
and one that is only planned (akan)."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    path = tmp_path_factory.mktemp("disagreements") / "graph"
    build.build([str(ARTICLES)], path)
    store = build.reader(path)
    yield store
    store.close()


def texts() -> dict[str, str]:
    records = map(json.loads, ARTICLES.read_text(encoding="utf-8").splitlines())
    return {record["id"]: record["text"] for record in records}


@pytest.mark.parametrize(
    ("kind", "sides"),
    [
        ("date", {("hari-1", "2023-07-26"), ("hari-2", "2023-07-27")}),
        ("place", {("negara-1", "Mesir"), ("negara-1", "Kairo"), ("negara-2", "Prancis"), ("negara-2", "Paris")}),
        ("factuality", {("benar", "actual"), ("bantah", "denied")}),
    ],
)
def test_a_disagreement_has_both_sides_with_sentences(
    kind: str, sides: set[tuple[str, str]], told: EmbeddedStore
) -> None:
    found = asked(told, "conflicts", kind=kind)
    assert {(row["article"], row["says"]) for row in found} == sides
    assert len({row["conflictIri"] for row in found}) == 1
    assert all(row["quotes"] and row["quotes"] in texts()[row["article"]] for row in found)


def test_reports_that_disagree_tell_of_one_event(told: EmbeddedStore) -> None:
    found = asked(told, "met", person="Vladimir Putin", with_="Narendra Modi")
    assert [(row["date"], row["articles"]) for row in found] == [
        ("2023-07-26", "hari-1; hari-2"), ("2023-08-17", "lagi"),
    ]  # fmt: skip


def test_days_of_a_stay_do_not_disagree(told: EmbeddedStore) -> None:
    found = asked(told, "visits", visitor="Prabowo Subianto")
    assert [(row["date"], row["articles"]) for row in found] == [("2026-03-02", "masih; tiba")]


def test_appointment_and_departure_bound_a_tenure(told: EmbeddedStore) -> None:
    (tenure,) = asked(told, "career", person="Darma Wiguna")
    assert tenure["office"].startswith("Menteri Perhubungan")
    assert (tenure["earliestStart"], tenure["latestStart"]) == ("2025-09-08", "2025-09-08")
    assert (tenure["earliestEnd"], tenure["latestEnd"]) == ("2025-12-10", "2025-12-10")


def test_a_plan_bounds_nothing(told: EmbeddedStore) -> None:
    (tenure,) = asked(told, "career", person="Bagas Nugroho")
    assert (tenure["latestStart"], tenure["earliestEnd"]) == ("", ""), "nothing is certain"


@pytest.mark.parametrize(
    ("day", "holders"), [("2025-09-07", set()), ("2025-11-01", {"Darma Wiguna"}), ("2025-12-12", set())]
)
def test_who_held_the_office(day: str, holders: set[str], told: EmbeddedStore) -> None:
    found = asked(told, "who-held", position="Menteri Perhubungan", date=day)
    assert {row["holder"] for row in found} == holders
