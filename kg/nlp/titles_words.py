"""Titles and the words around them, from the language pack's ``titles.toml`` and ``roles.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Any, Generic, Literal, TypeVar

from kg.errors import Broken
from kg.lang.pack import Pack
from kg.model import Status

V = TypeVar("V")

Standing = Status | Literal["none", "kin"]
"""What a word makes of the title beside it; "none": no office at all, "kin": the office is a relative's."""

Tie = Literal["plain", "former", "future", "holds", "begins", "ends", "past", "none"]
"""How words between a name and a title after it tie the two."""

Deed = Literal["appoints", "dismisses", "replaces", "replaces_him", "proposes", "undergoes", "loses", "replaced"]
"""What a verb does with the person after it; the last three: with the person before it."""

_PIECE = re.compile(r"[^\s,/&()-]+(?:-(?![A-Z])[^\s,/&()-]+)*|-+|[/&()]|^,$")


def fold(text: str) -> str:
    """A token as the words of the pack are compared with it: lower case, no full stop at its end."""
    lowered = text.lower()
    return lowered.rstrip(".") or lowered


def pieces(phrase: str) -> tuple[str, ...]:
    """A phrase of the pack cut as the tokenizer cuts text; commas are left out."""
    return tuple(fold(piece) for piece in _PIECE.findall(phrase))


@dataclass(frozen=True, slots=True)
class Title:
    """An office or post as titles.toml has it; the fields are described there."""

    name: str
    of: str
    single: bool = False
    open: bool = False
    bound: bool = False
    place: bool = False
    national: bool = False
    home: bool = False
    gives: bool = False
    expert: bool = False
    envoy: bool = False
    bodies: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    loose: bool = False
    english: bool = False
    verb: bool = False
    """True for the verb of a title: "mengetuai"."""
    forms: tuple[str, ...] = ()
    """The short forms."""
    holders: tuple[str, ...] = ()
    left: tuple[int, ...] = ()


class Phrases(Generic[V]):
    """Phrases by first word and by last, the longest first. Commas in the text count for nothing."""

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        self._last: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        for phrase, value in entries:
            words = pieces(phrase)
            self._first.setdefault(words[0], []).append((words, value))
            self._last.setdefault(words[-1], []).append((words, value))
        for table in (self._first, self._last):
            for found in table.values():
                found.sort(key=lambda entry: -len(entry[0]))

    def __contains__(self, word: str) -> bool:
        """True where some phrase begins with the word."""
        return word in self._first

    def all_from(self, words: Sequence[str], start: int) -> Iterator[tuple[int, V]]:
        """Every phrase that begins at a word, as (end, value), the longest first."""
        for phrase, value in self._first.get(words[start], ()):
            end = _matched(words, start, phrase)
            if end:
                yield end, value

    def start(self, words: Sequence[str], start: int) -> tuple[int, V] | None:
        """The longest phrase that begins at a word: (end, value)."""
        return next(self.all_from(words, start), None) if start < len(words) else None

    def end(self, words: Sequence[str], end: int) -> tuple[int, V] | None:
        """The longest phrase that ends right before a word: (start, value)."""
        for phrase, value in self._last.get(words[end - 1], ()) if end > 0 else ():
            start = end - len(phrase)
            if start >= 0 and all(words[start + i] == word for i, word in enumerate(phrase)):
                return start, value
        return None


def _matched(words: Sequence[str], start: int, phrase: tuple[str, ...]) -> int:
    """Where a phrase that begins at `start` ends; 0 where it is not there."""
    at = start
    for word in phrase:
        if at > start and at < len(words) and words[at] == ",":
            at += 1
        if at >= len(words) or words[at] != word:
            return 0
        at += 1
    return at


@dataclass(frozen=True, slots=True)
class Words:
    """All that the reader of titles knows of the language."""

    titles: Phrases[Title]
    styles: Phrases[str]
    """Ranks and honorifics, by which of the two they are."""
    degrees: frozenset[str]
    before: Phrases[Standing]
    eras: Phrases[str]
    """Of these, the ones that put an office in the past without a word on its holder: "di era Presiden X"."""
    after: Phrases[Status | None]
    terms: frozenset[str]
    term_joins: frozenset[str]
    since: frozenset[str]
    ordinal: str
    joins: Phrases[str]
    naming: Phrases[str]
    ties: Phrases[Tie]
    deeds: Mapping[str, Deed]
    clause_ends: frozenset[str]
    """Words that no subject of a verb of office stands before."""
    roles_as: frozenset[str]
    """"sebagai": the holder may stand further off."""
    undone: frozenset[str]
    then: Phrases[str]
    """Before a person they make an office held then: "*saat itu* X menjabat T"."""
    future: frozenset[str]
    negations: frozenset[str]
    later: Phrases[str]
    """After somebody was named for an office: it is taken up later."""
    earlier: frozenset[str]
    aliases: frozenset[str]
    ages: frozenset[str]
    age_unit: str
    works: frozenset[str]
    """Verbs whose place may stand before "sebagai": "*bekerja* di RSUD X sebagai perawat"."""
    led: Phrases[str]
    """"dipimpin": the body before it is led by the one after it."""
    ahead: frozenset[str]
    """"depan": what is dated so has not come yet."""
    echoes: Phrases[str]
    deputy: str
    possessive: str
    leaving: Phrases[str]
    from_word: str
    seats: frozenset[str]
    to_words: frozenset[str]
    """"kepada": who an office is handed to."""
    gives: frozenset[str]
    takes: frozenset[str]
    passes: frozenset[str]
    handing: Phrases[str]
    """"digantikan": who comes after whom."""
    suspended: str
    origin: frozenset[str]
    once: frozenset[str]
    """"pernah": they put a verb of office in the past, further off too."""
    connectors: frozenset[str]
    conjunctions: frozenset[str]
    brings_body: frozenset[str]
    territory: frozenset[str]
    located: frozenset[str]
    kinds: frozenset[str]
    place_kinds: frozenset[str]
    units: frozenset[str]
    stops: frozenset[str]
    """Words that are no part of a portfolio, the small words between its parts included."""
    verb_beginnings: tuple[str, ...]
    not_verbs: frozenset[str]
    takes_up: Phrases[str]
    pointing: frozenset[str]
    closers: frozenset[str]
    pronouns: frozenset[str]
    plural: frozenset[str]
    speech: frozenset[str]
    home: frozenset[str]
    deputies: tuple[str, ...]
    ministries: Mapping[str, str]
    countries: frozenset[str]


def words(pack: Pack) -> Words:
    """The titles and role words of a language pack. Raises Broken where a file lacks a table."""
    return _words(pack)


@lru_cache(maxsize=4)
def _words(pack: Pack) -> Words:
    try:
        return _read(pack)
    except (KeyError, TypeError) as error:
        raise Broken(
            f"{pack.folder}: titles.toml, roles.toml or countries.toml: bad entry {error}; compare the header"
        ) from error


def _read(pack: Pack) -> Words:
    roles, speech = pack.table("roles"), pack.table("speech")
    complement, anaphors = roles["complement"], roles["anaphors"]
    named = tuple(_titles(pack.table("titles")))
    return Words(
        titles=Phrases([*named, *_verbs(dict(named), roles["title_verbs"])]),
        styles=Phrases([(p, kind) for kind in ("rank", "honorific") for p in roles[f"{kind}s"]]),
        degrees=frozenset(roles["degrees"]),
        before=Phrases([*_valued(roles["before"]), *((p, "former") for p in roles["eras"])]),
        eras=Phrases((p, p) for p in roles["eras"]),
        after=Phrases((p, None if status == "plain" else status) for p, status in _valued(roles["after"])),
        terms=frozenset(roles["terms"]),
        since=frozenset(roles["since"]),
        term_joins=frozenset(roles["term_joins"]),
        ordinal=roles["ordinal"],
        joins=Phrases(_valued(roles["joins"])),
        naming=Phrases((p, p) for p in roles["naming"]),
        ties=Phrases([*_valued(roles["links"]), *_valued(roles["verbs"]), *_left(roles)]),
        deeds=dict(_valued(roles["deeds"])),
        clause_ends=frozenset([*roles["clause_words"], *roles["negations"], ";", '"', "“", "”"]),
        roles_as=frozenset(roles["roles_as"]),
        undone=frozenset(roles["undone"]),
        then=Phrases((p, p) for p in roles["then"]),
        future=frozenset(roles["links"]["future"]),
        once=frozenset(roles["once"]),
        negations=frozenset(roles["negations"]),
        later=Phrases((p, p) for p in roles["later"]),
        earlier=frozenset(roles["earlier"]),
        aliases=frozenset(roles["aliases"]),
        ages=frozenset(roles["ages"]),
        age_unit=roles["age_unit"],
        works=frozenset(roles["works"]),
        led=Phrases((p, p) for p in roles["led"]),
        ahead=frozenset(roles["ahead"]),
        **_echoes(roles),
        **_leaving(roles["leaving"]),
        origin=frozenset(complement["origin"]),
        connectors=frozenset(complement["connectors"]),
        conjunctions=frozenset(complement["conjunctions"]),
        brings_body=frozenset(complement["body"]),
        territory=frozenset(complement["territory"]),
        located=frozenset(complement["located"]),
        kinds=frozenset(complement["kinds"]),
        place_kinds=frozenset(complement["place_kinds"]),
        units=frozenset(complement["units"]),
        stops=frozenset([*complement["stops"], *complement["connectors"], *complement["body"]]),
        verb_beginnings=tuple(complement["verb_beginnings"]),
        not_verbs=frozenset(complement["not_verbs"]),
        takes_up=Phrases((p, p) for p in roles["taking"]["takes_up"]),
        pointing=frozenset(anaphors["pointing"]),
        closers=frozenset(anaphors["closers"]),
        pronouns=frozenset(anaphors["pronouns"]),
        plural=frozenset(anaphors["plural"]),
        speech=frozenset(word for when in ("before", "after") for word in speech[when]),
        home=frozenset(roles["home"]["names"]),
        deputies=tuple(roles["home"]["deputies"]),
        ministries=roles["home"]["ministries"],
        countries=frozenset(fold(n) for c in pack.table("countries")["country"] for n in (c["name"], *c["names"])),
    )


def _echoes(roles: Mapping[str, Any]) -> dict[str, Any]:
    """The words that point back to a title told before: "wakilnya"."""
    fields = {field: roles[field] for field in ("deputy", "possessive")}
    return {"echoes": Phrases(_valued(roles["echoes"])), **fields}


def _leaving(table: Mapping[str, Any]) -> dict[str, Any]:
    """The words for leaving an office and handing it over."""
    return {
        "leaving": Phrases((p, p) for p in table["verbs"]),
        "handing": Phrases((p, p) for p in table["handing"]),
        "from_word": table["from"],
        "suspended": table["suspended"],
        "to_words": frozenset(table["to"]),
        **{field: frozenset(table[field]) for field in ("seats", "gives", "takes", "passes")},
    }


def _valued(table: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Any]]:
    """The phrases of a table of lists, each with the name of its list."""
    for value, phrases in table.items():
        for phrase in phrases:
            yield phrase, value


def _left(roles: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each verb of leaving with each seat: "mundur dari kursinya sebagai"."""
    table, by = roles["verbs_of_leaving"], roles["leaving"]["from"]
    for verb, seat in product(table["verbs"], table["seats"]):
        yield f"{verb} {by} {seat}", "ends"
        yield f"{verb} {by} {seat} {table['as']}", "ends"


_GROUP_ONLY = frozenset({"topic", "titles"})
_LABELS = frozenset({"short", "en", "topic", "name"})


def _titles(table: Mapping[str, Any]) -> Iterator[tuple[str, Title]]:
    for group in table.values():
        shared = {field: value for field, value in group.items() if field not in _GROUP_ONLY}
        for form, entry in group["titles"].items():
            own = {field: value for field, value in entry.items() if field not in _LABELS}
            short = entry.get("short", ())
            title = _title(entry.get("name", form), {**shared, **own, "forms": list(short)})
            for spelling in (form, *short):
                yield spelling, title


def _verbs(titles: Mapping[str, Title], verbs: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Title]]:
    for title, forms in verbs.items():
        for form in forms:
            yield form, replace(titles[title], verb=True, bound=True)


def _title(name: str, fields: Mapping[str, Any]) -> Title:
    values: dict[str, Any] = {f: tuple(v) if isinstance(v, list) else v for f, v in fields.items()}
    return Title(name, **values)
