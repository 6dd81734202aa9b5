"""Names of things that the model takes for bodies, persons or places: makes of vehicles, titles of works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.nlp.entities_known import Known
from kg.nlp.layers import Name

if TYPE_CHECKING:
    from spacy.tokens import Doc


def nameless(doc: Doc, found: Sequence[Name], known: Known) -> Iterator[Name]:
    """The names of a Doc that name no thing: no makes ("mobil Toyota"), nor what is called like one elsewhere.

    A title ("pameran bertajuk X") is none either.
    """
    found = [name for name in found if not _is_title(doc, name, known)]
    things = {doc[name.start : name.end].text for name in found if _is_one(doc, name, known)}
    for name in found:  # "motor Acosta" is that of Pedro Acosta
        things -= {token.text for token in doc[name.start : name.end]} if name.end - name.start > 1 else set()
    for name in found:
        text = doc[name.start : name.end].text
        if not _is_make(doc, name, known) and (
            text not in things or name.type == "organization" or text in known.types
        ):
            yield name


def _is_title(doc: Doc, name: Name, known: Known) -> bool:
    """True for what nobody knows right after "bertajuk" and the like, with or without a quotation mark."""
    before = name.start - 1 - (name.start > 0 and doc[name.start - 1].is_quote)
    return (
        before >= 0 and doc[before].lower_ in known.before_titles and doc[name.start : name.end].text not in known.types
    )


def _is_one(doc: Doc, name: Name, known: Known) -> bool:
    """True for what nobody knows after "mobil" and the like, one word for a person or a place."""
    told = _is_told(doc, name, known) and name.type != "organization" and name.end - name.start == 1
    return told and doc[name.start : name.end].text not in known.types


def _is_make(doc: Doc, name: Name, known: Known) -> bool:
    """True for a make after "mobil", and for one with its model, "Pajero Sport", taken for a person."""
    first = doc[name.start].text
    if _is_told(doc, name, known):
        return first in known.makes or first in known.makes_and_persons
    return first in known.makes and name.type == "person"


def _is_told(doc: Doc, name: Name, known: Known) -> bool:
    return name.start > 0 and doc[name.start - 1].lower_ in known.before_makes
