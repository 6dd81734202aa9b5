"""Names that the model misses or cuts, found by what stands before them: a title, a kind of body, half of the name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.model import EntityType
from kg.nlp.layers import Name
from kg.nlp.titles import TitleSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

RULED: Final = 0.75
"""Confidence of what these rules find: below the model's, set by hand."""
NAME_WORDS: Final = 5
"""A person's name has at most so many words."""
BODY_WORDS: Final = 7
"""A body's name found by its first word has at most so many words."""


def titled(doc: Doc, found: Sequence[Name], spans: Sequence[TitleSpan], words: frozenset[str]) -> Iterator[Name]:
    """Capitalised words after a title and its body, where no name was found; `words` are never names.

    "Menteri Pertahanan Korea Utara, Kang Sun-nam", and without the comma after a place
    """
    at = {name.start: name for name in found}
    taken = {token for name in found for token in range(name.start, name.end)}
    for span in spans:
        start = _after(doc, span, at)
        if start is None:
            continue
        end = start
        while end < len(doc) and end - start < NAME_WORDS and _is_name_word(doc, end, words) and end not in taken:
            end += 1
        if end - start >= 2 and end not in taken:
            yield Name(start, end, "person", "title", RULED)


def bodies(doc: Doc, found: Sequence[Name], first_words: Mapping[str, EntityType]) -> Iterator[Name]:
    """Capitalised words from one that begins the name of a body: "Dewan Keamanan Rusia".

    A person's name ends it, and it begins where the model has begun no name.
    """
    persons = {token for name in found if name.type == "person" for token in range(name.start, name.end)}
    inside = {token for name in found for token in range(name.start, name.end)}
    for token in doc:
        if first_words.get(token.text) != "organization" or token.i in inside or token.is_sent_start:
            continue
        end = token.i + 1
        while end < len(doc) and end - token.i < BODY_WORDS and end not in persons and _is_capital(doc, end):
            end += 1
        if end - token.i >= 3:
            yield Name(token.i, end, "organization", "body", RULED)


def widened(doc: Doc, found: Sequence[Name], words: frozenset[str]) -> Iterator[Name]:
    """Persons with the first word of their name that the model left out: "Kang Sun Nam" where it has "Sun Nam"."""
    taken = {token for name in found for token in range(name.start, name.end)}
    for name in found:
        before = name.start - 1
        cut = name.type == "person" and before > 0 and before not in taken and before - 1 in taken
        if cut and _is_name_word(doc, before, words) and len(doc[before].text) > 1:
            yield replace(name, start=before)
        else:
            yield name


def _after(doc: Doc, span: TitleSpan, at: Mapping[int, Name]) -> int | None:
    """Where a name may begin: right after a rank, or after an office, its body and a comma."""
    if span.kind == "rank":
        return span.end
    token = _past_bracket(doc, span.end)
    while span.kind != "honorific" and token in at and at[token].type != "person":
        kind, token = at[token].type, _past_bracket(doc, at[token].end)
        if token < len(doc) and doc[token].text == ",":
            return token + 1
        if token < len(doc) and kind == "place" and token not in at and _is_capital(doc, token):
            return token
    return None


def _past_bracket(doc: Doc, token: int) -> int:
    if token + 2 < len(doc) and doc[token].text == "(" and doc[token + 2].text == ")":
        return token + 3
    return token


def _is_capital(doc: Doc, token: int) -> bool:
    text = doc[token].text
    return text[:1].isupper() and text[-1:].isalpha()


def _is_name_word(doc: Doc, token: int, words: frozenset[str]) -> bool:
    text = doc[token].text
    return _is_capital(doc, token) and text not in words and text.casefold() not in words
