"""Web pages: the article's text, and what the markup says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kg.model import Article
from kg.sources import read

PARAGRAPHS = [
    "Menteri Perhubungan meninjau pelabuhan baru di Sorong, Papua Barat Daya, bersama wali kota dan nelayan.",
    "Pelabuhan itu mulai melayani kapal penumpang pada akhir bulan, setelah dibangun selama tiga tahun.",
    "Wali kota berharap harga barang turun karena kapal dari Makassar dapat bersandar dua kali sepekan.",
    "Nelayan meminta agar tempat pelelangan ikan di dekat pelabuhan lama tidak ditutup dan diperbaiki.",
]
MARKUP = """<!DOCTYPE html>
<html lang="id"><head>
<meta charset="{charset}">
<title>Menhub Tinjau Pelabuhan Baru di Sorong - Kabar Timur</title>
<meta property="og:title" content="Menhub Tinjau Pelabuhan Baru di Sorong">
<meta property="og:site_name" content="Kabar Timur">
<meta property="article:published_time" content="2025-03-18T21:40:00+09:00">
<link rel="canonical" href="https://www.kabartimur.example/daerah/menhub-tinjau-pelabuhan">
</head><body>
<nav><ul><li><a href="/">Beranda</a></li><li><a href="/daerah">Daerah</a></li></ul></nav>
<article><h1>Menhub Tinjau Pelabuhan Baru di Sorong</h1>
{body}
<p>Baca juga: <a href="/lain">Kapal Cepat Kembali Berlayar</a></p></article>
<aside><h3>Terpopuler</h3><ul><li><a href="/x">Harga Cabai Naik</a></li></ul></aside>
<footer>Copyright 2025 Kabar Timur</footer>
</body></html>"""


def page(tmp_path: Path, markup: str, encoding: str = "utf-8", name: str = "halaman.html") -> Article:
    path = tmp_path / name
    path.write_bytes(markup.encode(encoding))
    (item,) = read([str(path)])
    assert isinstance(item, Article), item
    return item


def markup(charset: str = "utf-8") -> str:
    return MARKUP.format(charset=charset, body="\n".join(f"<p>{p}</p>" for p in PARAGRAPHS))


def test_markup_gives_title_date_outlet_and_address(tmp_path: Path) -> None:
    article = page(tmp_path, markup())
    assert article.id == "halaman"
    assert article.title == "Menhub Tinjau Pelabuhan Baru di Sorong"
    assert article.title_begin is None
    assert article.published == date(2025, 3, 18)
    assert not article.published_inferred
    assert article.sitename == "Kabar Timur"
    assert article.url == "https://www.kabartimur.example/daerah/menhub-tinjau-pelabuhan"
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "Beranda" not in article.text


def test_short_suffix_is_a_page_too(tmp_path: Path) -> None:
    assert page(tmp_path, markup(), name="halaman.HTM").title


def test_declared_encoding_is_used(tmp_path: Path) -> None:
    text = markup("windows-1252").replace("Wali kota berharap", "“Semoga,” kata wali kota — ia berharap")
    assert "“Semoga,” kata wali kota — ia berharap" in page(tmp_path, text, "cp1252").text


def test_date_of_a_page_without_markup_is_read_from_its_text(tmp_path: Path) -> None:
    bare = markup().replace('<meta property="article:published_time" content="2025-03-18T21:40:00+09:00">', "")
    dated = bare.replace(PARAGRAPHS[1], f'{PARAGRAPHS[1]} "Sudah siap," kata dia, Selasa (18/3/2025).')
    article = page(tmp_path, dated)
    assert (article.published, article.published_inferred) == (date(2025, 3, 18), True)


def test_the_same_page_gives_the_same_article(tmp_path: Path) -> None:
    assert page(tmp_path, markup()) == page(tmp_path, markup())
