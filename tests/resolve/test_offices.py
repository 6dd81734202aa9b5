"""Offices of one person: bodies filled in, loose titles named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from given_roles import COUNCIL, INDONESIA, MINISTRY, NORTH, PARTY, RUSSIA, SINGLE, given, held, ids

from kg.resolve.offices import Body


def test_an_office_is_a_title_with_its_body() -> None:
    found = held(
        given("Menteri Pertahanan", RUSSIA, "2023-07-26", single=SINGLE),
        given("Sekretaris", COUNCIL, "2024-09-14"),
    )
    assert ids(found) == [
        "position/menteri-pertahanan/place/rusia",
        "position/sekretaris/organization/dewan-keamanan-rusia",
    ]
    assert [office.position.label for office in found] == [
        "Menteri Pertahanan Rusia",
        "Sekretaris Dewan Keamanan Rusia",
    ]
    assert [office.position.single for office in found] == [True, False]


def test_a_body_left_out_is_filled_in_and_marked() -> None:
    (found,) = held(given("Presiden", RUSSIA, "2023-07-26"), given("Presiden", None, "2023-07-27"))
    assert found.position.id == "position/presiden/place/rusia"
    assert [a.inferred for a in found.attestations] == [True, False]


def test_a_body_left_out_is_that_of_its_own_article_first() -> None:
    found = held(
        given("Ketua", RUSSIA, "2023-01-01", article="a"),
        given("Ketua", RUSSIA, "2023-01-02", article="b"),
        given("Ketua", NORTH, "2023-01-03", article="c"),
        given("Ketua", None, "2023-01-03", article="c"),
    )
    assert {office.position.body: len(office.attestations) for office in found} == {RUSSIA: 2, NORTH: 2}


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([MINISTRY, INDONESIA, None], {INDONESIA: [True, False, True]}),
        ([MINISTRY, None], {MINISTRY: [False, True]}),
        ([PARTY, INDONESIA], {PARTY: [False], INDONESIA: [False]}),
        ([MINISTRY, INDONESIA, RUSSIA], {MINISTRY: [False], INDONESIA: [False], RUSSIA: [False]}),
    ],
)
def test_the_office_of_a_ministry_is_that_of_its_country(
    bodies: list[Body | None], expected: dict[Body, list[bool]]
) -> None:
    found = held(*(given("Menteri Keuangan", body, f"2023-01-0{n}") for n, body in enumerate(bodies, 1)))
    by_day = {o.position.body: [a.inferred for a in sorted(o.attestations, key=lambda a: str(a.when))] for o in found}
    assert by_day == expected


def test_a_body_left_out_stays_out_where_others_disagree() -> None:
    found = held(
        given("Ketua", RUSSIA, "2023-01-01"),
        given("Ketua", NORTH, "2023-01-01"),
        given("Ketua", None, "2023-01-01"),
    )
    assert "position/ketua/unknown" in ids(found)


def test_no_seat_is_single_without_its_body() -> None:
    (found,) = held(given("Ketua Umum", None, "2023-01-01", single=SINGLE))
    assert not found.position.single


@pytest.mark.parametrize(
    ("loose", "body", "proper", "of"),
    [
        ("kepala pertahanan", RUSSIA, "Menteri Pertahanan", RUSSIA),
        ("Kepala Pertahanan", None, "Menteri Pertahanan", RUSSIA),
        ("Kepala Keamanan", RUSSIA, "Sekretaris", COUNCIL),
    ],
)
def test_a_loose_title_is_the_office_that_the_person_has(loose: str, body: Body | None, proper: str, of: Body) -> None:
    (found,) = held(given(proper, of, "2024-09-14"), given(loose, body, "2024-09-14"))
    assert (found.position.title, found.position.body) == (proper, of)
    assert [a.inferred for a in found.attestations].count(True) == 1


def test_a_loose_title_stays_where_nothing_tells_what_it_is() -> None:
    found = held(given("Kepala Keamanan", NORTH, "2024-09-14"), given("Sekretaris", COUNCIL, "2024-09-14"))
    assert len(found) == 2


def test_long_titles_that_begin_alike_are_two_positions() -> None:
    title = "Kepala Badan Pengembangan dan Pembinaan Sumber Daya Manusia Bidang "
    assert (
        len(
            set(
                ids(
                    held(
                        given(f"{title}Laut", RUSSIA, "2023-01-01"),
                        given(f"{title}Udara", RUSSIA, "2023-01-01"),
                    )
                )
            )
        )
        == 2
    )


def test_reports_that_say_the_same_are_one_attestation() -> None:
    told = [given("Menteri Pertahanan", RUSSIA, "2023-07-26", article=article) for article in "ab"]
    told = [replace(each, reports=(article,)) for article, each in zip("ab", told, strict=True)]
    later = given("Menteri Pertahanan", RUSSIA, "2023-07-27")
    (apart,), (together,) = held(*told, later), held(replace(told[0], reports=("a", "b")), later)
    assert apart == together
    assert [len(attestation.reports) for attestation in apart.attestations] == [1, 2]
