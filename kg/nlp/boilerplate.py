"""Article → Reading: the passages that are read for facts, with their way back to the article's offsets.

Kept out: what a page shows around the article, bylines and credits, links to other articles, datelines, and
what was said before word for word (kg/lang/clutter.py tells such lines apart).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.lang import clutter
from kg.lang.clutter import Clutter
from kg.lang.pack import Pack
from kg.model import Article, Field, Span

REPEAT_CHARS = 40
"""A line inside an earlier one is a repetition from so many characters on; shorter ones recur by chance."""
ASIDE_WORDS = 6
"""Between headline and lead of a raw page, shorter lines that are no sentence are bylines and sections."""
BYLINE_WORDS = 12
"""What follows the last sentence of a raw page is a byline or a menu up to so many words a line."""
OPENING_SENTENCES = 2
"""A city before a dash is a dateline up to so many sentences: a caption may stand before the lead."""
WRAPPED_CHARS = (40, 110)
"""Lines of a fixed width are this long: 72 to 80 characters, and what a long last word leaves of them."""

_LIST_ITEM = re.compile(r"\s*(?:[-–•*●▪]|\(?\w{1,2}[.)]\s)")
_STOP = re.compile(r"[a-z]{3}[\"”]?[.!?][\"”]?\s")
_ONE_LINE = str.maketrans("\n\r\u2028\u2029", "    ")
_MARKS = " .,:;!?\"'“”‘’()[]-–—|"
_TITLE_SUFFIX = re.compile(r"\s+[-–—|]\s+([^-–—|]{2,40})$")


@dataclass(frozen=True)
class Reading:
    """What is read of an article: passages joined by line breaks, the headline first where there is one."""

    article: Article
    text: str
    starts: tuple[int, ...]
    """Where each passage begins in ``text``."""
    spans: tuple[Span, ...]
    """Where each passage stands in the article."""
    headline_end: int = 0
    """Where the headline ends in ``text``; 0 where there is none."""

    def span(self, begin: int, end: int) -> Span:
        """Where ``text[begin:end]`` stands in the article; what exceeds the passage of `begin` is cut off."""
        number = max(bisect_right(self.starts, begin) - 1, 0)
        passage = self.spans[number]
        shift = passage.begin - self.starts[number]
        return Span(passage.field, min(begin + shift, passage.end), min(max(begin, end) + shift, passage.end))

    def quote(self, begin: int, end: int) -> str:
        """The article's words at ``text[begin:end]``: the same, except for line breaks inside a passage."""
        return self.article.quote(self.span(begin, end))


def reading(article: Article, pack: Pack) -> Reading:
    """The readable passages of an article. Raises Broken where the language pack has no boilerplate table."""
    page = _Page(article, clutter.load(pack))
    headline = page.headline()
    if headline is not None:
        page.keep(headline)
    for passage in page.body():
        page.keep(passage)
    return page.reading(has_headline=headline is not None)


class _Page:
    """One article while its passages are chosen."""

    def __init__(self, article: Article, words: Clutter) -> None:
        self.article = article
        self.words = words
        self.kept: list[Span] = []
        self.said: set[str] = set()
        self.spoken = ""

    def headline(self) -> Span | None:
        """The title without white space and the outlet's name at its end."""
        article = self.article
        if not article.title or not article.title.strip():
            return None
        begin = article.title_begin or 0
        field: Field = "title" if article.title_begin is None else "text"
        span = _stripped(article, Span(field, begin, begin + len(article.title)))
        suffix = _TITLE_SUFFIX.search(article.quote(span))
        if suffix and self.words.is_outlet(suffix.group(1)):
            span = Span(field, span.begin, span.begin + suffix.start())
        return span

    def body(self) -> Iterator[Span]:
        """The passages of the text that are the article."""
        sentences = 0
        for line in self._lines():
            text = self.article.quote(line)
            cut = self.words.dateline(text, opening=sentences < OPENING_SENTENCES)
            for part in self._parts(Span("text", line.begin + cut, line.end)):
                if sentences or not self._is_aside(part):
                    yield part
            sentences += self.words.is_running(text)

    def keep(self, span: Span) -> None:
        """Takes a passage in, unless it was said before."""
        said = " ".join(self.article.quote(span).casefold().split()).strip(_MARKS)
        if not said or said in self.said or (len(said) >= REPEAT_CHARS and said in self.spoken):
            return
        self.said.add(said)
        self.spoken += f"{said}\n"
        self.kept.append(span)

    def reading(self, has_headline: bool) -> Reading:
        """The kept passages as one text."""
        texts = [self.article.quote(span).translate(_ONE_LINE) for span in self.kept]
        starts, at = [], 0
        for text in texts:
            starts.append(at)
            at += len(text) + 1
        end = len(texts[0]) if has_headline and texts else 0
        return Reading(self.article, "\n".join(texts), tuple(starts), tuple(self.kept), end)

    def _lines(self) -> Iterator[Span]:
        """Lines (and paragraphs that were broken into lines) that are no clutter as a whole."""
        text = self.article.text
        lines = _unwrapped(text, clutter.line_spans(text, self.article.title_begin or 0))
        last = self._last(lines)
        awaits_link = False
        for number, line in enumerate(lines):
            words = text[line.begin : line.end]
            ends = self.words.ends_article(words)
            if ends and self._is_past_half(lines, number):
                return
            linked = awaits_link and clutter.is_title_case(words, self.words.small)
            awaits_link = ends or linked or self.words.is_bare_link(words)
            if awaits_link or self.words.drops(words):
                continue
            if number <= last or _LIST_ITEM.match(words):
                yield line

    def _last(self, lines: Sequence[Span]) -> int:
        """The number of the last line of running text: in a raw page only lists may follow it."""
        if self.article.title is not None and self.article.title_begin is None:
            return len(lines)
        numbers = range(len(lines) - 1, -1, -1)
        return next((n for n in numbers if self._closes(lines[n]) or self._is_long(lines[n])), -1)

    def _is_past_half(self, lines: Sequence[Span], number: int) -> bool:
        """True where more running text stands before a line than after it."""
        weights = [line.end - line.begin if self._closes(line) else 0 for line in lines]
        return sum(weights[:number]) > sum(weights[number:])

    def _closes(self, line: Span) -> bool:
        """True for a line of running text."""
        words = self.article.quote(line)
        return self.words.is_running(words) and not self.words.drops(words)

    def _is_long(self, line: Span) -> bool:
        """True for a line that is no byline though nothing closes it: it is long or has a full stop."""
        words = self.article.quote(line)
        is_text = len(words.split()) > BYLINE_WORDS or _STOP.search(words) is not None
        return is_text and not self.words.drops(words)

    def _parts(self, passage: Span) -> Iterator[Span]:
        """What is left of a passage when all that is not the article is cut out."""
        at, text = passage.begin, self.article.quote(passage)
        for begin, end in sorted(self.words.inside(text)):
            if passage.begin + begin > at:
                yield _stripped(self.article, Span("text", at, passage.begin + begin))
            at = max(at, passage.begin + end)
        if at < passage.end:
            yield _stripped(self.article, Span("text", at, passage.end))

    def _is_aside(self, part: Span) -> bool:
        """Bylines and section names between the headline and the lead of a raw page."""
        words = self.article.quote(part)
        short = len(words.split()) < ASIDE_WORDS and not clutter.is_sentence(words)
        return short and self.article.title_begin is not None


def _unwrapped(text: str, lines: Iterable[tuple[int, int]]) -> list[Span]:
    """Lines, with those that only a fixed width parted joined to paragraphs; blank ones are left out."""
    found: list[Span] = []
    spans = (Span("text", begin, end) for begin, end in lines)
    for blank, group in groupby(spans, key=lambda line: not text[line.begin : line.end].strip()):
        if blank:
            continue
        block = list(group)
        found += [Span("text", block[0].begin, block[-1].end)] if _is_wrapped(text, block) else block
    return [_strip(text, line) for line in found]


def _is_wrapped(text: str, block: list[Span]) -> bool:
    """True for a block of lines of about one length, most of which stop in the middle of a sentence."""
    short, long = WRAPPED_CHARS
    full = block[:-1]
    if not full or not all(short <= line.end - line.begin <= long for line in full):
        return False
    stops = sum(text[line.begin : line.end].rstrip().endswith((".", "!", "?", '"', "”", ":")) for line in full)
    goes_on = sum(text[line.begin : line.end].lstrip()[:1].islower() for line in block[1:])
    return stops * 2 < len(full) and goes_on > 0


def _stripped(article: Article, span: Span) -> Span:
    field = article.field(span.field)
    stripped = _strip(field, span)
    return Span(span.field, stripped.begin, stripped.end)


def _strip(text: str, span: Span) -> Span:
    """A span without white space at its ends."""
    piece = text[span.begin : span.end]
    begin = span.begin + len(piece) - len(piece.lstrip())
    return Span(span.field, begin, max(begin, span.begin + len(piece.rstrip())))
