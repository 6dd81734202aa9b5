"""Bodies that every country has one of: whose each is, and which of different articles are one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from given_reports import Article, identities, report

from kg.resolve import blocking, policy

RUSSIA = ["l Kementerian Pertahanan Rusia"]

ONE = {
    "the country most spoken of": (RUSSIA, ["t Rusia * 3", "t Ukraina", "l Kementerian Pertahanan"]),
    "the country that an office says": (
        RUSSIA,
        ["t Ukraina * 3", "t Rusia", "o Sergei Shoigu; Menteri Pertahanan @ Rusia!", "l Kementerian Pertahanan"],
    ),
    "the country of who holds an office there": (
        ["l Kementerian Luar Negeri Iran"],
        [
            "t Iran",
            "t Oman * 2",
            "o Ali Reza; Wakil Menteri @ Iran; Juru Bicara @ Kementerian Luar Negeri",
            "l Kementerian Luar Negeri",
        ],
    ),
    "any name of the country": (["l Parlemen Amerika Serikat"], ["l Parlemen AS"], ["l Parlemen Negara AS"]),
    "the home country": (["l Kementerian Agama"], ["l Kementerian Agama RI"], ["l Kementerian Agama Indonesia"]),
    "the home country by its places": (["l Kementerian Agama"], ["t Surabaya", "t Bandung", "l Kementerian Agama"]),
    "an abbreviation": (
        ["l Kementerian Pertahanan / Kemhan"],
        ["l Kemhan"],
        ["t Indonesia * 2", "t Rusia", "l Kementerian Pertahanan"],
    ),
    "an abbreviation abroad": (
        ["t Rusia", "l Kementerian Pertahanan Rusia / Kemhan"],
        ["t Rusia", "l Kemhan"],
        RUSSIA,
    ),
    "a league's body": (["l Dewan Keamanan PBB"], ["t Rusia * 4", "l PBB", "l Dewan Keamanan"]),
}


@pytest.mark.parametrize("articles", ONE.values(), ids=ONE)
def test_one(articles: Sequence[Article]) -> None:
    assert len({found[-1] for found in identities(articles)}) == 1


APART = {
    "ministries": (["l Kementerian Pertahanan"], RUSSIA),
    "a country and the home country": (["t Rusia * 2", "l Kementerian Pertahanan"], ["l Kementerian Pertahanan"]),
    "councils": (["l Dewan Keamanan PBB"], ["l Dewan Keamanan Rusia"]),
    "parties": (["l Partai Demokrat"], ["t AS * 4", "l Partai Demokrat"]),
    "countries as often": (["t Rusia", "t Ukraina", "l Parlemen"], ["l Parlemen Rusia"]),
    "nothing told": (["l Senat"], ["l Senat"]),
}


@pytest.mark.parametrize("articles", APART.values(), ids=APART)
def test_apart(articles: Sequence[Article]) -> None:
    first, second = (found[-1] for found in identities(articles))
    assert first != second


def test_its_id_and_label_name_the_country() -> None:
    assert identities([RUSSIA]) == [["organization/kementerian-pertahanan-rusia"]]
    assert identities([["t Rusia * 2", "l Kementerian Pertahanan"]])[0][1:] == identities([RUSSIA])[0]
    assert identities([["l Kementerian Pertahanan"]]) == [["organization/kementerian-pertahanan"]]


def test_its_key_has_the_code() -> None:
    (found,) = blocking.keys(report(0, RUSSIA), policy.load()).values()
    assert found.lead == "organization:kementerian pertahanan|RU"
