"""Normal forms of organizations' names: legal forms left out, abbreviations that mean one body in full.

The words are data: bodies.toml, body_names.toml, places.toml and countries.toml of the language pack, and policy.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.lang import bodies, pack
from kg.resolve.names_letters import NAMES_AT_HAND, fold, understood
from kg.resolve.names_places import regions
from kg.resolve.policy import load

MAX_COUNTRY = 5
"""Words of the longest name of a country."""
MAX_ROUNDS = 4
"""A phrase may make another one: "Kepolisian Resort Jakarta Selatan". More than four never did."""


@dataclass(frozen=True)
class Phrases:
    """Phrases and what they stand for."""

    usual: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]
    """First word → the numbers of words of its phrases, the longest first."""

    @classmethod
    def of(cls, usual: Mapping[str, str]) -> Phrases:
        """The phrases of a table, ready to be looked up word by word."""
        lengths: dict[str, set[int]] = {}
        for phrase in usual:
            lengths.setdefault(phrase.split(" ", 1)[0], set()).add(phrase.count(" ") + 1)
        return cls(usual, {first: tuple(sorted(counts, reverse=True)) for first, counts in lengths.items()})


@dataclass(frozen=True)
class Bodies:
    """The tables that organizations' names are read with, all as folded words."""

    phrases: Phrases
    """Replaced anywhere in a name."""
    endings: Mapping[str, str]
    """Replaced at the end of a name."""
    known: Mapping[str, str]
    """A whole name → the usual one, for comparing two names."""
    everywhere: frozenset[str]
    """Of `known`, what means the body in any article."""
    inside: Phrases
    """Names that are made full inside longer ones."""
    several: frozenset[str]
    """Short names of several bodies."""
    usual: frozenset[str]
    """The usual names of all known bodies."""
    kinds: frozenset[str]
    """Words before a body's name that say its kind: "Universitas Brawijaya"."""
    successors: tuple[frozenset[str], ...]
    """Usual names of bodies that took over from one another."""
    tails: frozenset[str]
    heads: tuple[str, ...]
    small: frozenset[str]
    home: tuple[str, ...]
    """Names of the home country, the longest first."""
    of_country: tuple[str, ...]
    numbered: frozenset[str]
    """Kinds of bodies that have a number before their name, which may be missing."""


@lru_cache(maxsize=NAMES_AT_HAND)
def fold_organization(name: str) -> str:
    """An organization's name as articles share it: ``PT Bank Mandiri (Persero) Tbk`` → ``bank mandiri``."""
    table, written = tables(), written_forms(name)
    home = _at_home(written[0])
    for form in (*written, *_without_head(written[-1]), home, *_without_head(home)):
        if form in table.everywhere:
            return table.known[form]
    return _replaced(next(_without_head(home)), table.inside, rounds=1)


@lru_cache(maxsize=NAMES_AT_HAND)
def written_forms(name: str) -> tuple[str, ...]:
    """An organization's name with its phrases written one way, as it is and without legal forms.

    ``Kepolisian Daerah Jabar`` → ``polda jawa barat``; ``DPR RI`` → ``dpr republik indonesia``, ``dpr``.
    """
    return _written(name, tables().phrases, tables().endings)


def _written(name: str, phrases: Phrases, endings: Mapping[str, str]) -> tuple[str, ...]:
    legal = load().legal_forms
    folded = fold(name.replace("&", " dan "))
    kept = " ".join(word for word in folded.split() if word not in legal)
    whole = folded.removesuffix(" ri") + " republik indonesia" if folded.endswith(" ri") else folded
    forms = (_ended(_replaced(form, phrases, MAX_ROUNDS), endings) for form in (whole, kept))
    return tuple(dict.fromkeys(forms)) if kept else ("",)


def _replaced(name: str, phrases: Phrases, rounds: int) -> str:
    """Every phrase of a table in a name, the longest first from the left, becomes what it stands for."""
    for _ in range(rounds):
        words, at = name.split(), 0
        new: list[str] = []
        made = False
        while at < len(words):
            lengths = phrases.lengths.get(words[at], ())
            count = next((n for n in lengths if " ".join(words[at : at + n]) in phrases.usual), 0)
            some = phrases.usual[" ".join(words[at : at + count])].split() if count else [words[at]]
            new += some[_overlap(new, some) if made or count else 0 :]
            made = bool(count)
            at += count or 1
        if (changed := " ".join(new)) == name:
            break
        name = changed
    return name


def _overlap(before: Sequence[str], some: Sequence[str]) -> int:
    """How many words at the end of a name a phrase begins with: they stand there once ("Kabupaten" before "OKU")."""
    return next((n for n in range(min(len(before), len(some)), 0, -1) if before[-n:] == some[:n]), 0)


def _ended(name: str, endings: Mapping[str, str]) -> str:
    """The country at the end of a name under its usual name: ``kongres as`` → ``kongres amerika serikat``."""
    words = name.split()
    for count in range(min(MAX_COUNTRY, len(words) - 1), 0, -1):
        if usual := endings.get(" ".join(words[-count:])):
            return " ".join([*words[:-count], usual])
    return name


def _without_head(name: str) -> Iterator[str]:
    """What is left of a name after a word that may be missing before one word ("Partai Golkar"), and the name."""
    head, _, rest = name.partition(" ")
    if head in load().heads and rest and " " not in rest:
        yield rest
    yield name


def _at_home(name: str) -> str:
    """``kementerian agama republik indonesia`` → ``kementerian agama``.

    The home country at the end says nothing; its shortest name only after a body that every country has.
    """
    for country in tables().home:
        bare = name.removesuffix(f" {country}")
        if bare != name and (" " in bare or bare in tables().everywhere):
            return bare if country != tables().home[-1] or bare.startswith(tables().of_country) else name
    return name


@lru_cache(maxsize=1)
def tables() -> Bodies:
    """The tables of organizations' names. Raises Broken where they are malformed."""
    language = pack.load()
    own, countries = language.table("body_names"), language.table("countries")
    return understood("body_names.toml", lambda: _tables(own, countries["country"]))


def _tables(own: dict[str, Any], countries: list[dict[str, Any]]) -> Bodies:
    written = {alias: usual for usual, others in own["phrases"].items() for alias in others}
    phrases = Phrases.of(dict(regions().aliases) | written)
    endings = dict(_countries(countries))
    forms = own["forms"]
    known, everywhere, inside = _known(own, phrases, endings)
    return Bodies(
        phrases=phrases,
        endings=endings,
        known=known,
        everywhere=frozenset(everywhere),
        inside=Phrases.of(inside),
        usual=frozenset(known.values()),
        kinds=frozenset(forms["kinds"]),
        successors=tuple(
            frozenset(known.get(form, form) for name in group for form in _written(name, phrases, endings)[-1:])
            for group in own["successors"]["groups"]
        ),
        several=frozenset(fold(name) for name in own["ambiguous"]["several"]),
        tails=frozenset(forms["tails"]),
        heads=tuple(sorted(forms["heads"], key=lambda head: (-len(head), head))),
        small=frozenset(forms["small"]),
        home=tuple(forms["home"]),
        of_country=tuple(forms["of_country"]),
        numbered=frozenset(forms["numbered"]),
    )


def _known(
    own: dict[str, Any], phrases: Phrases, endings: Mapping[str, str]
) -> tuple[dict[str, str], set[str], dict[str, str]]:
    """Whole names → the usual one; those that hold in any article; those that are made full inside longer names."""
    known: dict[str, str] = {}
    inside: dict[str, str] = {}
    everywhere: set[str] = set()
    unsure = {form for each in own["ambiguous"].values() for name in each for form in _written(name, phrases, endings)}
    for kind, names in _listed(own):
        forms = [form for name in names for form in _telling(_written(name, phrases, endings))]
        usual = next((known[form] for form in forms if form in known and form not in unsure), forms[0])
        for form in forms:
            known.setdefault(form, usual)
            if form not in unsure:
                everywhere.add(form)
        if kind in own["forms"]["inside"]:
            inside |= {form: usual for form in forms if form not in unsure and form != usual and form not in inside}
    return known, everywhere, inside


def _telling(forms: tuple[str, ...]) -> Iterator[str]:
    """The forms of a name without those that are too little of it: "kepolisian" of "Kepolisian RI" is none."""
    yield from (form for form in forms if form == forms[0] or not load().common_organizations.fullmatch(form))


def _listed(own: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every body that the tables know: kind of the table and names, the usual one first; our own tables first."""
    for kind, table in own.items():
        if kind not in ("phrases", "forms", "ambiguous", "successors"):
            yield from ((kind, (name, *others)) for name, others in sorted(table.items()))
    yield from bodies.tables(pack.load())


def _countries(countries: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Other names of a country that stand at the end of a body's name → the usual one."""
    for country in countries:
        for name in country["names"] if country["code"] != load().national.home else ():
            yield fold(name), fold(country["name"])
