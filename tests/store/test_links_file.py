"""The file links.toml: read by people, merged by git, the same bytes for the same links."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Broken
from kg.resolve.links import Link
from kg.store import links

WD = "http://www.wikidata.org/entity/"
ONE = Link(
    "person/ahmad-yani",
    WD + "Q1",
    True,
    0.97,
    ("citizen", "label"),
    "https://x.example/sparql",
    date(2026, 11, 28),
    "A",
)
OTHER = replace(ONE, id="organization/kpk", item=WD + "Q2", sure=False, by=(), shown="")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def test_links_come_back_sorted_and_with_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / links.NAME
    links.write(path, [ONE, OTHER])
    written = path.read_bytes()
    assert links.read(path) == (OTHER, ONE)
    links.write(path, [OTHER, ONE])
    assert path.read_bytes() == written
    assert b'item = "http://www.wikidata.org/entity/Q1"\nsure = true\nconfidence = 0.970\n' in written


@given(TEXTS, TEXTS)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, shown: str, feature: str) -> None:
    path = tmp_path_factory.mktemp("links") / links.NAME
    links.write(path, [replace(ONE, shown=shown, by=(feature,))])
    assert links.read(path) == (replace(ONE, shown=shown, by=(feature,)),)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert links.read(tmp_path / links.NAME) == ()


def test_of_a_pair_that_a_merge_tells_twice_the_later_day_holds(tmp_path: Path) -> None:
    path = tmp_path / links.NAME
    later = replace(ONE, sure=False, confidence=0.5, on=date(2026, 12, 1))
    for name, link in (("one", ONE), ("other", later)):
        links.write(tmp_path / name, [link])
    merged = "\n".join((tmp_path / name).read_text(encoding="utf-8") for name in ("other", "one"))
    path.write_text(merged, encoding="utf-8")
    assert links.read(path) == (later,)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('id = "person/ahmad-yani"', 'id = "Ahmad Yani"', "line 11: id = 'Ahmad Yani': is no id"),
        ('item = "http://www', 'item = "www', "line 11: item = .*is no IRI"),
        ("confidence = 0.970", "confidence = 97.0", "line 11: confidence = 97.0: is not between 0 and 1"),
        ("sure = true", 'sure = "yes"', "line 11: sure = 'yes': should be a bool"),
        ("on = 2026-11-28", 'on = "2026-11-28"', "line 11: on = '2026-11-28': should be a date"),
        ("sure = true\n", "", "line 11: lacks sure"),
        ("sure = true", "sure = true\nnote = 1", "line 11: note: is no field"),
        ('by = ["citizen", "label"]', "by = [1]", "line 11: by = \\[1\\]: should be a list of texts"),
        ("[[link]]", "[[tautan]]", "holds something else than links"),
        ("sure = true", "<<<<<<< HEAD\nsure = true", "cannot be understood .*remove the marks"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(before: str, after: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / links.NAME
    links.write(path, [ONE])
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(Broken, match=message):
        links.read(path)
