"""Noun phrases that plainly refer to somebody named elsewhere: "menteri tersebut", "kepala pertahanan Rusia".

Whom a title stands for is read off the roles of the article: the one person who holds that office there (after
"itu" and the like, of several the one named last before). They become anaphors of a chain, never mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.lang.pack import Pack
from kg.nlp.layers import Anaphor, Chain, Role
from kg.nlp.titles_bodies import title_of
from kg.nlp.titles_phrases import Phrase, phrases
from kg.nlp.titles_text import Page
from kg.nlp.titles_words import fold
from kg.nlp.titles_words import words as title_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

HEADLINE_REACH = 4
"""How many words after a title in a headline the body may stand: "Kepala Keamanan Nasional Rusia"."""
LEADER_REACH = 8
"""How many words after "yang dipimpin" the leader's name may begin (titles come between)."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of anaphora.toml as sets."""

    leaders: frozenset[str]
    predicate: frozenset[str]
    nouns: frozenset[str]
    articles: frozenset[str]
    groups: frozenset[str]
    led: frozenset[str]
    where: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Written:
    """A title phrase as it is written: where it ends, the words of its title, what it is of."""

    phrase: Phrase
    end: int
    title: tuple[str, ...]
    bodies: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """An office of a person as the article tells it: the words of its title, what it is of."""

    person: str
    title: tuple[str, ...]
    bodies: frozenset[str]
    around: frozenset[str]
    """The words of the names of its bodies."""


def with_anaphors(doc: Doc, chains: Sequence[Chain], roles: Sequence[Role], pack: Pack) -> tuple[Chain, ...]:
    """The chains with the noun phrases that refer to them; names stay as they are."""
    page, words = Page(doc, chains, title_words(pack)), _words(pack)
    found = sorted({*_titles(page, roles, words), *_nouns(page, words), *_groups(page, words)})
    mine: dict[str, list[Anaphor]] = {}
    end = 0
    for anaphor, key in found:
        if anaphor.start >= end:
            mine.setdefault(key, []).append(anaphor)
            end = anaphor.end
    return tuple(replace(c, anaphors=(*c.anaphors, *mine.get(c.key, ()))) for c in chains)


@lru_cache(maxsize=4)
def _words(pack: Pack) -> _Words:
    listed = {**pack.table("anaphora"), "led": pack.table("events")["led"]}
    return _Words(**{name: frozenset(words) for name, words in listed.items()})


def _titles(page: Page, roles: Sequence[Role], words: _Words) -> Iterator[tuple[Anaphor, str]]:
    held = [_held(page, role) for role in roles]
    beside = {t: role for role in roles if _is_beside(page, role) for t in range(role.start, role.end)}
    for phrase in phrases(page):
        role = beside.get(phrase.core)
        written = _written(page, phrase, words)
        if phrase.person is not None:
            yield Anaphor(phrase.start, written.end), phrase.person.key
        elif role is not None:
            yield Anaphor(phrase.start, written.end), role.person
        elif _refers(page, phrase, words):
            person = _holder(page, written, held, words)
            if person is not None:
                yield Anaphor(phrase.start, written.end + _points(page, written.end)), person


def _written(page: Page, phrase: Phrase, words: _Words) -> _Written:
    """What a title phrase says; in a headline in title case the words up to the body belong to it."""
    title = tuple(fold(title_of(page, phrase)).split())
    if not (page.in_title_case(phrase.core) and phrase.title.open and not phrase.bodies):
        bodies = tuple(page.chains[body.name.key] for body in phrase.bodies)
        return _Written(phrase, _end(phrase, words), title, bodies)
    for token in range(phrase.end, min(phrase.end + HEADLINE_REACH, page.headline_end)):
        name = page.at.get(token)
        if name is not None and name.type != "person":
            further = page.words[phrase.end : token]
            return _Written(phrase, name.end, (*title, *further), (page.chains[name.key],))
    return _Written(phrase, phrase.end, title, ())


def _end(phrase: Phrase, words: _Words) -> int:
    """The end of a title phrase without where something happens: "sebagai Menteri Sosial | di Istana Negara"."""
    where = (b.name.start - 1 for b in phrase.bodies if b.name.type == "place" and b.by in words.where)
    return next(where, phrase.end)


def _is_beside(page: Page, role: Role) -> bool:
    """True where title and name of a role stand in one sentence."""
    return page.sentence_of[role.start] == page.sentence_of[role.end - 1]


def _held(page: Page, role: Role) -> _Held:
    bodies = frozenset(key for key in (role.body, role.territory) if key)
    around = frozenset(word for key in bodies for word in fold(page.chains[key].name).split())
    return _Held(role.person, tuple(fold(role.title).split()), bodies, around)


def _refers(page: Page, phrase: Phrase, words: _Words) -> bool:
    """True for a phrase that speaks of one person: no predicate, no relative's office, no part of a name."""
    if phrase.standing in ("none", "kin"):
        return False
    before = page.words[phrase.start - 1] if phrase.start else "."
    if before in words.predicate or before == "(" or before.isdigit():
        return False
    if phrase.title.bound and not phrase.bodies:
        return False
    named = page.texts[phrase.start - 1][0].isupper() and before not in words.articles
    inside = named and phrase.start > page.sentence(phrase.start)[0]
    return not (inside and phrase.start - 1 not in page.at and not page.in_title_case(phrase.start))


def _points(page: Page, token: int) -> int:
    """1 where a pointing word stands at a token: it belongs to the phrase."""
    return int(token < len(page.words) and page.words[token] in page.vocabulary.pointing)


def _holder(page: Page, written: _Written, held: Sequence[_Held], words: _Words) -> str | None:
    """The one person whose office a phrase can name; after a pointing word the one named last of several."""
    start = written.phrase.start
    fitting = [office for office in held if _same(written, office, words)]
    persons = {office.person for office in fitting}
    pointed = _points(page, written.end) or (start and page.words[start - 1] in words.articles)
    if not persons or not (pointed or _tells(written, fitting)):
        return None
    if len(persons) == 1:
        return persons.pop()
    if not pointed:
        return None
    before = [name.key for name in page.persons_within(0, start) if name.key in persons]
    return before[-1] if before else None


def _tells(written: _Written, fitting: Sequence[_Held]) -> bool:
    """True where a phrase says by itself whom it means: the only seat of its kind, or a title with its body."""
    title = written.phrase.title
    if written.bodies:
        return not title.bound or title.loose
    return title.single and any(office.title == written.title for office in fitting)


def _same(written: _Written, office: _Held, words: _Words) -> bool:
    head, *rest = written.title
    if not all(c.key in office.bodies or set(fold(c.name).split()) <= office.around for c in written.bodies):
        return False
    if head == office.title[0] and set(rest) <= set(office.title):
        return True
    leads = head in words.leaders and bool(written.bodies)
    return leads and {*rest} <= {*office.title, *office.around}


def _nouns(page: Page, words: _Words) -> Iterator[tuple[Anaphor, str]]:
    """ "tersangka" where the article ties the word to one person: "tersangka Erwin", "korban bernama Riky"."""
    bare: dict[str, list[int]] = {}
    tied: dict[str, set[str]] = {}
    for token, word in enumerate(page.words):
        if word not in words.nouns or token in page.at:
            continue
        person = page.person_from(_past_naming(page, token + 1), page.sentence(token)[1])
        if person is not None:
            tied.setdefault(word, set()).add(person.key)
        elif not (token and (page.words[token - 1] in words.predicate or page.words[token - 1].isdigit())):
            bare.setdefault(word, []).append(token)
    for word, tokens in bare.items():
        persons = tied.get(word, set())
        for token in tokens if len(persons) == 1 else ():
            yield Anaphor(token, token + 1 + _points(page, token + 1)), next(iter(persons))


def _past_naming(page: Page, token: int) -> int:
    naming = page.vocabulary.naming.start(page.words, token)
    return naming[0] if naming else token


def _groups(page: Page, words: _Words) -> Iterator[tuple[Anaphor, str]]:
    """ "Delegasi militernya yang dipimpin oleh Shoigu" stands for Shoigu; "delegasi Rusia ..." for Rusia."""
    for token, word in enumerate(page.words):
        if word in words.groups and token not in page.at:
            leader = _leader(page, token, words)
            if leader is not None:
                yield Anaphor(token, token + 1), leader


def _leader(page: Page, group: int, words: _Words) -> str | None:
    _, end = page.sentence(group)
    for token in range(group + 1, min(group + 4, end)):
        if token in page.at:
            return None
        if page.words[token] in words.led:
            person = next(page.persons_within(token, min(token + LEADER_REACH, end)), None)
            return person.key if person else None
    return None
