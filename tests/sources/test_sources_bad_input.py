"""Every bad input of the issue: told with file, line and advice, skipped; the others are read."""

from __future__ import annotations

import codecs
import io
import json
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from kg.model import Article
from kg.sources import Skipped, read
from kg.sources.decode import MAX_BYTES, MAX_CHARS

SENTENCE = "Menteri Kesehatan membuka rumah sakit di Ternate, kata juru bicara kementerian, Rabu (14/1/2026). "
PARAGRAPH = SENTENCE * 3
ENGLISH = "The minister opened the new hospital in the north of the country and said more would follow. " * 4
JAVANESE = "Bapak lan ibu lagi mangan sega ing omahe sedulur kang teka saka kutha, banjur padha menyang pasar. " * 3


def one(path: Path) -> Article | Skipped:
    (item,) = read([str(path)])
    return item


def skipped(path: Path) -> Skipped:
    item = one(path)
    assert isinstance(item, Skipped), item
    return item


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("kosong.txt", b"", "is empty"),
        ("spasi.txt", b" \n\t\n", "is empty"),
        ("nol.txt", b"\x00" * 400, "is empty"),
        ("tanda.txt", b"... --- 123 ...", "holds no text"),
        ("hanya-bom.txt", codecs.BOM_UTF8 + b"\n", "holds no text"),
        ("gambar.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "binary"),
        ("arsip.html", b"PK\x03\x04" + bytes(range(256)) * 4, "binary"),
        ("acak.txt", bytes(range(256)) * 20, "binary"),
        ("campur.txt", ("“Ya,” kata dia. " + PARAGRAPH).encode() + b"\x93salah\x94", "is not UTF-8 at byte"),
        ("rusak.txt", codecs.BOM_UTF16_LE + PARAGRAPH.encode("utf-16-le") + b"\x00", "damaged"),
        ("panjang.txt", b"kata " * 10_000_000, "larger than one article"),
        ("buku.txt", (PARAGRAPH * (MAX_CHARS // len(PARAGRAPH) + 1)).encode(), "longer than one article"),
        ("inggris.txt", ENGLISH.encode(), "another language (en)"),
        ("jawa.txt", JAVANESE.encode(), "another language (jv)"),
        ("kosong.jsonl", b"", "is empty"),
        ("arsip.jsonl", b"\x1f\x8b\x08" + bytes(range(256)) * 4, "binary"),
        ("lebar.jsonl", json.dumps({"text": PARAGRAPH}).encode("utf-16"), "UTF-16"),
        ("kosong.html", b"<html><body><p></p></body></html>", "holds no article text"),
        ("catatan.md", PARAGRAPH.encode(), "of no known kind (.md)"),
    ],
)
def test_bad_file_is_skipped_with_reason_and_advice(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    item = skipped(path)
    assert reason in item.reason
    assert item.advice
    assert item.source.startswith(str(path))
    assert str(item) == f"{item.source}: {item.reason}; {item.advice}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_recognisable_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = f"“Rumah sakit ini untuk semua,” kata dia — {PARAGRAPH}"
    path = tmp_path / "artikel.txt"
    path.write_bytes(text.encode(encoding))
    item = one(path)
    assert isinstance(item, Article)
    assert item.text == text


def test_control_characters_are_dropped_and_offsets_count_without_them(tmp_path: Path) -> None:
    path = tmp_path / "artikel.txt"
    path.write_bytes(("Gubernur\x00 Maluku\x07 Utara \ufffe" + PARAGRAPH).encode())
    item = one(path)
    assert isinstance(item, Article)
    assert item.text == "Gubernur Maluku Utara " + PARAGRAPH


def test_surrogates_of_json_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "artikel.jsonl"
    path.write_text('{"id": "a", "text": "Gubernur \\ud800Maluku\\u0000 \\ud83d\\ude00"}\n')
    item = one(path)
    assert isinstance(item, Article)
    assert item.text == "Gubernur Maluku \N{GRINNING FACE}"
    item.text.encode("utf-8")


ATTRIBUTES = [f'a{i}="x"' for i in range(100_000)]


@pytest.mark.parametrize(
    "tag",
    [
        " ".join(ATTRIBUTES),
        " ".join(a.replace("x", ">") for a in ATTRIBUTES),
        "/".join(f"a{i}" for i in range(100_000)),
        'x" ' + " ".join(a.replace("x", ">") for a in ATTRIBUTES),
    ],
    ids=["quoted", "with-brackets", "bare", "stray-quote"],
)
def test_page_with_100_000_attributes_is_turned_away_before_it_is_parsed(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "bom.html"
    path.write_text(f"<html><body><div {tag}>{PARAGRAPH}</div></body></html>")
    assert "attributes" in skipped(path).reason


def test_broken_lines_cost_only_themselves(tmp_path: Path) -> None:
    lines = [
        '{"text": "Satu',
        '{"id": "baik", "text": "Presiden tiba di Ambon."}',
        "[1, 2]",
        '{"id": "x"}',
        '{"text": 7}',
        '{"text": "Dua", "title": ["a"]}',
        "",
        "[" * 100_000,
        '{"text": "Tiga", "date": "entah kapan"}',
        '{"text": "Empat", "date": "2026-02-30"}',
        f'{{"text": "{"x" * MAX_BYTES}"}}',
        '{"id": "akhir", "text": "Wakil Presiden tiba di Sorong."}',
    ]
    path = tmp_path / "berita.jsonl"
    path.write_text("\n".join(lines))
    items = list(read([str(path)]))
    assert [item.id for item in items if isinstance(item, Article)] == ["baik", "akhir"]
    told = {item.source.rpartition(":")[2]: item.reason for item in items if isinstance(item, Skipped)}
    assert list(told) == ["1", "3", "4", "5", "6", "8", "9", "10", "11"]
    assert "column" in told["1"]
    assert "no object" in told["3"]
    assert "no text" in told["4"]
    assert '"title"' in told["6"]
    assert "can't be read" in told["9"]
    assert "can't be read" in told["10"]
    assert "longer than one article" in told["11"]


def test_same_id_with_other_text_is_skipped_and_the_same_article_read_once(tmp_path: Path) -> None:
    for folder, text in (("a", "Presiden tiba."), ("b", "Presiden pulang."), ("c", "Presiden tiba.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "berita.txt").write_text(text)
    first, second = read([str(tmp_path)])
    assert isinstance(first, Article)
    assert first.text == "Presiden tiba."
    assert isinstance(second, Skipped)
    assert second.source == str(tmp_path / "b" / "berita.txt")
    assert "'berita'" in second.reason


def test_article_without_date_is_read(tmp_path: Path) -> None:
    path = tmp_path / "artikel.txt"
    path.write_text("Gubernur membuka pasar baru di kota itu bersama para pedagang.")
    item = one(path)
    assert isinstance(item, Article)
    assert item.published is None
    assert not item.published_inferred


@pytest.mark.parametrize("days", [2, 400])
def test_date_in_the_future_is_told(tmp_path: Path, days: int) -> None:
    day = (date.today() + timedelta(days)).isoformat()
    lines = tmp_path / "berita.jsonl"
    lines.write_text(json.dumps({"text": PARAGRAPH, "date": day}))
    assert f"{day}, in the future" in skipped(lines).reason
    page = tmp_path / "berita.html"
    meta = f'<meta property="article:published_time" content="{day}T08:00:00+07:00">'
    page.write_text(f"<html><head>{meta}</head><body><article>{f'<p>{PARAGRAPH}</p>' * 4}</article></body></html>")
    assert f"{day}, in the future" in skipped(page).reason


def test_a_day_ahead_of_this_clock_is_no_future(tmp_path: Path) -> None:
    tomorrow = date.today() + timedelta(1)
    path = tmp_path / "berita.jsonl"
    path.write_text(json.dumps({"text": PARAGRAPH, "date": tomorrow.isoformat()}))
    item = one(path)
    assert isinstance(item, Article)
    assert item.published == tomorrow


@pytest.mark.parametrize("name", ["tidak-ada.txt", "tidak-ada", "nol\x00.txt", "x" * 5_000])
def test_path_that_is_not_there(name: str) -> None:
    item = skipped(Path(name))
    assert item.reason
    str(item).encode("utf-8")


def test_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "tautan.txt").symlink_to(tmp_path / "hilang.txt")
    assert "link to nothing" in skipped(tmp_path).reason


def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "rahasia.txt"
    path.write_text(PARAGRAPH)
    path.chmod(0)
    item = one(path)
    if isinstance(item, Article):
        pytest.skip("this user may read everything")
    assert "can't be read" in item.reason


def test_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "catatan.md").write_text(PARAGRAPH)
    assert "holds no" in skipped(tmp_path).reason


def test_bad_input_on_standard_input_names_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(b'{"id": "a", "text": "Presiden tiba."}\nbukan json\n')
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    article, broken = read(["-"])
    assert isinstance(article, Article)
    assert isinstance(broken, Skipped)
    assert broken.source == "standard input:2"


@pytest.mark.parametrize(
    "unit",
    [
        "Baca juga: ",
        "Foto: ",
        "(Foto: ",
        "Simak Video '",
        "1-",
        "1/",
        "Sabtu, ",
        "Jakarta, ",
        " : ",
        "70 tahun ",
        "<a ",
        "\n",
        '"',
    ],
)
def test_no_repetition_is_too_long(tmp_path: Path, unit: str) -> None:
    path = tmp_path / "ulang.txt"
    path.write_text(f"{unit * (20_000 // len(unit))}\nPresiden tiba di Ambon pada hari itu.\n")
    assert one(path)
