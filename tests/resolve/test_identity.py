"""Which names of different articles are one thing, and which are kept apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from given_reports import Article, identities, report

from kg.resolve import blocking, policy
from kg.resolve.blocking import Keys

ONE = {
    "hyphens": (["o Kim Jong-un"], ["o Kim Jong Un / Kim"]),
    "families of spelling": (["o Sergei Shoigu"], ["o Sergey Shoigu"]),
    "old spelling": (["o Muhammad Sutrisno"], ["o Moh. Soetrisno"]),
    "a longer name of the same article": (["o Jusuf Kalla"], ["o Muhammad Jusuf Kalla / Jusuf Kalla"]),
    "a misspelt name of the same article": (
        ["o Ahmad Sahroni"],
        ["o Ahmad Sahroni / Achmad Sahroni"],
        ["o Achmad Sahroni"],
    ),
    "years and offices apart": (
        ["t Rusia", "o Sergei Shoigu; Menteri Pertahanan @ Rusia!"],
        ["o Sergei Shoigu; Sekretaris"],
    ),
    "an office and a word of the name": (
        ["t Rusia", "o Sergei Shoigu; Menteri Pertahanan @ Rusia!"],
        ["t Rusia", "o Shoigu; Menteri Pertahanan @ Rusia!"],
    ),
    "a national office without its country": (
        ["t Indonesia", "o Rahmat Wijaya; Menteri Agama @ Indonesia!"],
        ["o Rahmat; Menteri Agama!"],
    ),
    "an abbreviation": (
        ["l Komisi Pemberantasan Korupsi / KPK"],
        ["l KPK"],
        ["l Komisi Pemberantasan Korupsi"],
    ),
    "a blend": (["l Badan Pengawas Pemilu / Bawaslu"], ["l Bawaslu"]),
    "a foreign abbreviation in brackets": (["l Dana Moneter Internasional / (IMF"], ["l IMF"]),
    "legal forms": (["l PT Bank Mandiri (Persero) Tbk"], ["l Bank Mandiri"]),
    "Korea Utara": (["t Korea Utara"], ["t Korut"], ["t DPRK"]),
    "China": (["t Cina"], ["t China"], ["t Tiongkok"]),
    "Amerika Serikat": (["t AS"], ["t Amerika"], ["t Amerika Serikat"]),
    "a country read as a body": (["l Korut"], ["t Korea Utara"]),
    "a province and its name": (["t Provinsi Jawa Barat / Jawa Barat"], ["t Jawa Barat"]),
    "a republic": (["t Republik Korea"], ["t Negara Korsel"], ["t Korea Selatan"]),
    "the home country": (["l BPOM RI"], ["l BPOM"]),
    "parties": (["l Partai Golkar"], ["l Golkar"]),
    "a city with and without the word": (["t Kota Ambon / Ambon"], ["t Ambon"]),
}


@pytest.mark.parametrize("articles", ONE.values(), ids=ONE)
def test_one(articles: Sequence[Article]) -> None:
    assert len({found[-1] for found in identities(articles)}) == 1


APART = {
    "many articles on a full name and one that takes it for a fuller one": (
        *[["o Rahmat Wijaya"]] * 6,
        ["o Iriana Rahmat Wijaya / Rahmat Wijaya"],
    ),
    "other names": (["o Kim Jong Un"], ["o Kim Jong Il"]),
    "single names": (["o Budi"], ["o Budi"]),
    "initials": (["o Budi S"], ["o Budi S"]),
    "a word of the name in another office": (
        ["t Rusia", "o Sergei Shoigu; Menteri Pertahanan @ Rusia!"],
        ["t Rusia", "o Shoigu; Duta Besar @ Rusia!"],
    ),
    "a word of the name in an office of many seats": (
        ["l DPR RI", "o Rahmat Wijaya; Anggota @ DPR RI"],
        ["l DPR RI", "o Rahmat; Anggota @ DPR RI"],
    ),
    "two persons that one article takes for one": (
        ["o Rahmat Wijaya"],
        ["o Rahmat Wijaya / Ratna Lestari"],
        ["o Ratna Lestari"],
    ),
    "two bodies that one article takes for one": (["l Polri"], ["l Polda Metro Jaya / Polri"], ["l Polri"]),
    "a party and its board": (["l PDIP"], ["l DPP PDIP / PDIP"], ["l PDIP"]),
    "what each region has": (["l DPRD"], ["l DPRD"]),
    "legal forms alone": (["l Persero"], ["l Persero"]),
    "a province and its city": (["t Provinsi Jambi"], ["t Kota Jambi"]),
    "streets": (["t Jalan Merdeka"], ["t Jalan Merdeka"]),
    "capitals": (["t Rusia"], ["t Moskow"]),
    "a capital that one article takes for its country": (
        ["t Korea Utara"],
        ["t Korea Utara / Pyongyang"],
        ["t Pyongyang"],
    ),
    "two countries that one article takes for one": (["t China"], ["t China / Rusia"], ["t Rusia"]),
    "a region with the name of a country": (["t Georgia"], ["t Provinsi Georgia"]),
    "a city and the district around it": (["t Kota Bogor"], ["t Kabupaten Bogor"]),
    "a person and a place": (["o Jawa Barat"], ["t Jawa Barat"]),
}


@pytest.mark.parametrize("articles", APART.values(), ids=APART)
def test_apart(articles: Sequence[Article]) -> None:
    found = [article[-1] for article in identities(articles)]
    assert found[0] != found[-1] or len(articles) == 3
    if len(articles) == 3 and articles[0] != articles[2]:
        assert found[0] != found[2]
    if len(articles) == 3 and articles[0] == articles[2]:
        assert found[0] == found[2] != found[1]


def test_a_short_form_goes_with_most_articles() -> None:
    kopi, kota = ["l Komunitas Pecinta Kopi Nusantara / KPKN"], ["l Komite Pengawas Kota Ngawi / KPKN"]
    found = identities([kopi, kota, kopi, ["l KPKN"]])
    assert found[3] == found[0] == found[2] != found[1]
    found = identities([kopi, kota, kota, ["l KPKN"]])
    assert found[3] == found[1] == found[2] != found[0]


def test_articles_that_tell_two_things_apart_count_against() -> None:
    one, two = ["t Kota Bogor / Bogor"], ["t Kota Bogor", "t Bogor"]
    assert identities([one, ["t Bogor"]])[1] == identities([one, ["t Bogor"]])[0]
    first, apart, _, last = identities([one, two, two, ["t Bogor"]])
    assert last != first
    assert apart == [*first, *last]


def test_an_identity_is_named_and_shown_by_its_fullest_name() -> None:
    assert identities([["l KPK"], ["l Komisi Pemberantasan Korupsi / KPK"]])[0] == [
        "organization/komisi-pemberantasan-korupsi"
    ]
    assert identities([["t Korut"]]) == [["place/korea-utara"]]


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("o Sergey Shoigu / Shoigu", Keys("person:sergei shoigu")),
        (
            "l Komisi Pemberantasan Korupsi / KPK",
            Keys("organization:komisi pemberantasan korupsi"),
        ),
        (
            "l Komite Pengawas Kota Ngawi / KPKN",
            Keys("organization:komite pengawas kota ngawi", ("organization:kpkn",)),
        ),
        ("t Kota Bogor / Bogor", Keys("place:kota bogor", ("place:bogor",))),
        ("t Korut / Pyongyang", Keys("place:KP")),
    ],
)
def test_keys(line: str, keys: Keys) -> None:
    (found,) = blocking.keys(report(0, [line]), policy.load()).values()
    assert found == keys


def test_what_tells_nothing_has_a_key_of_its_own() -> None:
    (one,) = blocking.keys(report(0, ["o Budi"]), policy.load()).values()
    (two,) = blocking.keys(report(1, ["o Budi"]), policy.load()).values()
    assert one.lead.startswith("own-person:budi|")
    assert one != two
