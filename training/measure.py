"""Measures a pipeline on what it never learnt from.

    python training/measure.py SHARED MODEL          prints one JSON object
    python training/measure.py SHARED MODEL --quick  only names on idner, trees on CSUI, words a second

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

import bcubed
from columns import SETTINGS, named, published
from corpora import learnable
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example
from treebanks import conllu

from kg.nlp import pipeline, tokens  # noqa: F401  (registers our components)

ROOT = Path(__file__).parent.parent
SPEED_ARTICLES, RUNS = 150, 3


def names(nlp: Language, path: Path) -> dict[str, object]:
    """Precision, recall and F1 of names on a corpus in IOB columns, exact spans and types."""
    golden = [learnable(doc) for doc in named(nlp, path, SETTINGS["columns"]["idner-train"])]
    examples = [Example(nlp(doc.text), doc) for doc in golden]
    scores = Scorer().score_spans(examples, "ents", has_annotation=lambda doc: doc.has_annotation("ENT_IOB"))
    strict = _as_published(nlp, path)
    return {"f": round(scores["ents_f"], 4), "f, labels as published": strict} | {
        label: round(figures["f"], 3) for label, figures in sorted(scores["ents_per_type"].items())
    }


def _as_published(nlp: Language, path: Path) -> float:
    """F1 against the spans as the corpus marks them, titles and brackets included, that our policy leaves out."""
    hits = said = true = 0
    for text, spans in published(path):
        found = {(e.start_char, e.end_char, e.label_) for e in nlp(text).ents}
        hits, said, true = hits + len(found & spans), said + len(found), true + len(spans)
    return round(2 * hits / (said + true), 4)


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
    """Words a second of CPU time through the whole pipeline: the best of three runs, as other work only slows one."""
    lines = path.read_text(encoding="utf-8").split("\n")[:SPEED_ARTICLES]
    texts = [json.loads(line)["text"] for line in lines]
    return max(_speed(nlp, texts) for _ in range(RUNS))


def _speed(nlp: Language, texts: list[str]) -> int:
    begun = time.process_time()
    docs = list(nlp.pipe(texts, batch_size=pipeline.BATCH_DOCS))
    seconds = time.process_time() - begun
    return round(sum(not token.is_space for doc in docs for token in doc) / seconds)


def gold(shared: Path) -> dict[str, float]:
    """F1 on dev and seeds of the gold, as the gate measures it with the installed `kg`, be it under a floor or not."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        gate = [sys.executable, str(ROOT / ".ci/gate.py"), "--shared", str(shared), "--json", str(out)]
        subprocess.run(gate, check=False, stdout=subprocess.DEVNULL)
        found: dict[str, float] = json.loads(out.read_text(encoding="utf-8"))
    return {name: round(f, 4) for name, f in found.items()}


def figures(shared: Path, model: Path, quick: bool = False) -> dict[str, object]:
    """All figures of a model; those on gold need it in the language pack, and are left out where `quick`."""
    nlp = pipeline.read(model)
    found: dict[str, object] = {
        "idner-test": names(nlp, shared / "data/ner/idner-test.txt"),
        "csui-test": trees(nlp, shared / "data/ud/csui-test.conllu"),
        "words a second": speed(nlp, shared / "data/news/detik-2026.jsonl"),
        "megabytes": round(sum(p.stat().st_size for p in model.rglob("*") if p.is_file()) / 1e6, 1),
    }
    if quick:
        return found
    clusters = bcubed.inside_articles(nlp, shared / "gold/articles/dev.jsonl", shared / "gold/dev")
    return found | {"gold": gold(shared), "gold dev, B³": bcubed.b_cubed(clusters)}


def main() -> None:
    print(json.dumps(figures(Path(sys.argv[1]), Path(sys.argv[2]), "--quick" in sys.argv), ensure_ascii=False))


if __name__ == "__main__":
    main()
