"""Where one name ends and the next begins: titles, bodies, places and persons that the model took for one name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.nlp.entities_known import Known
from kg.nlp.layers import Name
from kg.nlp.titles import TitleSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

STYLES = frozenset({"rank", "honorific"})
LEFT_OUT = 2
"""So many words may the model leave out between a body and a person."""


def edged(doc: Doc, found: Sequence[Name], known: Known, spans: Sequence[TitleSpan]) -> Iterator[Name]:
    """The names of a Doc, in order, cut and joined where titles, degrees and well-known names say so."""
    names = _whole(doc, _ranked(_ended(doc, _unrelated(doc, found, known), known), spans), known)
    yield from _parted(doc, _before_degree(doc, names, spans), known, spans)


def after_styles(doc: Doc, token: int, styles: dict[int, TitleSpan]) -> int:
    """The token after the ranks and degrees that begin at a token; the token itself where there are none."""
    while token in styles:
        token = styles[token].end
        token += token < len(doc) and doc[token].text == "."
    return token


def styles_of(spans: Iterable[TitleSpan]) -> dict[int, TitleSpan]:
    """Ranks and honorifics by the token they begin at."""
    return {span.start: span for span in spans if span.kind in STYLES}


def untitled(doc: Doc, found: Sequence[Name], known: Known, spans: Sequence[TitleSpan]) -> Iterator[Name]:
    """Bodies and places without the title before them; a title alone is no name."""
    titles = {span.start: span.end for span in spans if span.kind not in STYLES}
    ranks = {(span.start, span.end) for span in spans if span.kind == "rank"}
    parts = {w.text for n in found if n.type == "person" and n.end - n.start > 1 for w in doc[n.start : n.end]}
    types = {doc[name.start : name.end].text: name.type for name in found}
    for name in found:
        end = titles.get(name.start, name.start)
        words = doc[name.start : name.end]
        if words.text in known.types or words.text in known.places or words.text in parts:
            yield name
        elif end == name.end or (name.start, name.end) in ranks:
            continue
        elif name.type == "person" or not name.start < end < name.end or not _begins(doc, name, end, known):
            yield name
        else:
            rest = replace(name, start=end)
            yield from _rest(doc, replace(rest, type=types.get(doc[end : name.end].text, name.type)), known, titles)


def _begins(doc: Doc, name: Name, token: int, known: Known) -> bool:
    """True where a name can begin after a title in it: not in "Kadin *UEA*", "Pengurus *Besar* PSSI", a bracket."""
    text, small = doc[token].text, doc[token].lower_
    plain = small in known.common or small in known.portfolio or text in known.never
    starts = text[:1].isupper() and (text in known.first_words or not plain)
    first, rest = doc[name.start].text, doc[token : name.end].text
    letters = first.isupper() and rest.isupper() and rest not in known.types  # "UKP PIP" is one short form
    whole = letters or first in known.first_words or first in known.begins_body
    return starts and not whole and not (name.start and doc[name.start - 1].text == "(")


def _rest(doc: Doc, name: Name, known: Known, titles: dict[int, int]) -> Iterator[Name]:
    """What is left of a name after a title: not another title, nor words of a portfolio."""
    plain = (word.lower_ in known.common or word.lower_ in known.portfolio for word in doc[name.start : name.end])
    if titles.get(name.start) != name.end and not all(plain):
        yield name


def _unrelated(doc: Doc, found: Sequence[Name], known: Known) -> Iterator[Name]:
    """Persons' names without a noun for what is theirs: "*Pendahulu* Belousov", taken for a body or not."""
    parts = {token.text for name in found if name.type == "person" for token in doc[name.start : name.end]}
    for name in found:
        first, rest = doc[name.start], doc[name.start + 1 : name.end]
        noun = len(rest) > 0 and first.lower_ in known.related and first.text not in known.first_words
        named = name.type == "person" or all(word.text in parts for word in rest)
        yield replace(name, start=rest.start, type="person") if noun and named else name


def _ended(doc: Doc, found: Iterable[Name], known: Known) -> Iterator[Name]:
    """Persons' names without the office that follows: "Budi Santoso *Dewan Komisaris*"."""
    for name in found:
        inside = range(name.start + 1, name.end) if name.type == "person" else ()
        yield replace(name, end=next((t for t in inside if doc[t].text in known.ends_person), name.end))


def _ranked(found: Iterable[Name], spans: Sequence[TitleSpan]) -> Iterator[Name]:
    """Bodies without the rank of the person right after them: "Mabes Polri *Brigadir Jenderal* Budi Santoso"."""
    names = sorted(found)
    ranks = {span.end: span.start for span in spans if span.kind == "rank"}
    persons = {name.start for name in names if name.type == "person"}
    for name in names:
        cut = ranks.get(name.end, name.start)
        ranked = name.type == "organization" and name.end in persons and cut > name.start
        yield replace(name, end=cut) if ranked else name


def _whole(doc: Doc, found: Iterable[Name], known: Known) -> list[Name]:
    """A body that took too little of its name before a person has the length it has elsewhere in the article."""
    names = sorted(found)
    long = _long_bodies(doc, names)
    for number, (left, right) in enumerate(pairwise(names)):
        if left.type == "organization" and right.type == "person" and right.start - left.end <= LEFT_OUT:
            cuts = range(right.end - 1, left.end, -1)
            texts = ((token, doc[left.start : token].text) for token in cuts)
            cut = next((token for token, text in texts if text in known.bodies or text in long), left.end)
            names[number], names[number + 1] = replace(left, end=cut), replace(right, start=max(cut, right.start))
    return names


def _long_bodies(doc: Doc, found: Iterable[Name]) -> frozenset[str]:
    return frozenset(doc[n.start : n.end].text for n in found if n.type == "organization" and n.end - n.start > 1)


def _before_degree(doc: Doc, found: Sequence[Name], spans: Sequence[TitleSpan]) -> list[Name]:
    """The end of a body that looks like a person before the degree of another: "UIN *Raden Fatah* Prof. Budi"."""
    styles = styles_of(spans)
    persons = {name.start for name in found if name.type == "person"}
    kept: list[Name] = []
    for name in found:
        after = after_styles(doc, name.end, styles)
        ends_body = name.type == "person" and name.end < after and after in persons
        kept.append(_with_body_before(doc, kept, name) if ends_body else name)
    return kept


def _with_body_before(doc: Doc, kept: list[Name], name: Name) -> Name:
    """A name as the end of the body right before it, taken from `kept`; its short form in brackets lies between."""
    short = len(kept) > 1 and doc[name.start - 1].text == ")" and doc[kept[-1].start - 1].text == "("
    begin, end = (kept[-2], kept[-2].end + 3) if short else (kept[-1] if kept else name, name.start)
    near = begin.end == name.start if not short else end == name.start
    if begin.type != "organization" or not near:
        return name
    del kept[-2 if short else -1 :]
    return replace(name, start=begin.start, type="organization")


@dataclass(frozen=True, slots=True)
class _Cuts:
    """What tells where to cut names in two."""

    persons: set[str]
    words: set[str]
    """Persons' names and their last words."""
    titles: frozenset[int]
    """Tokens where a title ends."""
    bodies: frozenset[str]
    ends: frozenset[int]
    """Tokens where a body's name ends."""
    begins: frozenset[int]
    """Tokens where a person's name begins."""


def _parted(doc: Doc, found: Sequence[Name], known: Known, spans: Sequence[TitleSpan]) -> Iterator[Name]:
    """Two names taken for one: a body and the person named right after it, a place before a person.

    "Bupati Agam Benni Warlis" names a place and a person, and so does "Ketua Golkar Jateng Benni Warlis".
    """
    persons = {doc[n.start : n.end].text for n in found if n.type == "person"}
    last = {doc[n.end - 1].text for n in found if n.type == "person" and n.end - n.start > 1}
    cuts = _Cuts(
        persons,
        {word for word in persons | last if word not in known.types},
        frozenset(span.end for span in spans if span.kind not in STYLES),
        _long_bodies(doc, found),
        frozenset(name.end for name in found if name.type == "organization"),
        frozenset(name.start for name in found if name.type == "person"),
    )
    left_over: int | None = None
    for name in found:
        begin = name.start if left_over is None else left_over
        left_over = None
        cut = _person_cut(doc, name, known, cuts) if name.type == "person" else _body_cut(doc, name, known, cuts)
        if cut is None:
            yield replace(name, start=begin)
            continue
        yield replace(name, start=begin, end=cut, type="place" if name.type == "person" else name.type)
        if name.end in cuts.begins and name.type != "person":
            left_over = cut if doc[cut].lower_ not in known.honorifics else None  # "Ketua DPD *Sultan* Bachtiar"
        else:
            yield replace(name, start=cut, type="person")


def _person_cut(doc: Doc, name: Name, known: Known, cuts: _Cuts) -> int | None:
    """Where a place ends at the front of a person's name."""
    if name.start in cuts.ends:
        cut = _cut_of(doc, name, known.sure_places, lambda rest: True)
        if cut is not None:
            return cut
    told = name.start in cuts.titles and name.end - name.start > 2
    return _cut_of(doc, name, known.places, lambda rest: told or rest.text in cuts.persons)


def _body_cut(doc: Doc, name: Name, known: Known, cuts: _Cuts) -> int | None:
    """Where a body or place ends that has a person at its end."""
    text = doc[name.start : name.end].text
    if text in known.types or text in known.places:
        return None
    cut = _cut_of(doc, name, known.bodies, partial(_names_person, cuts.words))
    if cut is None:
        cut = _cut_of(doc, name, cuts.bodies, lambda rest: rest[0].text in cuts.words or rest[-1].text in cuts.words)
    titled = name.start in cuts.titles
    if cut is None and titled and name.type == "organization":
        cut = _cut_of(doc, name, known.short_bodies, lambda rest: _is_person(rest, titled, known, cuts))
    inside = name.start + 1 in cuts.titles  # "Ketua Fraksi" of "Fraksi PKS"
    if cut is None and (titled or inside) and name.type == "organization":
        cut = _glued_cut(doc, name, known, cuts)
    if cut is not None or name.type != "place":
        return cut
    return _cut_of(doc, name, known.any_places, lambda rest: _is_person(rest, titled, known, cuts))


def _glued_cut(doc: Doc, name: Name, known: Known, cuts: _Cuts) -> int | None:
    """Where a well-known body, or a chapter of one, ends after a title: "Ketua Fraksi PKS *Jazuli Juwaini*"."""
    chapter = doc[name.start].text in known.first_words
    least = 1 if name.end in cuts.begins else 2
    for cut in range(name.end - least, name.start, -1):
        body = doc[name.start : cut].text in known.bodies or (
            chapter and doc[name.start + 1 : cut].text in known.bodies
        )
        if body:
            return cut if all(_is_strange(word, known) for word in doc[cut : name.end]) else None
    return None


def _is_strange(word: Token, known: Known) -> bool:
    """A capitalised word that stands in no name of a body or place, and in no portfolio."""
    text, small = word.text, word.lower_
    plain = small in known.common or small in known.portfolio or text in known.never or text in known.first_words
    named = text in known.types or text in known.any_places or text in known.ends_person
    return text.istitle() and text.isalpha() and not plain and not named


def _is_person(rest: Span, titled: bool, known: Known, cuts: _Cuts) -> bool:
    """A person whom the article names elsewhere, or, after a title, two words or more that are nothing else."""
    if rest.text in cuts.persons and len(rest) > 1:
        return True
    strange = all(word.text[:1].isupper() and word.lower_ not in known.common for word in rest)
    return titled and len(rest) > 1 and strange and not any(w in known.types for w in (rest.text, *rest.text.split()))


def _names_person(words: set[str], rest: Span) -> bool:
    """A rest that begins like a name and has a word of a person's name in it."""
    return rest[0].text[:1].isupper() and any(word.text in words for word in rest)


def _cut_of(doc: Doc, name: Name, left: frozenset[str], right: Callable[[Span], bool]) -> int | None:
    """Where a name falls into a known one, the longest, and a rest that can be a name by itself."""
    cuts = range(name.end - 2, name.start, -1)
    return next((t for t in cuts if doc[name.start : t].text in left and right(doc[t : name.end])), None)
