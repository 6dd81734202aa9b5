"""Turns the public corpora and the hand-annotated articles into spaCy's training format, on our own tokens.

    python training/corpora.py SHARED        writes training/work/{syntax,names}-{train,dev}.spacy

Names follow ../shared/gold/GUIDELINES.md: what other corpora do otherwise is converted (``labels.toml``).
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from kg.lang import pack
from kg.model import Article
from kg.nlp.boilerplate import reading
from kg.nlp.tokens import mark_sentences, tokenizer

HERE = Path(__file__).parent
WORK = HERE / "work"
GOLD_WEIGHT = 6
"""How often each gold article is seen for one time of a corpus sentence (the weight of the trial that
../shared/data/README.md tells of)."""
SENTENCES_A_DOC = 8
"""Corpus sentences are put together in documents of this many, as an article has them."""


def blank() -> Language:
    """The tokenizer of the pipeline, without components."""
    nlp = spacy.blank("id")
    nlp.tokenizer = tokenizer(nlp)
    return nlp


# Syntax: Universal Dependencies


def treebank(nlp: Language, path: Path) -> Iterator[Doc]:
    """The sentences of a CoNLL-U file; a word written as one is one token, whatever clitics it holds."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        doc = _tree(nlp, rows)
        if doc is not None:
            yield doc


def _tree(nlp: Language, rows: list[list[str]]) -> Doc | None:
    surface: list[tuple[list[str], list[int], bool]] = []
    until = 0
    for row in rows:
        spaced = "SpaceAfter=No" not in row[9]
        if "-" in row[0]:
            first, until = map(int, row[0].split("-"))
            surface.append((row, list(range(first, until + 1)), spaced))
        elif "." not in row[0] and int(row[0]) > until:
            surface.append((row, [int(row[0])], spaced))
    words = {int(row[0]): row for row in rows if row[0].isdigit()}
    home = {part: index for index, (_, parts, _) in enumerate(surface) for part in parts}
    tops = [_top(parts, words) for _, parts, _ in surface]
    heads, labels = [], []
    for index, top in enumerate(tops):
        head = int(words[top][6])
        heads.append(home[head] if head else index)
        labels.append(words[top][7].split(":")[0] if head else "ROOT")
    if any(not row[1].strip() for row, _, _ in surface):
        return None
    return Doc(
        nlp.vocab,
        words=[row[1].replace(" ", "_") for row, _, _ in surface],
        spaces=[spaced for _, _, spaced in surface],
        pos=[words[top][3] for top in tops],
        heads=heads,
        deps=labels,
        sent_starts=[index == 0 for index in range(len(surface))],
    )


def _top(parts: list[int], words: dict[int, list[str]]) -> int:
    """Of the words that one token holds, the one whose head lies outside."""
    return next((part for part in parts if int(words[part][6]) not in parts), parts[0])


# Names: corpora with one token a line


def named(nlp: Language, path: Path, labels: dict[str, str]) -> Iterator[Doc]:
    """The sentences of a corpus in IOB columns, joined to text again and cut by our tokenizer."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        rows = [line.split() for line in block.splitlines() if len(line.split()) >= 2]
        if rows:
            yield _sentence(nlp, [row[0] for row in rows], [row[-1] for row in rows], labels)


def _sentence(nlp: Language, words: list[str], tags: list[str], labels: dict[str, str]) -> Doc:
    text, offsets = detokenised(words)
    doc = mark_sentences(nlp.make_doc(text))
    spans = []
    for first, last, tag in _stretches(tags):
        label = labels.get(tag)
        if label is None:
            continue
        for begin, end, kind in converted(text, offsets[first][0], offsets[last][1], label):
            span = doc.char_span(begin, end, label=kind, alignment_mode="expand")
            if span is not None:
                spans.append(span)
    doc.ents = spacy.util.filter_spans(spans)
    return doc


def _stretches(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    first = None
    for index, tag in enumerate([*tags, "O"]):
        if first is not None and (not tag.startswith("I-")):
            yield first, index - 1, tags[first][2:]
            first = None
        if tag.startswith("B-"):
            first = index


def detokenised(words: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text that words were cut from, as well as can be told, and where each stands in it."""
    text, offsets, inside = "", [], False
    listed = list(words)
    for index, word in enumerate(listed):
        if text and not _glued(listed, index, inside):
            text += " "
        if word in {'"', "``", "''"}:
            inside = not inside
        written = '"' if word in {"``", "''"} else word
        offsets.append((len(text), len(text) + len(written)))
        text += written
    return text, offsets


def _glued(words: list[str], index: int, inside: bool) -> bool:
    word, before = words[index], words[index - 1]
    if word in {",", ".", ";", ":", "?", "!", ")", "]", "%", "”", "’"} or before in {"(", "[", "“", "‘"}:
        return True
    if word in {'"', "''"} and inside:
        return True
    if before in {'"', "``"} and inside:
        return True
    if word == "-" and index + 1 < len(words):
        return _reduplicated(before, words[index + 1])
    if before == "-" and index > 1:
        return _reduplicated(words[index - 2], word)
    return word == "/" or before == "/"


def _reduplicated(left: str, right: str) -> bool:
    """ "rata - rata" and "Jong - un" were one word; "Effendi - Lex" were two."""
    return (right[0].islower() and left.isalpha()) or (right[:1].isdigit() and left[-1:].isdigit())


LABELS = tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))
_TITLES = re.compile(r"^(?:" + "|".join(LABELS["titles"]) + r")\.?\s+(?=[A-Z])")
_ABBREVIATED = re.compile(r"\s*\(\s*([A-Z][\w\-/]+)\s*\)$")
_BODIES = re.compile(r"^(?:" + "|".join(LABELS["bodies"]) + r")\b")


def converted(text: str, begin: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
    """A name after our policy: no title words, an abbreviation in brackets apart, bodies no places."""
    if label == "PER":
        while title := _TITLES.match(text[begin:end]):
            begin += title.end()
    if label == "LOC" and _BODIES.match(text[begin:end]):
        label = "ORG"
    bracket = _ABBREVIATED.search(text[begin:end])
    if bracket:
        yield begin + bracket.start(1), begin + bracket.end(1), label
        end = begin + bracket.start()
    while begin < end and not text[begin].isalnum():
        begin += 1
    while end > begin and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    if end > begin:
        yield begin, end, label


# Names: articles annotated by hand

GOLD_LABELS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def annotated(nlp: Language, articles: Path, folder: Path) -> Iterator[Doc]:
    """The gold articles as they are read in use, every mention found again in the text, the longest first."""
    for line in articles.open(encoding="utf-8"):
        raw = json.loads(line)
        path = folder / f"{raw['id']}.json"
        if path.exists():
            gold = json.loads(path.read_text(encoding="utf-8"))
            article = Article(raw["id"], raw["text"], raw.get("title"))
            yield _found(nlp.make_doc(reading(article, pack.load()).text), gold)


def _found(doc: Doc, gold: dict[str, list[dict[str, object]]]) -> Doc:
    names = {
        str(mention): GOLD_LABELS[str(entity["type"])]
        for entity in gold["entities"]
        for mention in entity["mentions"]  # type: ignore[attr-defined]
    }
    taken: set[int] = set()
    spans: list[Span] = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", doc.text):
            span = doc.char_span(*match.span(), label=names[name])
            if span is not None and not taken & set(range(span.start, span.end)):
                taken |= set(range(span.start, span.end))
                spans.append(span)
    doc.ents = sorted(spans, key=lambda s: s.start)
    return mark_sentences(doc)


def together(docs: Iterable[Doc], size: int) -> Iterator[Doc]:
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
    doc.ents = [
        name
        for name in doc.ents
        if not any(marked[i].is_sent_start for i in range(name.start + 1, name.end))
        and not any(t.is_space for t in name)
    ]
    return doc


def write(docs: Iterable[Doc], name: str) -> None:
    """Writes documents for `spacy train`."""
    binary = DocBin(docs=(learnable(doc) for doc in docs), store_user_data=False)
    binary.to_disk(WORK / f"{name}.spacy")
    print(f"{name}: {len(binary)} documents", file=sys.stderr)


def main() -> None:
    shared, nlp = Path(sys.argv[1]), blank()
    WORK.mkdir(exist_ok=True)
    ud, ner, gold = shared / "data/ud", shared / "data/ner", shared / "gold"
    trees = [d for name in ("csui-train", "gsd-dev", "gsd-test", "pud") for d in treebank(nlp, ud / f"{name}.conllu")]
    write(together(trees, SENTENCES_A_DOC), "syntax-train")
    write(together(treebank(nlp, ud / "csui-test.conllu"), SENTENCES_A_DOC), "syntax-dev")
    corpora = [
        doc
        for name, labels in LABELS["corpora"].items()
        for doc in together(named(nlp, ner / f"{name}.txt", labels), SENTENCES_A_DOC)
    ]
    train = list(annotated(nlp, gold / "articles/train.jsonl", gold / "train"))
    write([*corpora, *train * GOLD_WEIGHT], "names-train")
    write(annotated(nlp, gold / "articles/dev.jsonl", gold / "dev"), "names-dev")


if __name__ == "__main__":
    main()
