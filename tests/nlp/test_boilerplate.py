"""Which passages of an article are read, and the way back to its offsets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lang import pack
from kg.model import Article, Span
from kg.nlp.boilerplate import Reading, reading
from kg.sources import read

LEAD = "Menteri Pertanian Rini Astuti mengunjungi sawah di Karawang, Jawa Barat, untuk melihat panen raya."
SECOND = "Ia berbicara dengan para petani tentang harga pupuk dan pengairan."
THIRD = "Bupati Karawang Dadang Hidayat mendampingi menteri selama kunjungan itu."
SHARED = Path(__file__).parents[3] / "shared"


def read_text(text: str, title: str | None = None, title_begin: int | None = None) -> Reading:
    article = Article("a", text, title=title, title_begin=title_begin)
    found = reading(article, pack.load())
    for start, span in zip(found.starts, found.spans, strict=True):
        quote = article.quote(span)
        assert found.text[start : start + len(quote)] == quote.translate({10: " ", 13: " "})
    return found


def passages(text: str, title: str | None = None, title_begin: int | None = None) -> list[str]:
    found = read_text(text, title, title_begin)
    return found.text.split("\n") if found.text else []


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga: Harga Pupuk Naik di Empat Provinsi",
        "Baca Juga : Harga Pupuk Naik di Empat Provinsi",
        "BACA JUGA: Harga Pupuk Naik di Empat Provinsi",
        "[Baca Juga: Harga Pupuk Naik di Empat Provinsi]",
        "Baca Juga",
        "Lihat juga Video 'Petani Karawang Panen Raya':",
        'Tonton juga video "Panen Raya di Karawang" di sini:',
        "Simak Video: Mentan Bicara Soal Pupuk",
        "Saksikan Live DetikPagi :",
        "SCROLL TO CONTINUE WITH CONTENT",
        "ADVERTISEMENT",
        "[Gambas:Video 20detik]",
        "Penulis : Ani Lestari | Editor : Budi Santoso",
        "Reporter: Ani Lestari",
        "Editor : Budi Santoso",
        "Sumber : Kantor Berita Anu",
        "(Foto: dok. Kementerian Pertanian)",
        "Tags: pertanian, pupuk, karawang",
        "TOPIK:  panen raya",
        "Facebook Twitter WhatsApp Telegram Copy Link",
        "Bagikan",
        "A A A",
        "loading...",
        "Komentar (12)",
        "12 Komentar",
        "Tulis komentar",
        "Copyright © 2025 Kabar Timur. All rights reserved.",
        "Beranda > Nasional > Pertanian",
        "menteri-pertanian-kunjungi-sawah-di-karawang",
        "https://kabar.example/menteri-pertanian",
        "Sabtu, 14 September 2024 - 15:34 WIB",
        "Kompas.tv - 27 Juli 2023, 09:58 WIB",
        "26/07/2023 10:15",
        "Gabung ke Channel WhatsApp kami untuk berita terbaru.",
        "Artikel ini ditulis oleh Ani Lestari, peserta magang.",
        "-----",
        "(abc/def)",
        "(abc)",
        "[ani]",
    ],
)
def test_line_that_is_no_article_is_left_out(line: str) -> None:
    assert passages(f"{LEAD}\n{line}\n{SECOND}") == [LEAD, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Menteri itu bertanya kepada petani: apa yang kurang?",
        "1. Ketua DPR Sri Wahyuni",
        "- Bupati Karawang Dadang Hidayat",
        "Kronologi Kunjungan",
        '"Saya lihat juga pengairannya belum selesai," kata Rini.',
        "Foto bersama petani menutup kunjungan itu.",
        "Sumber air di desa itu kering sejak bulan lalu.",
        "Penulis buku itu, Ani Lestari, ikut hadir.",
        "Polri - TNI menjaga jalan menuju sawah.",
        "Nilai tukar petani (NTP) naik, kata Badan Pusat Statistik (BPS)",
    ],
)
def test_line_that_is_article_stays(line: str) -> None:
    assert passages(f"{LEAD}\n{SECOND}\n{line}\n{THIRD}") == [LEAD, SECOND, line, THIRD]


@pytest.mark.parametrize(
    "dateline",
    [
        "JAKARTA - ",
        "KARAWANG, KOMPAS.TV - ",
        "Bisnis.com, JAKARTA - ",
        "JAKARTA, KOMPAS.com – ",
        "Jakarta - ",
        "Kuala Lumpur -- ",
        "Jakarta, CNN Indonesia -- ",
        "Jakarta , CNN Indonesia - - ",
        "Jakarta, CNN Indonesia-",
        "Jakarta (ANTARA) - ",
        "REPUBLIKA.CO.ID, KARAWANG -- ",
        "Merdeka.com - ",
        "JAKARTA, 14 September 2024 - ",
    ],
)
def test_dateline_is_not_read(dateline: str) -> None:
    assert passages(f"{dateline}{LEAD}\n{SECOND}") == [LEAD, SECOND]


@pytest.mark.parametrize("head", ["Kunjungan ke Karawang - ", "Menteri itu – ", "Pada 2024-", "Kompas-", "Solo-"])
def test_dash_alone_makes_no_dateline(head: str) -> None:
    text = f"{head}yang pertama tahun ini - berlangsung dua jam di tengah sawah."
    assert passages(text) == [text]


@pytest.mark.parametrize(
    ("caption", "read_part"),
    [
        (f"{LEAD} (Sumber: Antara/Ani Lestari)", LEAD),
        (f"{LEAD} (Foto: dok. Kementerian)", LEAD),
        (f"{LEAD} Foto: Reuters", LEAD),
        (f"{LEAD} (ANTARA FOTO/Ani Lestari)", LEAD),
        (f"{LEAD} (AFP/ANI LESTARI)", LEAD),
    ],
)
def test_caption_is_read_without_its_credit(caption: str, read_part: str) -> None:
    assert passages(f"{caption}\n{SECOND}") == [read_part, SECOND]


@pytest.mark.parametrize(
    "inside",
    [
        "Baca juga: Harga Pupuk Naik di Empat Provinsi ",
        "SCROLL TO CONTINUE WITH CONTENT ",
        "ADVERTISEMENT ",
        "[Gambas:Video 20detik] ",
        "Lihat Video 'Petani Karawang Panen Raya': ",
        "Foto: Ani Lestari/detikcom ",
        "(Foto: detikcom/Ani Lestari) ",
    ],
)
def test_one_line_text_is_cut_where_it_is_no_article(inside: str) -> None:
    opened = f"Menurut {THIRD[0].lower()}{THIRD[1:]}"
    assert passages(f"{LEAD} {inside}{opened}") == [LEAD, opened]


@pytest.mark.parametrize(
    "tail",
    [
        " (abc/def)",
        " [ani]",
        " : Harga Pupuk Naik di Empat Provinsi",
        " Video 'Panen Raya di Karawang':",
        " Simak Video 'Panen Raya di Karawang':",
        " Artikel ini pertama kali terbit dalam bahasa Inggris Diadaptasi oleh Ani Lestari Editor: Budi",
        " Editor: Budi Santoso",
    ],
)
def test_end_of_one_line_text_is_left_out(tail: str) -> None:
    assert passages(f"{LEAD} {SECOND}{tail}") == [f"{LEAD} {SECOND}"]


def test_cue_without_a_headline_costs_no_sentence() -> None:
    assert passages(f"{LEAD} Baca juga {SECOND}") == [LEAD, SECOND]


def test_headline_on_the_line_after_a_bare_cue_is_left_out() -> None:
    text = f"{LEAD}\nBaca Juga:\nHarga Pupuk Naik di Empat Provinsi\nPetani Karawang Panen Raya\n{SECOND}"
    assert passages(text) == [LEAD, SECOND]
    assert passages(f"{LEAD}\nBaca Juga\n{SECOND}") == [LEAD, SECOND]


def test_paragraph_said_before_is_left_out() -> None:
    assert passages(f"{LEAD}\n{SECOND}\n{THIRD}\n{SECOND}\n{LEAD} \n") == [LEAD, SECOND, THIRD]
    assert passages(f"{LEAD} {SECOND}\n{THIRD}\n{SECOND}") == [f"{LEAD} {SECOND}", THIRD]


def test_what_the_page_lists_after_the_article_is_left_out() -> None:
    text = f"{LEAD}\n{SECOND}\nBERITA TERKAIT\nPresiden Lantik Dua Menteri Baru di Istana\n{THIRD}"
    assert passages(text) == [LEAD, SECOND]
    assert passages(f"Terpopuler\n{LEAD}\n{SECOND}") == [LEAD, SECOND]


def test_box_of_other_articles_inside_the_article_does_not_end_it() -> None:
    box = "Artikel Terkait\nPresiden Lantik Dua Menteri Baru di Istana\nHarga Pupuk Naik di Empat Provinsi"
    assert passages(f"{LEAD}\n{box}\n{SECOND}\n{THIRD}") == [LEAD, SECOND, THIRD]


TITLE = "Mentan Kunjungi Karawang"


def test_headline_apart_comes_first() -> None:
    found = read_text(f"{LEAD}\n{SECOND}", title=f" {TITLE} - Kompas.com")
    assert found.text.split("\n") == [TITLE, LEAD, SECOND]
    assert found.headline_end == len(TITLE)
    assert found.span(0, found.headline_end) == Span("title", 1, 1 + len(TITLE))
    begin = found.text.index("Rini Astuti")
    assert found.span(begin, begin + 11) == Span("text", LEAD.index("Rini"), LEAD.index("Rini") + 11)


def test_headline_in_the_text_comes_first_and_what_stands_above_it_is_left_out() -> None:
    text = f"Kabar Timur berita daerah\n{TITLE}\nAni Lestari\n{LEAD}\n{SECOND}\nAni Lestari (Kabar)\n"
    begin = text.index(TITLE)
    found = read_text(text, title=TITLE, title_begin=begin)
    assert found.text.split("\n") == [TITLE, LEAD, SECOND]
    assert found.span(0, found.headline_end) == Span("text", begin, begin + len(TITLE))


RAW_PAGES = {
    "portal": (
        """kabarNews
Berita
Kabar » Berita » Jawa Barat
Mentan Kunjungi Karawang, Janji Tambah Pupuk
Ani Lestari - kabarNews
Rabu, 08 Okt 2025 14:05 WIB
BAGIKAN
Menteri Pertanian saat meninjau sawah di Karawang (Foto: Budi Santoso/kabarcom)
Jakarta - {lead}
ADVERTISEMENT
SCROLL TO CONTINUE WITH CONTENT
Baca juga:
Harga Pupuk Naik di Empat Provinsi
{second} Simak halaman selanjutnya.
Halaman 1 2 3 Selanjutnya
Lihat Video 'Panen Raya di Karawang':
[Gambas:Video 20detik]
(ani/bud)
panen raya
karawang
Kabar Awards 2025
Berita Terkait
Presiden Lantik Dua Menteri Baru di Istana
Komentar Terbanyak
""",
        "Mentan Kunjungi Karawang, Janji Tambah Pupuk",
        ["Menteri Pertanian saat meninjau sawah di Karawang", LEAD, SECOND],
    ),
    "agency": (
        """Menteri pertanian kunjungi sawah di Karawang saat panen raya
Rabu, 8 Oktober 2025 15:44 WIB
waktu baca 2 menit
{third} (ANTARA/HO-Biro Humas Kementerian Pertanian)
Karawang (ANTARA) - {lead}
Baca juga: Presiden lantik dua menteri baru
{second} [Antara]
Pewarta: Ani Lestari
Editor: Budi Santoso
Copyright © ANTARA 2025
Tags:
panen raya
""",
        "Menteri pertanian kunjungi sawah di Karawang saat panen raya",
        [THIRD, LEAD, SECOND + " [Antara]"],
    ),
}


@pytest.mark.parametrize("name", sorted(RAW_PAGES))
def test_raw_page(name: str, tmp_path: Path) -> None:
    page, title, body = RAW_PAGES[name]
    path = tmp_path / "halaman.txt"
    path.write_text(page.format(lead=LEAD, second=SECOND, third=THIRD), encoding="utf-8")
    (article,) = read([str(path)])
    assert isinstance(article, Article)
    assert article.title == title
    assert reading(article, pack.load()).text.split("\n") == [title, *body]


def test_list_at_the_end_of_a_raw_page_stays() -> None:
    text = f"{TITLE}\n{LEAD}\nYang hadir dalam kunjungan itu:\n1. Dadang Hidayat\n2. Sri Wahyuni"
    assert passages(text, TITLE, 0)[-2:] == ["1. Dadang Hidayat", "2. Sri Wahyuni"]


def test_no_title_no_headline() -> None:
    assert read_text(LEAD).headline_end == 0
    assert read_text(LEAD, title="  ").headline_end == 0


def test_lines_of_a_fixed_width_are_one_passage() -> None:
    wrapped = (
        "Menteri Pertanian Rini Astuti mengunjungi sawah di Karawang, Jawa Barat,\n"
        "untuk melihat panen raya. Ia berbicara dengan para petani tentang harga\n"
        "pupuk dan pengairan."
    )
    found = read_text(f"{wrapped}\n\n{THIRD}")
    assert found.text == f"{wrapped.replace(chr(10), ' ')}\n{THIRD}"
    begin = found.text.index("Barat, untuk")
    assert found.quote(begin, begin + 12) == "Barat,\nuntuk"
    assert found.article.quote(found.span(begin, begin + 12)) == "Barat,\nuntuk"


def test_range_beyond_its_passage_is_cut_off() -> None:
    found = read_text(f"{LEAD}\n{SECOND}")
    assert found.span(0, len(found.text)) == Span("text", 0, len(LEAD))


def test_nothing_to_read() -> None:
    assert passages("ADVERTISEMENT\n\n-----\n") == []
    assert read_text("").text == ""


LINES = st.sampled_from(
    [
        LEAD,
        SECOND,
        THIRD,
        TITLE,
        "",
        " ",
        "Baca juga: Harga Pupuk Naik",
        "JAKARTA - " + LEAD,
        LEAD + " (Foto: A/B)",
        "(abc)",
        "Berita Terkait",
    ]
) | st.text(max_size=60)


@settings(max_examples=300, deadline=None)
@given(
    lines=st.lists(LINES, max_size=12),
    title=st.none() | LINES,
    glue=st.sampled_from(["\n", " ", "\r\n", "\n\n"]),
)
def test_every_range_inside_a_passage_leads_back_to_the_same_words(
    lines: list[str], title: str | None, glue: str
) -> None:
    found = read_text(glue.join(lines), title)
    for start, span in zip(found.starts, found.spans, strict=True):
        end = start + span.end - span.begin
        middle = (start + end) // 2
        for begin, stop in ((start, end), (start, middle), (middle, end)):
            quote = found.article.quote(found.span(begin, stop))
            assert quote == found.quote(begin, stop)
            assert quote.translate({ord(c): " " for c in "\n\r\u2028\u2029"}) == found.text[begin:stop]


def _gold() -> list[Path]:
    return sorted(path for name in ("train", "dev", "seeds") for path in (SHARED / "gold" / name).glob("*.json"))


@pytest.mark.skipif(not _gold(), reason="../shared/gold is not here")
def test_nothing_that_gold_annotates_is_left_out() -> None:
    texts = {
        a.id: reading(a, pack.load()).text for a in read([str(SHARED / "gold" / "articles")]) if isinstance(a, Article)
    }
    folded = {ident: " ".join(text.split()).lower() for ident, text in texts.items()}
    entities = missing = 0
    for path in _gold():
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = folded[gold["id"]]
        for told in (*gold["roles"], *gold["events"]):
            assert " ".join(told["quote"].split()).lower() in text, (gold["id"], told["quote"])
        for entity in gold["entities"]:
            entities += 1
            missing += not any(" ".join(m.split()).lower() in text for m in entity["mentions"])
    # Four articles of 2017 have the city of their dateline annotated, others not: it is never read.
    assert missing <= 4
    assert entities > 2_000
