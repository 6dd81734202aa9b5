"""Whether quoted words are those at their offsets, as far as a graph shows it: it holds sentences, not whole articles.

NIF 2.0: ``nif:beginIndex`` and ``nif:endIndex`` count characters of the context, ``nif:anchorOf`` are those between.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.rdf import vocab as v
from kg.rdf.terms import Quad
from kg.validate.findings import Finding, by_rule
from kg.validate.pieces import Piece

_INDEXES: Final = (v.BEGIN_INDEX, v.END_INDEX)


@dataclass(frozen=True, slots=True)
class Span:
    """Words with their place in a context; `said` are the statements that tell it: begin, end, words."""

    context: str
    begin: int
    end: int
    words: str
    is_sentence: bool
    said: tuple[Quad, Quad, Quad]


def misquoted(piece: Piece) -> Iterator[Finding]:
    """Spans with more or fewer words than lie between their offsets, or with others than the sentence has there."""
    spans = list(_spans(piece.own))
    sentences = defaultdict[str, list[Span]](list)
    for span in sorted(spans, key=lambda each: each.begin):
        if span.is_sentence:
            sentences[span.context].append(span)
    for span in spans:
        if len(span.words) != span.end - span.begin:
            parts = {"value": str(len(span.words)), "one": str(span.begin), "other": str(span.end)}
            yield by_rule("quote-length", span.said, parts, v.ANCHOR_OF.value, str(span.said[2].object))
        elif not span.is_sentence:
            yield from _unlike(span, _around(span, sentences))


def _spans(quads: Iterable[Quad]) -> Iterator[Span]:
    """The spans that are told as a whole; the shapes name the others."""
    told = defaultdict[str, dict[str, list[Quad]]](lambda: defaultdict(list))
    for quad in quads:
        if quad.predicate in (*_INDEXES, v.ANCHOR_OF, v.REFERENCE_CONTEXT):
            told[quad.subject.value][quad.predicate.value].append(quad)
    sentences = {quad.subject.value for quad in quads if quad.predicate == v.TYPE and quad.object == v.SENTENCE}
    for subject, by in told.items():
        if all(len(by[each.value]) == 1 for each in (*_INDEXES, v.ANCHOR_OF, v.REFERENCE_CONTEXT)):
            begin, end, words = (by[each.value][0] for each in (*_INDEXES, v.ANCHOR_OF))
            if begin.object.value.isdecimal() and end.object.value.isdecimal():
                context = by[v.REFERENCE_CONTEXT.value][0].object.value
                places = int(begin.object.value), int(end.object.value)
                yield Span(context, *places, words.object.value, subject in sentences, (begin, end, words))


def _around(span: Span, sentences: Mapping[str, Sequence[Span]]) -> Iterator[Span]:
    """The sentences that share characters with a span; those of one context do not overlap, and are sorted."""
    some = sentences.get(span.context, ())
    for sentence in reversed(some[: bisect_left(some, span.end, key=lambda each: each.begin)]):
        if sentence.end <= span.begin:
            return
        yield sentence


def _unlike(span: Span, sentences: Iterable[Span]) -> Iterator[Finding]:
    for sentence in sentences:
        begin, end = max(span.begin, sentence.begin), min(span.end, sentence.end)
        there = sentence.words[begin - sentence.begin : end - sentence.begin]
        if len(there) == end - begin and there != span.words[begin - span.begin : end - span.begin]:
            parts = {"value": there, "one": str(begin), "other": str(end)}
            yield by_rule(
                "quote-sentence", (*span.said, *sentence.said), parts, v.ANCHOR_OF.value, str(span.said[2].object)
            )
