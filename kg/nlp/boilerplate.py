"""Article → Reading: the passages that are read for facts, with their way back to the article's offsets.

Kept out: what a page shows around the article, bylines and credits, links to other articles, datelines, and
what was said before word for word (kg/lang/clutter.py tells such lines apart).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.lang import clutter
from kg.lang.clutter import Clutter
from kg.lang.pack import Pack
from kg.model import Article, Field, Span

REPEAT_CHARS = 40
"""A line that stands inside an earlier one is a repetition from so many letters on; shorter ones recur by chance."""
ASIDE_WORDS = 8
"""Between headline and lead of a raw page, lines of fewer words that are no sentence are bylines and sections."""
WRAPPED_CHARS = (40, 110)
"""Lines broken by hand or program are this long: 72 to 80 characters and what a long last word leaves of them."""

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LIST_ITEM = re.compile(r"\s*(?:[-–•*●▪]|\(?\w{1,2}[.)]\s)")
_NOT_ALNUM = re.compile(r"[\W_]+")
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
        """Where ``text[begin:end]`` stands in the article. What runs beyond the passage of `begin` is cut off."""
        number = max(bisect_right(self.starts, begin) - 1, 0)
        passage = self.spans[number]
        shift = passage.begin - self.starts[number]
        return Span(passage.field, min(begin + shift, passage.end), min(max(begin, end) + shift, passage.end))

    def quote(self, begin: int, end: int) -> str:
        """The words of the article at ``text[begin:end]``: the same, except for line breaks inside a passage."""
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
        first = True
        for line in self._lines():
            cut = self.words.dateline(self.article.quote(line), first)
            passage = Span("text", line.begin + cut, line.end)
            for part in self._parts(passage):
                if not self._is_aside(part, first):
                    yield part
            first = first and not clutter.is_sentence(self.article.quote(line))

    def keep(self, span: Span) -> None:
        """Takes a passage in, unless it was said before."""
        letters = _NOT_ALNUM.sub("", self.article.quote(span).casefold())
        if not letters or letters in self.said or (len(letters) >= REPEAT_CHARS and letters in self.spoken):
            return
        self.said.add(letters)
        self.spoken += f"{letters}\n"
        self.kept.append(span)

    def reading(self, has_headline: bool) -> Reading:
        """The kept passages as one text."""
        texts = [_BREAK.sub(lambda m: " " * len(m.group()), self.article.quote(span)) for span in self.kept]
        starts, at = [], 0
        for text in texts:
            starts.append(at)
            at += len(text) + 1
        end = len(texts[0]) if has_headline and texts else 0
        return Reading(self.article, "\n".join(texts), tuple(starts), tuple(self.kept), end)

    def _lines(self) -> Iterator[Span]:
        """Lines (and paragraphs that were broken into lines) that are no clutter as a whole."""
        text = self.article.text
        raw = self.article.title_begin is not None
        lines = _unwrapped(text, _split(text, self.article.title_begin or 0))
        last = (
            max((i for i, line in enumerate(lines) if self._closes(line)), default=-1) if raw else len(lines)
        )
        awaits_link, spoke = False, False
        for number, line in enumerate(lines):
            words = text[line.begin : line.end]
            if spoke and self.words.ends_article(words):
                return
            linked = awaits_link and clutter.is_title_case(words, self.words.small)
            awaits_link = self.words.is_bare_link(words) or linked
            if linked or awaits_link or self.words.drops(words):
                continue
            if number > last and not _LIST_ITEM.match(words):
                continue
            spoke = spoke or clutter.is_sentence(words)
            yield line

    def _closes(self, line: Span) -> bool:
        words = self.article.quote(line)
        return clutter.is_sentence(words) and not self.words.drops(words)

    def _parts(self, passage: Span) -> Iterator[Span]:
        """What is left of a passage when all that is not the article is cut out."""
        at, text = passage.begin, self.article.quote(passage)
        for begin, end in sorted(self.words.inside(text)):
            if passage.begin + begin > at:
                yield _stripped(self.article, Span("text", at, passage.begin + begin))
            at = max(at, passage.begin + end)
        if at < passage.end:
            yield _stripped(self.article, Span("text", at, passage.end))

    def _is_aside(self, part: Span, first: bool) -> bool:
        """Bylines and section names between the headline and the lead of a raw page."""
        if not first or self.article.title_begin is None:
            return False
        words = self.article.quote(part)
        return len(words.split()) < ASIDE_WORDS and not clutter.is_sentence(words)


def _split(text: str, begin: int) -> Iterator[Span]:
    """The lines of a text from an offset on, without white space around them; empty ones too."""
    for match in _BREAK.finditer(text, begin):
        yield Span("text", begin, match.start())
        begin = match.end()
    yield Span("text", begin, len(text))


def _unwrapped(text: str, lines: Iterable[Span]) -> list[Span]:
    """Lines, with those that only a fixed width parted joined to paragraphs; blank ones are left out."""
    found: list[Span] = []
    for blank, group in groupby(lines, key=lambda line: not text[line.begin : line.end].strip()):
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
    stops = sum(
        text[line.begin : line.end].rstrip().endswith((".", "!", "?", '"', "”", ":")) for line in full
    )
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
