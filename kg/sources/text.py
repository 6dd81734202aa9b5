"""A text file → Article: the raw page as it was scraped, its headline, date and outlet found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.lang import clutter
from kg.lang.clutter import Clutter
from kg.lang.pack import Pack
from kg.model import Article
from kg.sources import inferred, published
from kg.sources.decode import MAX_CHARS
from kg.sources.language import check_language
from kg.sources.skipped import Refused

HEADLINE_WORDS = range(3, 29)
"""A headline has so many words (of 2,778 Detik headlines the longest has 17, the shortest 4)."""
HEADLINE_CHARS = 15
"""Shorter lines above the article are names of sections."""
BYLINE_WORDS = 8
"""A byline that names the outlet has at most so many words ("Ani Lestari - detikNews")."""
SLUG_WORDS = 0.8
"""The slug of a page has at least so many of its headline's words."""


def article(ident: str, text: str, pack: Pack) -> Article:
    """The article of a raw page.

    Raises Refused where it is empty, too long, in another language, or dated in the future.
    """
    check_size(text)
    page = Page(text, clutter.load(pack))
    check_language(text[page.body :], pack)
    day, was_inferred = page.published(pack)
    return Article(
        id=ident,
        text=text,
        title=text[slice(*page.headline)] if page.headline else None,
        published=day,
        sitename=page.outlet(),
        title_begin=page.headline[0] if page.headline else None,
        published_inferred=was_inferred,
    )


def check_size(text: str) -> None:
    """Raises Refused where a text is empty or too long to be one article."""
    if not any(character.isalpha() for character in text):
        raise Refused("holds no text", "remove it or fill it")
    if len(text) > MAX_CHARS:
        raise Refused(f"is longer than one article may be ({MAX_CHARS:,} characters)", "split it, one article a file")


@dataclass(frozen=True)
class Line:
    """A line of a page with its place."""

    begin: int
    end: int
    text: str


class Page:
    """The lines of a raw page: what stands above the first line of running text, and what below."""

    def __init__(self, text: str, words: Clutter) -> None:
        """Finds headline and body."""
        self.text = text
        self.words = words
        self.lines = [_line(text, *span) for span in clutter.line_spans(text) if text[slice(*span)].strip()]
        self.lead = next((i for i, line in enumerate(self.lines) if self._is_body(line)), len(self.lines))
        self.headline = self._headline()
        self.body = self.lines[self.lead].begin if self.lead < len(self.lines) else 0

    def published(self, pack: Pack, url: str | None = None) -> tuple[date | None, bool]:
        """The day of publication, and whether it was inferred from the address or the running text."""
        above = [line.text for line in self.lines[: self.lead]]
        around = [line.text for line in self.lines[self.lead :] if self.words.is_page_line(line.text)]
        day = published.in_lines([*above, *around, *self._datelines()], pack)
        if day is not None:
            return day, False
        day = published.in_address(url) or inferred.inferred(self.text[self.body :], pack)
        return day, day is not None

    def outlet(self) -> str | None:
        """The outlet that the line with the date names, a dateline, or a byline above the article."""
        dated = [line.text for line in self.lines if self.words.is_page_line(line.text)]
        above = [line.text for line in self.lines[: self.lead] if len(line.text.split()) <= BYLINE_WORDS]
        found = (self.words.outlet_in(head) for head in (*dated, *self._datelines(), *above))
        return next((outlet for outlet in found if outlet), None)

    def _datelines(self) -> list[str]:
        """The datelines of the first two lines of running text: the caption of a picture may be one."""
        opening = self.lines[self.lead : self.lead + 8]
        return [head for line in opening if (head := line.text[: self.words.dateline(line.text, opening=True)])]

    def _is_body(self, line: Line) -> bool:
        return self.words.is_running(line.text) and not self.words.drops(line.text)

    def _headline(self) -> tuple[int, int] | None:
        above = [line for line in self.lines[: self.lead] if self._may_be_headline(line)]
        slugs = [set(line.text.split("-")) for line in self.lines if self.words.is_slug(line.text)]
        named = [line for line in above if any(_matches(line, slug) for slug in slugs)]
        titles = [line for line in above if clutter.is_title_case(line.text, self.words.small)]
        chosen = max(named or titles or above, key=lambda line: line.end - line.begin, default=None)
        return (chosen.begin, chosen.end) if chosen else None

    def _may_be_headline(self, line: Line) -> bool:
        long = len(line.text) >= HEADLINE_CHARS and len(line.text.split()) in HEADLINE_WORDS
        return long and not line.text.endswith((".", ":")) and not self.words.drops(line.text)


def _line(text: str, begin: int, end: int) -> Line:
    line = text[begin:end]
    begin += len(line) - len(line.lstrip())
    return Line(begin, begin + len(line.strip()), line.strip())


def _matches(line: Line, slug: set[str]) -> bool:
    words = clutter.words(line.text)
    return len(slug.intersection(words)) >= SLUG_WORDS * len(slug) > 0
