"""Whether a short form is made of the letters of a full name: initials, and the syllables that Indonesian joins."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
SYLLABIC_LETTERS: Final = 3
"""A short form of syllables has so many letters; with less it is one of initials."""


def shortens(short: str, full: str) -> bool:
    """True for initials of words in a row (DP, Danny Praditya), and for letters in order from the first ("Zulhas").

    One word can only be short for more letters than its own.
    """
    letters, words = short.casefold(), [word.casefold() for word in _WORD.findall(full)]
    if not words or not letters.isalpha() or len(letters) >= len("".join(words)):
        return False
    return letters in _initials(words, full) or (len(letters) >= SYLLABIC_LETTERS and _in_order(letters, words))


def _initials(words: list[str], full: str) -> set[str]:
    """The initials of all words, and of those with a capital, from any word on to the last; two at least."""
    capitals = [word.casefold() for word in _WORD.findall(full) if word[0].isupper()]
    rows = ["".join(word[0] for word in row) for row in (words, capitals)]
    return {row[begin:] for row in rows for begin in range(len(row) - 1)}


def _in_order(letters: str, words: list[str]) -> bool:
    """True where each letter follows in the words, the first as the first of all."""
    rest = iter("".join(words))
    return letters[0] == words[0][0] and all(letter in rest for letter in letters)


def rings_like(short: str, full: str) -> bool:
    """True for letters in order anywhere in a name: "Owi", Tontowi Ahmad. For a nickname that the article announces."""
    letters, rest = short.casefold(), iter(full.casefold())
    return len(letters) >= SYLLABIC_LETTERS and letters.isalpha() and all(letter in rest for letter in letters)
