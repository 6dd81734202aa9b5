"""Names that the article itself says are one: by words between them, in brackets, or of the one named before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.lang.pack import Pack
from kg.nlp.entities_known import well_known
from kg.nlp.entities_stated import sides
from kg.nlp.layers import Name
from kg.nlp.naming import Naming, namings, words
from kg.nlp.same_name import matcher
from kg.nlp.short_form import rings_like, shortens

if TYPE_CHECKING:
    from spacy.tokens import Doc

SHORT_INSIDE: Final = re.compile(r"([^()]+) \(\s?(\w+)\s?\) ([^()]+)")


def stated(doc: Doc, names: Sequence[Name], pack: Pack) -> dict[str, frozenset[str]]:
    """The spellings that the article says are one, by spelling."""
    groups: dict[str, frozenset[str]] = {}
    for texts in _Page(doc, names, pack).groups():
        whole = texts.union(*(groups.get(text, frozenset()) for text in texts))
        groups.update(dict.fromkeys(whole, whole))
    return groups


class _Page:
    """One Doc with its names in order."""

    def __init__(self, doc: Doc, names: Sequence[Name], pack: Pack) -> None:
        self.doc = doc
        self.names = names
        self.pack = pack
        self.words = words(pack)
        self.known = well_known(pack)
        self.matcher = matcher(pack)
        self.texts = frozenset(self._text(name) for name in names)

    def _text(self, name: Name) -> str:
        return self.doc[name.start : name.end].text

    def groups(self) -> Iterator[frozenset[str]]:
        """Spellings that are said to be one, a few at a time."""
        for one, other in (*self._by_words(), *self._by_choice(), *self._by_brackets()):
            if one.type == other.type:
                yield frozenset((self._text(one), self._text(other)))
        yield from self._variants()

    def _variants(self) -> Iterator[frozenset[str]]:
        """A name with a short form inside, in full and in short: "Pengadilan Negeri (PN) Solo", "PN Solo"."""
        for text in sorted(self.texts):
            match = SHORT_INSIDE.fullmatch(text)
            full, short, rest = match.groups() if match is not None else ("", "", "")
            if shortens(short, full):
                yield frozenset((text, f"{full} {rest}", f"{short} {rest}"))

    def _by_words(self) -> Iterator[tuple[Name, Name]]:
        at = {name.start: name for name in self.names}, {name.end: name for name in self.names}
        for naming in namings(self.doc, self.pack):
            left, right = sides(self.doc, naming, at, self.known.honorifics)
            short = left if naming.closed else right
            if left is not None and right is not None:
                yield left, right
            elif short is not None and short.type == "person" and naming.personal and naming.backward:
                full = self._named_before(short, naming)
                if full is not None:
                    yield full, short

    def _named_before(self, short: Name, naming: Naming) -> Name | None:
        """The person named before whose other name is told: the last that sounds like it, or the only one."""
        begin = min(short.start, naming.start)
        text = self._text(short)
        ahead = {self._text(name): name for name in self.names if name.type == "person" and name.end <= begin}
        ahead.pop(text, None)
        alike = [name for each, name in ahead.items() if rings_like(text, each) or shortens(text, each)]
        if alike or not ahead:
            return max(alike, default=None)
        fullest = max(ahead.values(), key=lambda name: (name.end - name.start, name))
        parts = set(self._text(fullest).split())
        return fullest if all(parts.issuperset(each.split()) for each in ahead) else None

    def _by_choice(self) -> Iterator[tuple[Name, Name]]:
        """A name and its short form: "Badan Kopi Raya atau BKR"."""
        for left, right in pairwise(self.names):
            between = self.doc[left.end : right.start]
            chosen = len(between) == 1 and between[0].lower_ in self.words.choice
            if chosen and right.end - right.start == 1 and shortens(self._text(right), self._text(left)):
                yield left, right

    def _by_brackets(self) -> Iterator[tuple[Name, Name]]:
        """What stands in brackets right after a name, with that name: "Komisi Pemberantasan Korupsi (KPK)"."""
        for number, left in enumerate(self.names):
            inside = list(self._inside(number))
            for name in inside if len(inside) == 1 or left.type == "organization" else ():
                whole = self._is_nickname(name, left) if left.type == "person" else not self._is_of_end(name, left)
                if whole:
                    yield left, name

    def _inside(self, number: int) -> Iterator[Name]:
        """The names that fill the brackets after a name: "(World Health Organization/WHO)"."""
        begin = self.names[number].end
        found, token = [], begin + 1
        while self.doc[begin : begin + 1].text == "(" and (number := number + 1) < len(self.names):
            if self.names[number].start != token:
                break
            found.append(self.names[number])
            token = self.names[number].end + (self.doc[found[-1].end : found[-1].end + 1].text in self.words.parts)
        if found and self.doc[found[-1].end : found[-1].end + 1].text == ")":
            yield from found

    def _is_nickname(self, short: Name, full: Name) -> bool:
        """True after a person for initials, what sounds like the name, and what begins as nicknames do."""
        text, whole = self._text(short), self._text(full)
        if text.isupper() or whole.isupper() or shortens(text, whole):
            return True
        if self.matcher.form(text, "person").canonical == self.matcher.form(whole, "person").canonical:
            return True
        if short.end - short.start == 1:
            return rings_like(text, whole)
        return self.doc[short.start].lower_ in self.matcher.heads["person"] | self.known.honorifics

    def _is_of_end(self, short: Name, full: Name) -> bool:
        """True for a short form of the end of a name only: "Dewan Komisioner Otoritas Jasa Keuangan (OJK)".

        The article names that end by itself, or the short form is well known for it.
        """
        text = self._text(short)
        ends = [self.doc[begin : full.end] for begin in range(full.start + 1, full.end)]
        if text.isupper() and any(end.text in self.texts and shortens(text, end.text) for end in ends):
            return len(self.matcher.form(self._text(full), full.type).core) > len(text)
        known = self.matcher.form(text, full.type).canonical
        bodies = (end.text for end in ends if end[0].text in self.known.first_words)
        whole = self.matcher.form(self._text(full), full.type).canonical == known
        return not whole and any(self.matcher.form(body, full.type).canonical == known for body in bodies)
