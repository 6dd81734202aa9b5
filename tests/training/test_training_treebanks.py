"""Treebanks: read on our tokens, and written again."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from treebanks import clitic, conllu, treebank

HOUSE = """\
# text = Rumahnya dibeli Wati.
1-2\tRumahnya\t_\t_\t_\t_\t_\t_\t_\t_
1\tRumah\trumah\tNOUN\t_\t_\t3\tnsubj\t_\t_
2\tnya\tnya\tPRON\t_\t_\t1\tnmod\t_\t_
3\tdibeli\tbeli\tVERB\t_\t_\t0\troot\t_\t_
4\tWati\tWati\tPROPN\t_\t_\t3\tobl\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_
"""
MEETING = """\
# text = "Ia menemuinya", kata Wati.
1\t"\t"\tPUNCT\t_\t_\t3\tpunct\t_\tSpaceAfter=No
2\tIa\tia\tPRON\t_\t_\t3\tnsubj\t_\t_
3-4\tmenemuinya\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\tmenemui\ttemu\tVERB\t_\t_\t0\troot\t_\t_
4\tnya\tnya\tPRON\t_\t_\t3\tobj\t_\t_
5\t"\t"\tPUNCT\t_\t_\t3\tpunct\t_\tSpaceAfter=No
6\t,\t,\tPUNCT\t_\t_\t3\tpunct\t_\t_
7\tkata\tkata\tVERB\t_\t_\t3\tparataxis\t_\t_
8\tWati\tWati\tPROPN\t_\t_\t7\tnsubj\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_
"""

Row = tuple[str, ...]


def read(nlp: Language, tmp_path: Path, *sentences: str) -> list[Doc]:
    path = tmp_path / "bank.conllu"
    path.write_text("\n".join(sentences) + "\n", encoding="utf-8")
    return list(treebank(nlp, path))


def rows(text: str) -> list[Row]:
    """Number, form, tag, head, relation and spacing of every row."""
    cells = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    assert all(len(row) == 10 for row in cells)
    return [(row[0], row[1], row[3], row[6], row[7], row[9]) for row in cells]


@pytest.mark.parametrize("sentence", [HOUSE, MEETING])
def test_a_sentence_written_again_is_the_same(nlp: Language, tmp_path: Path, sentence: str) -> None:
    (doc,) = read(nlp, tmp_path, sentence)
    assert rows("".join(conllu(doc))) == rows(sentence)
    assert f"# text = {doc.text.strip()}" == sentence.splitlines()[0]


def test_a_word_with_a_clitic_is_one_token(nlp: Language, tmp_path: Path) -> None:
    house, meeting = read(nlp, tmp_path, HOUSE, MEETING)
    assert [token.text for token in house] == ["Rumahnya", "dibeli", "Wati", "."]
    assert [token.head.text for token in house] == ["dibeli", "dibeli", "dibeli", "dibeli"]
    assert house[0].morph.get("Clitic") == ["nmod"]
    assert meeting[2].morph.get("Clitic") == ["obj"]
    assert [token.morph.get("Clitic") for token in house[1:]] == [[], [], []]


def test_relations_are_read_without_their_subtypes(nlp: Language, tmp_path: Path) -> None:
    (doc,) = read(nlp, tmp_path, HOUSE.replace("nsubj", "nsubj:pass").replace("nmod", "nmod:poss"))
    assert doc[0].dep_ == "nsubj"
    assert doc[0].morph.get("Clitic") == ["nmod"]


def test_a_word_whose_clitic_governs_it_is_whole(nlp: Language, tmp_path: Path) -> None:
    according = """\
1-2\tMenurutnya\t_\t_\t_\t_\t_\t_\t_\t_
1\tMenurut\tturut\tADP\t_\t_\t2\tcase\t_\t_
2\tnya\tnya\tPRON\t_\t_\t3\tobl\t_\t_
3\tbaik\tbaik\tADJ\t_\t_\t0\troot\t_\t_
"""
    (doc,) = read(nlp, tmp_path, according)
    assert [(token.text, token.pos_, token.dep_, str(token.morph)) for token in doc] == [
        ("Menurutnya", "PRON", "obl", ""),
        ("baik", "ADJ", "ROOT", ""),
    ]


def test_empty_nodes_and_inner_spaces_do_no_harm(nlp: Language, tmp_path: Path) -> None:
    price = """\
1\t10 000\t10 000\tNUM\t_\t_\t2\tnummod\t_\t_
1.1\tadalah\t_\tVERB\t_\t_\t_\t_\t_\t_
2\trupiah\trupiah\tNOUN\t_\t_\t0\troot\t_\t_
"""
    nameless = "1\t \t_\tX\t_\t_\t0\troot\t_\t_\n"
    (doc,) = read(nlp, tmp_path, price, nameless)
    assert [token.text for token in doc] == ["10_000", "rupiah"]


def test_a_tree_says_nothing_of_names(nlp: Language, tmp_path: Path) -> None:
    (doc,) = read(nlp, tmp_path, HOUSE)
    assert all(doc.has_annotation(what) for what in ("DEP", "POS", "MORPH", "SENT_START"))
    assert not doc.has_annotation("ENT_IOB")


@pytest.mark.parametrize(
    ("word", "feature", "seen"),
    [
        ("rumahnya", "Clitic=nmod", "nya"),
        ("RUMAHNYA", "Clitic=nmod", "nya"),
        ("siapakah", "Clitic=advmod", "kah"),
        ("rumahku", "Clitic=nmod", "ku"),
        ("rumahnya", "", ""),
        ("rumah", "Clitic=nmod", ""),
        ("anya", "Clitic=nmod", ""),
    ],
)
def test_a_clitic_is_seen_where_model_and_word_agree(nlp: Language, word: str, feature: str, seen: str) -> None:
    assert clitic(Doc(nlp.vocab, words=[word], morphs=[feature])[0]) == seen


def test_line_breaks_are_not_written(nlp: Language) -> None:
    doc = Doc(
        nlp.vocab,
        words=["\n", "Wati", "\n", "pulang", "\n", "Budi", "pergi"],
        heads=[0, 3, 3, 3, 3, 6, 6],
        deps=["ROOT", "nsubj", "dep", "ROOT", "dep", "nsubj", "ROOT"],
        pos=["SPACE", "PROPN", "SPACE", "VERB", "SPACE", "PROPN", "VERB"],
        sent_starts=[True, True, False, False, False, True, False],
    )
    assert [[row[:5] for row in rows(sentence)] for sentence in conllu(doc)] == [
        [("1", "Wati", "PROPN", "2", "nsubj"), ("2", "pulang", "VERB", "0", "root")],
        [("1", "Budi", "PROPN", "2", "nsubj"), ("2", "pergi", "VERB", "0", "root")],
    ]
