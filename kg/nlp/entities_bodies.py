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
    """The short form in brackets after a body: "PT Tirta Abadi Nusantara (*Tirta*)"."""
    persons = {word.text for name in found if name.type == "person" for word in doc[name.start : name.end]}
    for name in found:
        token = name.end + 1
        if name.type != "organization" or token + 1 >= len(doc) or doc[name.end].text != "(":
            continue
        text = doc[token].text
        own = text in {word.text for word in doc[name.start : name.end]} and doc[token].lower_ not in known.common
        if doc[token + 1].text == ")" and own and text[:1].isupper() and text not in persons | known.types.keys():
            yield Name(token, token + 1, "organization", "short", RULED)


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
        if name.type != "person" or self._holder(name.end) == name.end or not self._holds(name.end):
            return None
        return replace(name, start=begin, type="organization", rule="owned", confidence=RULED)

    def _may_own(self, span: TitleSpan) -> bool:
        folded = [fold(token.text) for token in self.doc[span.start : span.end]]
        found = self.titles.start(folded, 0)
        title: Title | None = found[1] if found else None
        return title is not None and title.of in self.portfolio.of and not title.expert

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
        while token < limit and self._is_strange(token):
            token += 1
        name = self.at.get(token)
        country = name is not None and name.type == "place" and name.start == token > begin
        return name.end if country and name is not None else token

    def _is_strange(self, token: int) -> bool:
        """A capitalised word that is no name, title or word of the article."""
        text = self.doc[token].text
        capital = text[:1].isupper() and text[-1:].isalnum() and len(text) > 1
        free = token not in self.at and token not in self.starts and text not in self.known.never
        return capital and free and self.doc[token].lower_ not in self._small

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
        comma = token < len(self.doc) and self.doc[token].text == ","
        return self._holder(token + comma) is not None

    def _held_before(self, span: TitleSpan, end: int) -> bool:
        """True for an apposition: "Budi Santoso, CEO Tokotani, ..."."""
        name = self.at.get(span.start - 2)
        closed = end < len(self.doc) and self.doc[end].text in {",", ".", ")"}
        return closed and name is not None and name.type == "person" and self.doc[span.start - 1].text == ","

    def _is_unit(self, token: int) -> bool:
        return token < len(self.doc) and self.doc[token].lower_ in self.portfolio.units
