"""What a title phrase names: full title, body, territory; and the body of a title that is written without one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kg.model import EntityType
from kg.nlp.titles_links import Link
from kg.nlp.titles_phrases import Body, Phrase
from kg.nlp.titles_text import At, Page
from kg.nlp.titles_words import Title, fold


OF_PLACES = frozenset({"state", "country", "region"})
"""What an office is of where its body is a place."""


@dataclass(frozen=True, slots=True)
class Office:
    """The office of one link: full title without the body, chain keys of body and territory."""

    link: Link
    title: str
    body: str | None
    territory: str | None = None


def offices(page: Page, links: Sequence[Link]) -> tuple[Office, ...]:
    """The offices of the links, bodies filled in where the article has them elsewhere."""
    written = [office for link in links for office in _offices(page, link)]
    return tuple(office for office in _filled(page, written) if not _unplaced(office))


def _offices(page: Page, link: Link) -> Iterator[Office]:
    """The office of a link; two where it names two bodies ("CEO Tesla dan SpaceX")."""
    phrase = link.phrase
    body, territory = body_of(phrase), territory_of(phrase)
    title = full_title(page, phrase, body)
    for each in (body, *_further(phrase, body)):
        yield Office(link, title, each.name.key if each else None, territory.name.key if territory else None)


def _further(phrase: Phrase, body: Body | None) -> Iterator[Body]:
    for other in phrase.bodies:
        if body and other.by == "dan" and other.name.start == body.name.end + 1 and other.name.key != body.name.key:
            if body.name.type == other.name.type == "organization" and not phrase.title.national:
                yield other


def _unplaced(office: Office) -> bool:
    return office.link.phrase.title.bound and office.body is None


def territory_of(phrase: Phrase) -> Body | None:
    """Where an envoy is sent to: "Duta Besar Rusia untuk *Korea Utara*"."""
    if not phrase.title.envoy:
        return None
    return next((b for b in phrase.bodies if b.by in ("untuk", "to", "bagi")), None)


def body_of(phrase: Phrase) -> Body | None:
    """The body among the names of a title phrase."""
    title, territory = phrase.title, territory_of(phrase)
    names = [b for b in phrase.bodies if b is not territory]
    organizations = [b for b in names if b.name.type == "organization"]
    brought = [b for b in organizations if b.by]
    if title.expert and organizations:
        return (brought or organizations)[-1]
    if names and names[0].name.type == "place" and brought and title.of not in OF_PLACES:
        return brought[0]
    placed = title.place or not title.bound
    places = [b for b in names if b.name.type == "place" and placed and b.by not in ("di", "untuk")]
    fitting = [b for b in names if b in organizations or b in places]
    return fitting[0] if fitting else None


def full_title(page: Page, phrase: Phrase, body: Body | None) -> str:
    """The full form with the words of the portfolio before the body, in title case: ``Kepala Dinas Pendidikan``."""
    first = body or (phrase.bodies[0] if phrase.bodies else None)
    limit = first.name.start if first and first.name.start > phrase.core else phrase.end
    vocabulary = page.vocabulary
    before = [token for token in phrase.portfolio if token < phrase.start_of_title]
    tokens = list(takewhile(lambda t: page.words[t] not in vocabulary.brings_body, phrase.portfolio[len(before) :]))
    tokens = [token for token in tokens if token < limit]
    beside = bool(body and tokens and tokens[-1] == body.name.start - 1)
    small = vocabulary.connectors | (vocabulary.kinds if beside else frozenset())
    while tokens and page.words[tokens[-1]] in small:
        tokens.pop()
    name = phrase.title.name
    if body and body.name.start < phrase.end_of_title:  # "Komandan Paspampres" with Paspampres as its body
        name = name.removesuffix(f" {page.doc[body.name.start : body.name.end].text}")
    name = " ".join([*(page.texts[token] for token in before), name])
    for before, token in zip([None, *tokens], tokens, strict=False):
        comma = "," if before is not None and token - before > 1 and page.words[token - 1] == "," else ""
        name += f"{comma} {_capital(page.texts[token], page.words[token], vocabulary.connectors)}"
    return name


def _capital(text: str, word: str, small: frozenset[str]) -> str:
    return text if word in small else text[0].upper() + text[1:]


def _filled(page: Page, written: Sequence[Office]) -> Iterator[Office]:
    attested = {(o.link.person.key, fold(o.title)): o for o in written if o.body}
    home = _Home(page)
    for number, office in enumerate(written):
        if office.body is not None:
            yield office
            continue
        same = attested.get((office.link.person.key, fold(office.title)))
        body = same.body if same else _beside(page, written, number) or home.body(office)
        yield replace(office, body=body or _joined(written, office) or _neighbour(written, number))


def _beside(page: Page, written: Sequence[Office], number: int) -> str | None:
    """"Menlu AS A dan Menhan B": the country of the national office right before it in the sentence."""
    office = written[number]
    title = office.link.phrase.title
    for other in reversed(written[:number]):
        if page.sentence_of[other.link.phrase.core] != page.sentence_of[office.link.phrase.core]:
            return None
        if title.national and other.link.phrase.title.national and other.body and not title.home:
            return other.body
    return None


def _joined(written: Sequence[Office], office: Office) -> str | None:
    """"presiden dan manajer umum Lakers": two titles joined before one name have one body."""
    if office.link.phrase.unmarked:
        return None
    same = [o for o in written if o.link.person == office.link.person and o.body]
    near = min(same, key=lambda o: abs(o.link.phrase.core - office.link.phrase.core), default=None)
    return near.body if near else None


def _neighbour(written: Sequence[Office], number: int) -> str | None:
    """"Direktur Keuangan" alone after "Direktur Utama PT X": the body of the office of its kind told of before."""
    phrase = written[number].link.phrase
    title = phrase.title
    if phrase.unmarked or title.national or title.of in OF_PLACES:
        return None
    before = [o for o in written[:number] if o.body and o.link.phrase.title.of == title.of]
    return before[-1].body if before else None


class _Home:
    """The bodies that an article names for offices of the home country, and the other countries in it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._names = {
            fold(page.doc[n.start : n.end].text): chain.key for chain in page.chains.values() for n in chain.names
        }
        self._country = next((self._names[n] for n in sorted(page.vocabulary.home) if n in self._names), None)

    def body(self, office: Office) -> str | None:
        """The body of an office written without one; None where the article names none."""
        title = office.link.phrase.title
        if title.holders and not self._held_at_home(office, title):
            return self._abroad(office)
        if title.national or title.home:
            return self._country or self._first(title.bodies) or self._first(self._ministries(title))
        if title.of in ("state", "country"):
            return self._abroad(office)
        return self._first(title.bodies) or self._unit(office)

    def _first(self, names: Iterable[str]) -> str | None:
        return next((self._names[fold(name)] for name in names if fold(name) in self._names), None)

    def _held_at_home(self, office: Office, title: Title) -> bool:
        chain = self._page.chains[office.link.person.key]
        spoken = [fold(self._page.doc[n.start : n.end].text) for n in chain.names] + [fold(chain.name)]
        return any(fold(holder) in name for holder in title.holders for name in spoken)

    def _ministries(self, title: Title) -> Iterator[str]:
        for form in (title.name, *title.forms):
            plain = fold(form).removeprefix("wakil ").removeprefix("wa")
            for word, body in self._page.vocabulary.ministries.items():
                if plain.startswith(word):
                    yield body + plain.removeprefix(word)
                    break

    def _unit(self, office: Office) -> str | None:
        """"Kapolres" alone where the article names one "Polres"."""
        title = office.link.phrase.title
        beginnings = tuple(fold(unit) + " " for unit in title.units)
        portfolio = office.title[len(title.name) :]
        named = [self._names.get(fold(unit + portfolio)) for unit in title.units if portfolio]
        keys = {key for name, key in self._names.items() if name.startswith(beginnings)} if beginnings else set()
        return next((key for key in named if key), None) or (keys.pop() if len(keys) == 1 else None)

    def _abroad(self, office: Office) -> str | None:
        """The other country most spoken of: "Presiden Macron" without "Prancis" beside it."""
        counts = sorted(
            (-len(chain.names), chain.names[0].start, chain.key)
            for chain in self._page.chains.values()
            if chain.type == "place" and chain.key != self._country and self._is_country(chain.key)
        )
        return counts[0][2] if counts else None

    def _is_country(self, key: str) -> bool:
        chain = self._page.chains[key]
        return any(
            fold(self._page.doc[n.start : n.end].text) in self._page.vocabulary.countries for n in chain.names
        )
