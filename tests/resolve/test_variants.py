"""Names that are spelt a little otherwise, or are a part of another: one, two or in doubt."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from given_reports import Article, doubts, identities

from kg.resolve import blocking, features, policy

RUSSIA = ["t Rusia", "o Sergei Shoigu; Menteri Pertahanan @ Rusia!"]
COMPANY = ["o Rudi Hartono", "o Siti Nurhaliza Putri", "l Forum Kebun Kutai"]

ONE = {
    "a typo in one office": (RUSSIA, ["t Rusia", "o Sergei Shiogu; Menteri Pertahanan @ Rusia!"]),
    "a part of the name in one office": (
        ["t Indonesia", "o Ahmad Tito Karnawan; Menteri Agama @ Indonesia!"],
        ["t Indonesia", "o Tito Karnawan; Menteri Agama @ Indonesia!"],
    ),
    "a long name spelt otherwise in the same company": (
        ["o Rahmat Wijaya Hartanto", *COMPANY],
        ["o Rahmat Wijaya Hartamto", *COMPANY],
    ),
    "four initials in the same company": (
        ["o Siti", "l Komite Urusan Kebun Teh", *COMPANY],
        ["o Rudi", "l KUKT", *COMPANY],
    ),
    "initials of a middle name": (["o Rahmat W. Hartanto"], ["o Rahmat Wijaya Hartanto"]),
}


@pytest.mark.parametrize("articles", ONE.values(), ids=ONE)
def test_one(articles: Sequence[Article]) -> None:
    first, second = (
        next(i for i, line in zip(ids, article, strict=True) if " " in line[2:] or line.startswith("l"))
        for ids, article in zip(identities(articles), articles, strict=True)
    )
    assert first == second


DOUBTFUL = {
    "a typo in the same company": (["o Rahmat Wijaya", *COMPANY], ["o Rahmad Wijaya", *COMPANY]),
    "initials in the same company": (["l Komite Urusan Teh", *COMPANY], ["l KUT", *COMPANY]),
    "a part in the same company": (["o Rahmat Wijaya", *COMPANY], ["o Rahmat Wijaya Kusuma", *COMPANY]),
}


@pytest.mark.parametrize("articles", DOUBTFUL.values(), ids=DOUBTFUL)
def test_in_doubt(articles: Sequence[Article]) -> None:
    first, second = (ids[0] for ids in identities(articles))
    assert first != second
    assert doubts(articles) == [tuple(sorted((first, second)))]


TWO = {
    "a minister and a player": (["o Wang Yi"], ["o Wang Zhi Yi"]),
    "four initials": (["l Komite Urusan Kebun Teh"], ["l KUKT"]),
    "a typo alone": (["o Rahmat Wijaya"], ["o Rahmad Wijaya"]),
    "other names": (["o Rahmat Wijaya", *COMPANY], ["o Ratna Wijaya", *COMPANY]),
    "two in one article": (["o Rahmat Wijaya", "o Rahmad Wijaya", *COMPANY], ["o Rahmad Wijaya", *COMPANY]),
    "one word of the name": (["o Rahmat Wijaya", *COMPANY], ["o Wijaya", *COMPANY]),
    "ministries of two countries": (
        ["l Kementerian Pertahanan Rusia", *COMPANY],
        ["l Kementerian Pertahanan Iran", *COMPANY],
    ),
}


@pytest.mark.parametrize("articles", TWO.values(), ids=TWO)
def test_two(articles: Sequence[Article]) -> None:
    first, second = (ids[0] for ids in identities(articles))
    assert first != second
    assert doubts(articles) == []


def test_a_loose_key_of_too_many_leads_joins_none() -> None:
    names = [f"Rahmat {typo}" for c in "bcdfghjklmnpqrstvwxz" for typo in (f"W{c}duri", f"Wid{c}ri")]
    articles = [["t Indonesia", f"o {name}; Menteri Agama @ Indonesia!"] for name in ("Rahmat Widuri", *names)]
    assert len({ids[1] for ids in identities(articles[:5])}) == 1
    assert len({ids[1] for ids in identities(articles)}) > policy.load().matching.block_size


def test_every_feature_has_its_weight() -> None:
    assert set(features.FEATURES) == set(policy.load().matching.features)
    assert all(feature.__doc__ for feature in features.FEATURES.values())


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("person:sergei shoigu", "person:sergei shiogu", True),
        ("person:rahmat wijaya", "person:wijaya rahmat", True),
        ("person:rahmat wijaya", "person:rahmad wijaya", True),
        ("person:joko widodo", "person:ir joko widodo", True),
        ("person:joko widodo", "person:joko anwar", False),
        ("organization:komite urusan kebun", "organization:kuk", True),
        ("organization:kementerian pertahanan|RU", "organization:kementerian pertahanan|IR", False),
        ("holder:shoigu|presiden|", "holder:shoigu|presiden|", False),
    ],
)
def test_loose_keys(one: str, other: str, meet: bool) -> None:
    assert bool(blocking.loose(one) & blocking.loose(other)) is meet
