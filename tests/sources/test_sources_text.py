"""Raw pages: headline, day of publication and outlet found in the text itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.model import Article
from kg.sources import read

LEAD = "Gubernur Maluku Utara membuka jembatan baru di Tidore, yang menghubungkan dua kecamatan di pulau itu."
BODY = "Jembatan itu dibangun selama dua tahun dan menelan biaya Rp 90 miliar. Warga menyambutnya gembira."
HEADLINE = "Gubernur Maluku Utara Buka Jembatan Baru di Tidore"


def page(tmp_path: Path, text: str) -> Article:
    path = tmp_path / "halaman.txt"
    path.write_text(text, encoding="utf-8")
    (item,) = read([str(path)])
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize(
    "top",
    [
        f"{HEADLINE}\n",
        f"Beranda > Daerah > Maluku Utara\n{HEADLINE}\nTim Redaksi\n",
        f"Portal Timur berita daerah timur\n\n{HEADLINE}\n\nA\nA\nA\n",
        f"Menu\nMasuk\nHome News Daerah\n{HEADLINE}\ngubernur-maluku-utara-buka-jembatan-baru-di-tidore\n",
        f"{HEADLINE}?\n".replace("?", ""),
    ],
)
def test_headline_is_found_above_the_lead(tmp_path: Path, top: str) -> None:
    article = page(tmp_path, f"{top}{LEAD}\n{BODY}\n")
    assert article.title == HEADLINE
    assert article.title_begin is not None
    assert article.text[article.title_begin :].startswith(HEADLINE)


def test_headline_that_asks(tmp_path: Path) -> None:
    headline = "Jembatan Baru Tidore Dibuka, Siapa yang Membiayai?"
    assert page(tmp_path, f"{headline}\n{LEAD}\n{BODY}").title == headline


def test_headline_in_sentence_case(tmp_path: Path) -> None:
    headline = "Gubernur buka jembatan baru di Tidore bersama warga"
    assert page(tmp_path, f"Daerah\n{headline}\n{LEAD}\n{BODY}").title == headline


def test_text_that_begins_with_its_lead_has_no_headline(tmp_path: Path) -> None:
    article = page(tmp_path, f"{LEAD}\n{BODY}")
    assert (article.title, article.title_begin) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "Sabtu, 14 September 2024 - 15:34 WIB",
        "Kompas.tv - 14 September 2024, 09:58 WIB",
        "14/09/2024 10:15",
        "Sabtu, 14 Sep 2024 08:05 WIB",
        "Sabtu (14/9/2024)",
        "Diterbitkan: 14 September 2024",
        "2024-09-14",
        "Penulis : Ani Lestari | 14 September 2024 | 07.10 WIT",
    ],
)
def test_day_of_publication_is_read_from_its_line(tmp_path: Path, line: str) -> None:
    article = page(tmp_path, f"{HEADLINE}\n{line}\n{LEAD}\n{BODY}\nPada 20 Oktober 2023 pekerjaan dimulai.\n")
    assert article.published == date(2024, 9, 14)
    assert not article.published_inferred


def test_day_of_publication_in_a_dateline(tmp_path: Path) -> None:
    article = page(tmp_path, f"{HEADLINE}\nTERNATE, 14 September 2024 - {LEAD}\n{BODY}")
    assert (article.published, article.published_inferred) == (date(2024, 9, 14), False)


@pytest.mark.parametrize(
    ("sentences", "day"),
    [
        # The day on which somebody said it.
        (
            '"Sudah dibuka," kata dia, Kamis (16/11/2023). Pembangunan dimulai Senin (4/10/2021).',
            date(2023, 11, 16),
        ),
        # Any right weekday.
        ("Jembatan itu dibuka Kamis (16/11/2023). Ia diresmikan Rabu (15/11/2023).", date(2023, 11, 16)),
        # What lies ahead does not date it.
        ("Jembatan dibuka Kamis (16/11/2023) dan akan ditutup Sabtu (18/11/2023).", date(2023, 11, 16)),
        # Weekdays tell the year, next to one that the text names.
        ("Sejak 2022 jembatan dibangun. Kamis (16/11) gubernur membukanya.", date(2023, 11, 16)),
        # An anniversary tells the year.
        (
            "Warga merayakan peringatan 50 tahun penandatanganan piagam kota (17 November 1973). "
            "Pada 17 November mereka berkumpul, kata panitia.",
            date(2023, 11, 17),
        ),
        # History, a wrong weekday, a bare year date nothing.
        ("Kota itu berdiri pada 12 April 1955.", None),
        ("Jembatan itu dibuka Senin (16/11/2023).", None),
        ("Jembatan itu dibuka pada 2023.", None),
        ("Jembatan itu dibuka pada 16 November.", None),
    ],
)
def test_day_of_publication_is_inferred_from_running_text(tmp_path: Path, sentences: str, day: date | None) -> None:
    article = page(tmp_path, f"{HEADLINE}\n{LEAD}\n{sentences}")
    assert (article.published, article.published_inferred) == (day, day is not None)


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"{HEADLINE}\nBisnis.com, TERNATE - {LEAD}\n{BODY}", "Bisnis.com"),
        (f"{HEADLINE}\nTERNATE, KOMPAS.com - {LEAD}\n{BODY}", "KOMPAS.com"),
        (f"{HEADLINE}\nTernate, CNN Indonesia -- {LEAD}\n{BODY}", "CNN Indonesia"),
        (f"{HEADLINE}\nTernate (ANTARA) - {LEAD}\n{BODY}", "ANTARA"),
        (
            f"{HEADLINE}\nKompas.tv - 27 Juli 2023, 09:58 WIB\nTERNATE, KOMPAS.TV - {LEAD}\n{BODY}",
            "Kompas.tv",
        ),
        (f"{HEADLINE}\nTERNATE - {LEAD}\n{BODY}", None),
    ],
)
def test_outlet_is_read_from_dateline_or_date(tmp_path: Path, text: str, outlet: str | None) -> None:
    assert page(tmp_path, text).sitename == outlet


def test_line_breaks_are_those_of_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "halaman.txt"
    path.write_bytes(f"{HEADLINE}\r\n{LEAD}\r{BODY}\r\n".encode())
    (article,) = read([str(path)])
    assert isinstance(article, Article)
    assert article.text == path.read_text(encoding="utf-8")


def test_source_of_a_page_in_a_text_file_is_read_as_a_page(tmp_path: Path) -> None:
    body = "".join(f"<p>{LEAD} {BODY}</p>" for _ in range(4))
    article = page(tmp_path, f"<!DOCTYPE html>\n<html><head><title>{HEADLINE}</title></head><body>{body}</body></html>")
    assert article.title == HEADLINE
    assert "<p>" not in article.text
