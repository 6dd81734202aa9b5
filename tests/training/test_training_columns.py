"""Corpora in IOB columns: the text put together again, and their labels made ours."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from columns import SETTINGS, converted, detokenised, named
from hypothesis import given
from hypothesis import strategies as st
from sentences import LABELS
from spacy.language import Language


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Wati , kata dia , pulang .", "Wati, kata dia, pulang."),
        ("Bank Dunia ( World Bank ) rugi 5 % ?", "Bank Dunia (World Bank) rugi 5%?"),
        ('" Ayo ! " kata Wati .', '"Ayo!" kata Wati.'),
        ('Ia berkata : " Ayo " dan " mari " .', 'Ia berkata: "Ayo" dan "mari".'),
        ("`` Ayo '' kata Wati", '"Ayo" kata Wati'),
        ("“ Ayo ” kata Wati", "“Ayo” kata Wati"),
        ("harga rata - rata naik", "harga rata-rata naik"),
        ("Park Ji - won tiba", "Park Ji-won tiba"),
        ("pasangan Wati - Budi menang", "pasangan Wati - Budi menang"),
        ("pada 2014 - 2019 lalu", "pada 2014-2019 lalu"),
        ("SOLO - Wati", "SOLO - Wati"),
        ("- Wati pulang -", "- Wati pulang -"),
        ("DPR / MPR", "DPR/MPR"),
        ("", ""),
    ],
)
def test_words_are_joined_as_they_were_written(words: str, text: str) -> None:
    assert detokenised(words.split())[0] == text


@given(st.lists(st.sampled_from(["Wati", "rata", "7", "-", ",", '"', "``", "''", "(", ")", "/", "“", "”"])))
def test_every_word_stands_where_it_is_said_to(words: list[str]) -> None:
    text, offsets = detokenised(words)
    quotes = {"``": '"', "''": '"'}
    assert [text[begin:end] for begin, end in offsets] == [quotes.get(word, word) for word in words]
    assert all(end <= begin for (_, end), (begin, _) in pairwise(offsets))


@pytest.mark.parametrize(
    ("name", "label", "ours"),
    [
        ("Wati", "PER", [("Wati", "PER")]),
        ("Presiden Wati", "PER", [("Wati", "PER")]),
        ("Wakil Presiden Wati", "PER", [("Wati", "PER")]),
        ("Prof. Dr. Wati Lestari", "PER", [("Wati Lestari", "PER")]),
        ("Presiden", "PER", [("Presiden", "PER")]),
        ("Dradjat", "PER", [("Dradjat", "PER")]),
        ("Raja Juli Antoni", "PER", [("Raja Juli Antoni", "PER")]),
        ("Wati Lestari (Si Manis)", "PER", [("Si Manis", "PER"), ("Wati Lestari", "PER")]),
        ("Mahkamah Agung (MA)", "ORG", [("MA", "ORG"), ("Mahkamah Agung", "ORG")]),
        ("Mahkamah Agung ( MA )", "ORG", [("MA", "ORG"), ("Mahkamah Agung", "ORG")]),
        ("Universitas Andalas (Unand)", "LOC", [("Unand", "ORG"), ("Universitas Andalas", "ORG")]),
        ("Bank Nagari", "LOC", [("Bank Nagari", "ORG")]),
        ("Bankaran", "LOC", [("Bankaran", "LOC")]),
        ("Presiden Taksi", "ORG", [("Presiden Taksi", "ORG")]),
        ('"Padang Ekspres",', "ORG", [("Padang Ekspres", "ORG")]),
        ("PT Semen Padang Tbk.", "ORG", [("PT Semen Padang Tbk.", "ORG")]),
        ("- (", "LOC", []),
    ],
)
def test_a_name_is_made_ours(name: str, label: str, ours: list[tuple[str, str]]) -> None:
    text = f"di {name}"
    assert [(text[begin:end], kind) for begin, end, kind in converted(text, 3, len(text), label)] == ours


ROWS = """\
Gubernur NN B-PERSON
Wati NN I-PERSON
tiba VB O
di IN O
Solo NN B-LOCATION
kemarin NN B-TIME
. . O

Wati NN I-PERSON
Budi NN B-PERSON
DPR NN I-ORGANIZATION
"""


def test_a_corpus_is_read_on_our_tokens(nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt"
    path.write_text(ROWS, encoding="utf-8")
    docs = list(named(nlp, path, SETTINGS["columns"]["nerugm"]))
    assert [doc.text for doc in docs] == ["Gubernur Wati tiba di Solo kemarin.", "Wati Budi DPR"]
    assert [[(name.text, name.label_) for name in doc.ents] for doc in docs] == [
        [("Wati", "PER"), ("Solo", "LOC")],
        [("Wati", "PER"), ("Budi", "PER"), ("DPR", "ORG")],
    ]


def test_what_measures_is_not_learnt_from() -> None:
    assert "idner-test" not in SETTINGS["columns"]
    assert not {"idner-test", "csui-test"} & set(SETTINGS["weights"])
    assert {label for labels in SETTINGS["columns"].values() for label in labels.values()} == set(LABELS)
