"""Learns floret vectors from raw news, without the articles that measure: training/work/vectors.

python training/vectors.py SHARED
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import floret
import spacy

from kg.nlp.tokens import tokenizer

WORK = Path(__file__).parent / "work"
DIM, BUCKETS = 80, 20_000
"""6.4 MB of vectors; floret's n-grams give every word one (set by the size of the model, 25 MB at most)."""


def held_out(shared: Path) -> set[str]:
    """Ids of the articles that measure."""
    lines = (shared / "gold/articles/dev.jsonl").open(encoding="utf-8")
    return {json.loads(line)["id"] for line in lines}


def texts(shared: Path) -> Iterator[str]:
    """Every raw text, the ones that measure left out."""
    out = held_out(shared)
    for path in sorted((shared / "data/news").glob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            article = json.loads(line)
            if article.get("id") not in out:
                yield f"{article.get('title') or ''}\n{article['text']}"


def main() -> None:
    shared = Path(sys.argv[1])
    WORK.mkdir(exist_ok=True)
    nlp = spacy.blank("id")
    nlp.tokenizer = tokenizer(nlp)
    with (WORK / "raw.jsonl").open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts(shared))
    with (WORK / "raw.txt").open("w", encoding="utf-8") as out:
        for doc in nlp.tokenizer.pipe(texts(shared)):
            out.write(" ".join(t.text for t in doc if not t.is_space) + "\n")
    model = floret.train_unsupervised(
        str(WORK / "raw.txt"),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=BUCKETS,
        dim=DIM,
        minn=3,
        maxn=5,
        minCount=5,
        epoch=12,
        neg=10,
        thread=2,
        lr=0.05,
    )
    model.save_floret_vectors(str(WORK / "vectors.floret"))


if __name__ == "__main__":
    main()
