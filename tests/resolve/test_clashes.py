"""Titles, bodies, holders, statuses and bounds that exclude each other."""

from __future__ import annotations

from given_roles import MINISTRY, NORTH, PARTY, POLICY, RUSSIA, SINGLE, given, held

from kg.model import When
from kg.resolve import policy
from kg.resolve.attestations import Attestation
from kg.resolve.clashes import disputes, holders, reversals, rival_bodies, rival_titles
from kg.resolve.offices import Position
from kg.resolve.tenures import seat, tenures


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
    told = [Attestation(day[2], "current", (f"r{n}",), start=start) for n, start in enumerate(day[:2])]
    (clash,) = disputes(position, "person/a", tenures(told, POLICY))
    assert clash.about == ("person/a", "position/presiden/place/rusia")
    assert clash.sides == ("r0", "r1")


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
    (clash,) = holders(position, found)
    assert clash.about == ("person/a", "person/b")
    assert len(clash.sides) == 3
    later = {"person/a": tenures(one.attestations[:1], POLICY), "person/b": tenures(other.attestations, POLICY)}
    assert list(holders(position, later)) == []


def test_an_old_title_is_shown_against_the_holder_of_those_weeks() -> None:
    days = [f"2023-02-{day:02}" for day in (1, 5, 9, 11, 15, 20)]
    (old,) = held(given("Presiden", RUSSIA, "2023-02-10"))
    (now,) = held(*(given("Presiden", RUSSIA, day, article=day) for day in days))
    found = seat({"person/a": old.attestations, "person/b": now.attestations}, POLICY)
    assert [t.certain for t in found["person/a"]] == [None]
    (clash,) = holders(Position("Presiden", RUSSIA, None, single=True), found)
    assert clash.about == ("person/a", "person/b")
    assert [side.split()[2] for side in clash.sides] == ["2023-02-09", "2023-02-10", "2023-02-11"]
