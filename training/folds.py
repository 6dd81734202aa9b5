"""NER-UGM and NER-UI in five folds, beside IndoLEM's figures (IndoBERT: 74.9 and 90.1; Koto et al. 2020, COLING).

    python training/folds.py SHARED CORPUS...      after vectors, pretraining; prints F1 of each fold and their mean

A fold is every fifth sentence; IndoLEM's own cuts are not in ../shared/data. The model of a fold learns names alone,
from the other four folds alone, with the labels as published; F1 is by exact spans.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import riwayat_code  # noqa: F401  (registers our components, and numpy's matrices)
import spacy
from columns import published
from corpora import WORK, blank, learnable, together
from spacy.cli.train import train
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example

FOLDS, STEPS = 5, 450
"""Few steps, to keep the ten trainings within half an hour of one core."""


def sentences(path: Path) -> Iterator[Doc]:
    """The sentences of a corpus with its own labels."""
    nlp = blank()
    for text, marked in published(path):
        doc = nlp.make_doc(text)
        spans = [doc.char_span(b, e, label=tag, alignment_mode="expand") for b, e, tag in sorted(marked)]
        doc.ents = spacy.util.filter_spans([span for span in spans if span is not None])
        yield doc


def score(docs: list[Doc], fold: int) -> float:
    """F1 of one fold by a model of the others."""
    held = [doc for index, doc in enumerate(docs) if index % FOLDS == fold]
    rest = [doc for index, doc in enumerate(docs) if index % FOLDS != fold]
    DocBin(docs=together(learnable(doc.copy()) for doc in rest)).to_disk(WORK / "fold.spacy")
    DocBin(docs=together(learnable(doc.copy()) for doc in held)).to_disk(WORK / "fold-dev.spacy")
    settings = {
        "nlp.pipeline": ["riwayat_sentences", "tok2vec", "ner"],
        "paths.train": str(WORK / "fold.spacy"),
        "paths.dev": str(WORK / "fold-dev.spacy"),
        "paths.vectors": str(WORK / "vectors"),
        "paths.init": str(WORK / "pretrained/model1.bin"),
        "training.max_steps": STEPS,
        "training.eval_frequency": STEPS,
        "training.optimizer.learn_rate.total_steps": STEPS,
    }
    train(Path(__file__).parent / "model.cfg", WORK / "fold", overrides=settings)
    nlp = spacy.load(WORK / "fold/model-last")
    examples = [Example(nlp(doc.text), doc) for doc in held]
    return float(Scorer().score_spans(examples, "ents")["ents_f"])


def main() -> None:
    for corpus in sys.argv[2:]:
        docs = list(sentences(Path(sys.argv[1]) / f"data/ner/{corpus}.txt"))
        scores = []
        for fold in range(FOLDS):
            scores.append(score(docs, fold))
            print(corpus, "fold", fold, round(scores[-1], 4), flush=True)
        print(corpus, "mean", round(sum(scores) / FOLDS, 4), flush=True)


if __name__ == "__main__":
    main()
