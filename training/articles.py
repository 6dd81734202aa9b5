"""Articles annotated by hand: the gold ones of ../shared/gold and ours, kept without their text.

    python training/articles.py SHARED LISTS...      writes training/articles.jsonl from lists of names

A line of ``articles.jsonl`` is an article of ../shared/data/news: its id, a digest of its text, and its names as
``[begin, end, type]`` in characters of the title and of the text. A list of names, as an annotator writes it, is::

    === g41
    PER: Budi Santoso; Budi
    ORG: Komisi Pemberantasan Korupsi; KPK
    LOC: Bandung
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.lang import pack
from kg.model import Article
from kg.nlp.boilerplate import reading
from kg.nlp.tokens import mark_sentences

STANDOFF = Path(__file__).parent / "articles.jsonl"
GOLD_LABELS = {"person": "PER", "organization": "ORG", "place": "LOC"}

Names = dict[str, str]
"""The surface forms of an article's names, and what each is."""


def gold(nlp: Language, articles: Path, folder: Path) -> Iterator[Doc]:
    """The gold articles as they are read in use, with their names."""
    for raw in _lines([articles]):
        path = folder / f"{raw['id']}.json"
        if path.exists():
            entities = json.loads(path.read_text(encoding="utf-8"))["entities"]
            yield _doc(nlp, raw, {m: GOLD_LABELS[e["type"]] for e in entities for m in e["mentions"]})


def ours(nlp: Language, news: Path) -> Iterator[Doc]:
    """The articles that we annotated, with their names. Raises ValueError where an article's text is another."""
    annotated = {line["id"]: line for line in _lines([STANDOFF])}
    for raw in _lines(sorted(news.glob("detik-*.jsonl"))):
        if standoff := annotated.get(raw["id"]):
            if digest(raw) != standoff["digest"]:
                raise ValueError(f"{news}: article {raw['id']} is not the text that {STANDOFF} annotates")
            yield _doc(nlp, raw, _names(raw, standoff))


def _names(raw: dict[str, Any], standoff: dict[str, Any]) -> Names:
    return {raw[part][begin:end]: label for part in ("title", "text") for begin, end, label in standoff[part]}


def _doc(nlp: Language, raw: dict[str, Any], names: Names) -> Doc:
    article = Article(raw["id"], raw["text"], raw.get("title"))
    doc = nlp.make_doc(reading(article, pack.load()).text)
    found = (doc.char_span(begin, end, label=label) for begin, end, label in occurrences(doc.text, names))
    taken: set[int] = set()
    spans: list[Span] = []
    for span in found:
        if span is not None and not taken & set(range(span.start, span.end)):
            taken |= set(range(span.start, span.end))
            spans.append(span)
    doc.ents = sorted(spans, key=lambda s: s.start)
    doc.user_data["id"] = article.id
    return mark_sentences(doc)


def occurrences(text: str, names: Names) -> Iterator[tuple[int, int, str]]:
    """Where each name stands as whole words, the longest first."""
    for name in sorted(names, key=lambda n: (-len(n), n)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield *match.span(), names[name]


def digest(raw: dict[str, Any]) -> str:
    """What an annotation holds for: the title and the text."""
    return hashlib.sha256(f"{raw.get('title')}\n{raw['text']}".encode()).hexdigest()[:16]


def lists(path: Path) -> Iterator[tuple[str, Names]]:
    """The articles of a list of names, as an annotator writes it. Raises ValueError where a line is none of it."""
    for block in re.split(r"^===", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        article, *lines = block.splitlines()
        if not article.strip():
            raise ValueError(f"{path}: no article's id after ===")
        names: Names = {}
        for line in filter(str.strip, lines):
            for name, label in _listed(line, f"{path}: article {article.strip()}"):
                if names.setdefault(name, label) != label:
                    raise ValueError(f"{path}: article {article.strip()}: {name!r} is {names[name]} and {label}")
        yield article.strip(), names


def _listed(line: str, where: str) -> Iterator[tuple[str, str]]:
    label, colon, listed = line.partition(":")
    if not colon or label not in GOLD_LABELS.values():
        raise ValueError(f"{where}: no list of names: {line!r}")
    yield from ((name.strip(), label) for name in listed.split(";") if name.strip())


def standoff(raw: dict[str, Any], names: Names) -> dict[str, Any]:
    """The annotation of one article without its text."""
    return {"id": raw["id"], "digest": digest(raw)} | {
        part: _apart(occurrences(raw.get(part) or "", names)) for part in ("title", "text")
    }


def _apart(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for begin, end, label in found:
        if all(end <= b or begin >= e for b, e, _ in kept):
            kept.append((begin, end, label))
    return sorted(kept)


def _lines(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def main() -> None:
    news = Path(sys.argv[1]) / "data/news"
    annotated = {article: names for path in sys.argv[2:] for article, names in lists(Path(path))}
    written = [
        json.dumps(standoff(raw, annotated[raw["id"]]))
        for raw in _lines(sorted(news.glob("detik-*.jsonl")))
        if raw["id"] in annotated
    ]
    STANDOFF.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    print(f"{STANDOFF}: {len(written)} of {len(annotated)} articles", file=sys.stderr)


if __name__ == "__main__":
    main()
