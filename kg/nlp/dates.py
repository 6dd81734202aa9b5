"""The dates of a Doc: what the calendar finds, in tokens, and whether each dates only the report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.lang import calendar
from kg.lang.calendar_words import lexemes
from kg.lang.pack import Pack
from kg.nlp.dates_report import ReportWords, Scope, dates_nothing, report_words, scope
from kg.nlp.layers import Date

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


def dates(doc: Doc, published: date | None, pack: Pack) -> tuple[Date, ...]:
    """Every date expression of a Doc that can be resolved against the day of publication, in order."""
    page = _Page(doc, report_words(pack))
    return tuple(page.date(found) for found in calendar.find(page.text, pack, published))


class _Page:
    """A Doc with what is asked of it again for every date: spaCy makes both anew each time."""

    def __init__(self, doc: Doc, words: ReportWords) -> None:
        self.doc = doc
        self.words = words
        self.text = doc.text
        self.parted = doc.has_annotation("SENT_START")

    def date(self, found: calendar.Found) -> Date:
        span = self.doc.char_span(found.begin, found.end, alignment_mode="expand")
        assert span is not None, "an expression within the text has tokens"
        sentence = self._sentence(span)
        before = lexemes(self.text[sentence.start_char : found.begin])
        after = lexemes(self.text[found.end : sentence.end_char])
        if dates_nothing(found.rule, before, self.words):
            return Date(span.start, span.end, found.when, found.rule, scope=(span.start, span.start))
        reach = scope(before, after, self.words)
        if reach is None:
            return Date(span.start, span.end, found.when, found.rule)
        tokens = _tokens(sentence, span, reach)
        return Date(span.start, span.end, found.when, found.rule, dates_report=True, scope=tokens)

    def _sentence(self, span: Span) -> Span:
        """The sentence (or sentences) around a date; the whole Doc where none are marked."""
        return self.doc[span[0].sent.start : span[-1].sent.end] if self.parted else self.doc[:]


def _tokens(sentence: Span, span: Span, reach: Scope) -> tuple[int, int]:
    begin = sentence.start_char + reach.begin
    start = next((token.i for token in sentence if token.idx >= begin), span.start)
    return min(start, span.start), sentence.end if reach.open else span.start
