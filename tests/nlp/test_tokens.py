"""Tokens and sentences of Indonesian news."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.nlp.tokens import SENTENCES, tokenizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("id")
    made.tokenizer = tokenizer(made)
    made.add_pipe(SENTENCES)
    return made


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Kim Jong-un dan Kang Sun-nam", "Kim Jong-un dan Kang Sun-nam"),
        ("foto-foto rudal-rudal itu", "foto-foto rudal-rudal itu"),
        ("perang Rusia-Ukraina", "perang Rusia - Ukraina"),
        ("kelompok pro-Rusia", "kelompok pro - Rusia"),
        ("Rabu (26/7/2023).", "Rabu ( 26/7/2023 ) ."),
        ("gedung DPR/MPR", "gedung DPR / MPR"),
        ("Drs. H. Ahmad, S.H., M.Si.", "Drs. H. Ahmad , S.H. , M.Si."),
        ("di Jl. Sudirman No. 5", "di Jl. Sudirman No. 5"),
        ("pada 1950-1953", "pada 1950 - 1953"),
        ("Ia pulang.Lalu tidur.", "Ia pulang . Lalu tidur ."),
        ("peringatan ke-70", "peringatan ke-70"),
    ],
)
def test_tokens(nlp: Language, text: str, tokens: str) -> None:
    assert " ".join(token.text for token in nlp(text)) == tokens


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ia datang. Lalu ia pergi.", ["Ia datang.", "Lalu ia pergi."]),
        ('"Saya siap." Ia lalu pergi.', ['"Saya siap."', "Ia lalu pergi."]),
        ("Ia bertanya... lalu diam.", ["Ia bertanya... lalu diam."]),
        ("Ia menemui Dr. H. M. Yusuf di Jl. Merdeka.", ["Ia menemui Dr. H. M. Yusuf di Jl. Merdeka."]),
        ("Judul Berita\nIsi berita.", ["Judul Berita\n", "Isi berita."]),
        ('"Apa?" tanya dia.', ['"Apa?" tanya dia.']),
    ],
)
def test_sentences(nlp: Language, text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in nlp(text).sents] == sentences


def test_a_line_break_always_begins_a_sentence(nlp: Language) -> None:
    doc = nlp("Menhan Rusia\nSergei Shoigu tiba")
    assert doc[3].is_sent_start
    assert [token.text for token in doc][:4] == ["Menhan", "Rusia", "\n", "Sergei"]
