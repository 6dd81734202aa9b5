"""Title phrases in running text: status, title, portfolio, body, and the name right after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.nlp.titles_status import standing
from kg.nlp.titles_text import At, Page
from kg.nlp.titles_walk import Body, Core, Walk, core_at
from kg.nlp.titles_words import Standing, Title

ENGLISH_WORDS = 4
"""How many words of a portfolio may stand before an English title."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title phrase: tokens ``start`` to ``end``, status words and bodies included."""

    start: int
    core: int
    """Where the title begins, the portfolio before an English one included."""
    title_start: int
    title_end: int
    end: int
    stop: int
    """Where reading on came to a halt: at a name, at a word that joins another title, or at any other word."""
    title: Title
    portfolio: tuple[int, ...]
    """Tokens of the portfolio and of the names in it, in order."""
    bodies: tuple[Body, ...]
    standing: Standing
    numbered: bool
    years: tuple[int, ...]
    since: int | None
    person: At | None
    comma: bool
    """True where a comma stands between the phrase and the person after it."""
    capital: bool
    unmarked: bool
    """True where the portfolio seems to hold a body that no name was found for: "Direktur PT X"."""

    @property
    def kind(self) -> str:
        """What the office is of; a "presiden operasi bisnis" leads no state."""
        return "company" if self.title.of == "state" and self.portfolio and not self.bodies else self.title.of


def phrases(page: Page) -> Iterator[Phrase]:
    """Every title phrase of a page, in order; none begins inside another or inside a name."""
    token = 0
    while token < len(page.words):
        name = page.at.get(token)
        core = None if name or _is_status(page, token) else core_at(page, token)
        phrase = _phrase(page, token, core) if core else None
        if phrase is not None:
            yield phrase
        token = name.end if name else (max(phrase.end, token + 1) if phrase else token + 1)


def _is_status(page: Page, token: int) -> bool:
    """True for "Pelaksana Tugas" before a title: it is no title of its own."""
    status = page.vocabulary.before.start(page.words, token)
    return status is not None and core_at(page, status[0]) is not None


def _phrase(page: Page, token: int, core: Core) -> Phrase:
    walk = Walk(page, token, core)
    walk.read()
    modifiers = _modifiers(page, token, core.title)
    start, status = standing(page, token - len(modifiers), walk.standing)
    return Phrase(
        start=start,
        core=token - len(modifiers),
        title_start=token,
        title_end=core.end,
        end=walk.end,
        stop=walk.at,
        title=core.title,
        portfolio=(*modifiers, *walk.portfolio),
        bodies=tuple(walk.bodies),
        standing=status,
        numbered=walk.numbered,
        years=tuple(walk.years),
        since=walk.since,
        person=walk.person,
        comma=walk.comma,
        capital=page.texts[token - len(modifiers)][0].isupper(),
        unmarked=not walk.bodies and any(_is_body_word(page, word) for word in walk.portfolio),
    )


def _is_body_word(page: Page, token: int) -> bool:
    text = page.texts[token]
    return (text.isupper() and len(text) > 1) or page.words[token] in page.vocabulary.kinds


def _modifiers(page: Page, core: int, title: Title) -> range:
    """The portfolio before an English title: "*Marketing Communication* Manager"."""
    start, (first, _) = core, page.sentence(core)
    while title.english and start > first and core - start < ENGLISH_WORDS and _modifies(page, start - 1):
        start -= 1
    return range(start, core)


def _modifies(page: Page, token: int) -> bool:
    text = page.texts[token]
    style = page.vocabulary.styles.end(page.words, token + 1)
    if token in page.at or style is not None or page.words[token] in page.vocabulary.stops:
        return False
    return text == "&" or (text[0].isupper() and text.isascii())
