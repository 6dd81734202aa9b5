"""The trained pipeline as a whole: line breaks do not disturb the parse and stay where they end a sentence."""

from __future__ import annotations

from kg.lang import pack
from kg.model import Article
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


def test_what_is_read_in_an_article_depends_on_it_alone() -> None:
    """Issue 3: sums of floating numbers depend on the batch, so an article is a batch of its own."""
    words = pack.load()
    nlp = pipeline.load(words)
    first, second = Article("a", TEXT), Article("b", "Gubernur Maluku menemui Wali Kota Ambon di Tual. " * 9)
    alone = {
        a.id: doc.tensor.tobytes() for article in (first, second) for a, _, doc in pipeline.docs(nlp, [article], words)
    }
    together = {a.id: doc.tensor.tobytes() for a, _, doc in pipeline.docs(nlp, [second, first], words)}
    assert together == alone
