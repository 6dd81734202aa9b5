"""Names that are spelt a little otherwise, or are a part of another: one, two or in doubt."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from given_reports import Article, doubts, identities

from kg.resolve import blocking, features, policy
from kg.resolve.features import alike

RUSSIA = ["t Rusia", "o Sergei Shoigu; Menteri Pertahanan @ Rusia!"]
COMPANY = ["o Rudi Hartono", "o Siti Nurhaliza Putri", "l Forum Kebun Kutai"]

ONE = {
    "a typo in one office": (RUSSIA, ["t Rusia", "o Sergei Shiogu; Menteri Pertahanan @ Rusia!"]),
    "a part of the name in one office": (
        ["t Indonesia", "o Ahmad Tito Karnawan; Menteri Agama @ Indonesia!"],
        ["t Indonesia", "o Tito Karnawan; Menteri Agama @ Indonesia!"],
    ),
    "initials in the same company": (["l Komite Urusan Kebun Teh", *COMPANY], ["l KUKT", *COMPANY]),
}


@pytest.mark.parametrize("articles", ONE.values(), ids=ONE)
def test_one(articles: Sequence[Article]) -> None:
    first, second = (first_of(ids, article) for ids, article in zip(identities(articles), articles, strict=True))
    assert first == second


DOUBTFUL = {
    "a typo in the same company": (["o Rahmat Wijaya", *COMPANY], ["o Rahmad Wijaya", *COMPANY]),
    "a part in the same company": (["o Rahmat Wijaya", *COMPANY], ["o Rahmat Wijaya Kusuma", *COMPANY]),
}


@pytest.mark.parametrize("articles", DOUBTFUL.values(), ids=DOUBTFUL)
def test_in_doubt(articles: Sequence[Article]) -> None:
    first, second = (ids[0] for ids in identities(articles))
    assert first != second
    assert doubts(articles) == [tuple(sorted((first, second)))]


TWO = {
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


def test_a_name_shared_by_too_many_is_compared_with_none() -> None:
    typo = [["t Rusia", f"o Sergei {a}{b}shoigu; Menteri Pertahanan @ Rusia!"] for a in "bcdfg" for b in "hjklmn"]
    block = policy.load().matching.block_size
    assert len(typo) == block
    assert len({ids[1] for ids in identities([*typo[:2], RUSSIA])}) < 3


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


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sergei shoigu", "sergei shiogu", True),
        ("shoigu sergei", "sergei shoigu", True),
        ("sergei shoigu", "sergei lavrov", False),
        ("ahmad ahmad", "ahmad yani", False),
        ("ahmad yani", "ahmad yani putra", False),
    ],
)
def test_alike(one: str, other: str, same: bool) -> None:
    assert bool(alike(one.split(), other.split())) is same


def first_of(ids: Sequence[str], article: Article) -> str:
    return next(
        found for found, line in zip(ids, article, strict=True) if line[0] == ("o" if "; " in article[-1] else "l")
    )
