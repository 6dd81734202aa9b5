"""What stands beside a name tells its type, or that it is none: an age, "kota", the words that it is short for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.model import EntityType
from kg.nlp.entities_initials import aged
from kg.nlp.entities_known import Known
from kg.nlp.entities_rules import NAME_WORDS, RULED, is_name_word
from kg.nlp.layers import Name

if TYPE_CHECKING:
    from spacy.tokens import Doc

RULE: Final = "beside"
SHORT_FORM: Final = re.compile(r"[A-Z]{2,7}")
NAME_LETTERS: Final = 3
"""Who is named by less letters is named by initials (kg.nlp.entities_initials)."""
PLACE_WORDS: Final = 3
"""The name of a place that another lies in has at most so many words."""
SMALL_WORDS: Final = 2
"""So many small words of a term may have no letter in its short form ("Pengadaan Barang dan Jasa", PBJ)."""


def told(doc: Doc, found: Sequence[Name], known: Known, ranks: Collection[int] = ()) -> Iterator[Name]:
    """Names whose type the words beside them tell: "Lauren Tanod (31)" is a person, "kota Tirtasari" a place.

    `ranks` are the tokens where a rank ends: "Iptu *Lauren Tanod*".
    """
    texts = [token.text for token in doc]
    places = {
        doc[name.start : name.end].text
        for name in found
        if _is_place(doc, name, known) or (_is_where(doc, name, known) and _is_in_place(doc, name, known))
    }
    parts = {
        text for name in found if name.type == "person" and name.end - name.start > 1 for text in _texts(doc, name)
    }
    for name in found:
        kind: EntityType | None = None
        ranked = name.start in ranks and name.end - name.start > 1
        if name.type != "person" and _is_strange(doc, name, known) and (ranked or aged(texts, name.end - 1)):
            kind = "person"
        elif doc[name.start : name.end].text in places or (
            name.type == "person" and _is_where(doc, name, known) and parts.isdisjoint(_alone(doc, name))
        ):
            kind = "place"
        yield name if kind in (None, name.type) else replace(name, type=kind or name.type, rule=RULE)


def _texts(doc: Doc, name: Name) -> list[str]:
    return [token.text for token in doc[name.start : name.end]]


def _alone(doc: Doc, name: Name) -> list[str]:
    """The only word of a name; nothing of a longer one."""
    return _texts(doc, name) if name.end - name.start == 1 else []


def _is_where(doc: Doc, name: Name, known: Known) -> bool:
    """True right after a word for where something is, "di Gilgil": no person stands there. Capitals are a body's."""
    led = name.start > 0 and doc[name.start - 1].text in known.where
    return led and _is_strange(doc, name, known) and not doc[name.start].is_upper


def _is_in_place(doc: Doc, name: Name, known: Known) -> bool:
    """True for one word before a comma and a place that everybody knows: "Anchorage, Alaska"."""
    after = doc[name.end + 1 : name.end + 1 + PLACE_WORDS]
    within = any(after[:number].text in known.sure_places for number in range(1, len(after) + 1))
    return name.end - name.start == 1 and doc[name.end : name.end + 1].text == "," and within


def _is_place(doc: Doc, name: Name, known: Known) -> bool:
    """True right after a word for a kind of place, written large or small."""
    return name.start > 0 and doc[name.start - 1].lower_ in known.place_kinds and _is_strange(doc, name, known)


def _is_strange(doc: Doc, name: Name, known: Known) -> bool:
    """True for a name that nobody knows, and that does not begin with a word that tells its type."""
    return doc[name.start : name.end].text not in known.types and doc[name.start].text not in known.first_words


def of_age(doc: Doc, found: Sequence[Name], words: frozenset[str]) -> Iterator[Name]:
    """Capitalised words before an age where no name was found, "dan *Sakina* (74)"; `words` are never names."""
    texts = [token.text for token in doc]
    taken = {token for name in found for token in range(name.start, name.end)}
    for end in (token for token in range(1, len(texts)) if aged(texts, token - 1)):
        start = end
        while start > 0 and end - start < NAME_WORDS and start - 1 not in taken and is_name_word(doc, start - 1, words):
            start -= 1
        if start < end and start - 1 not in taken and len(texts[end - 1]) >= NAME_LETTERS:
            yield Name(start, end, "person", RULE, RULED)


def terms(doc: Doc, found: Sequence[Name], known: Known) -> frozenset[str]:
    """Short forms of terms that are no names, "Cukai Hasil Tembakau (CHT)": nor are the words before."""
    named = {token for name in found for token in range(name.start, name.end)}
    return frozenset(_terms(doc, named, known))


def _terms(doc: Doc, named: Collection[int], known: Known) -> Iterator[str]:
    for token in range(2, len(doc) - 1):
        text = doc[token].text
        bracketed = doc[token - 1].text == "(" and doc[token + 1].text == ")"
        if bracketed and SHORT_FORM.fullmatch(text) and text not in known.types:
            begin = _begin_of_term(doc, token, known)
            if begin is not None and not any(i in named for i in range(begin, token - 1)):
                yield text


def _begin_of_term(doc: Doc, short: int, known: Known) -> int | None:
    """Where the words begin that a short form in brackets has its letters of; none where they begin like a body."""
    letters = doc[short].lower_
    for number in range(len(letters), len(letters) + SMALL_WORDS + 1):
        begin = short - 1 - number
        words = [token.text for token in doc[max(begin, 0) : short - 1]]
        if begin < 0 or words[0] in known.first_words:
            return None
        large = "".join(word[0] for word in words if word[0].isupper()).casefold()
        if letters in (large, "".join(word[0] for word in words).casefold()):
            return begin
    return None
