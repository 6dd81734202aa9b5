"""Silver labels: sentences of raw news that several models read alike, tree and names: training/work/silver.spacy.

    python training/silver.py SHARED MODEL MODEL...

What models of different seeds agree on is right more often than what one of them says (co-training; Blum & Mitchell
1998, tri-training; Zhou & Li 2005). Articles that measure, or that hands annotated, are left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import articles
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from vectors import held_out

from kg.lang import pack
from kg.model import Article
from kg.nlp import pipeline
from kg.nlp.boilerplate import reading

WORK = Path(__file__).parent / "work"
ARTICLES = 1200
"""Articles read for silver labels: every second that has no annotation."""
SHORTEST, LONGEST = 6, 60
"""Tokens of a sentence worth learning: shorter ones teach no tree, longer ones are lists."""
SENTENCES_A_DOC = 8


def raw(shared: Path) -> Iterator[str]:
    """Texts of articles that neither measure nor are annotated."""
    known = held_out(shared) | {line["id"] for line in map(json.loads, articles.STANDOFF.open(encoding="utf-8"))}
    known |= {path.stem for path in (shared / "gold/train").glob("*.json")}
    for path in sorted((shared / "data/news").glob("detik-*.jsonl")):
        for line in islice(path.open(encoding="utf-8"), 0, None, 2):
            article = json.loads(line)
            if article["id"] not in known:
                yield reading(Article(article["id"], article["text"], article.get("title")), pack.load()).text


def alike(readings: tuple[Doc, ...]) -> Iterator[Span]:
    """The sentences that all models read alike."""
    first = readings[0]
    for sentence in first.sents:
        if SHORTEST <= len(sentence) <= LONGEST and not any(token.is_space for token in sentence[:-1]):
            said = {_said(doc, sentence.start, sentence.end) for doc in readings}
            if len(said) == 1:
                yield sentence


def _said(doc: Doc, start: int, end: int) -> tuple[tuple[object, ...], ...]:
    return tuple((t.head.i, t.dep, t.pos, str(t.morph), t.ent_iob, t.ent_type, t.is_sent_start) for t in doc[start:end])


def learned(sentences: Iterator[Span]) -> Iterator[Doc]:
    """Documents of several sentences, without line breaks, which no treebank has."""
    batch: list[Doc] = []
    for sentence in sentences:
        end = sentence.end - 1 if sentence[-1].is_space else sentence.end
        batch.append(sentence.doc[sentence.start : end].as_doc())
        if len(batch) == SENTENCES_A_DOC:
            yield Doc.from_docs(batch)
            batch = []


def read(models: list[Language], texts: list[str]) -> Iterator[Span]:
    """The sentences of the texts that all models read alike."""
    for readings in zip(*(model.pipe(texts, batch_size=pipeline.BATCH_DOCS) for model in models), strict=True):
        yield from alike(readings)


def main() -> None:
    shared, models = Path(sys.argv[1]), [pipeline.read(Path(path)) for path in sys.argv[2:]]
    binary = DocBin(docs=learned(read(models, list(islice(raw(shared), ARTICLES)))), store_user_data=False)
    binary.to_disk(WORK / "silver.spacy")
    words = sum(len(doc) for doc in binary.get_docs(spacy.blank("id").vocab))
    print(f"silver: {len(binary)} documents, {words} tokens", file=sys.stderr)


if __name__ == "__main__":
    main()
