"""Offices told by a word that points back to an earlier one: "Bupati A dan *wakilnya*, B", "*penggantinya*, C".

deputy       "wakilnya"      the deputy of the title before, in the same body
peer         "koleganya"     the same title in the body named with it: "koleganya dari Mesir, D"
successor    "penggantinya"  the same office, held now
predecessor  "pendahulunya"  the same office, held before
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.nlp.titles_link import Link
from kg.nlp.titles_persons import subject_of
from kg.nlp.titles_phrases import Phrase
from kg.nlp.titles_text import At, Page
from kg.nlp.titles_ties import undone
from kg.nlp.titles_walk import Body
from kg.nlp.titles_words import Title, Words, pieces

SUCCESSOR = 8
"""So many tokens after a title its holder's successor may be told of (by hand)."""
BEHIND = 2
"""So many sentences back the title may stand that the word points to (by hand)."""


def echoes(page: Page, linked: Sequence[Link]) -> Iterator[Link]:
    """The links that words like "wakilnya" make of those before them."""
    for token in range(len(page.words)):
        found = page.vocabulary.echoes.start(page.words, token)
        before = _before(page, linked, token) if found else None
        made = _echo(page, linked, before, *found) if found and before else None
        if made is not None:
            yield made


def _before(page: Page, linked: Sequence[Link], token: int) -> Link | None:
    first = page.sentences[max(page.sentence_of[token] - BEHIND, 0)][0]
    near = [link for link in linked if first <= link.phrase.start and link.end <= token]
    return max(near, key=lambda link: link.end, default=None)


def _echo(page: Page, linked: Sequence[Link], before: Link | None, end: int, kind: str) -> Link | None:
    body, at = _named_body(page, end) if kind == "peer" else (None, end)
    limit = page.sentence(end - 1)[1]
    if kind == "deputy" and page.vocabulary.handing.end(page.words, end - 1) is not None:
        kind = "successor"  # "digantikan wakilnya, A"
    who = page.person_from(at + (page.words[at : at + 1] == [","]), limit)
    if who is None and kind == "successor" and at == limit:
        who = next(page.persons_back(limit - 1, page.sentence(end - 1)[0]), None)  # "Ketua X dicopot, A penggantinya"
        before = None if who is None else _before(page, linked, who.start)
    if before is None:
        return None
    if who is None or who.key == before.person.key or (kind == "peer") != (body is not None):
        return None
    if body is not None:
        return Link(who, _of_body(before.phrase, body), "current", "title:joined")
    if kind == "deputy":
        title = _deputy(page.vocabulary, before.phrase.title)
        return Link(who, replace(before.phrase, title=title), before.status, "title:joined")
    former = kind == "predecessor"
    return Link(who, before.phrase, "former" if former else "current", "title:replaced", not former, former)


def _named_body(page: Page, token: int) -> tuple[At | None, int]:
    """The place or organization of a peer and where it ends: "dari *Mesir*"."""
    at = token + (page.words[token : token + 1] != [] and page.words[token] in page.vocabulary.brings_body)
    name = page.at.get(at)
    return (name, name.end) if name is not None and name.type != "person" else (None, token)


def _of_body(phrase: Phrase, body: At) -> Phrase:
    """The phrase with another body than its own."""
    limit = phrase.bodies[0].name.start if phrase.bodies else phrase.end
    return replace(phrase, bodies=(Body(body, ""),), portfolio=tuple(t for t in phrase.portfolio if t < limit))


def _deputy(words: Words, title: Title) -> Title:
    name = f"{words.deputy} {title.name}"
    known = words.titles.start(pieces(name), 0)
    exact = known is not None and known[0] == len(pieces(name))
    return known[1] if known and exact else replace(title, name=name, single=False, holders=())


def handed(page: Page, found: Sequence[Phrase], linked: Sequence[Link]) -> Iterator[Link]:
    """Who hands an office to whom: "jabatan Kapolsek X dari A kepada B", "Ketua X A digantikan B"."""
    for phrase in found:
        if phrase.person is None and page.words[max(phrase.start - 1, 0)] in page.vocabulary.seats:
            yield from _handed(page, phrase)
    for link in linked:
        verb = page.vocabulary.handing.start(page.words, link.person.end) if link.ended else None
        at = (verb[0] if verb else 0) or before_successor(page, link)
        who = page.person_from(_past_kin(page, at), page.sentence(link.person.start)[1]) if at else None
        if who is not None:
            yield Link(who, link.phrase, "current", "title:replaced", began=True)


def before_successor(page: Page, link: Link) -> int:
    """Where the verb ends in "A, Ketua X *sebelum digantikan* B"; 0 where there is none."""
    end = min(page.sentence(link.end - 1)[1], link.end + SUCCESSOR)
    for at in range(link.end, end):
        verb = page.vocabulary.handing.start(page.words, at + 1) if page.words[at] in page.vocabulary.earlier else None
        if verb is not None:
            return verb[0]
    return 0


def _past_kin(page: Page, token: int) -> int:
    """Past "putrinya," before a name."""
    word = page.words[token] if token < len(page.words) else ""
    ending = page.vocabulary.possessive
    kin = word.endswith(ending) and page.vocabulary.before.end([word.removesuffix(ending)], 1)
    return token + 1 + (page.words[token + 1 : token + 2] == [","]) if kin else token


def _handed(page: Page, phrase: Phrase) -> Iterator[Link]:
    at, limit = phrase.stop, page.sentence(phrase.core)[1]
    while at < limit and page.words[at] in page.vocabulary.passes:
        at += 1
    giver = page.person_from(at + 1, limit) if page.words[at : at + 1] == [page.vocabulary.from_word] else None
    if giver is not None:
        yield Link(giver, phrase, "former", "title:replaced", ended=True)
        at = giver.end
    taker = page.person_from(at + 1, limit) if at < limit and page.words[at] in page.vocabulary.to_words else None
    side = _side(page, phrase) if (giver is None) != (taker is None) else None
    giver, taker = (side if taker else None), taker or (side if giver else None)
    if giver is not None:
        yield Link(giver, phrase, "former", "title:replaced", ended=True)
    if taker is not None:
        yield Link(taker, phrase, "current", "title:replaced", began=True)


def _side(page: Page, phrase: Phrase) -> At | None:
    """Who hands over or takes as the subject: "A *menyerahkan* jabatan Dandim X kepada B"."""
    at, vocabulary = phrase.start, page.vocabulary
    while page.words[at - 1] in vocabulary.seats:
        at -= 1
    if page.words[at - 1] not in vocabulary.gives | vocabulary.takes or undone(page, at - 1):
        return None
    return subject_of(page, at - 1)
