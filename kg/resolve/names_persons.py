"""Normal forms of persons' names: without honorifics and degrees, in one spelling.

The words are data: honorifics.toml, roles.toml and spellings.toml of the language pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.lang import pack
from kg.resolve import countries
from kg.resolve.names_letters import NAMES_AT_HAND, fold, understood

MAX_HONORIFIC = 4
"""Words of the longest honorific that is looked up: "kanjeng raden mas tumenggung"."""

_DOTTED = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.){1,}[A-Za-z]{0,5}\.?")
"""A degree by its full stops: "S.H.", "M.Si", "Ph.D"."""

Rules = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True)
class Words:
    """The tables of words that persons' names are read with."""

    before: frozenset[str]
    """Folded phrases that stand before a name."""
    before_two: frozenset[str]
    after: frozenset[str]
    only_after_comma: frozenset[str]
    retired: frozenset[str]
    """Of `after`, those that need no capitals or full stops."""
    ruling: str
    """The word before the name of a ruling house of the Gulf, which goes without: "Mohammed bin Zayed *Al* Nahyan"."""
    articles: frozenset[str]
    after_articles: frozenset[str]
    generations: Mapping[str, str]
    """Word → its usual form: "junior" → "jr"."""
    patronymics: frozenset[str]
    genders: tuple[tuple[str, str], ...]
    makers: frozenset[str]
    """Endings that make another name: "Suharto", "Suhartono"."""
    korean: frozenset[str]
    syllables: tuple[str, ...]


@dataclass(frozen=True)
class Spelling:
    """The spelling families (spellings.toml)."""

    old: re.Pattern[str]
    never_old: re.Pattern[str]
    modern: tuple[tuple[str, str], ...]
    words: Rules
    any_word: re.Pattern[str]
    """Whether a word is in any family: most are not."""
    names: Rules
    loose: Rules
    sisters: Mapping[str, frozenset[str]]
    """First name → those that stand for it: "mike" → "michael"."""


@lru_cache(maxsize=NAMES_AT_HAND)
def bare_person(name: str) -> str:
    """A person's name without what stands before and after it, in the spelling of its family."""
    words = _without_articles(_without_before(_without_after(name)))
    return spelt(" ".join(_syllables(words)))


def spelt(folded: str) -> str:
    """A folded name with spelling families made one: ``sergey shoigu`` → ``sergei shoigu``."""
    joined = " ".join(_spelt_word(word) for word in folded.split())
    return _replaced(joined, spelling().names)


@lru_cache(maxsize=NAMES_AT_HAND)
def skeleton(spelt_name: str) -> str:
    """What is left of a name where writers of foreign names agree; two persons may share it."""
    words = (_replaced(word, spelling().loose) for word in _replaced(spelt_name, spelling().loose[:1]).split())
    return " ".join(word for word in words if word)


@lru_cache(maxsize=NAMES_AT_HAND)
def _spelt_word(word: str) -> str:
    rules = spelling()
    if rules.old.search(word) and not rules.never_old.fullmatch(word):
        for old, new in rules.modern:
            word = word.replace(old, new)
    for pattern, new in rules.words if rules.any_word.fullmatch(word) else ():
        if found := pattern.fullmatch(word):
            word = found.expand(new)
    return word


def _replaced(text: str, rules: Rules) -> str:
    for pattern, new in rules:
        text = pattern.sub(new, text)
    return text


def _without_after(name: str) -> list[str]:
    """The folded words of a name without degrees: what follows a comma, full stops inside, known ones."""
    head, *rest = name.split(",")
    if any(not _degrees(part) for part in rest):
        head = name
    tokens = head.replace("(", " ").replace(")", " ").split()
    while len(tokens) > 1 and _degree(tokens[-1]):
        tokens.pop()
    return fold(" ".join(tokens)).split()


def _degrees(part: str) -> bool:
    """True where a part after a comma holds degrees alone."""
    tokens = part.split()
    return bool(tokens) and all(_DOTTED.fullmatch(t) or fold(t).replace(" ", "") in words().after for t in tokens)


def _degree(token: str) -> bool:
    plain = fold(token).replace(" ", "")
    if plain not in words().after or plain in words().only_after_comma:
        return token.count(".") > 1 and plain in words().after
    return token.isupper() or "." in token or token[1:] != token[1:].lower() or plain in words().retired


def _without_before(left: list[str]) -> list[str]:
    """Honorifics go, the longest first, as long as a name is left; with an office its country: "Menlu Rusia"."""
    table, began = words(), False
    while True:
        for count in range(min(MAX_HONORIFIC, len(left) - 1), 0, -1):
            phrase = " ".join(left[:count])
            country = began and len(left) - count > 1 and countries.code(phrase)
            if country or (phrase in table.before and (phrase not in table.before_two or len(left) - count > 1)):
                left, began = left[count:], True
                break
        else:
            return left


def _without_articles(left: list[str]) -> list[str]:
    """``I Wayan Koster`` → ``wayan koster``."""
    article = len(left) > 1 and left[0] in words().articles and left[1] in words().after_articles
    return left[1:] if article else left


def _syllables(left: list[str]) -> list[str]:
    """The given name of a Korean in two words: ``kim jongun`` → ``kim jong un``."""
    if len(left) != 2 or left[0] not in words().korean:
        return left
    for first in words().syllables:
        if left[1].startswith(first) and left[1][len(first) :] in words().syllables:
            return [left[0], first, left[1][len(first) :]]
    return left


@lru_cache(maxsize=1)
def words() -> Words:
    """The words before and after names, of honorifics.toml and roles.toml. Raises Broken where they are malformed."""
    language = pack.load()
    own, roles = language.table("honorifics"), language.table("roles")
    return understood("honorifics.toml", lambda: _words(own, roles))


def _words(own: dict[str, Any], roles: dict[str, Any]) -> Words:
    before = {fold(each) for each in (*own["before"], *roles["ranks"], *roles["honorifics"])}
    return Words(
        before=frozenset(before - set(own["names"]) - {""}),
        before_two=frozenset(own["before_two"]),
        after=frozenset(fold(each).replace(" ", "") for each in (*own["after"], *roles["degrees"])),
        only_after_comma=frozenset(own["only_after_comma"]),
        retired=frozenset(own["retired"]),
        ruling=own["ruling"],
        articles=frozenset(own["articles"]),
        after_articles=frozenset(own["after_articles"]),
        generations={word: same[0] for same in own["generations"] for word in same},
        patronymics=frozenset(own["patronymics"]),
        genders=tuple((his, hers) for his, hers in own["genders"]["endings"]),
        makers=frozenset(own["genders"]["makers"]),
        korean=frozenset(own["family_names"]["korean"]),
        syllables=tuple(sorted(own["family_names"]["syllables"], key=lambda s: (-len(s), s))),
    )


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """The spelling families, of spellings.toml. Raises Broken where they are malformed."""
    table = pack.load().table("spellings")
    return understood(
        "spellings.toml",
        lambda: Spelling(
            old=re.compile(table["old"]["mark"]),
            never_old=re.compile(table["old"]["never"]),
            modern=tuple((old, new) for old, new in table["old"]["letters"]),
            words=_rules(table["words"]["person"]),
            any_word=re.compile("|".join(f"(?:{pattern})" for pattern, _ in table["words"]["person"])),
            names=_rules(table["words"]["names"]),
            loose=_rules(table["loose"]["letters"]),
            sisters=_sisters(table["sisters"]["names"]),
        ),
    )


def _sisters(groups: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in groups:
        for name in group:
            found.setdefault(name, set()).update(group)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def _rules(pairs: Iterable[tuple[str, str]]) -> Rules:
    return tuple((re.compile(pattern), new) for pattern, new in pairs)
