"""Short forms of offices, by which a question finds them."""

from __future__ import annotations

import pytest

from kg.lang import pack
from kg.lang.offices import at_home, english, short_forms


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Menteri Pertahanan", "menhan"),
        ("menteri pertahanan", "menhan"),
        ("Kepala Dinas Pendidikan", "kadis pendidikan"),
        ("Direktur Utama", "dirut"),
        ("Wakil Presiden", "wapres"),
    ],
)
def test_a_title_is_found_by_its_short_form(title: str, short: str) -> None:
    assert short in set(short_forms(title, pack.load("id")))


@pytest.mark.parametrize("title", ["Juru Pelihara", "Panglima", ""])
def test_a_title_without_short_forms_has_none(title: str) -> None:
    assert list(short_forms(title, pack.load("id"))) == []


@pytest.mark.parametrize(
    ("title", "label", "home"),
    [
        ("Menteri Pertahanan", "minister of defence", False),
        ("menteri pertahanan", "minister of defence", False),
        ("Kapolri", "chief of the national police", True),
        ("Menteri Koordinator", "coordinating minister", True),
        ("Juru Contoh", None, False),
    ],
)
def test_a_title_has_its_english_label_and_says_whether_only_we_have_it(
    title: str, label: str | None, home: bool
) -> None:
    words = pack.load("id")
    assert (english(title, words), at_home(title, words)) == (label, home)
