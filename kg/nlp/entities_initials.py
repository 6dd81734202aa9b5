"""Persons whom the press names by initials only: "remaja berinisial IK (19)", "tersangka S", "SF (46) dan AH (27)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.lang.pack import Pack
from kg.nlp.layers import Name

if TYPE_CHECKING:
    from spacy.tokens import Doc

INITIALS: Final = re.compile(r"[A-Z]{1,4}")
NUMERALS: Final = re.compile(r"X{0,3}(?:I{1,3}|I?V|VI{0,3}|I?X)")
AGE: Final = re.compile(r"[1-9]\d?")
GROUP_WORDS: Final = 4
"""So many words may a noun for persons stand before the word that begins their list; set by hand."""
RULE: Final = "initials"
SURE: Final = 0.9
"""Confidence: what stands beside them leaves no doubt that they are a person's; set by hand."""


@dataclass(frozen=True, slots=True)
class _Words:
    cues: frozenset[str]
    """Words right before initials that say that they are some: "berinisial"."""
    before: frozenset[str]
    """Nouns right before initials that say whose they are: "tersangka"."""
    joins: frozenset[str]
    """What joins the initials of a list."""
    colons: frozenset[str]
    """Words that begin a list of those whom a noun tells: "lima orang, *yakni* A, AP, dan MR"."""
    groups: frozenset[str]
    """Nouns for several persons: the nouns of `before`, and "orang"."""


@lru_cache(maxsize=4)
def _words(pack: Pack) -> _Words:
    table = pack.table("entities")["initials"]
    nouns = frozenset(table["before"]) | frozenset(pack.table("anaphora")["nouns"])
    groups = nouns | frozenset(table["groups"])
    return _Words(frozenset(table["cues"]), nouns, frozenset(table["joins"]), frozenset(table["colons"]), groups)


def initials(doc: Doc, known: frozenset[str], pack: Pack) -> Iterator[Name]:
    """The initials of a Doc that are persons, wherever they stand; well-known ones ("AS") only where told so."""
    words = _words(pack)
    texts = [token.text for token in doc]
    told = sorted(_told(texts, words))
    spellings = {text for token in told if (text := texts[token]) not in known and not NUMERALS.fullmatch(text)}
    for token, text in enumerate(texts):
        if token in told or (text in spellings and not _belongs(texts, token)):
            yield Name(token, token + 1, "person", RULE, SURE)


def _told(texts: Sequence[str], words: _Words) -> set[int]:
    """Initials after a word that says so or before an age, and the others of their lists."""
    found: set[int] = set()
    for token, text in enumerate(texts):
        if INITIALS.fullmatch(text):
            members = list(_list(texts, token, words))
            listed = len(members) > 1 and _is_counted(texts, token, words)
            if listed or _is_introduced(texts, token, words) or aged(texts, token):
                found.update(members)
    return found


def _is_counted(texts: Sequence[str], token: int, words: _Words) -> bool:
    """True where a list follows the noun for those in it: "Tiga tersangka itu adalah MM, NR, dan SO"."""
    led = token > 0 and texts[token - 1].casefold() in words.colons
    return led and any(text.casefold() in words.groups for text in texts[max(token - 1 - GROUP_WORDS, 0) : token - 1])


def _is_introduced(texts: Sequence[str], token: int, words: _Words) -> bool:
    before = texts[token - 1].casefold() if token else ""
    return before in words.cues or (before in words.before and not NUMERALS.fullmatch(texts[token]))


def aged(texts: Sequence[str], token: int) -> int:
    """How many tokens the age after a name takes: 3 of "IK (19)", 0 of none."""
    bracketed = texts[token + 1 : token + 2] == ["("] and texts[token + 3 : token + 4] == [")"]
    return 3 if bracketed and AGE.fullmatch(texts[token + 2]) else 0


def _list(texts: Sequence[str], token: int, words: _Words) -> Iterator[int]:
    """A list of initials from one on: "SF (46), AH (27), dan S"."""
    while token < len(texts) and INITIALS.fullmatch(texts[token]) and not _begins(texts, token, words):
        yield token
        token += 1 + aged(texts, token)
        begin = token
        while token < len(texts) and texts[token] in words.joins:
            token += 1
        if token == begin:
            return


def _begins(texts: Sequence[str], token: int, words: _Words) -> bool:
    """True where letters begin a longer name: "dan *PT* Lestari", "tersangka *M* Febryan"."""
    after = "".join(texts[token + 1 : token + 2])
    return after[:1].isupper() and after not in words.joins


def _belongs(texts: Sequence[str], token: int) -> bool:
    """True where a letter belongs to the word beside it: "Pasal 2 A", "Rp 61,3 M", "M. Ali"."""
    before, after = texts[max(token - 1, 0)], "".join(texts[token + 1 : token + 2])
    return len(texts[token]) == 1 and (before[0].isupper() or before[-1].isdigit() or after == ".")
