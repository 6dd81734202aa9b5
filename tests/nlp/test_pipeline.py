"""The trained pipeline as a whole: line breaks do not disturb the parse and stay where they end a sentence."""

from __future__ import annotations

from kg.lang import pack
from kg.nlp import pipeline

TEXT = (
    "Setibanya di Ambon, Presiden Rangga Putra akan melakukan kunjungan kerja ke Pasar Merdeka.\n"
    "Setelah itu Rangga akan mengikuti jamuan makan siang di Gedung Biru.\nIa senang."
)


def test_a_line_break_hangs_on_the_sentence_that_it_ends() -> None:
    doc = pipeline.load(pack.load())(TEXT)
    assert [sentence.text[-1] for sentence in doc.sents] == ["\n", "\n", "."]
    breaks = [token for token in doc if token.text == "\n"]
    assert [token.head for token in breaks] == [token.sent.root for token in breaks]
    assert {token.pos_ for token in breaks} == {"SPACE"}


def test_the_root_of_a_sentence_before_a_line_break_is_its_verb() -> None:
    doc = pipeline.load(pack.load())(TEXT)
    assert [sentence.root.text for sentence in doc.sents] == ["melakukan", "mengikuti", "senang"]
