"""Names that the article itself gives: after "alias" or "akrab disapa", in brackets after the full name, with "bin"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.lang.pack import Pack
from kg.model import EntityType
from kg.nlp.entities_known import Known, well_known
from kg.nlp.entities_rules import NAME_WORDS, RULED, is_name_word
from kg.nlp.layers import Name
from kg.nlp.naming import Naming, namings, words
from kg.nlp.short_form import shortens

if TYPE_CHECKING:
    from spacy.tokens import Doc

RULE: Final = "stated"
STOCK_CODE: Final = re.compile(r"[A-Z]{4}")
"""The code of a company on the stock exchange of Indonesia."""


def stated(doc: Doc, found: Sequence[Name], pack: Pack) -> Iterator[Name]:
    """Names that the article's own words make known, or whose type they tell."""
    page = _Page(doc, found, pack)
    for naming in namings(doc, pack):
        yield from page.named(naming)
    for name in found:
        yield from page.in_brackets(name)


def before(doc: Doc, ends: dict[int, Name], token: int) -> Name | None:
    """The name right before a token; an age or a short form in brackets may lie between."""
    bracketed = token > 2 and (doc[token - 3].text, doc[token - 1].text) == ("(", ")")
    return ends.get(token) or (ends.get(token - 3) if bracketed else None)


def after(doc: Doc, starts: dict[int, Name], token: int, honorifics: frozenset[str]) -> Name | None:
    """The name that begins at a token, or after honorifics."""
    while token not in starts and token < len(doc) and doc[token].lower_.rstrip(".") in honorifics:
        token += 1
    return starts.get(token)


def sides(
    doc: Doc, naming: Naming, at: tuple[dict[int, Name], dict[int, Name]], honorifics: frozenset[str]
) -> tuple[Name | None, Name | None]:
    """The names before and after a naming, by where names start and end; what is said of a noun has none before."""
    starts, ends = at
    left = before(doc, ends, naming.start)
    if naming.relative and left is not None and left.type != "person" and naming.personal:
        left = None
    return left, None if naming.closed else after(doc, starts, naming.end, honorifics)


def filial(doc: Doc, found: Sequence[Name], pack: Pack) -> Iterator[Name]:
    """A name with the father's name after "bin" is one: "Salman *bin* Abdulaziz"; not with one named by himself too."""
    told, known = words(pack).filial, well_known(pack)
    texts = Counter(doc[name.start : name.end].text for name in found)
    kept: list[Name] = []
    for name in sorted(found):
        last = kept[-1] if kept else None
        between = doc[last.end - 1 : name.start] if last is not None else doc[0:0]
        child = any(token.text in told for token in between)
        joined = all(t.text in told or t.lower_.rstrip(".") in known.honorifics for t in between[1:])
        alone = texts[doc[name.start : name.end].text] == 1
        if last is not None and child and joined and alone and {last.type, name.type} == {"person"}:
            kept[-1] = replace(last, end=name.end)
        else:
            kept.append(name)
    yield from kept


def branches(doc: Doc, found: Sequence[Name], known: Known) -> Iterator[Name]:
    """A kind of body, its short form and whose it is are one name: "Pengadilan Negeri (*PN*) Solo".

    A place may follow what each place has one of; after the short form of a kind ("Ponpes", "RSUD") any name may.
    """
    names = sorted(found)
    starts = {name.start: name for name in names}
    joined = -1
    for name in names:
        short = _bracketed(doc, name.end)
        rest = starts.get(name.end + 3) if short[:1].isupper() and name.type != "person" else None
        if rest is not None and _is_branch(doc, name, rest, known):
            yield replace(name, end=rest.end, type=known.first_words.get(short, name.type), rule=RULE)
            joined = rest.end
        elif name.start >= joined:
            yield name


def _is_branch(doc: Doc, name: Name, rest: Name, known: Known) -> bool:
    words_of, short = doc[name.start : name.end], _bracketed(doc, name.end)
    if rest.type == "place":
        country = doc[rest.start : rest.end].text in known.countries
        local = name.type == "organization" and words_of[0].text in known.branches and shortens(short, words_of.text)
        return not country and (local or short in known.first_words)
    return short in known.honouring or (rest.type != "person" and short in known.first_words)


def generic(doc: Doc, found: Sequence[Name], known: Known) -> frozenset[str]:
    """Terms that a well-known short form in brackets shows to be no names: "Badan Usaha Milik Negara (BUMN)"."""
    terms = ((doc[name.start : name.end].text, _bracketed(doc, name.end)) for name in found)
    return frozenset(
        text for text, short in terms if short in known.never and text[:1] == short[:1] and shortens(short, text)
    )


def _bracketed(doc: Doc, token: int) -> str:
    """The only word of the brackets that begin at a token."""
    inside = [word.text for word in doc[token : token + 3]]
    return inside[1] if len(inside) == 3 and (inside[0], inside[2]) == ("(", ")") else ""


class _Page:
    """One Doc with its names by their ends and beginnings."""

    def __init__(self, doc: Doc, found: Sequence[Name], pack: Pack) -> None:
        self.doc = doc
        self.known = well_known(pack)
        self.listed = words(pack).listed
        self.starts = {name.start: name for name in found}
        self.ends = {name.end: name for name in found}
        self.taken = {token: name for name in found for token in range(name.start, name.end)}
        self.no_names = self.known.common | self.known.never | self.known.ends_person | self.known.honorifics

    def named(self, naming: Naming) -> Iterator[Name]:
        """The names of persons beside a naming that were not found, or found as something else."""
        left, right = sides(self.doc, naming, (self.starts, self.ends), self.known.honorifics)
        persons = "person" in {name.type for name in (left, right) if name is not None}
        of_noun = left is None and naming.backward
        if not (persons if left is not None or not naming.personal else persons or of_noun):
            return
        if left is not None:
            yield from self._person(left, known=True)
        elif naming.closed or not of_noun:
            yield from self._run_before(naming.start)
        if right is not None:
            yield from self._person(right, known=False)
        elif not naming.closed:
            yield from self._run_after(naming.end)

    def _person(self, name: Name, known: bool) -> Iterator[Name]:
        """A name as a person's, unless it is `known` and well known as something else."""
        text = self.doc[name.start : name.end].text
        told = self.doc[name.start].text in self.known.first_words or (known and text in self.known.types)
        if name.type != "person" and not told:
            yield replace(name, type="person", rule=RULE, confidence=RULED)

    def _run_before(self, end: int) -> Iterator[Name]:
        """Capitalised words up to a token, with the person's name that they go on from."""
        start = end
        while start > 0 and end - start < NAME_WORDS and self._is_free(start - 1):
            start -= 1
        if start < end:
            begun = self.ends.get(start)
            start = begun.start if begun is not None and begun.type == "person" else start
            yield Name(start, end, "person", RULE, RULED)

    def _run_after(self, start: int) -> Iterator[Name]:
        end = start
        while end < len(self.doc) and end - start < NAME_WORDS and self._is_free(end):
            end += 1
        if end > start:
            yield Name(start, end, "person", RULE, RULED)

    def _is_free(self, token: int) -> bool:
        return token not in self.taken and is_name_word(self.doc, token, self.no_names)

    def in_brackets(self, name: Name) -> Iterator[Name]:
        """The short form of a name in brackets after it, as a name of its type."""
        short, text = _bracketed(self.doc, name.end), self.doc[name.start : name.end].text
        inner = self.taken.get(name.end + 1)
        if not short[:1].isupper() or short in self.known.never or (inner is not None and inner.type == name.type):
            return
        code = (
            name.type == "organization"
            and bool(STOCK_CODE.fullmatch(short))
            and not self.listed.isdisjoint(text.split())
        )
        own = self._own_type(short, name.type)
        housed = name.type == "place" and any(
            self.known.first_words.get(word.text) == "organization" for word in self.doc[name.start : name.end]
        )  # "Kantor Kementerian Luar Negeri (Kemlu)": of the body, not of its house
        if code or (own and not housed and shortens(short, text)):
            yield Name(name.end + 1, name.end + 2, name.type, RULE, RULED)

    def _own_type(self, short: str, kind: EntityType) -> bool:
        """True for a short form that nobody knows as something else; a person's may be anybody's initials."""
        return self.known.types.get(short, kind) == kind and short not in self.known.places
