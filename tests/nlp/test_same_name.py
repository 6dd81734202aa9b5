"""Whether two names of one article are one."""

from __future__ import annotations

import pytest

from kg.lang import pack
from kg.model import EntityType
from kg.nlp.same_name import is_slip, matcher


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("person", "Sergei Shoigu", "Shoigu", True),
        ("person", "Sergei Shoigu", "Sergey Shoigu", True),
        ("person", "Shoigu", "Shiogu", True),
        ("person", "Kim Jong-un", "Kim Jong Un", True),
        ("person", "Kim Jong-un", "Kim Yo-jong", False),
        ("person", "Joko Widodo", "Jokowi", True),
        ("person", "Donald J. Trump", "Donald Trump", True),
        ("person", "H. Ahmad Fauzi", "Ahmad Fauzi", True),
        ("person", "Budi Santoso", "Budi Gunawan", False),
        ("person", "Adi", "Ari", False),
        ("organization", "Komisi Pemberantasan Korupsi", "KPK", True),
        ("organization", "Badan Gizi Nasional", "BGN", True),
        ("organization", "PT Bank Mandiri (Persero) Tbk", "Bank Mandiri", True),
        ("organization", "Partai Golkar", "Golkar", True),
        ("organization", "DPR RI", "DPR", True),
        ("organization", "Komisi III DPR RI", "Komisi III", True),
        ("organization", "Komisi III DPR RI", "DPR RI", False),
        ("organization", "Kementerian Luar Negeri", "Kementerian Pertahanan", False),
        ("place", "Korea Utara", "Korut", True),
        ("place", "Korea Utara", "DPRK", True),
        ("place", "Korea Utara", "Korea Selatan", False),
        ("place", "China", "Tiongkok", True),
        ("place", "Amerika Serikat", "AS", True),
        ("place", "Rusia", "Moskow", False),
        ("place", "Kabupaten Bogor", "Bogor", True),
        ("place", "Jawa Timur", "Jatim", True),
        ("place", "Jakarta", "Jakarta Pusat", False),
    ],
)
def test_two_names_are_one(kind: EntityType, one: str, other: str, same: bool) -> None:
    words = matcher(pack.load("id"))
    left, right = words.form(one, kind), words.form(other, kind)
    assert bool(words.sureness(left, right)) is same
    assert words.sureness(left, right) == words.sureness(right, left)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [("shoigu", "shiogu", True), ("shoigu", "shougu", True), ("putin", "putra", False), ("adi", "ari", False)],
)
def test_slips_of_the_keyboard(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is slip
