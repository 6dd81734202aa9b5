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
    words = report_words(pack)
    found = calendar.find(doc.text, pack, published)
    return tuple(_date(doc, each, words) for each in found)


def _date(doc: Doc, found: calendar.Found, words: ReportWords) -> Date:
    span = doc.char_span(found.begin, found.end, alignment_mode="expand")
    assert span is not None, "an expression within the text has tokens"
    sentence = _sentence(doc, span)
    before = lexemes(doc.text[sentence.start_char : found.begin])
    after = lexemes(doc.text[found.end : sentence.end_char])
    if dates_nothing(found.rule, before, words):
        return Date(span.start, span.end, found.when, found.rule, scope=(span.start, span.start))
    reach = scope(before, after, words)
    if reach is None:
        return Date(span.start, span.end, found.when, found.rule)
    tokens = _tokens(sentence, span, reach)
    return Date(span.start, span.end, found.when, found.rule, dates_report=True, scope=tokens)


def _sentence(doc: Doc, span: Span) -> Span:
    """The sentence (or sentences) around a date; the whole Doc where none are marked."""
    if not doc.has_annotation("SENT_START"):
        return doc[:]
    return doc[span[0].sent.start : span[-1].sent.end]


def _tokens(sentence: Span, span: Span, reach: Scope) -> tuple[int, int]:
    begin = sentence.start_char + reach.begin
    start = next((token.i for token in sentence if token.idx >= begin), span.start)
    return min(start, span.start), sentence.end if reach.open else span.start
