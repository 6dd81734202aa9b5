"""What a title phrase names: full title, body, territory; the body of a title written without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kg.nlp.titles_home import Home
from kg.nlp.titles_link import Link
from kg.nlp.titles_phrases import Phrase
from kg.nlp.titles_text import Page
from kg.nlp.titles_walk import OF_PLACES, Body
from kg.nlp.titles_words import fold

ABOUT = 3
"""So often an article names the organization that it is about."""
VERBS = frozenset({"title:pronoun", "title:tied", "title:verb", "title:began", "title:left", "title:past"})
"""Rules by a word between person and title, whose clause may have the body."""
BESIDE = frozenset({"title:before", "title:comma"})
"""Rules of a title right before its name."""
WORKS = 3
"""How many tokens before a body its verb may stand ("menangani tim nasional X sebagai pelatih"), set by hand."""
FAR = frozenset({"title:pointed", "title:pronoun"})
"""Rules whose person is named elsewhere than the title."""


@dataclass(frozen=True, slots=True)
class Office:
    """The office of one link: full title without the body, chain keys of body and territory."""

    link: Link
    title: str
    body: str | None
    territory: str | None = None

    @property
    def held(self) -> tuple[str, str, str | None]:
        """Who holds what."""
        return self.link.person.key, fold(self.title), self.body


def offices(page: Page, links: Sequence[Link]) -> tuple[Office, ...]:
    """The offices of the links, bodies filled in where the article has them elsewhere."""
    written = [office for link in links for office in _written(page, link)]
    return tuple(o for o in _filled(page, written) if o.body is not None or not o.link.phrase.title.bound)


def title_of(page: Page, phrase: Phrase) -> str:
    """The full title that a phrase names, without what the office is of."""
    return _title(page, phrase, _body(page, phrase, _territory(page, phrase)))


def _written(page: Page, link: Link) -> Iterator[Office]:
    """The office of a link; two where it names two bodies ("CEO Tesla dan SpaceX")."""
    phrase = link.phrase
    territory = _territory(page, phrase)
    body = _body(page, phrase, territory)
    title = _title(page, phrase, body)
    for each in (body, *_further(page, phrase, body)):
        yield Office(link, title, each.name.key if each else None, territory.name.key if territory else None)


def _territory(page: Page, phrase: Phrase) -> Body | None:
    """Where an envoy is sent to: "Duta Besar Rusia untuk *Korea Utara*"."""
    if not phrase.title.envoy:
        return None
    return next((b for b in phrase.bodies if b.by in page.vocabulary.territory), None)


def _body(page: Page, phrase: Phrase, territory: Body | None) -> Body | None:
    """The body among the names of a title phrase."""
    title = phrase.title
    names = [b for b in phrase.bodies if b is not territory]
    organizations = [b for b in names if b.name.type == "organization"]
    brought = [b for b in organizations if b.by]
    if title.expert and organizations:
        return (brought or organizations)[-1]
    if names and names[0].name.type == "place" and brought and title.of not in OF_PLACES:
        return brought[0]
    placed = title.place or not title.bound
    fitting = (b for b in names if b in organizations or (placed and b.by not in page.vocabulary.located))
    return next(fitting, None)


def _further(page: Page, phrase: Phrase, body: Body | None) -> Iterator[Body]:
    """The second of two organizations joined as bodies."""
    if body is None or body.name.type != "organization" or phrase.title.national:
        return
    for other in phrase.bodies:
        joined = other.by in page.vocabulary.conjunctions and other.name.start == body.name.end + 1
        if joined and other.name.type == "organization" and other.name.key != body.name.key:
            yield other


def _title(page: Page, phrase: Phrase, body: Body | None) -> str:
    """The full form with the portfolio before the body, in title case: ``Kepala Dinas Pendidikan``."""
    name = phrase.title.name
    if body and body.name.start < phrase.title_end:  # "Komandan Paspampres" with Paspampres as its body
        name = name.removesuffix(f" {page.doc[body.name.start : body.name.end].text}")
    before = [page.texts[token] for token in phrase.portfolio if token < phrase.title_start]
    tokens = _portfolio(page, phrase, body)
    words = [_cased(page, token, before) for before, token in zip([-1, *tokens], tokens, strict=False)]
    return " ".join([*before, name]) + "".join(words)


def _portfolio(page: Page, phrase: Phrase, body: Body | None) -> list[int]:
    """The tokens of the portfolio after the title, without what leads over to the body."""
    vocabulary = page.vocabulary
    first = body or (phrase.bodies[0] if phrase.bodies else None)
    limit = first.name.start if first and first.name.start > phrase.core else phrase.end
    after = [token for token in phrase.portfolio if phrase.title_end <= token < limit]
    tokens = list(takewhile(lambda token: page.words[token] not in vocabulary.brings_body, after))
    beside = bool(body and tokens and tokens[-1] == body.name.start - 1)
    kinds = vocabulary.kinds if body and body.name.type == "place" else vocabulary.kinds - vocabulary.place_kinds
    dropped = vocabulary.connectors | (kinds if beside else frozenset())  # "Dosen Hukum Tata Negara Universitas X"
    while tokens and page.words[tokens[-1]] in dropped:
        tokens.pop()
    return tokens


def _cased(page: Page, token: int, before: int) -> str:
    """A word of a title with the space, and the comma, that stand before it."""
    comma = "," if 0 <= before < token - 1 and page.words[token - 1] == "," else ""
    text = page.texts[token]
    small = page.words[token] in page.vocabulary.connectors
    return f"{comma} {text if small else text[0].upper() + text[1:]}"


def _filled(page: Page, written: Sequence[Office]) -> Iterator[Office]:
    attested = {(o.link.person.key, fold(o.title)): o.body for o in written if o.body}
    led = {o.body: o.title for o in reversed(written) if o.body and o.link.phrase.kind == "state"}
    home = Home(page, led)
    for number, office in enumerate(written):
        body = (
            office.body or attested.get(office.held[:2]) or _worked_at(page, office) or _beside(page, written, number)
        )
        body = body or _headed(page, office) or home.body(office.link, office.title)
        body = body or _joined(written, office) or _clause(page, office, written) or _neighbour(page, written, number)
        body = body or _led(page, office) or _of_region(page, written, number) or _following(page, written, number)
        yield replace(office, body=body or _about(page, office))


def _beside(page: Page, written: Sequence[Office], number: int) -> str | None:
    """The country of the national office right before it in the sentence: "Menlu AS A dan Menhan B"."""
    phrase = written[number].link.phrase
    if not phrase.title.national or phrase.title.home:
        return None
    for other in reversed(written[:number]):
        if page.sentence_of[other.link.phrase.core] != page.sentence_of[phrase.core]:
            return None
        if other.link.phrase.title.national and other.body:
            return other.body
    return None


def _joined(written: Sequence[Office], office: Office) -> str | None:
    """The body of another title of the same name: "presiden dan manajer umum Lakers, X"."""
    phrase = office.link.phrase
    if phrase.unmarked or phrase.kind in OF_PLACES:
        return None
    same = [o for o in written if o.link.person == office.link.person and o.body and o.link.rule not in FAR]
    if phrase.title.bound:  # "pernah menjadi Ketua X, kini advokat"
        same = [o for o in same if o.link.status == office.link.status]
    near = min(same, key=lambda o: abs(o.link.phrase.core - phrase.core), default=None)
    return near.body if near else None


def _headed(page: Page, office: Office) -> str | None:
    """The organization told before "*diketuai* X", or above the list with "Direktur Utama: X"."""
    phrase, person = office.link.phrase, office.link.person
    first = page.sentence(phrase.core)[0]
    listed = phrase.start == first and ":" in page.words[phrase.end : person.start] and not phrase.title.national
    if not (listed or phrase.title.verb):
        return None
    before = page.body_before(phrase.start, "organization")
    return before.key if before is not None and (listed or before.start >= first) else None


def _worked_at(page: Page, office: Office) -> str | None:
    """The name between verb and "sebagai": "*memimpin X* sebagai direktur"."""
    at, words = office.link.phrase.start - 1, page.words
    name = page.at.get(at - 1) if office.link.rule in VERBS and words[at] in page.vocabulary.roles_as else None
    if name is None or name.type == "person":
        return None
    return name.key if not page.vocabulary.works.isdisjoint(words[max(name.start - WORKS, 0) : name.start]) else None


def _led(page: Page, office: Office) -> str | None:
    """The name right before "*dipimpin* A selaku T" or "*dipimpin* Pj Bupati A"."""
    at = page.styled_from(min(office.link.start, office.link.phrase.start))
    verb = page.vocabulary.led.end(page.words, at)
    name = page.at.get(verb[0] - 1) if verb else None
    return name.key if name is not None and name.type != "person" else None


def _of_region(page: Page, written: Sequence[Office], number: int) -> str | None:
    """The region of the head told of before in the sentence: "Gubernur X A dan *Wakil Gubernur* B"."""
    phrase = written[number].link.phrase
    if phrase.kind != "region" or phrase.bodies:
        return None
    for other in reversed(written[:number]):
        if page.sentence_of[other.link.phrase.core] != page.sentence_of[phrase.core]:
            return None
        if other.body and other.link.phrase.kind == "region":
            return other.body
    return None


def _clause(page: Page, office: Office, written: Sequence[Office]) -> str | None:
    """The only organization named before it in the sentence, for "mewakili PT X selaku direktur utama"."""
    link = office.link
    if link.rule not in VERBS or link.phrase.unmarked or link.phrase.kind in OF_PLACES or link.phrase.title.national:
        return None
    first = page.sentence(link.phrase.core)[0]
    said = [t for t in range(first, link.phrase.start) if page.words[t] in page.vocabulary.pronouns]
    before = range(said[-1] if said and link.rule == "title:pronoun" else first, link.phrase.start)
    keys = {name.key for name in page.names if name.start in before and name.type == "organization"}
    if link.phrase.title.bound:  # "pernah menjadi Ketua X, kini advokat"
        keys -= {o.body for o in written if o.link.person.key == link.person.key and o.link.status != link.status}
    return keys.pop() if len(keys) == 1 else None


def _neighbour(page: Page, written: Sequence[Office], number: int) -> str | None:
    """The body of the office of its kind told of before, for "Direktur Keuangan" after "Dirut PT X"."""
    phrase = written[number].link.phrase
    if phrase.unmarked or (phrase.title.national and phrase.kind in OF_PLACES) or phrase.kind in OF_PLACES:
        return None
    told = written[:number]
    if phrase.title.bound:  # "pernah menjadi Ketua X, kini advokat"
        link = written[number].link
        told = [o for o in told if o.link.person.key != link.person.key or o.link.status == link.status]
    if phrase.title.bound and written[number].link.rule == "title:before":  # "Pelatih X A dan kiper B"
        told = [o for o in told if page.sentence_of[o.link.phrase.core] == page.sentence_of[phrase.core]]
        told = [o for o in told if o.link.rule in BESIDE]
    before = [o.body for o in told if o.body and o.link.phrase.kind == phrase.kind]
    return before[-1] if before else None


def _following(page: Page, written: Sequence[Office], number: int) -> str | None:
    """The body of the next office of its kind in the sentence: "A sebagai ketua dan B sebagai sekretaris *X*"."""
    phrase = written[number].link.phrase
    other = written[number + 1] if number + 1 < len(written) else None
    verbal = written[number].link.rule in VERBS
    if other is None or not verbal or phrase.unmarked or phrase.title.national or phrase.kind in OF_PLACES:
        return None
    same = page.sentence_of[other.link.phrase.core] == page.sentence_of[phrase.core]
    joined = other.link.rule == written[number].link.rule and other.link.phrase.kind == phrase.kind
    return other.body if same and joined and other.link.person.key != written[number].link.person.key else None


def _about(page: Page, office: Office) -> str | None:
    """The organization that the article is about, for "CEO X" alone."""
    phrase = office.link.phrase
    if phrase.unmarked or not phrase.title.single or phrase.title.of != "company":
        return None
    counts = sorted((-len(c.names), c.key) for c in page.chains.values() if c.type == "organization")
    return counts[0][1] if counts and -counts[0][0] >= ABOUT else None
