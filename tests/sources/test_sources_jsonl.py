"""JSON lines: fields, dates in any form, ids that are stable; files and folders in a fixed order."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from kg.model import Article
from kg.sources import Skipped, read

TEXT = "Presiden menerima duta besar Jepang di Istana Merdeka."


def articles(path: Path) -> list[Article]:
    items = list(read([str(path)]))
    assert not [str(item) for item in items if isinstance(item, Skipped)]
    return [item for item in items if isinstance(item, Article)]


def lines(tmp_path: Path, *objects: dict[str, object]) -> list[Article]:
    path = tmp_path / "berita.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in objects), encoding="utf-8")
    return articles(path)


def test_all_fields(tmp_path: Path) -> None:
    fields = {
        "id": "a1",
        "url": "https://news.kabar.example/a1",
        "title": "Presiden Terima Duta Besar",
        "date": "2024-02-29",
        "sitename": "Kabar",
        "text": f"  {TEXT}\r\n",
    }
    (article,) = lines(tmp_path, fields)
    assert article == Article(
        id="a1",
        text=f"  {TEXT}\r\n",
        title="Presiden Terima Duta Besar",
        published=date(2024, 2, 29),
        sitename="Kabar",
        url="https://news.kabar.example/a1",
    )


def test_all_but_text_may_be_missing_null_or_blank(tmp_path: Path) -> None:
    empty: dict[str, object] = dict.fromkeys(("id", "url", "title", "date", "sitename"))
    first, second, third = lines(
        tmp_path,
        {"text": TEXT},
        {**empty, "text": f"{TEXT} Lalu pergi."},
        {"title": " ", "date": "", "text": f"{TEXT} Ia pulang."},
    )
    for article in (first, second, third):
        assert (article.title, article.published, article.sitename, article.url) == (None, None, None, None)
        assert article.id.startswith("berita-")


def test_id_without_one_is_stable_and_made_of_address_or_content(tmp_path: Path) -> None:
    by_address = {"url": "https://kabar.example/a", "text": TEXT}
    (one,) = lines(tmp_path, by_address)
    two, *_ = lines(tmp_path, {**by_address, "text": f"{TEXT} Diperbarui."}, {"text": "Lain lagi ceritanya."})
    assert one.id == two.id
    (three,) = lines(tmp_path, {"text": TEXT})
    (four,) = lines(tmp_path, {"text": TEXT})
    assert three.id == four.id != one.id


def test_numbers_are_ids(tmp_path: Path) -> None:
    assert [a.id for a in lines(tmp_path, {"id": 17, "text": TEXT}, {"id": "x y/ü", "text": TEXT})] == [
        "17",
        "x y/ü",
    ]


def test_outlet_is_the_host_where_none_is_named(tmp_path: Path) -> None:
    (article,) = lines(tmp_path, {"url": "https://www.kabar.example/a", "text": TEXT})
    assert article.sitename == "kabar.example"


@pytest.mark.parametrize("key", ["date", "datetime", "published", "datePublished"])
@pytest.mark.parametrize(
    "written",
    [
        "2023-07-26",
        "2023-07-26T08:05:00+07:00",
        "2023-07-26 23:59:59",
        "2023/07/26",
        "20230726",
        "26/07/2023",
        "26 Juli 2023",
        "Rabu, 26 Jul 2023 08:05 WIB",
        "Rabu (26/7/2023)",
        "Wed, 26 Jul 2023 08:05:00 +0700",
        "1690333500",
        1690333500,
        1690333500000,
    ],
)
def test_date_in_any_form(tmp_path: Path, key: str, written: object) -> None:
    (article,) = lines(tmp_path, {key: written, "text": TEXT})
    assert (article.published, article.published_inferred) == (date(2023, 7, 26), False)


def test_date_is_inferred_from_the_text_where_no_field_has_it(tmp_path: Path) -> None:
    (article,) = lines(tmp_path, {"text": f'{TEXT} "Kami sepakat," kata dia, Rabu (26/7/2023).'})
    assert (article.published, article.published_inferred) == (date(2023, 7, 26), True)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(json.dumps({"text": TEXT}).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    (article,) = read(["-"])
    assert isinstance(article, Article)
    assert article.id.startswith("stdin-")


def test_folders_are_read_through_in_the_order_of_names(tmp_path: Path) -> None:
    for name in (
        "b/2.txt",
        "b/10.txt",
        "a/z.TXT",
        ".git/x.txt",
        "c.txt",
        "a/.tersembunyi.txt",
        "a/bukan.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Artikel {name} dibuat untuk ujian ini.")
    (tmp_path / "0.jsonl").write_text(json.dumps({"id": "j", "text": TEXT}))
    assert [a.id for a in articles(tmp_path)] == ["j", "c", "z", "10", "2"]


def test_circles_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "putar").symlink_to(tmp_path)
    (tmp_path / "a" / "1.txt").write_text(TEXT)
    assert [a.id for a in articles(tmp_path)] == ["1"]


def test_name_that_is_no_unicode(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"na\xffma.txt")).write_text(TEXT)
    (article,) = articles(tmp_path)
    assert article.id == "na\N{REPLACEMENT CHARACTER}ma"


def test_nothing_given_gives_nothing() -> None:
    assert list(read([])) == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("read/2023/07/27/094512/pelabuhan-baru", date(2023, 7, 27)),
        ("internasional/20180210112517-134-275153/pelabuhan-baru", date(2018, 2, 10)),
        ("read/20170523/pelabuhan-baru", date(2017, 5, 23)),
        ("berita/2023-07-27/pelabuhan-baru", date(2023, 7, 27)),
        ("read/20231345/pelabuhan-baru", None),
        ("read/2099/01/01/pelabuhan-baru", None),
        ("read/120230727/pelabuhan-baru", None),
        ("berita/d-7234567/pelabuhan-baru", None),
    ],
)
def test_the_day_in_an_address_dates_an_article_without_date(tmp_path: Path, path: str, expected: date | None) -> None:
    (article,) = lines(tmp_path, {"url": f"https://kabar.example/{path}", "text": TEXT})
    assert isinstance(article, Article)
    assert (article.published, article.published_inferred) == (expected, expected is not None)
    (dated,) = lines(tmp_path, {"url": f"https://kabar.example/{path}", "text": TEXT, "date": "2020-02-02"})
    assert isinstance(dated, Article)
    assert (dated.published, dated.published_inferred) == (date(2020, 2, 2), False)
