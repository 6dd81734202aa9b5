"""A Doc laid out for reading titles: folded words, the names at each token, lines in title case."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.nlp.headline import headline_end
from kg.nlp.layers import Chain
from kg.nlp.titles_words import Words, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

HEADLINE_SHARE = 0.75
"""A first line with such a share of capitals is in title case: no sign of a name there. Set by hand."""


QUOTES = frozenset({'"', "“", "”", "''", "``"})
BRACKET = 4
"""How far off a bracket between title and name may close."""


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A name at tokens ``start`` to ``end``."""

    start: int
    end: int
    key: str
    type: EntityType


class Page:
    """Words, names and lines of one Doc; token numbers are the Doc's."""

    def __init__(self, doc: Doc, chains: Sequence[Chain], words: Words) -> None:
        self.doc = doc
        self.chains = {chain.key: chain for chain in chains}
        self.vocabulary = words
        self.texts = [token.text for token in doc]
        self.words = [fold(text) for text in self.texts]
        self.names = sorted(At(n.start, n.end, chain.key, chain.type) for chain in chains for n in chain.names)
        self.at = {token: name for name in self.names for token in range(name.start, name.end)}
        self.persons = [name for name in self.names if name.type == "person"]
        self._starts = [name.start for name in self.persons]
        self.sentences = self._sentences()
        self.sentence_of = [n for n, (start, end) in enumerate(self.sentences) for _ in range(start, end)]
        self.headline_end = headline_end(doc)
        self._title_case = _in_title_case(self.texts[: self.headline_end])

    def _sentences(self) -> list[tuple[int, int]]:
        """The sentences of the Doc; one that seems to end in "PT." or "(Purn.)" goes on."""
        found: list[tuple[int, int]] = []
        for sentence in self.doc.sents:
            start = found.pop()[0] if found and self._goes_on(found[-1][1]) else sentence.start
            found.append((start, sentence.end))
        return found

    def _goes_on(self, end: int) -> bool:
        last = end - 2 if self.words[end - 1] == ")" else end - 1
        if last < 1 or self.words[last] != ".":
            return False
        word = self.words[last - 1]
        return word in self.vocabulary.kinds or self.vocabulary.styles.end(self.words, last) is not None

    def quoted(self, token: int) -> bool:
        """True inside the quotation marks of a paragraph."""
        return self._quoted[token]

    @cached_property
    def _quoted(self) -> list[bool]:
        flags, inside = [], False
        for text in self.texts:
            inside = inside and "\n" not in text
            flags.append(inside)
            inside = inside != (text in QUOTES)
        return flags

    def sentence(self, token: int) -> tuple[int, int]:
        """First token and end of the sentence around a token."""
        return self.sentences[self.sentence_of[token]]

    def in_title_case(self, token: int) -> bool:
        """True in a headline where nearly every word has a capital."""
        return self._title_case and token < self.headline_end

    def spellings(self, key: str) -> list[str]:
        """The names of a chain, folded, the usual one included."""
        chain = self.chains[key]
        return [fold(chain.name), *(fold(self.doc[name.start : name.end].text) for name in chain.names)]

    def persons_within(self, start: int, end: int) -> Iterator[At]:
        """The persons' names that begin between two tokens, in order."""
        for index in range(bisect_left(self._starts, start), len(self.persons)):
            if self.persons[index].start >= end:
                return
            yield self.persons[index]

    def body_before(self, token: int, kind: EntityType) -> At | None:
        """The place or organization named last before a token."""
        index = bisect_left(self.names, token, key=attrgetter("start"))
        return next((name for name in reversed(self.names[:index]) if name.type == kind), None)

    def persons_back(self, token: int, first: int) -> Iterator[At]:
        """The persons' names that begin before a token, the last first, not before the token `first`."""
        for index in range(bisect_left(self._starts, token) - 1, -1, -1):
            if self.persons[index].start < first:
                return
            yield self.persons[index]

    def person_from(self, token: int, end: int) -> At | None:
        """The person whose name begins at a token or after nothing but ranks and honorifics."""
        while token < end:
            name = self.at.get(token)
            if name is not None:
                return name if name.type == "person" and name.start == token else None
            following = self._past_style(token, end)
            if following == token:
                return None
            token = following
        return None

    def styled_from(self, token: int) -> int:
        """Where the ranks and honorifics before a name begin, a comma before them included."""
        while style := self.vocabulary.styles.end(self.words, token):
            token = style[0]
        return token - (token > 0 and self.words[token - 1] == ",")

    def _past_style(self, token: int, end: int) -> int:
        """Past one rank or honorific, or a short bracket ("(Purn)"); the token itself where there is none."""
        if self.words[token] == "(":
            close = self.close(token, end)
            return close + 1 if close and close - token <= BRACKET else token
        style = self.vocabulary.styles.start(self.words, token)
        if style is None:
            return token
        past = style[0]
        return past + 1 if past < end and self.words[past] == "." else past

    def close(self, token: int, end: int) -> int:
        """The bracket that closes the one at a token, at most twelve tokens on; 0 where there is none."""
        for index in range(token + 1, min(end, token + 13)):
            if self.words[index] == ")":
                return index
        return 0


def _in_title_case(texts: Sequence[str]) -> bool:
    letters = [text for text in texts if text[0].isalpha()]
    capitals = sum(text[0].isupper() for text in letters)
    return capitals >= HEADLINE_SHARE * len(letters)
