"""From title phrases in running text to role reports: who holds, held, will hold or acts in which office.

titles_words     titles and the words around them, from the language pack
titles_text      the Doc laid out: words, names, headline
titles_on_day    who held an office on the day of an event
titles_status    former, acting, to come; terms in years
titles_walk      from a title on to its body and to the name after it
titles_phrases   title phrases: status, title, portfolio, body
titles_persons   who is listed with whom, who was last spoken of
titles_ties      from a title back to the person it is tied to
titles_link      a person in the office that a phrase names
titles_links     which person holds what a phrase names
titles_echoes    "wakilnya", "penggantinya"; who hands an office to whom
titles_retold    a former office told without its holder's name
titles_home      bodies of offices that are written without one
titles_bodies    full title, body, territory
titles_clauses   which date belongs to which verb
titles_terms     when an office began and ended, by the words beside its title
titles_terms_words  those words, from the language pack
titles_turns     when an office began and ended, told elsewhere than beside its title
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from kg.lang.pack import Pack
from kg.model import Status
from kg.nlp.layers import Chain, Date, Role
from kg.nlp.titles_bodies import Office, offices
from kg.nlp.titles_clauses import Clauses
from kg.nlp.titles_links import links
from kg.nlp.titles_phrases import phrases
from kg.nlp.titles_terms import Terms
from kg.nlp.titles_terms_words import term_words
from kg.nlp.titles_text import Page
from kg.nlp.titles_walk import OF_PLACES
from kg.nlp.titles_words import Words, fold, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIDENCE = {
    "title:before": 0.95,
    "title:comma": 0.97,
    "title:list": 0.95,
    "title:joined": 0.9,
    "title:after": 0.85,
    "title:tied": 0.85,
    "title:verb": 0.8,
    "title:began": 0.9,
    "title:left": 0.75,
    "title:past": 0.85,
    "title:replaced": 0.55,
    "title:pronoun": 0.5,
    "title:pointed": 0.85,
    "title:retold": 0.6,
}
"""How sure each rule is: its precision with status on ../shared/gold/train with gold names, November 2026, a little
less where it fired fewer than ten times; of "pronoun", "left" and "retold" there are too few cases: by hand."""


def roles(
    doc: Doc, chains: Sequence[Chain], dates: Sequence[Date], pack: Pack, published: date | None = None
) -> tuple[Role, ...]:
    """The offices that a Doc ties to its persons, as ``told`` reads them."""
    return told(clauses(doc, chains, dates, pack, published), pack)


def told(around: Clauses, pack: Pack) -> tuple[Role, ...]:
    """The offices that the article ties to its persons, in order of the text, each tie with its own words."""
    page, terms = around.page, Terms(around, pack)
    found = offices(page, links(page, tuple(phrases(page))))
    dated = _by_terms(found, terms)
    return tuple(_role(office, terms) for office in _agreed(_proper(_distinct(page, dated)), terms))


def clauses(
    doc: Doc, chains: Sequence[Chain], dates: Sequence[Date], pack: Pack, published: date | None = None
) -> Clauses:
    """A Doc laid out for reading when offices began and ended."""
    return Clauses(Page(doc, chains, words(pack)), dates, term_words(pack), published)


def _role(office: Office, terms: Terms) -> Role:
    link = office.link
    term = terms.of(link)
    return Role(
        start=link.start,
        end=link.end,
        person=link.person.key,
        title=office.title,
        body=office.body,
        territory=office.territory,
        status=link.status,
        single=link.phrase.title.single,
        rule=link.rule,
        confidence=CONFIDENCE[link.rule],
        began=term.began,
        ended=term.ended,
    )


def _by_terms(found: Sequence[Office], terms: Terms) -> Iterator[Office]:
    """A term that is over ("Dirut periode 2010-2015"), or a numbered one ("Presiden ke-5"), makes a former holder.

    One that lasts to this day ("selama lima tahun terakhir") makes a current one.
    """
    serving = {o.held for o in found if o.link.status == "current" and not o.link.phrase.numbered}
    for office in found:
        over, numbered = terms.of(office.link).over, office.link.phrase.numbered
        over = True if over is None and terms.gone(office.link) else over
        status = office.link.status
        if status == "current" and (over or (numbered and office.held not in serving)):
            status = "former"
        elif status == "former" and over is False:
            status = "current"
        yield replace(office, link=replace(office.link, status=status))


def _distinct(page: Page, found: Iterable[Office]) -> Iterator[Office]:
    """One reading of one office, the first, for "Kepala Dinas X" of Bogor and "Kepala" of Dinas X Bogor."""
    first: dict[tuple[str, frozenset[str]], Office] = {}
    for office in _fullest(found):
        body = page.chains[office.body].name if office.body else ""
        whole = frozenset(fold(f"{office.title} {body}").split())
        same = first.setdefault((office.link.person.key, whole), office)
        yield replace(office, title=same.title, body=same.body, territory=same.territory)


def _fullest(told_of: Iterable[Office]) -> Iterator[Office]:
    """One office under its longest title, for "Kapolres" of whom the article also calls "Kapolres Metro"."""
    found = tuple(told_of)
    titles: dict[tuple[str, str | None, Status], set[str]] = {}
    for office in found:
        titles.setdefault((office.link.person.key, office.body, office.link.status), set()).add(office.title)
    for office in found:
        same = titles[office.link.person.key, office.body, office.link.status]
        longer = [title for title in same if title.startswith(office.title + " ") and office.body]
        yield replace(office, title=max(longer, key=lambda t: (len(t), t))) if longer else office


def _proper(told_of: Iterable[Office]) -> Iterator[Office]:
    """A loose title ("bos") is given up for another of the same person and body."""
    found = tuple(told_of)
    proper = {(o.link.person.key, o.body) for o in found if not o.link.phrase.title.loose}
    for office in found:
        holding = (office.link.person.key, office.body)
        if not office.link.phrase.title.loose or holding not in proper:
            proper.add(holding)
            yield office


def _agreed(told_of: Iterable[Office], terms: Terms) -> Iterator[Office]:
    """One status for each office of a person: whom the article also calls "mantan" or "Plt" is that.

    A term that is over is told of a former holder, or, after the same office was told as held, of an earlier term.
    """
    found = tuple(told_of)
    never: dict[tuple[str, str, str | None], int] = {}
    for office in found:
        if office.link.status in ("former", "acting"):
            begin = office.link.start if terms.of(office.link).over else 0
            never[office.held] = min(never.get(office.held, begin), begin)
    for office in found:
        if office.link.status == "current" and never.get(office.held, office.link.start) < office.link.start:
            continue
        yield office


@dataclass(frozen=True, slots=True, order=True)
class TitleSpan:
    """Words that are no part of a name; a ``head`` is a title that a portfolio or body follows."""

    start: int
    end: int
    kind: Literal["office", "head", "rank", "honorific"]


def title_spans(doc: Doc, pack: Pack) -> tuple[TitleSpan, ...]:
    """Where titles, ranks and honorifics stand, in order: a capital right after one begins a name."""
    vocabulary = words(pack)
    folded = [fold(token.text) for token in doc]
    found: list[TitleSpan] = []
    token = 0
    while token < len(folded):
        span = _span_at(folded, token, vocabulary)
        if span is not None:
            found.append(span)
        token = span.end if span else token + 1
    return tuple(found)


def _span_at(folded: Sequence[str], token: int, vocabulary: Words) -> TitleSpan | None:
    title = vocabulary.titles.start(folded, token)
    style = vocabulary.styles.start(folded, token)
    if title is not None and (style is None or title[0] >= style[0]):
        head = (title[1].open or title[1].bound) and title[1].of not in OF_PLACES
        return TitleSpan(token, title[0], "head" if head else "office")
    return TitleSpan(token, style[0], "rank" if style[1] == "rank" else "honorific") if style else None
