"""Persons whom only their title gives away: "Menteri Pertahanan Korea Utara, Kang Sun-nam"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kg.nlp.layers import Name
from kg.nlp.titles import TitleSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

TITLED: Final = 0.75
"""Confidence; 3 in 4 were right on gold/train."""
NAME_WORDS: Final = 5
"""A person's name has at most so many words."""


def titled(doc: Doc, found: Sequence[Name], spans: Sequence[TitleSpan], words: frozenset[str]) -> Iterator[Name]:
    """Capitalised words after a title and its body, where no name was found; `words` are never names."""
    at = {name.start: name for name in found}
    taken = {token for name in found for token in range(name.start, name.end)}
    for span in spans:
        start = _after(doc, span, at)
        end = start or 0
        while start and end < len(doc) and end - start < NAME_WORDS and _is_name_word(doc, end, words) and end not in taken:
            end += 1
        if start and end - start >= 2 and end not in taken:
            yield Name(start, end, "person", "title", TITLED)


def _after(doc: Doc, span: TitleSpan, at: dict[int, Name]) -> int | None:
    """Where a name may begin: right after a rank, or after an office, its body and a comma."""
    if span.kind == "rank":
        return span.end
    token = _past_bracket(doc, span.end)
    while span.kind != "honorific" and token in at and at[token].type != "person":
        token = _past_bracket(doc, at[token].end)
        if token < len(doc) and doc[token].text == ",":
            return token + 1
    return None


def _past_bracket(doc: Doc, token: int) -> int:
    if token + 2 < len(doc) and doc[token].text == "(" and doc[token + 2].text == ")":
        return token + 3
    return token


def _is_name_word(doc: Doc, token: int, words: frozenset[str]) -> bool:
    text = doc[token].text
    return text[:1].isupper() and text[-1:].isalpha() and text not in words and text.casefold() not in words
