"""Puts together what the model learns from, on our own tokens: training/work/{train,dev}.spacy.

    python training/corpora.py SHARED

Treebanks teach tags and trees and say nothing of names; corpora of names say nothing of trees; spaCy learns from each
what it says. How often each is seen stands in ``corpora.toml``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import articles
import sentences
import spacy
from columns import SETTINGS, named
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from treebanks import treebank

from kg.nlp.tokens import mark_sentences, tokenizer

WORK = Path(__file__).parent / "work"
SENTENCES_A_DOC = 8
"""Corpus sentences are put together in documents of this many, as an article has them."""
WEIGHTS: dict[str, int] = SETTINGS["weights"]


def blank() -> Language:
    """The tokenizer of the pipeline, without components."""
    nlp = spacy.blank("id")
    nlp.tokenizer = tokenizer(nlp)
    return nlp


def own(nlp: Language) -> Iterator[Doc]:
    """Our own sentences, a document as it stands in its file."""
    for path in sorted(sentences.FOLDER.glob("*.txt")):
        for paragraphs in sentences.documents(path):
            yield _document(nlp, paragraphs)


def _document(nlp: Language, paragraphs: list[sentences.Marked]) -> Doc:
    doc = mark_sentences(nlp.make_doc("\n".join(text for text, _ in paragraphs)))
    spans, offset = [], 0
    for text, names in paragraphs:
        for begin, end, label in names:
            spans.append(doc.char_span(offset + begin, offset + end, label=label, alignment_mode="expand"))
        offset += len(text) + 1
    doc.ents = spacy.util.filter_spans([span for span in spans if span is not None])
    return doc


def together(docs: Iterable[Doc], size: int = SENTENCES_A_DOC) -> Iterator[Doc]:
    """Documents of several sentences each."""
    batch: list[Doc] = []
    for doc in docs:
        batch.append(doc)
        if len(batch) == size:
            yield Doc.from_docs(batch)
            batch = []
    if batch:
        yield Doc.from_docs(batch)


def learnable(doc: Doc) -> Doc:
    """The document without names that the model could never say: across sentences, or with white space in them."""
    marked = mark_sentences(Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]))
    doc.ents = [name for name in doc.ents if _sayable(name, marked)]
    return doc


def _sayable(name: Span, marked: Doc) -> bool:
    starts = any(marked[i].is_sent_start for i in range(name.start + 1, name.end))
    return not starts and not any(t.is_space for t in name)


def trees(nlp: Language, ud: Path) -> Iterator[Doc]:
    """Every treebank but the one that measures, as often as its weight."""
    for name in SETTINGS["treebanks"]:
        yield from list(together(treebank(nlp, ud / f"{name}.conllu"))) * WEIGHTS[name]


def names(nlp: Language, shared: Path) -> Iterator[Doc]:
    """Every text with its names marked, as often as its weight."""
    for name, labels in SETTINGS["columns"].items():
        yield from list(together(named(nlp, shared / f"data/ner/{name}.txt", labels))) * WEIGHTS[name]
    yield from list(articles.gold(nlp, shared / "gold/articles/train.jsonl", shared / "gold/train")) * WEIGHTS["gold"]
    yield from list(articles.ours(nlp, shared / "data/news")) * WEIGHTS["articles"]
    yield from list(own(nlp)) * WEIGHTS["sentences"]


def write(docs: Iterable[Doc], name: str) -> None:
    """Writes documents for `spacy train`."""
    binary = DocBin(docs=docs, store_user_data=False)
    binary.to_disk(WORK / f"{name}.spacy")
    print(f"{name}: {len(binary)} documents", file=sys.stderr)


def main() -> None:
    shared, nlp = Path(sys.argv[1]), blank()
    WORK.mkdir(exist_ok=True)
    write([*trees(nlp, shared / "data/ud"), *map(learnable, names(nlp, shared))], "train")
    measuring = articles.gold(nlp, shared / "gold/articles/dev.jsonl", shared / "gold/dev")
    write([*together(treebank(nlp, shared / "data/ud/csui-test.conllu")), *map(learnable, measuring)], "dev")


if __name__ == "__main__":
    main()
