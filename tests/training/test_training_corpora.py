"""What the model learns from, put together on our own tokens."""

from __future__ import annotations

import json
from pathlib import Path

import articles
import corpora
import pytest
import sentences
from columns import SETTINGS
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

TREE = "1\tWati\t_\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tpulang\t_\tVERB\t_\t_\t0\troot\t_\t_\n\n"
BANKS = ("csui-train", "gsd-dev", "gsd-test", "pud")
ARTICLE = {"id": "a1", "title": "Wati Pulang", "text": "Wati pulang ke Solok sejak Senin."}


def marked(nlp: Language, *lines: str) -> Doc:
    return corpora._document(nlp, [sentences.marked(line) for line in lines])


def names(doc: Doc) -> list[tuple[str, str]]:
    return [(name.text, name.label_) for name in doc.ents]


def test_paragraphs_of_ours_are_one_document_with_their_names(nlp: Language) -> None:
    doc = marked(nlp, "[PER Wati] ke [LOC Solok].", "[LOC Solok] hujan.")
    assert doc.text == "Wati ke Solok.\nSolok hujan."
    assert names(doc) == [("Wati", "PER"), ("Solok", "LOC"), ("Solok", "LOC")]
    assert [token.text for token in doc if token.is_sent_start] == ["Wati", "Solok"]


def test_a_name_grows_to_the_tokens_that_it_stands_in(nlp: Language) -> None:
    assert names(marked(nlp, "Kodim 0309/[LOC Solok] siaga.")) == [("0309/Solok", "LOC")]


def test_what_the_model_could_never_say_is_left_out(nlp: Language) -> None:
    doc = marked(nlp, "[PER Wati] pulang. Budi pergi ke", "[LOC Solok] hujan.")
    doc.ents = [doc.ents[0], Span(doc, 1, 4, "ORG"), Span(doc, 5, 8, "LOC")]
    assert names(doc) == [("Wati", "PER"), ("pulang. Budi", "ORG"), ("ke\nSolok", "LOC")]
    assert names(corpora.learnable(doc)) == [("Wati", "PER")]


def test_a_document_without_names_says_that_there_are_none(nlp: Language) -> None:
    doc = corpora.learnable(marked(nlp, "Hujan turun."))
    assert doc.has_annotation("ENT_IOB")
    assert [token.ent_iob_ for token in doc] == ["O", "O", "O"]


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (2, [2]), (3, [2, 1]), (4, [2, 2])])
def test_sentences_are_put_together(nlp: Language, count: int, sizes: list[int]) -> None:
    docs = corpora.together([marked(nlp, "[PER Wati] pulang.") for _ in range(count)], size=2)
    assert [len(doc.ents) for doc in docs] == sizes


def test_our_own_sentences_lose_hardly_a_name(nlp: Language) -> None:
    """One in a thousand may be lost: a full stop in it that our tokenizer takes for the end of a sentence."""
    docs = list(corpora.own(nlp))
    written = sum(
        len(found)
        for path in sentences.FOLDER.glob("*.txt")
        for document in sentences.documents(path)
        for _, found in document
    )
    assert sum(len(corpora.learnable(doc).ents) for doc in docs) >= 0.999 * written


@pytest.fixture(scope="module")
def work(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is put together from a small ../shared of our own."""
    folder = tmp_path_factory.mktemp("shared")
    fill(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(articles, "STANDOFF", folder / "articles.jsonl")
        patch.setattr(sentences, "FOLDER", folder / "own")
        patch.setattr(corpora, "WORK", folder / "work")
        patch.setattr(corpora, "blank", lambda: nlp)
        patch.setattr("sys.argv", ["corpora.py", str(folder)])
        corpora.main()
    return folder / "work"


def fill(folder: Path) -> None:
    """Writes one text of every kind."""
    for inner in ("data/ud", "data/ner", "data/news", "gold/articles", "gold/train", "gold/dev", "own"):
        (folder / inner).mkdir(parents=True)
    for name in (*BANKS, "csui-test"):
        (folder / f"data/ud/{name}.conllu").write_text(TREE, encoding="utf-8")
    for name, labels in SETTINGS["columns"].items():
        person = next(theirs for theirs, our in labels.items() if our == "PER")
        (folder / f"data/ner/{name}.txt").write_text(f"Wati B-{person}\npulang O\n", encoding="utf-8")
    entities = json.dumps({"entities": [{"type": "person", "mentions": ["Wati"]}]})
    for part in ("train", "dev"):
        (folder / f"gold/articles/{part}.jsonl").write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
        (folder / f"gold/{part}/a1.json").write_text(entities, encoding="utf-8")
    (folder / "data/news/detik-2026.jsonl").write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    standoff = json.dumps(articles.standoff(ARTICLE, {"Wati": "PER", "Solok": "LOC"}))
    (folder / "articles.jsonl").write_text(standoff + "\n", encoding="utf-8")
    (folder / "own/wati.txt").write_text("[PER Wati] pulang.\n", encoding="utf-8")


def written(nlp: Language, work: Path, name: str) -> list[Doc]:
    return list(DocBin().from_disk(work / f"{name}.spacy").get_docs(nlp.vocab))


def test_every_text_is_seen_as_often_as_its_weight(nlp: Language, work: Path) -> None:
    docs = written(nlp, work, "train")
    trees = [doc for doc in docs if doc.has_annotation("DEP")]
    assert len(docs) == sum(corpora.WEIGHTS.values())
    assert len(trees) == sum(corpora.WEIGHTS[name] for name in BANKS)
    assert len([doc for doc in docs if "Solok" in doc.text and len(doc.ents) == 3]) == corpora.WEIGHTS["articles"]


def test_trees_say_nothing_of_names_and_names_nothing_of_trees(nlp: Language, work: Path) -> None:
    for doc in written(nlp, work, "train") + written(nlp, work, "dev"):
        tree, named = doc.has_annotation("DEP"), doc.has_annotation("ENT_IOB")
        assert tree != named, doc.text
        assert tree == doc.has_annotation("POS")
        assert doc.has_annotation("SENT_START")


def test_what_measures_stands_apart(nlp: Language, work: Path) -> None:
    assert [doc.has_annotation("DEP") for doc in written(nlp, work, "dev")] == [True, False]
