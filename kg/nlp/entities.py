"""The names in a Doc: what the model finds, set right by well-known names and by the rest of the article.

An article is read as a whole: a name that the model sees once is a name wherever it stands, and of two
types that it gives one spelling, the one it gives more often holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.lang.pack import Pack
from kg.model import EntityType
from kg.nlp.entities_beside import RULE as BESIDE
from kg.nlp.entities_beside import of_age, terms, told
from kg.nlp.entities_bodies import owned, shortened
from kg.nlp.entities_edges import edged, untitled
from kg.nlp.entities_initials import RULE as INITIALS
from kg.nlp.entities_initials import initials
from kg.nlp.entities_known import TYPES, Known, well_known
from kg.nlp.entities_rules import appointed, bodies, schools, titled, widened
from kg.nlp.entities_stated import RULE as STATED
from kg.nlp.entities_stated import branches, filial, generic, stated
from kg.nlp.entities_things import nameless
from kg.nlp.headline import headline_end
from kg.nlp.layers import Name
from kg.nlp.same_name import is_slip
from kg.nlp.titles import title_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc

FIRM: Final = frozenset({"owned", "short", INITIALS, BESIDE, STATED})
"""Rules of names whose type the article's words tell: it holds for their spelling everywhere."""
MODEL, KNOWN, AGAIN, PART = 0.85, 0.95, 0.8, 0.75
"""Confidence by how a name was found: an order set by hand, no shares that were measured."""
SEPARATORS = frozenset({"-", ",", "–"})
PART_LETTERS = 4
"""A part of a person's name must have so many letters to be found by itself."""


def names(doc: Doc, pack: Pack) -> tuple[Name, ...]:
    """Every name of a Doc, in order, none overlapping another."""
    known = well_known(pack)
    spans = title_spans(doc, pack)
    ranks = frozenset(span.end for span in spans if span.kind == "rank")
    found = list(untitled(doc, list(_typed(_from_model(doc, known), doc, known)), known, spans))
    no_bodies = terms(doc, found, known) | generic(doc, found, known)
    found = [name for name in found if doc[name.start : name.end].text not in no_bodies]
    headline = headline_end(doc)
    read = [name for name in found if name.start >= headline]
    body = _longest(
        [*_uncut(_known_names(doc, known), read), *read, *_below(bodies(doc, read, known.begins), headline)]
    )
    below = [span for span in spans if span.start >= headline]
    body = [name for name in edged(doc, body, known, spans) if not _is_word(name, doc, known)]
    body = _over(body, owned(doc, body, below, pack))
    body = _over(body, shortened(doc, body, known))
    body = _over(body, initials(doc, frozenset(known.types), pack))
    body = list(filial(doc, _over(body, stated(doc, body, pack)), pack))
    body = list(branches(doc, body, known))
    body = _over(body, schools(doc, body, known.schools))
    body = list(told(doc, body, known, ranks))
    body = list(_joined(_agreed(body, doc, known), doc, known))
    body = list(widened(doc, body, known.common | known.never | known.honorifics))
    no_names = known.common | known.never | known.ends_person
    body = _with(body, titled(doc, body, below, no_names))
    body = _with(body, appointed(doc, body, below, pack))
    body = _with(body, of_age(doc, body, no_names))
    body = _with(body, _in_headline(doc, body, headline))
    body = _with(body, (name for name in _again(doc, body) if not _is_word(name, doc, known)))
    body = _with(body, _parts(doc, body, {span.start for span in spans}))
    above = [n for n in found if n.start < headline and not _is_title_case(n, doc, known)]
    return tuple(nameless(doc, _with(body, above), known))


def _below(found: Iterable[Name], headline: int) -> Iterator[Name]:
    return (name for name in found if name.start >= headline)


def _longest(found: Iterable[Name]) -> list[Name]:
    """Of names that overlap, the longest."""
    return _with((), sorted(found, key=lambda name: (name.start - name.end, name)))


def _uncut(well_known: Iterable[Name], read: Sequence[Name]) -> Iterator[Name]:
    """Well-known names that cut none of the model's: where they meet one, it lies inside of them as a whole."""
    at = {token: name for name in read for token in range(name.start, name.end)}
    for name in well_known:
        met = [at[token] for token in range(name.start, name.end) if token in at]
        if all(name.start <= other.start and other.end <= name.end for other in met):
            yield name


def _with(found: Iterable[Name], more: Iterable[Name]) -> list[Name]:
    """Names with more names where no name stands yet."""
    kept = sorted(found)
    taken = {token for name in kept for token in range(name.start, name.end)}
    for name in more:
        tokens = set(range(name.start, name.end))
        if not tokens & taken:
            kept.append(name)
            taken |= tokens
    return sorted(kept)


def _over(found: Sequence[Name], more: Iterable[Name]) -> list[Name]:
    """Names with surer ones in place of those that they meet."""
    surer = list(more)
    return _with(_with((), surer), found) if surer else list(found)


def _from_model(doc: Doc, known: Known) -> Iterator[Name]:
    for span in doc.ents:
        for part in _split(doc, span.start, span.end, known):
            styled = known.first_words.get(doc[part[0]].text) == "person"
            start, end = _trimmed(doc, *part, "PER" if styled else span.label_, known)
            if end > start and doc[start:end].text not in known.never and span.label_ in TYPES:
                yield Name(start, end, TYPES[span.label_], "model", MODEL)


def _split(doc: Doc, start: int, end: int, known: Known) -> Iterator[tuple[int, int]]:
    """Two names that the model took for one: "DPRK-Rusia", "DPR, Jakarta", "Komisi Yudisial (KY)"."""
    for token in range(start + 1, end - 1):
        text, right = doc[token].text, doc[token + 1 : end].text
        bracket = text == "(" and ")" not in right[:-1]
        pair = text in SEPARATORS and right in known.types and (text == "," or doc[start:token].text in known.types)
        if bracket or pair:
            yield start, token
            yield token + 1, end
            return
    yield start, end


def _trimmed(doc: Doc, start: int, end: int, label: str, known: Known) -> tuple[int, int]:
    """A name without honorifics and marks at its ends; a bracket that opens inside of it may close it."""
    while start < end - 1 and label == "PER" and doc[start].lower_.rstrip(".") in known.honorifics:
        start += 1
    while start < end and not doc[start].text[:1].isalnum():
        start += 1
    while end > start and not _ends_name(doc, start, end):
        end -= 1
    return start, end


def _ends_name(doc: Doc, start: int, end: int) -> bool:
    last = doc[end - 1].text
    if last == ")":
        return any(doc[i].text == "(" for i in range(start, end))
    return last[-1:].isalnum() or (last[-1:] == "." and len(last) > 1)


def _typed(found: Iterable[Name], doc: Doc, known: Known) -> Iterator[Name]:
    """Names whose type everybody knows, or their first word tells, get it."""
    for name in found:
        text = doc[name.start : name.end].text
        kind = None if text in known.ambiguous else known.types.get(text)
        if kind is None and name.end - name.start > 1:
            kind = known.first_words.get(doc[name.start].text)
        yield replace(name, type=kind or name.type)


def _is_word(name: Name, doc: Doc, known: Known) -> bool:
    """No name: a word that the press writes small, or what is named after a place ("Perang Korea", "dolar AS")."""
    words = doc[name.start : name.end]
    if name.type == "place" and name.start and doc[name.start - 1].lower_ in known.not_after:
        return True
    if words.text in known.types:
        return False
    if name.type == "place" and words[0].lower_ in known.not_after:
        return True
    return words[0].lower_ in known.common if len(words) == 1 else all(token.is_lower for token in words)


def _is_title_case(name: Name, doc: Doc, known: Known) -> bool:
    """No name: words of a headline that only its capitals make look like one ("Jabatan Baru")."""
    small = all(token.lower_ in known.common for token in doc[name.start : name.end])
    return _is_word(name, doc, known) or (small and doc[name.start : name.end].text not in known.types)


def _known_names(doc: Doc, known: Known) -> Iterator[Name]:
    for token in doc:
        for words, kind in known.by_first.get(token.text, ()):
            end = token.i + len(words)
            if end <= len(doc) and all(doc[token.i + i].text == word for i, word in enumerate(words)):
                yield Name(token.i, end, kind, "known", KNOWN)
                break


def _agreed(found: list[Name], doc: Doc, known: Known) -> list[Name]:
    """One type for each spelling; a single word that is, or slips from, part of a person's full name is a person."""
    counts: dict[str, Counter[EntityType]] = {}
    persons: set[str] = set()
    for name in found:
        counts.setdefault(doc[name.start : name.end].text, Counter())[name.type] += 1
        if name.type == "person":
            persons |= {token.lower_ for token in doc[name.start : name.end]}
    types = {text: min(c, key=lambda kind: (-c[kind], kind)) for text, c in counts.items()}
    for text in types:
        small = text.casefold()
        well_known = text in known.types or text in known.places
        if not well_known and (small in persons or any(is_slip(small, word) for word in persons)):
            types[text] = "person"
    firm = [(doc[name.start : name.end].text, name.type) for name in found if name.rule in FIRM]
    types.update((text, kind) for text, kind in firm if text not in known.types)
    return [replace(name, type=types[doc[name.start : name.end].text]) for name in found]


def _joined(found: Iterable[Name], doc: Doc, known: Known) -> Iterator[Name]:
    """A street, square or unit named after a person is no person: "Lapangan Kim Il Sung"."""
    last: Name | None = None
    for name in found:
        before = doc[name.start - 1].text if name.start else ""
        kind = known.honouring.get(before)
        if kind is None or name.type != "person":
            if last is not None:
                yield last
            last = name
        else:
            if last is not None and last.end < name.start:
                yield last
            last = Name(name.start - 1, name.end, kind, name.rule, name.confidence)
    if last is not None:
        yield last


def _in_headline(doc: Doc, found: Iterable[Name], headline: int) -> Iterator[Name]:
    """The article's full names in its headline, whatever letters it has large."""
    forms = {doc[n.start : n.end].text.casefold(): n.type for n in found if n.start >= headline}
    text = doc[:headline].text.casefold()
    for form in sorted(forms, key=lambda f: (-len(f), f)) if len(text) == len(doc[:headline].text) else ():
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text) if " " in form else ():
            span = doc.char_span(*match.span())
            if span is not None:
                yield Name(span.start, span.end, forms[form], "again", AGAIN)


def _again(doc: Doc, found: list[Name]) -> Iterator[Name]:
    """The same spellings elsewhere in the article."""
    forms = {tuple(t.text for t in doc[name.start : name.end]): name.type for name in found}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(forms, key=lambda w: (-len(w), w)):
        if words[0][:1].isupper() and not (len(words) == 1 and len(words[0]) < 2):
            by_first.setdefault(words[0], []).append(words)
    for token in doc:
        for words in by_first.get(token.text, ()):
            end = token.i + len(words)
            if end <= len(doc) and all(doc[token.i + i].text == word for i, word in enumerate(words)):
                yield Name(token.i, end, forms[words], "again", AGAIN)
                break


def _parts(doc: Doc, found: list[Name], titles: set[int]) -> Iterator[Name]:
    """Single words of persons' full names, standing alone; `titles` are the tokens where one begins."""
    small = {token.text for token in doc if token.text.islower()}
    words = {
        token.text
        for name in found
        if name.type == "person" and name.end - name.start > 1
        for token in doc[name.start + (name.start in titles) : name.end]
        if len(token.text) >= PART_LETTERS and token.text[0].isupper() and token.text.casefold() not in small
    }
    for token in doc:
        if token.text in words:
            yield Name(token.i, token.i + 1, "person", "part", PART)
