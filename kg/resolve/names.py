"""Normal forms of names, for comparison only: what is shown is always a spelling that some article has."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from kg.resolve.policy import Policy, load

_WORD = re.compile(r"[^\W_]+")
SAME_WORD = 0.75
"""Similarity from which two words of persons' names may be spellings of one: "shoigu" and "shiogu" have 0.83,
"putin" and "putri" 0.6. Set by hand; it only serves names that one article gives one person."""


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case without accents and punctuation, one space between words: ``kim jong un``."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain.replace("'", "").replace("’", "")))


@lru_cache(maxsize=65536)
def fold_person(name: str) -> str:
    """A person's name with spelling families made one (``Sergey Shoigu`` → ``sergei shoigu``)."""
    folded = fold(name)
    for pattern, replacement in load().person_spelling:
        folded = pattern.sub(replacement, folded)
    return folded


def fold_organization(name: str) -> str:
    """An organization's name without its legal form: ``PT Bank Mandiri (Persero) Tbk`` → ``bank mandiri``."""
    kept = " ".join(word for word in fold(name).split() if word not in load().legal_forms)
    head, _, rest = kept.partition(" ")
    return rest if head in load().heads and rest and " " not in rest else kept


def fold_place(name: str) -> str:
    """A place's name without the word for its kind: ``Negara Indonesia`` → ``indonesia``."""
    folded = fold(name)
    return " ".join(word for word in folded.split() if word not in load().place_kinds) or folded


def same_person(short: str, full: str) -> bool:
    """True where every word of the shorter name is, but for its spelling, a word of the fuller one."""
    left = full.split()
    for word in short.split():
        best = max(left, key=lambda w: OSA.normalized_similarity(word, w), default="")
        if OSA.normalized_similarity(word, best) < SAME_WORD:
            return False
        left.remove(best)
    return True


def abbreviates(short: str, full: str) -> bool:
    """True where the letters of one word stand, in order, in a fuller name, and not all in one word of it."""
    if " " in short or any(short in word for word in full.split()):
        return False
    letters = iter(full.replace(" ", ""))
    return all(letter in letters for letter in short)


def loose_titles(title: str, policy: Policy) -> tuple[str, ...]:
    """The offices that a loose title of the press may stand for; nothing for a proper title."""
    return policy.loose_titles.get(fold(title), ())
