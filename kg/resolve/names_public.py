"""Public persons by their names: nicknames, acronyms, fuller names, initials, other transliterations of a usual name.

The names are data: nicknames.toml, public_persons.toml and names.toml of the language pack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from kg.lang import pack
from kg.resolve import names_persons
from kg.resolve.names_letters import NAMES_AT_HAND, fold, understood
from kg.resolve.names_persons import bare_person, skeleton, spelt

_VOWELS = re.compile("[aiueo]")
_LETTERS = re.compile(r"^(?:[a-z] ){2,}")
INITIALS = 3
"""A short name of so many capitals or fewer may be the initials of a suspect, who is named so in the press."""

LOOSE_LETTERS = 3
"""A word must have so many letters to be another transliteration of one."""
LONG = 5
"""A shorter one must also begin alike: Kim Yong Nam is not Kim Jong Nam."""
CONSONANTS = 6
"""From so many letters on a word may differ in its vowels alone: "Haftar", "Hifter"."""


@dataclass(frozen=True)
class Public:
    """Public persons by their names, all spelt as comparison spells them."""

    everywhere: Mapping[str, str]
    """A name that means the person in any article → the usual name."""
    known: Mapping[str, str]
    """The same, with initials and parts of a name that only tell who is meant when two names are compared."""
    parts: frozenset[str]
    """Of `known`, the parts of a name that others bear too."""
    abroad: frozenset[str]
    """Usual names of persons of other countries."""
    first: frozenset[str]
    """First names that a usual name may leave out: Muhammad."""

    @cached_property
    def skeletons(self) -> Mapping[str, tuple[str, str]]:
        """What is left of a name where writers agree → the name and the usual one, where it is one person's."""
        return _only(self.known, skeleton)

    @cached_property
    def consonants(self) -> Mapping[str, tuple[str, str]]:
        """The same without vowels."""
        return _only(self.known, consonants)

    @cached_property
    def by_last(self) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
        """Last word → names of several words that end in it, with the usual name."""
        return _by_last(self.known)


@lru_cache(maxsize=NAMES_AT_HAND)
def fold_person(name: str) -> str:
    """A person's name as articles share it: ``Letjen TNI (Purn) Prabowo Subianto`` → ``prabowo subianto``."""
    everywhere, bare = public().everywhere, bare_person(name)
    return next((everywhere[form] for form in (*_forms(name), bare) if form in everywhere), bare)


@lru_cache(maxsize=NAMES_AT_HAND)
def who(name: str) -> str | None:
    """The usual name of the public person that a name means for whoever follows the news: ``H. Surya Dharma Paloh``."""
    known, bare = public().known, bare_person(name)
    exact = next((known[form] for form in (*_forms(name), bare) if form in known), None)
    return exact or (_loosely(bare) if " " in bare else None)


def _loosely(bare: str) -> str | None:
    """The only public person whose name has the same skeleton, fewer given names or the given names in full."""
    words = bare.split()
    generations = names_persons.words().generations
    for index, bones, letters in (
        (public().skeletons, skeleton(bare), LOOSE_LETTERS),
        (public().consonants, consonants(bare), CONSONANTS),
    ):
        form, usual = index.get(bones, ("", ""))
        pairs = zip(words, form.split(), strict=False)
        one_generation = generations.get(words[-1]) == generations.get(form.split(" ")[-1])
        if form and one_generation and all(_alike(a, b, letters) for a, b in pairs):
            return usual
    for first in sorted(names_persons.spelling().sisters.get(words[0], ())):
        if sister := public().known.get(" ".join([first, *words[1:]])):
            return sister
    ruling = words[-2] == names_persons.words().ruling and set(words) & names_persons.words().patronymics
    if ruling and (usual_name := public().known.get(" ".join(words[:-2]))):
        return usual_name
    same_end = public().by_last.get(words[-1], ())
    for fits in (fuller, initialled):
        meant = {usual for form, usual in same_end if fits(words, form, usual in public().abroad)}
        if meant:
            return meant.pop() if len(meant) == 1 else None
    return None


def _alike(one: str, two: str, letters: int) -> bool:
    """The same word, or long enough to be another transliteration of it."""
    return one == two or (min(len(one), len(two)) >= letters and (one[0] == two[0] or min(len(one), len(two)) >= LONG))


def fuller(words: list[str], form: tuple[str, ...], abroad: bool) -> bool:
    """True where a name holds all words of another, in order, and begins as it does or with Muhammad.

    Another beginning makes a wife or a child of him at home, "Iriana Joko Widodo", and with "bin" a child anywhere.
    """
    may_lead = words[0] in public().first or (abroad and not set(words) & names_persons.words().patronymics)
    left = words[1:] if may_lead and words[0] != form[0] else words
    rest = iter(left)
    return len(words) > len(form) and left[0] == form[0] and all(word in rest for word in form)


def initialled(words: list[str], form: tuple[str, ...], abroad: bool) -> bool:
    """True where a name stands for another with initials, written apart or together: ``bj habibie``; anywhere."""
    apart = [*words[0], *words[1:]] if len(words) == 2 and len(words[0]) <= INITIALS else words
    initials = [word for word in apart[:-1] if len(word) == 1]
    rest = iter(form)
    stands = all(any(word == other or (len(word) == 1 and word == other[0]) for other in rest) for word in apart)
    return bool(initials) and stands and apart[0][0] == form[0][0]


def is_part(name: str) -> bool:
    """True for a single word that is part of the usual name of the public person it means: ``Prabowo``."""
    bare, whole = bare_person(name), spelt(fold(name))
    usual = public().known.get(bare, bare)
    nickname = " " in whole and whole in public().known
    return not nickname and bare != usual and bare in usual.split()


def initials_of(words: list[str]) -> str:
    """``bcl`` for ``bunga citra lestari``."""
    return "".join(word[0] for word in words) if len(words) > 1 else ""


@lru_cache(maxsize=1)
def public() -> Public:
    """Well-known persons. Raises Broken where the tables are malformed."""
    language = pack.load()
    own, names = language.table("nicknames"), language.table("names")
    usual = language.table("public_persons")
    return understood("nicknames.toml", lambda: _public(own, names["aliases"]["person"], usual))


def _public(own: dict[str, Any], aliases: dict[str, list[str]], usual: dict[str, list[str]]) -> Public:
    everywhere: dict[str, str] = {}
    known: dict[str, str] = {}
    alone: list[tuple[str, list[str]]] = [(name, []) for name in (*usual["names"], *usual["abroad"])]
    for full, shorts in (*own["names"].items(), *own["abroad"].items(), *aliases.items(), *alone):
        usual_name = next((known[form] for form in _forms(full) if form in known), _usual(full))
        for name in (full, *shorts):
            for form in _forms(name):
                known.setdefault(form, usual_name)
                if _holds_everywhere(name, form, usual_name, own["acronyms"]):
                    everywhere.setdefault(form, usual_name)
    parts = {form: _usual(full) for full, shorts in own["part"].items() for name in shorts for form in _forms(name)}
    return Public(
        everywhere=everywhere,
        known=parts | known,
        parts=frozenset(parts.keys() - known.keys()),
        abroad=frozenset(known[_usual(name)] for name in (*own["abroad"], *usual["abroad"])),
        first=frozenset(own["first"]["names"]),
    )


def _holds_everywhere(name: str, form: str, usual: str, acronyms: dict[str, list[str]]) -> bool:
    """False for what may be a suspect's initials, for a single word of the usual name, and for ordinary words."""
    initials = len(name) <= INITIALS and name.isupper() and name not in acronyms["sure"]
    part = " " not in form and form in usual.split()
    return not (initials or part or name in acronyms["words"])


def _usual(name: str) -> str:
    """A usual name as it is compared: without honorifics where two words are left."""
    return list(_forms(name))[-1]


def _forms(name: str) -> Iterator[str]:
    """A name as it is, its initials in one word, and without honorifics where that leaves no single ordinary word."""
    whole, bare = spelt(fold(name)), bare_person(name)
    yield whole
    if (joined := _LETTERS.sub(lambda run: run[0].replace(" ", "") + " ", whole)) != whole:
        yield joined
    if " " in bare or " " not in whole:
        yield bare


def consonants(spelt_name: str) -> str:
    """The skeleton of a name without vowels inside its words."""
    return " ".join(word[0] + _VOWELS.sub("", word[1:]) for word in skeleton(spelt_name).split())


def _only(known: Mapping[str, str], bones_of: Callable[[str], str]) -> dict[str, tuple[str, str]]:
    """Bones → the name and the usual one, where they are one person's."""
    found: dict[str, dict[str, str]] = {}
    for form, usual in sorted(known.items()):
        if " " in form:
            found.setdefault(bones_of(form), {}).setdefault(usual, form)
    return {bones: (form, usual) for bones, forms in found.items() if len(forms) == 1 for usual, form in forms.items()}


def _by_last(known: Mapping[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for form, usual in sorted(known.items()):
        words = tuple(form.split())
        if len(words) > 1:
            found.setdefault(words[-1], []).append((words, usual))
    return {last: tuple(forms) for last, forms in found.items()}
