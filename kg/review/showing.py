"""Items as text for a terminal, as a table, and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, Final

from kg.rdf.terms import text
from kg.review.items import Item, Sentence, Side
from kg.store.base import Solutions

WIDTH: Final = 100
INDENT: Final = "    "


def told(item: Item, sides: tuple[Side, Side]) -> str:
    """All that a person needs to answer, in lines of WIDTH characters."""
    lines = [f"{' = '.join(side.label for side in sides)} ?   (score {item.score:.2f})"]
    lines += [f"  {reason}" for reason in item.reasons]
    for letter, side in zip("AB", sides, strict=True):
        lines += ["", f"{letter}  {side.label}   {side.about}   {_articles(side)}", *_evidence(side)]
    return "\n".join(lines) + "\n"


def as_json(item: Item, sides: tuple[Side, Side]) -> dict[str, Any]:
    """The item with its sides, for programs."""
    return {**asdict(item), "sides": [asdict(side) for side in sides]}


def as_table(items: Iterable[tuple[Item, tuple[Side, Side]]]) -> Solutions:
    """The items as rows for kg.render."""
    columns = ("score", "a", "b", "articles", "reasons")
    return Solutions(columns, (tuple(map(text, _row(*each))) for each in items))


def _row(item: Item, sides: tuple[Side, Side]) -> tuple[str, ...]:
    named = (f"{side.label} ({side.about})" for side in sides)
    articles = " + ".join(str(side.articles) for side in sides)
    return f"{item.score:.2f}", *named, articles, "; ".join(item.reasons)


def _articles(side: Side) -> str:
    return "1 article" if side.articles == 1 else f"{side.articles} articles"


def _evidence(side: Side) -> Iterator[str]:
    if side.names:
        yield from _wrapped(f"also: {', '.join(side.names)}")
    for line in (*side.offices, *side.more):
        yield from _wrapped(line)
    for sentence in side.sentences:
        yield from _wrapped(f"{_where(sentence)}: “{sentence.text}”")


def _where(sentence: Sentence) -> str:
    return f"{sentence.published or 'undated'} {sentence.outlet or sentence.article}"


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT * 2)
