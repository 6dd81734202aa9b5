"""Whether a short form is made of a name's letters (kg.nlp.short_form)."""

from __future__ import annotations

import pytest

from kg.nlp.short_form import rings_like, shortens


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("RW", "Ratna Wijaya", True),
        ("KPK", "Komisi Pemberantasan Korupsi", True),
        ("BKR", "PT Bumi Kopi Raya", True),  # from a later word on
        ("PBJ", "Pengadaan Barang dan Jasa", True),  # capitals only
        ("Zulhas", "Zulkifli Hasan", True),
        ("Kemenkeu", "Kementerian Keuangan", True),
        ("SDW", "Sudiwardono", True),
        ("PDIP", "Danny Praditya", False),
        ("Solo", "Ratna Wijaya", False),
        ("Ra", "Ratna Wijaya", False),  # two letters of one word are no initials
        ("R2", "Ratna Wijaya", False),
        ("Ratna", "Ratna", False),
    ],
)
def test_short_forms_have_the_letters_of_the_name(short: str, full: str, expected: bool) -> None:
    assert shortens(short, full) is expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [("Owi", "Tontowi Ahmad", True), ("Didi", "Ratna Wijaya", False), ("JK", "Jusuf Kalla", False)],
)
def test_nicknames_ring_like_the_name(short: str, full: str, expected: bool) -> None:
    assert rings_like(short, full) is expected
