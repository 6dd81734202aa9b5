"""Offices of one person: bodies filled in, loose titles named, titles and holders that exclude each other."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import RoleReport, Status, When
from kg.resolve import policy
from kg.resolve.offices import (
    Body,
    Given,
    Office,
    Position,
    clashes,
    disputes,
    offices,
    reversals,
    rival_bodies,
    rival_titles,
)
from kg.resolve.tenures import Attestation, tenures

RUSSIA = Body("place/rusia", "Rusia")
COUNCIL = Body("organization/dewan-keamanan-rusia", "Dewan Keamanan Rusia")
NORTH = Body("place/korea-utara", "Korea Utara")
SINGLE = True
POLICY = policy.load().tenures


def given(
    title: str, body: Body | None, day: str, status: Status = "current", *, single: bool = False, article: str = "a"
) -> Given:
    role = RoleReport("k", "person:x", title, None, None, status, None, (), single)
    return Given(
        role, f"{title} {body.label if body else '-'} {day} {status}", article, date.fromisoformat(day), body, None
    )


def held(*some: Given) -> list[Office]:
    return offices(some, policy.load())


def ids(some: list[Office]) -> list[str]:
    return [office.position.id for office in some]


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


MINISTRY = Body("organization/kementerian-keuangan", "Kementerian Keuangan")
PARTY = Body("organization/partai-mawar", "Partai Mawar")
INDONESIA = Body("place/indonesia", "Indonesia")


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


def test_one_national_office_of_two_countries() -> None:
    some = held(
        given("Presiden", RUSSIA, "2023-07-27", single=SINGLE), given("Presiden", NORTH, "2023-07-27", single=SINGLE)
    )
    (clash,) = rival_bodies(some, policy.load())
    assert clash.about == ("position/presiden/place/korea-utara", "position/presiden/place/rusia")
    apart = held(
        given("Presiden", RUSSIA, "2023-07-27", single=SINGLE), given("Presiden", NORTH, "2024-07-27", single=SINGLE)
    )
    assert list(rival_bodies(apart, policy.load())) == []
    parties = held(given("Ketua Umum", MINISTRY, "2023-07-27"), given("Ketua Umum", PARTY, "2023-07-27"))
    assert list(rival_bodies(parties, policy.load())) == []


def test_starts_that_exclude_each_other_are_disputed() -> None:
    position = Position("Presiden", RUSSIA, None, single=True)
    day = [When.parse(iso) for iso in ("2024-10-20", "2024-10-21", "2024-11-01")]
    told = [Attestation(day[2], "current", f"r{n}", start=start) for n, start in enumerate(day[:2])]
    (clash,) = disputes(position, "person/a", tenures(told, POLICY))
    assert clash.about == ("person/a", "position/presiden/place/rusia")
    assert clash.sides == ("r0", "r1")


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


def test_titles_that_exclude_each_other() -> None:
    some = held(
        given("Presiden", NORTH, "2023-07-27", single=SINGLE),
        given("Pemimpin", NORTH, "2023-07-26"),
        given("Pemimpin", NORTH, "2024-09-14"),
        given("Panglima", NORTH, "2023-07-27"),
    )
    (clash,) = rival_titles(some, policy.load())
    assert clash.about == ("position/pemimpin/place/korea-utara", "position/presiden/place/korea-utara")
    assert len(clash.sides) == 3
    assert "Presiden Korea Utara 2023-07-27 current" in clash.sides


def test_one_title_after_the_other_is_no_clash() -> None:
    some = held(given("Perdana Menteri", RUSSIA, "2010-01-01"), given("Presiden", RUSSIA, "2013-01-01"))
    assert list(rival_titles(some, policy.load())) == []


def test_a_farewell_that_did_not_last() -> None:
    some = held(given("Presiden", RUSSIA, "2023-01-01", "former"), given("Presiden", RUSSIA, "2023-02-01"))
    (clash,) = reversals(some, policy.load())
    assert clash.about == ("position/presiden/place/rusia",)
    assert len(clash.sides) == 2


def test_two_holders_of_one_seat() -> None:
    position = Position("Presiden", RUSSIA, None, single=True)
    (one,) = held(given("Presiden", RUSSIA, "2023-01-01"), given("Presiden", RUSSIA, "2023-03-01"))
    (other,) = held(given("Presiden", RUSSIA, "2023-02-01"))
    found = {"person/a": tenures(one.attestations, POLICY), "person/b": tenures(other.attestations, POLICY)}
    (clash,) = clashes(position, found)
    assert clash.about == ("person/a", "person/b")
    assert len(clash.sides) == 3
    later = {"person/a": tenures(one.attestations[:1], POLICY), "person/b": tenures(other.attestations, POLICY)}
    assert list(clashes(position, later)) == []


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
