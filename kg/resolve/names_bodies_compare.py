"""Whether two organizations' names mean one body for whoever knows the news."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from kg.resolve.names_bodies import fold_organization, tables, written_forms
from kg.resolve.names_letters import fold
from kg.resolve.names_likeness import DIFFERENT, EQUAL, Likeness
from kg.resolve.names_places import regions
from kg.resolve.policy import load

TYPO_LETTERS = 6
"""A word of a body's name must have so many letters for one wrong one to be a slip: "Honda" is no "Hondo"."""
NUMBER = re.compile(r"[ivx]+|\d+")
"""Numbers of commands."""
SURE_LETTERS = 4
"""An abbreviation of so many first letters stands for one body; one of three for several ("IAI", "PPI")."""


def compare_organizations(one: str, two: str) -> Likeness:
    """What two names of organizations say: ``KPK`` and its full name → same, ``DPRD`` and ``DPRD Depok`` → doubtful."""
    if fold(one) == fold(two):
        return EQUAL
    first, second = _usual(one), _usual(two)
    if fold_organization(one) == fold_organization(two) or first == second:
        return (
            Likeness("doubtful", "abbreviation") if _of_several(one) or _of_several(two) else Likeness("same", "known")
        )
    if any({first, second} <= group for group in tables().successors):
        return Likeness("doubtful", "known")
    short, full = sorted((_plain(first), _plain(second)), key=lambda name: (len(name), name))
    heads = first in _without_heads(second) or second in _without_heads(first)
    if heads or sorted(short) == sorted(full) or "".join(short) == "".join(full):
        return Likeness("same", "variant")
    both_known = {first, second} <= tables().usual
    raw = sorted((_plain(written_forms(one)[-1]), _plain(written_forms(two)[-1])), key=lambda name: (len(name), name))
    if _regions_apart(*raw):
        return DIFFERENT
    return _abbreviation(short, full) or _abbreviation(*raw) or _part(*raw) or _parts(short, full, both_known)


def _of_several(name: str) -> bool:
    return fold(name) in tables().several


def _usual(name: str) -> str:
    """The usual name of a body, by every way that the tables know it."""
    known, folded = tables().known, fold_organization(name)
    ways = [form for way in (*written_forms(name), folded) for form in (way, _without_tail(way))]
    ways += [bare for way in ways for bare in _without_heads(way)]
    return next((known[way] for way in ways if way in known), _without_tail(folded))


def _without_tail(name: str) -> str:
    """The name without a legal form or "FC" after it."""
    words = name.split()
    while len(words) > 1 and words[-1] in tables().tails:
        words.pop()
    return " ".join(words)


def _without_heads(name: str) -> list[str]:
    """The name without a word for its kind before it ("Harian Kompas")."""
    return [name.removeprefix(f"{head} ") for head in tables().heads if name.startswith(f"{head} ")]


def _plain(name: str) -> list[str]:
    """The words that count; the word for a province before its name is one too many."""
    words = [word for word in _unnumbered(name.split()) if word not in tables().small]
    return [w for i, w in enumerate(words) if not (w == "provinsi" and _province(" ".join(words[i + 1 :])))]


def _unnumbered(words: list[str]) -> list[str]:
    """The name of a command without its number: ``kodam v brawijaya``."""
    if len(words) > 2 and words[0] in tables().numbered and NUMBER.fullmatch(words[1]):
        return [words[0], *words[2:]]
    return words


def _province(name: str) -> bool:
    known = regions()
    return name in known.provinces and name not in known.cities | known.regencies


def _abbreviation(short: list[str], full: list[str]) -> Likeness | None:
    """An abbreviation of first letters: of four or more it is the body's, of three or two that of several bodies."""
    if len(short) != 1 or len(full) < 2 or short[0] != "".join(word[0] for word in full):
        return None
    sure = len(short[0]) >= SURE_LETTERS and short[0] not in tables().several
    return Likeness("same" if sure else "doubtful", "abbreviation")


def _regions_apart(short: list[str], full: list[str]) -> bool:
    """True for bodies of two regions: ``kejari tangerang``, ``kejari tangerang selatan``."""
    one, two = _region(short), _region(full)
    return one != two and bool(one) and (bool(two) or short == full[: len(short)])


def _region(words: list[str]) -> str:
    """The longest name of a city, regency or province that a body's name ends in, after a word for what it is."""
    known = regions()
    ends = (" ".join(words[i:]) for i in range(1, len(words)))
    return next((end for end in ends if end in known.provinces or end in known.cities or end in known.regencies), "")


def _part(short: list[str], full: list[str]) -> Likeness | None:
    """The short name begins the full one and may stand for it: ``sampoerna``, ``sampoerna agro``."""
    begins = len(short) < len(full) and full[: len(short)] == short
    return Likeness("doubtful", "subset") if begins else None


def _parts(short: list[str], full: list[str], both_known: bool) -> Likeness:
    """One name is a part of the other, or a slip of it. Known bodies are two; what ends in a body is a unit of it."""
    if len(short) < len(full):
        every = load().common_organizations.fullmatch(" ".join(short))
        unit = full[-len(short) :] == short and full[0] not in tables().kinds and not every
        if _part(short, full) or (set(short) <= set(full) and not both_known and not unit):
            return Likeness("doubtful", "subset")
        return DIFFERENT
    slips = [(a, b) for a, b in zip(short, full, strict=True) if a != b]
    if not both_known and len(slips) == 1 and _slip(*slips[0]):
        return Likeness("doubtful", "typo")
    return DIFFERENT


def _slip(one: str, two: str) -> bool:
    return min(len(one), len(two)) >= TYPO_LETTERS and OSA.distance(one, two) == 1
