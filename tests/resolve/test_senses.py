"""Namesakes: what tells them apart, what does not, and where articles that say little belong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from given_reports import Article, doubts, identities

KUTAI = ["2024-03-01", "t Kutai", "o Ahmad Yani; Bupati @ Kutai!", "o Rudi Hartono", "l Forum Kebun Kutai"]
BATAM = ["2024-05-01", "t Batam", "o Ahmad Yani; Wali Kota @ Batam!", "o Siti Nurhaliza Putri", "l Forum Pantai Batam"]
CHINA = ["t China", "o Wei Li; Menteri Perdagangan @ China!"]
SINGAPORE = ["t Singapura", "o Wei Li; Menteri Kesehatan @ Singapura!"]

APART = {
    "heads of two regions": (KUTAI, BATAM, 2),
    "offices of two countries": (CHINA, SINGAPORE, 1),
    "parties of two countries": (
        ["l Partai Komunis China", "o Wei Li; Anggota @ Partai Komunis China"],
        ["l Partai Buruh Inggris", "o Wei Li; Anggota @ Partai Buruh Inggris"],
        1,
    ),
    "in office after the death": (
        ["2023-01-01", "o Ahmad Yani; mati"],
        ["2024-01-01", "t Kutai", "o Ahmad Yani; Sekretaris Daerah @ Kutai!"],
        -1,
    ),
}


@pytest.mark.parametrize(("one", "other", "place"), APART.values(), ids=APART)
def test_apart(one: Article, other: Article, place: int) -> None:
    def name(article: Article, ids: Sequence[str]) -> str:
        return next(i for i in ids if i.startswith("person/ahmad-yani") or i.startswith("person/wei-li"))

    first, second = identities([one, other])
    assert name(one, first) != name(other, second)


ONE = {
    "a career": (
        ["2024-03-01", "t Kutai", "o Ahmad Yani; Bupati @ Kutai!"],
        ["2025-03-01", "t Kalimantan Timur", "o Ahmad Yani; Gubernur @ Kalimantan Timur!"],
    ),
    "a minister and party chairman": (
        ["t Indonesia", "o Ahmad Yani; Menteri Agama @ Indonesia!"],
        ["l Partai Mawar", "o Ahmad Yani; Ketua Umum @ Partai Mawar!"],
    ),
    "two terms apart": (
        ["2010-03-01", "t Kutai", "o Ahmad Yani; Bupati @ Kutai!"],
        ["2024-03-01", "t Batam", "o Ahmad Yani; Wali Kota @ Batam!"],
    ),
    "two names of a region": (
        ["2024-03-01", "t Jawa Barat", "o Ahmad Yani; Gubernur @ Jawa Barat!"],
        ["2024-03-02", "t Jabar", "o Ahmad Yani; Gubernur @ Jabar!"],
    ),
    "a short name of a region": (
        KUTAI,
        ["2024-03-01", "t Kutai Kartanegara", "o Ahmad Yani; Bupati @ Kutai Kartanegara!"],
    ),
    "a minister abroad": (
        ["t Rusia", "o Sergei Shoigu; Menteri Pertahanan @ Rusia!"],
        ["t Korea Utara", "o Sergei Shoigu; Menteri Pertahanan @ Korea Utara!"],
    ),
    "a death told wrongly of who is seen in office": (
        ["2024-01-01", "t Indonesia", "o Ahmad Yani; Presiden @ Indonesia!; mati"],
        ["2024-06-01", "t Indonesia", "o Ahmad Yani; Presiden @ Indonesia!"],
    ),
    "a coach of another country's team": (
        ["t Korea Selatan", "o Park Hang Seo; Menteri Olahraga @ Korea Selatan!"],
        ["t Vietnam", "o Park Hang Seo; Pelatih @ Vietnam!"],
    ),
}


@pytest.mark.parametrize("articles", ONE.values(), ids=ONE)
def test_one(articles: Sequence[Article]) -> None:
    assert len({i for ids in identities(articles) for i in ids if i.startswith("person/") and "rudi" not in i}) == 1


def test_the_smaller_sense_is_called_after_its_office() -> None:
    found = {i for ids in identities([KUTAI, KUTAI, BATAM]) for i in ids if i.startswith("person/ahmad")}
    assert found == {"person/ahmad-yani", "person/ahmad-yani--wali-kota-batam"}


WHERE = {
    "by an office": (["t Batam", "o Ahmad Yani; Wali Kota @ Batam!"], True),
    "by whom the article names": (["o Ahmad Yani", "o Siti Nurhaliza Putri"], True),
    "by a body of the larger one": (["o Ahmad Yani", "l Forum Kebun Kutai"], False),
    "by its time": (["2024-05-01", "o Ahmad Yani"], True),
    "by nothing": (["2024-04-01", "o Ahmad Yani"], False),
}


@pytest.mark.parametrize(("article", "smaller"), WHERE.values(), ids=WHERE)
def test_what_says_little_goes(article: Article, smaller: bool) -> None:
    ids = identities([KUTAI, KUTAI, BATAM, article])[-1]
    found = next(i for i in ids if i.startswith("person/ahmad"))
    assert found == ("person/ahmad-yani--wali-kota-batam" if smaller else "person/ahmad-yani")


def test_two_that_much_is_shared_by_are_in_doubt() -> None:
    shared = ["o Rudi Hartono", "o Siti Nurhaliza Putri", "l Forum Kebun Kutai"]
    one, other = [*KUTAI[:3], *shared], [*BATAM[:3], *shared]
    assert doubts([one, one, other]) == [("person/ahmad-yani", "person/ahmad-yani--wali-kota-batam")]
    assert doubts([KUTAI, KUTAI, BATAM]) == []
