"""Whether two names inside one article name the same thing, and how surely.

Rules from the press: a part of a person's name, initials, slips of the keyboard; an organization with and without its
legal form, parent or kind word, and its abbreviation; a place with and without the word for its kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from kg.lang import bodies
from kg.lang.pack import Pack
from kg.model import ENTITY_TYPES, EntityType

EXACT, ALIAS, PART, ABBREVIATION, SLIP = 5.0, 4.0, 3.0, 2.5, 1.0
"""Kinds of match from surest to least sure; only their order counts."""
SLIP_LETTERS = 5
"""A word must have so many letters for one wrong one to be a slip: shorter names differ by one (Adi, Ari)."""

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a name: its text, its words folded, and the words that count when names are compared."""

    text: str
    type: EntityType
    words: tuple[str, ...]
    core: tuple[str, ...]
    canonical: str
    """What the tables of well-known names make of it; else the core words."""

    @property
    def fullness(self) -> int:
        """Fuller forms found chains; an abbreviation is the least full."""
        return 0 if self.abbreviated else len(self.core)

    @property
    def abbreviated(self) -> bool:
        """True for ``KPK``, ``PDI-P`` and the like."""
        return len(self.words) == 1 and self.text.isupper() and self.type != "person" and len(self.text) > 1


@dataclass(frozen=True)
class Matcher:
    """The words that name comparison needs: aliases by folded name, words that do not count by type."""

    aliases: dict[tuple[EntityType, str], str]
    heads: dict[EntityType, frozenset[str]]
    tails: dict[EntityType, frozenset[str]]

    def form(self, text: str, kind: EntityType) -> Form:
        """A spelling made ready for comparison."""
        words = tuple(word.casefold().replace("’", "'") for word in _WORD.findall(text))
        core = words
        while len(core) > 1 and core[0] in self.heads[kind]:
            core = core[1:]
        while len(core) > 1 and core[-1] in self.tails[kind]:
            core = core[:-1]
        folded = " ".join(core)
        canonical = self.aliases.get((kind, " ".join(words))) or self.aliases.get((kind, folded)) or folded
        return Form(text, kind, words, core, canonical)

    def sureness(self, form: Form, other: Form) -> float:
        """How surely two forms of one type name one thing; 0: not at all."""
        if form.core == other.core:
            return EXACT
        if form.canonical == other.canonical:
            return ALIAS
        if form.type == "person":
            return _person(form, other)
        return _body(form, other) if form.type == "organization" else _place(form, other)


def _person(form: Form, other: Form) -> float:
    short, full = sorted((form.core, other.core), key=len)
    if "".join(short) == "".join(full):
        return EXACT
    if _inside(short, full):
        return PART
    if len(short) == len(full) and all(_spelt(a, b) for a, b in zip(short, full, strict=True)):
        return SLIP
    if len(short) == 1 and any(is_slip(short[0], word) for word in full):
        return SLIP
    return 0.0


def _inside(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Every word of the short name stands in the full one, in order, in full or as an initial."""
    position = 0
    for word in short:
        while position < len(full) and not _stands_for(word, full[position], len(short)):
            position += 1
        if position == len(full):
            return False
        position += 1
    return True


def _stands_for(word: str, other: str, words: int) -> bool:
    """The same word, or, in a name of several words, its initial on either side."""
    if word == other:
        return True
    return words > 1 and 1 in (len(word), len(other)) and word[0] == other[0]


def _spelt(one: str, other: str) -> bool:
    return one == other or is_slip(one, other)


def is_slip(one: str, other: str) -> bool:
    """One letter wrong, missing, doubled or two exchanged, in a word long enough."""
    return min(len(one), len(other)) >= SLIP_LETTERS and one[0] == other[0] and OSA.distance(one, other) == 1


def _body(form: Form, other: Form) -> float:
    short, full = sorted((form, other), key=lambda f: len(f.core))
    if short.abbreviated and _initials(short.words[0], full):
        return ABBREVIATION
    if len(short.core) < len(full.core) and full.core[: len(short.core)] == short.core:
        return PART
    return 0.0


def _initials(abbreviation: str, full: Form) -> bool:
    """``BGN`` for Badan Gizi Nasional; small words count or not."""
    if len(full.words) < 2 or len(abbreviation) < 2:
        return False
    every = "".join(word[0] for word in full.words)
    capitals = "".join(c for word in re.findall(r"\w+", full.text) for c in word[:1] if c.isupper()).casefold()
    return abbreviation in (every, capitals)


def _place(form: Form, other: Form) -> float:
    short, full = sorted((form, other), key=lambda f: len(f.core))
    if short.abbreviated and _initials(short.words[0], full):
        return ABBREVIATION
    same_length = len(form.core) == len(other.core)
    if same_length and all(_spelt(a, b) for a, b in zip(form.core, other.core, strict=True)):
        return SLIP
    return 0.0


@lru_cache(maxsize=2)
def matcher(pack: Pack) -> Matcher:
    """The comparison of a language pack, from ``names.toml``, ``bodies.toml`` and ``countries.toml``."""
    table = pack.table("names")
    plain = Matcher({}, _sets(table["heads"]), _sets(table["tails"]))
    aliases: dict[tuple[EntityType, str], str] = {}
    known: list[tuple[EntityType, tuple[str, ...]]] = [("organization", names) for names in bodies.names(pack)]
    known += [(kind, (name, *more)) for kind in ENTITY_TYPES for name, more in table["aliases"].get(kind, {}).items()]
    for kind, (name, *others) in known:
        for each in (name, *others):
            aliases[kind, " ".join(plain.form(each, kind).core)] = f"={name}"
            aliases[kind, " ".join(plain.form(each, kind).words)] = f"={name}"
    for country in pack.table("countries")["country"]:
        for each in (country["name"], *country["names"]):
            aliases["place", " ".join(plain.form(each, "place").words)] = f"={country['code']}"
    return Matcher(aliases, plain.heads, plain.tails)


def _sets(table: dict[str, list[str]]) -> dict[EntityType, frozenset[str]]:
    return {
        "person": frozenset(table["person"]),
        "organization": frozenset(table["organization"]),
        "place": frozenset(table["place"]),
    }
