"""What people decided stands above every rule, and is forgotten by no rebuild."""

from __future__ import annotations

from datetime import date

import pytest
from given_reports import Article, doubts, identities

from kg.resolve.decisions import Decision, Verdict

KUTAI = ["2024-03-01", "t Kutai", "o Ahmad Yani; Bupati @ Kutai!"]
BATAM = ["2024-05-01", "t Batam", "o Ahmad Yani; Wali Kota @ Batam!"]
PLAIN = ["o Ahmad Yani"]
OTHER = ["o Yani Ahmadi Kusuma"]
COMPANY = ["o Rudi Hartono", "o Siti Nurhaliza Putri", "l Forum Kebun Kutai"]
MAIN, SMALL = "person/ahmad-yani", "person/ahmad-yani--wali-kota-batam"


def decided(verdict: Verdict, *about: str, label: str = "") -> Decision:
    return Decision(verdict, about, "Sri", date(2026, 11, 28), label=label)


def persons(articles: list[Article], *decisions: Decision) -> list[str]:
    return [next(i for i in ids if i.startswith("person/")) for ids in identities(articles, decisions)]


def test_senses_that_are_one() -> None:
    assert persons([KUTAI, KUTAI, BATAM]) == [MAIN, MAIN, SMALL]
    assert persons([KUTAI, KUTAI, BATAM], decided("same", MAIN, SMALL)) == [MAIN, MAIN, MAIN]


def test_names_that_are_one_have_the_id_of_the_fuller_name() -> None:
    found = persons([KUTAI, OTHER], decided("same", MAIN, "person/yani-ahmadi-kusuma"))
    assert found == ["person/yani-ahmadi-kusuma"] * 2


def test_an_entity_of_an_article_is_another() -> None:
    first, second, third = persons(
        [KUTAI, PLAIN, PLAIN], decided("different", MAIN, "article/berita-1#person-ahmad-yani")
    )
    assert first == third == MAIN
    assert second.startswith(f"{MAIN}--")


def test_an_entity_of_an_article_is_of_the_smaller_sense() -> None:
    found = persons([KUTAI, KUTAI, BATAM, PLAIN], decided("same", SMALL, "article/berita-3#person-ahmad-yani"))
    assert found == [MAIN, MAIN, SMALL, SMALL]


def test_an_office_tells_two_apart() -> None:
    older = ["2014-03-01", "t Batam", "o Ahmad Yani; Wali Kota @ Batam!"]
    assert persons([KUTAI, KUTAI, older]) == [MAIN] * 3
    assert persons([KUTAI, KUTAI, older], decided("different", MAIN, SMALL)) == [MAIN, MAIN, SMALL]


def test_different_names_stay_two() -> None:
    one = ["t Rusia", "o Sergei Shoigu; Menteri Pertahanan @ Rusia!"]
    typo = ["t Rusia", "o Sergei Shiogu; Menteri Pertahanan @ Rusia!"]
    assert len(set(persons([one, typo]))) == 1
    assert persons([one, typo], decided("different", "person/sergei-shoigu", "person/sergei-shiogu")) == [
        "person/sergei-shoigu",
        "person/sergei-shiogu",
    ]


def test_what_votes_make_one_can_be_told_apart() -> None:
    fuller = ["o Rahmat Wijaya Kusuma / Wijaya Kusuma"]
    apart = decided("different", "person/wijaya-kusuma", "person/rahmat-wijaya-kusuma")
    assert len(set(persons([fuller, ["o Wijaya Kusuma"]]))) == 1
    assert len(set(persons([fuller, ["o Wijaya Kusuma"]], apart))) == 2


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_what_is_decided_is_in_doubt_no_more(verdict: Verdict) -> None:
    articles = [["o Rahmat Wijaya", *COMPANY], ["o Rahmad Wijaya", *COMPANY]]
    ids = ("person/rahmad-wijaya", "person/rahmat-wijaya")
    assert doubts(articles) == [ids]
    assert doubts(articles, [decided(verdict, *ids)]) == []


def test_decisions_on_what_is_not_there_sleep() -> None:
    assert persons(
        [KUTAI], decided("same", MAIN, "person/tidak-ada"), decided("different", MAIN, "article/x#person-y")
    ) == [MAIN]


def test_bodies_and_places_are_decided_on_too() -> None:
    one, other = ["l Komite Kebun Teh"], ["l Panitia Kebun Teh Kutai"]
    ids = ("organization/komite-kebun-teh", "organization/panitia-kebun-teh-kutai")
    assert identities([one, other], [decided("same", *ids)]) == [[ids[1]], [ids[1]]]
