"""B³ of names inside articles: how well the mentions of one thing are put together (Bagga & Baldwin 1998).

A mention that only one side has counts against the other (the variant of Cai & Strube 2010 without twinless repair).
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path

import articles
from spacy.language import Language

from kg.lang import pack
from kg.nlp import coreference, entities

Clusters = Mapping[Hashable, Hashable]
"""What each mention belongs to."""


def b_cubed(pairs: Iterable[tuple[Clusters, Clusters]]) -> dict[str, float]:
    """Precision, recall and F1 over all mentions of documents, each given as predicted and gold clusters."""
    sums = [0.0, 0, 0.0, 0]
    for predicted, gold in pairs:
        for position, (ours, theirs) in enumerate(((predicted, gold), (gold, predicted))):
            sums[2 * position] += sum(_overlap(mention, ours, theirs) for mention in ours)
            sums[2 * position + 1] += len(ours)
    precision, recall = sums[0] / max(sums[1], 1), sums[2] / max(sums[3], 1)
    f = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f": round(f, 4)}


def _overlap(mention: Hashable, ours: Clusters, theirs: Clusters) -> float:
    if mention not in theirs:
        return 0.0
    mine = {other for other, cluster in ours.items() if cluster == ours[mention]}
    same = {other for other in mine if other in theirs and theirs[other] == theirs[mention]}
    return len(same) / len(mine)


def inside_articles(nlp: Language, texts: Path, folder: Path) -> Iterator[tuple[Clusters, Clusters]]:
    """The clusters of every gold article, as the pipeline finds them and as they are annotated."""
    words = pack.load()
    for golden in articles.gold(nlp, texts, folder):
        doc = nlp(golden.text)
        found = coreference.chains(doc, entities.names(doc, words), words)
        mentioned = json.loads((folder / f"{golden.user_data['id']}.json").read_text(encoding="utf-8"))
        things = {m: e["id"] for e in mentioned["entities"] for m in e["mentions"]}
        predicted = {(n.start, n.end): chain.key for chain in found for n in chain.names}
        yield predicted, {(span.start, span.end): things[span.text] for span in golden.ents}
