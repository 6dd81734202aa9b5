"""Measures a pipeline on what it never learnt from: names on idner, trees on CSUI from raw text, words a second.

    python training/measure.py SHARED MODEL      prints one JSON object

Trees are scored by the official script of the CoNLL shared tasks (``udeval`` of the package udtools; definitions:
https://universaldependencies.org/conll18/evaluation.html): sentences are put together into one raw text, cut by our
tokenizer and sentence splitter, clitics split off as the treebank does.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import spacy
from columns import SETTINGS, named
from corpora import learnable
from treebanks import conllu
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

from kg.nlp import pipeline, tokens  # noqa: F401  (registers our components)

SPEED_ARTICLES = 150


def names(nlp: Language, path: Path) -> dict[str, object]:
    """Precision, recall and F1 of names on a corpus in IOB columns, exact spans and types."""
    golden = [learnable(doc) for doc in named(nlp, path, SETTINGS["columns"]["idner-train"])]
    examples = [Example(nlp(doc.text), doc) for doc in golden]
    scores = Scorer().score_spans(examples, "ents", has_annotation=lambda doc: doc.has_annotation("ENT_IOB"))
    return {"f": round(scores["ents_f"], 4)} | {
        label: round(figures["f"], 3) for label, figures in sorted(scores["ents_per_type"].items())
    }


def raw_text(path: Path) -> str:
    """The text of a treebank as UD prints it without paragraph marks: its sentences, a space between two."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return " ".join(line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))


def trees(nlp: Language, path: Path) -> dict[str, float]:
    """F1 of words, sentences, tags and dependencies from raw text."""
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as system:
        system.writelines(conllu(nlp(raw_text(path))))
        system.flush()
        command = [str(Path(sys.executable).with_name("udeval")), "-v", str(path), system.name]
        table = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines() if "|" in line]
    return {row[0]: float(row[3]) for row in rows if row[0] in {"Words", "Sentences", "UPOS", "UAS", "LAS"}}


def speed(nlp: Language, path: Path) -> int:
    """Words a second of CPU time through the whole pipeline, on texts it has warmed up with."""
    lines = path.read_text(encoding="utf-8").splitlines()[:SPEED_ARTICLES]
    texts = [json.loads(line)["text"] for line in lines]
    nlp(texts[0])
    begun = time.process_time()
    words = sum(sum(not t.is_space for t in doc) for doc in nlp.pipe(texts, batch_size=pipeline.BATCH_DOCS))
    return round(words / (time.process_time() - begun))


def main() -> None:
    shared, model = Path(sys.argv[1]), Path(sys.argv[2])
    nlp = pipeline.read(model)
    figures = {
        "idner-test": names(nlp, shared / "data/ner/idner-test.txt"),
        "csui-test": trees(nlp, shared / "data/ud/csui-test.conllu"),
        "words a second": speed(nlp, shared / "data/news/detik-2026.jsonl"),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
