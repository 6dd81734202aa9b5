"""Corpora of names with one token a line in IOB columns, turned into our labels (``corpora.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.tokens import mark_sentences

SETTINGS = tomllib.loads((Path(__file__).parent / "corpora.toml").read_text(encoding="utf-8"))


Marked = tuple[int, int, str]
"""A name in a text: begin and end in characters, and its type."""


def named(nlp: Language, path: Path, labels: dict[str, str]) -> Iterator[Doc]:
    """The sentences of a corpus in IOB columns, joined to text again and cut by our tokenizer."""
    for text, marked in published(path):
        yield _sentence(nlp, text, marked, labels)


def published(path: Path) -> Iterator[tuple[str, set[Marked]]]:
    """The sentences of a corpus in IOB columns as text, and its names: begin, end and type, as it marks them."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        rows = [line.split() for line in block.splitlines() if len(line.split()) >= 2]
        if rows:
            text, offsets = detokenised([row[0] for row in rows])
            stretches = _stretches([row[-1] for row in rows])
            yield text, {(offsets[first][0], offsets[last][1], tag) for first, last, tag in stretches}


def _sentence(nlp: Language, text: str, marked: set[Marked], labels: dict[str, str]) -> Doc:
    doc = mark_sentences(nlp.make_doc(text))
    spans = []
    for begin, end, tag in sorted(marked):
        if tag in labels:
            for first, last, kind in converted(text, begin, end, labels[tag]):
                span = doc.char_span(first, last, label=kind, alignment_mode="expand")
                if span is not None:
                    spans.append(span)
    doc.ents = spacy.util.filter_spans(spans)
    return doc


def _stretches(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    first = None
    for index, tag in enumerate([*tags, "O"]):
        if first is not None and tag != f"I-{tags[first][2:]}":
            yield first, index - 1, tags[first][2:]
            first = None
        if first is None and tag[:2] in {"B-", "I-"}:  # NER-UGM has names that begin with I-
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


_TITLES = re.compile(r"^(?:" + "|".join(SETTINGS["titles"]) + r")\.?\s+(?=[A-Z])")
_ABBREVIATED = re.compile(r"\s*\(\s*([A-Z][^()]*?)\s*\)$")
_BODIES = re.compile(r"^(?:" + "|".join(SETTINGS["bodies"]) + r")\b")


def converted(text: str, begin: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
    """A name after our policy: no title words, another name in brackets apart, bodies no places."""
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
