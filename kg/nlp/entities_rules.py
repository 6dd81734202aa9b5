"""Names that the model misses or cuts, found by what stands before them: a title, a kind of body, half of the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.lang.pack import Pack
from kg.model import EntityType
from kg.nlp import titles_words
from kg.nlp.entities_edges import after_styles, styles_of
from kg.nlp.entities_known import well_known
from kg.nlp.layers import Name
from kg.nlp.titles import TitleSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

RULED: Final = 0.75
"""Confidence of what these rules find: below the model's, set by hand."""
NAME_WORDS: Final = 5
"""A person's name has at most so many words."""
SCHOOL_NUMBER: Final = re.compile(r"\d{1,3}")
LEAST_WORDS: Final[dict[EntityType, int]] = {"organization": 3, "place": 2}
"""So many words must the name have."""
BODY_WORDS: Final = 7
"""A body's name found by its first word has at most so many words."""


def titled(doc: Doc, found: Sequence[Name], spans: Sequence[TitleSpan], words: frozenset[str]) -> Iterator[Name]:
    """Capitalised words after a title and its body, where no name was found; `words` are never names.

    "Menteri Pertahanan Korea Utara, Kang Sun-nam", and without the comma after a place
    """
    at = {name.start: name for name in found}
    taken = {token for name in found for token in range(name.start, name.end)}
    styles = styles_of(spans)
    for span in spans:
        begin = _after(doc, span, at)
        if begin is None:
            continue
        for start in (after_styles(doc, begin, styles), begin):  # "Kang" is an honorific, and begins Korean names
            end = _end_of_words(doc, start, taken, words)
            if end - start >= 2 and end not in taken:
                yield Name(start, end, "person", "title", RULED)
                break


def _end_of_words(doc: Doc, start: int, taken: set[int], words: frozenset[str]) -> int:
    """Where the words end that can make a name."""
    end = start
    while end < len(doc) and end - start < NAME_WORDS and _is_free(doc, end, taken, words):
        end += 1
    return end


def appointed(doc: Doc, found: Sequence[Name], spans: Sequence[TitleSpan], pack: Pack) -> Iterator[Name]:
    """Who is put into an office, where no name was found: "saat *Jaya Wikrama* dilantik sebagai raja".

    The words begin the sentence or follow a word for when.
    """
    vocabulary, known = titles_words.words(pack), well_known(pack)
    words = known.common | known.never | known.ends_person
    offices = {span.start for span in spans if span.kind in ("office", "head")}
    taken = {token for name in found for token in range(name.start, name.end)}
    for verb in (office - 2 for office in offices if office > 2):
        puts = vocabulary.deeds.get(doc[verb].lower_) == "undergoes" and doc[verb + 1].lower_ in vocabulary.roles_as
        start = verb
        while puts and start > 0 and verb - start < NAME_WORDS and _is_free(doc, start - 1, taken, words):
            start -= 1
        begin = start
        while puts and begin > 0 and doc[begin - 1].lower_.rstrip(".") in known.honorifics:
            begin -= 1
        led = begin > 0 and doc[begin - 1].lower_ in known.when
        if start < verb and (led or (doc[begin].is_sent_start and verb - begin > 1)):
            yield Name(start, verb, "person", "appointed", RULED)


def _is_free(doc: Doc, token: int, taken: set[int], words: frozenset[str]) -> bool:
    return token not in taken and is_name_word(doc, token, words)


def bodies(doc: Doc, found: Sequence[Name], begins: Mapping[str, EntityType]) -> Iterator[Name]:
    """Capitalised words from one that begins the name of a body or a site: "Dewan Keamanan Rusia", "Mapolres Solo".

    A person's name ends it, and it begins where the model has begun no name.
    """
    persons = {token for name in found if name.type == "person" for token in range(name.start, name.end)}
    inside = {token for name in found for token in range(name.start, name.end)}
    for token in doc:
        kind = begins.get(token.text)
        if kind is None or token.i in inside or token.is_sent_start:
            continue
        end = token.i + 1
        while end < len(doc) and end - token.i < BODY_WORDS and end not in persons and _is_capital(doc, end):
            end += 1
        if end - token.i >= LEAST_WORDS[kind]:
            yield Name(token.i, end, kind, "body", RULED)


def schools(doc: Doc, found: Sequence[Name], kinds: Mapping[str, EntityType]) -> Iterator[Name]:
    """Schools with a number and a place: "*SMPN 5 Banjarbaru*", "*SD Muhammadiyah 02 Solo*"."""
    for place in found:
        kind, whole = kinds.get(doc[place.start].text), [token.text for token in doc[place.start : place.end]]
        if kind is not None and any(SCHOOL_NUMBER.fullmatch(text) for text in whole):
            yield replace(place, type=kind)
        number = place.start - 1
        if place.type == "place" and number > 0 and SCHOOL_NUMBER.fullmatch(doc[number].text):
            start = number
            while start > 0 and number - start < NAME_WORDS and _is_capital(doc, start - 1):
                start -= 1
            begin = next((token for token in range(start, number) if doc[token].text in kinds), None)
            if begin is not None:
                yield Name(begin, place.end, kinds[doc[begin].text], "school", RULED)


def widened(doc: Doc, found: Sequence[Name], words: frozenset[str]) -> Iterator[Name]:
    """Persons with the first word of their name that the model left out: "Kang Sun Nam" where it has "Sun Nam"."""
    taken = {token for name in found for token in range(name.start, name.end)}
    for name in found:
        before = name.start - 1
        cut = name.type == "person" and before > 0 and before not in taken and before - 1 in taken
        if cut and is_name_word(doc, before, words) and len(doc[before].text) > 1:
            yield replace(name, start=before)
        else:
            yield name


def _after(doc: Doc, span: TitleSpan, at: Mapping[int, Name]) -> int | None:
    """Where a name may begin: right after a rank, or after an office and a colon, or its body and a comma."""
    if span.kind == "rank":
        return span.end
    if doc[span.end : span.end + 1].text == ":" and span.kind != "honorific":
        return span.end + 1
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


def is_name_word(doc: Doc, token: int, words: frozenset[str]) -> bool:
    """True for a capitalised word that can stand in a person's name: none of `words`."""
    text = doc[token].text
    return _is_capital(doc, token) and text not in words and text.casefold() not in words
