"""Bodies that only the article makes known: what an office of a company or school is of, a short form in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.lang.pack import Pack
from kg.nlp.entities_edges import STYLES, after_styles, styles_of
from kg.nlp.entities_known import Known, well_known
from kg.nlp.layers import Name
from kg.nlp.titles import TitleSpan
from kg.nlp.titles_words import Title, fold, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

RULED: Final = 0.75
"""Confidence of what these rules find: below the model's, set by hand."""
PORTFOLIO_WORDS: Final = 12
"""So many words of a portfolio may stand between a title and its body."""
BODY_WORDS: Final = 5
"""A body's name found by its title has at most so many words."""


def owned(doc: Doc, found: Sequence[Name], spans: Sequence[TitleSpan], pack: Pack) -> Iterator[Name]:
    """The body after an office of a company, school or club: "VP Marketing *Tokotani* Budi Santoso".

    Of the capitalised words after the title those are the body that no portfolio has. A person must stand after them
    (or, "Budi Santoso, CEO Tokotani,", before the title).
    """
    page = _Page(doc, found, spans, pack)
    for span in spans:
        name = page.body_of(span) if span.kind not in STYLES else None
        if name is not None:
            yield name


def shortened(doc: Doc, found: Sequence[Name], known: Known) -> Iterator[Name]:
    """Short names of a body, in brackets after it or alone: "PT Tirta Abadi Nusantara (*Tirta*)"."""
    bodies = [name for name in found if name.type == "organization"]
    persons = [name for name in found if name.type == "person"]
    yield from _in_brackets(doc, bodies, _words(doc, persons), known)
    yield from _alone(doc, bodies, persons, known)


def _in_brackets(doc: Doc, bodies: Sequence[Name], of_persons: set[str], known: Known) -> Iterator[Name]:
    for body in bodies:
        inside = doc[body.end : body.end + 3]
        marks = len(inside) == 3 and (inside[0].text, inside[2].text) == ("(", ")")
        text = inside[1].text if marks else ""
        own = text[:1].isupper() and text in _words(doc, [body]) and text.casefold() not in known.common
        if own and text not in of_persons and text not in known.types:
            yield Name(body.end + 1, body.end + 2, "organization", "short", RULED)


def _alone(doc: Doc, bodies: Sequence[Name], persons: Sequence[Name], known: Known) -> Iterator[Name]:
    """Single words taken for persons that are a company's own name: the first after "PT" or "Bank"."""
    own = {doc[body.start + 1].text for body in bodies if _has_own_name(doc, body, known)}
    own -= _words(doc, [person for person in persons if person.end - person.start > 1])
    for name in persons:
        if doc[name.start : name.end].text in own:
            yield replace(name, type="organization", rule="short", confidence=RULED)


def _has_own_name(doc: Doc, body: Name, known: Known) -> bool:
    first = doc[body.start].text
    return body.end - body.start > 1 and known.first_words.get(first) == "organization" and first not in known.honouring


def _words(doc: Doc, names: Sequence[Name]) -> set[str]:
    return {word.text for name in names for word in doc[name.start : name.end]}


class _Page:
    """One Doc with what tells where the body of an office begins and ends."""

    def __init__(self, doc: Doc, found: Sequence[Name], spans: Sequence[TitleSpan], pack: Pack) -> None:
        self.doc = doc
        self.known = well_known(pack)
        self.portfolio = self.known.portfolio
        self.titles = words(pack).titles
        self.at = {token: name for name in found for token in range(name.start, name.end)}
        self.styles = styles_of(spans)
        self.starts = {span.start for span in spans}

    @cached_property
    def _small(self) -> set[str]:
        """The words that the article writes small somewhere."""
        return {token.text for token in self.doc if token.text.islower()}

    def body_of(self, span: TitleSpan) -> Name | None:
        """The body of one office, where it is unknown."""
        if not self._may_own(span):
            return None
        begin = self._past_portfolio(span.end)
        name = self.at.get(begin)
        if name is None:
            end = self._run(begin)
            told = end > begin and (self._holds(end) or self._held_before(span, end) or self._is_unit(end))
            return Name(begin, end, "organization", "owned", RULED) if told else None
        if name.type != "person" or not self._is_held(span, name):
            return None
        kind = self.known.types.get(self.doc[begin : name.end].text, "organization")
        return replace(name, start=begin, type=kind, rule="owned", confidence=RULED)

    def _may_own(self, span: TitleSpan) -> bool:
        """True for an office that has a body of any name; in small letters a "manajer" may serve a person."""
        found = self.titles.start([fold(token.text) for token in self.doc[span.start : span.end]], 0)
        title: Title | None = found[1] if found else None
        if title is None or title.of not in self.portfolio.of or title.expert:
            return False
        return self.doc[span.start].text[:1].isupper() or title.name not in self.portfolio.of_persons

    def _is_held(self, span: TitleSpan, name: Name) -> bool:
        """True where what looks like a person stands between an office and its only holder."""
        holder = self._holder(name.end + self._is_comma(name.end))
        if holder is None:
            return self._held_before(span, name.end)
        after = self.at[holder].end
        follows = after + self._is_comma(after)
        follows += self.doc[follows : follows + 1].text in self.portfolio.conjunctions
        return follows == after or self._holder(follows) is None  # else a list: "Direktur A, B dan C"

    def _is_comma(self, token: int) -> bool:
        return token < len(self.doc) and self.doc[token].text == ","

    def _past_portfolio(self, token: int) -> int:
        """The first token after a title that is no word of a portfolio."""
        end = min(len(self.doc), token + PORTFOLIO_WORDS)
        while token < end and self._is_portfolio(token):
            token += 1
        return token

    def _is_portfolio(self, token: int) -> bool:
        name = self.at.get(token)
        if token in self.styles or (name is not None and name.type != "person"):
            return False
        word = self.doc[token].lower_
        listed = word in self.portfolio or self.doc[token].text in self.known.never
        return listed or (word in self.known.common and self.doc[token].text[:1].isupper())

    def _run(self, token: int) -> int:
        """Where capitalised words end that may be a body; a country right after them is part of it."""
        begin, limit = token, min(len(self.doc), token + BODY_WORDS)
        if token < limit and self.doc[token].lower_ in self._small:
            return begin  # the article writes it small elsewhere
        while token < limit and self._is_strange(token):
            token += 1
        name = self.at.get(token)
        country = name is not None and name.type == "place" and name.start == token > begin
        return name.end if country and name is not None else token

    def _is_strange(self, token: int) -> bool:
        """A capitalised word that is no name and no title."""
        text = self.doc[token].text
        capital = text[:1].isupper() and text[-1:].isalnum() and len(text) > 1
        free = token not in self.at and token not in self.starts and text not in self.known.never
        return capital and free and not self._is_unit(token)

    def _holder(self, token: int) -> int | None:
        """The token where the holder begins, after ranks and degrees only."""
        start = after_styles(self.doc, token, self.styles)
        name = self.at.get(start)
        return start if name is not None and name.type == "person" and name.start == start else None

    def _holds(self, token: int) -> bool:
        """True where a person follows, a comma or a bracket between them left out."""
        texts = [word.text for word in self.doc[token : token + 3]]
        if len(texts) == 3 and (texts[0], texts[2]) == ("(", ")"):
            token += 3
        return self._holder(token + self._is_comma(token)) is not None

    def _held_before(self, span: TitleSpan, end: int) -> bool:
        """True for an apposition, "kata Budi Santoso, CEO Tokotani,"; not in a list, "Direktur A, Komisaris B,"."""
        name = self.at.get(span.start - 2)
        if name is None or name.type != "person" or not self._is_comma(span.start - 1):
            return False
        closed = end < len(self.doc) and self.doc[end].text in {",", ".", ")"}
        first = self.doc[name.start].is_sent_start or not self.doc[name.start - 1].text[:1].isupper()
        return closed and first and end + 1 not in self.starts

    def _is_unit(self, token: int) -> bool:
        return token < len(self.doc) and self.doc[token].lower_ in self.portfolio.units
