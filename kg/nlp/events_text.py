"""A Doc laid out for reading events: plain lists of words and grammar, names by token, clause limits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.lang.pack import Pack
from kg.model import EntityType
from kg.nlp.headline import headline_end
from kg.nlp.layers import Chain, Saying

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Grammar:
    """The grammar words of events.toml as sets."""

    enclitics: tuple[str, ...]
    possessive: str
    coordinators: frozenset[str]
    dashes: frozenset[str]
    prepositions: frozenset[str]
    clause_words: frozenset[str]
    origin: frozenset[str]
    relative: frozenset[str]
    light_active: frozenset[str]
    light_undergo: frozenset[str]
    light_passive: frozenset[str]
    attended: frozenset[str]
    attending: frozenset[str]
    through: frozenset[str]
    marking: frozenset[str]
    belonging: frozenset[str]
    also: frozenset[str]
    pointing: frozenset[str]
    accompanied: frozenset[str]
    both: frozenset[str]
    both_persons: frozenset[str]
    both_places: frozenset[str]
    both_any: frozenset[str]
    copula: frozenset[str]
    led: frozenset[str]
    authored: frozenset[str]
    manner: frozenset[str]
    helping: frozenset[str]
    because: frozenset[str]
    addressing: frozenset[str]
    around: frozenset[str]
    they: frozenset[str]
    by: frozenset[str]
    passive: str
    meanwhile: frozenset[str]
    pronouns: frozenset[str]
    singular: frozenset[str]
    plural: frozenset[str]
    pairs: frozenset[str]
    locatives: frozenset[str]
    within: frozenset[str]
    since: frozenset[str]
    nowhere: frozenset[str]
    content: frozenset[str]
    topics: frozenset[str]
    incidents: frozenset[str]
    befalling: frozenset[str]
    media_roles: frozenset[str]
    stop_after: frozenset[str]
    harmed: frozenset[str]
    aimed: frozenset[str]
    matters: frozenset[str]
    naming: frozenset[str]
    persons: frozenset[str]
    one: frozenset[str]
    numbers: Mapping[str, int]
    listing: frozenset[str]
    several: frozenset[str]
    victims: frozenset[str]
    culprits: frozenset[str]
    leading: frozenset[str]
    officers: frozenset[str]
    way: frozenset[str]


def grammar(pack: Pack) -> Grammar:
    """The grammar words of a language pack."""
    return _grammar(pack)


@lru_cache(maxsize=4)
def _grammar(pack: Pack) -> Grammar:
    table = pack.table("events")
    single: dict[str, Any] = {
        "enclitics": tuple(table["enclitics"]),
        "possessive": table["possessive"],
        "passive": table["passive"],
        "meanwhile": frozenset(table["while"]),
        "numbers": dict(pack.table("dates")["numbers"]),
    }
    sets: dict[str, Any] = {n: frozenset(table[n]) for n in table if n not in (*single, "while")}
    return Grammar(**single, **sets)


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A name, or what stands for one, at tokens ``start`` to ``end``."""

    start: int
    end: int
    key: str
    type: EntityType
    named: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """The persons of one list: where the sentence that leads to it begins, where the list does, and who is in it."""

    lead: int
    start: int
    members: tuple[At, ...]


class Text:
    """Words, parse and names of one Doc; token numbers are the Doc's."""

    def __init__(self, doc: Doc, chains: Sequence[Chain], words: Grammar) -> None:
        self.grammar = words
        self.words, self.pos, self.dep, self.head = _columns(doc)
        self.children: dict[int, list[int]] = {}
        for index, head in enumerate(self.head):
            if head != index:
                self.children.setdefault(head, []).append(index)
        self.sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
        self.sentence_of = [number for number, (start, end) in enumerate(self.sentences) for _ in range(start, end)]
        self.names = _names(chains)
        self._starts = [name.start for name in self.names]
        self.at = {token: name for name in self.names for token in range(name.start, name.end)}
        self.sayings: Sequence[Saying] = ()
        """Who says what; filled in once the Doc is laid out."""
        self.bodies: Mapping[str, str] = {}
        """For whom a person speaks: the body of the office."""
        self.stands_in = False
        """True once nouns such as "pelaku" may stand for persons: not before it is known who says what."""
        self.sources: frozenset[str] = frozenset()
        """The media that the article quotes."""
        self.listings: Sequence[Listing] = ()
        """The lists of persons; filled in once the Doc is laid out."""
        self.genres: frozenset[str] = frozenset()
        """The kinds of the article that change what words mean."""
        self.headline_end = headline_end(doc)

    def within(self, start: int, end: int) -> Iterator[At]:
        """The names that begin between two tokens, in order."""
        for index in range(bisect_left(self._starts, start), len(self.names)):
            if self.names[index].start >= end:
                return
            yield self.names[index]

    def sentence(self, token: int) -> tuple[int, int]:
        """First token and end of the sentence around a token."""
        return self.sentences[self.sentence_of[token]]

    def clause_start(self, token: int) -> int:
        """Where the clause that holds a token begins, by its clause words."""
        first, _ = self.sentence(token)
        for index in range(token - 1, first - 1, -1):
            if self.words[index] in self.grammar.clause_words or self.words[index] in (";", ":", '"', "“"):
                return index
        return first

    def root(self, name: At) -> int:
        """The token of a name that hangs outside of it."""
        inside = range(name.start, name.end)
        return next((token for token in inside if self.head[token] not in inside), name.start)

    def speaker(self, token: int) -> str | None:
        """The person (or body) who says the words around a token."""
        covering = [s for s in self.sayings if s.start <= token < s.end and s.speakers]
        return min(covering, key=lambda s: s.end - s.start).speakers[0] if covering else None

    def name_of(self, key: str | None) -> list[At]:
        """The first name of a chain."""
        return [name for name in self.names if name.key == key][:1]

    def speaking(self, start: int, end: int) -> set[str]:
        """The chains that say something in a stretch of text."""
        return {key for s in self.sayings if s.start < end and start < s.end for key in s.speakers}

    def subtree(self, token: int) -> tuple[int, int]:
        """First token and end of what a token governs."""
        first, last = token, token
        stack = [token]
        while stack:
            node = stack.pop()
            first, last = min(first, node), max(last, node)
            stack.extend(self.children.get(node, ()))
        return first, last + 1


def _columns(doc: Doc) -> tuple[list[str], list[str], list[str], list[int]]:
    """Lower-case words, parts of speech, relations and heads; by columns, since tokens are slow to make."""
    strings = doc.vocab.strings
    table = doc.to_array(["LOWER", "POS", "DEP", "HEAD"])
    lower, pos, dep = ([strings[each] for each in table[:, column].tolist()] for column in range(3))
    heads = table[:, 3].astype("int64").tolist()
    return lower, pos, dep, [index + step for index, step in enumerate(heads)]


def _names(chains: Sequence[Chain]) -> list[At]:
    """The names in order; a noun phrase that refers to a person hides the names inside of it."""
    anaphors = [At(a.start, a.end, chain.key, chain.type, False) for chain in chains for a in chain.anaphors]
    hidden = {token for phrase in anaphors for token in range(phrase.start, phrase.end)}
    named = [At(n.start, n.end, chain.key, chain.type, True) for chain in chains for n in chain.names]
    return sorted([*anaphors, *(name for name in named if name.start not in hidden)])
