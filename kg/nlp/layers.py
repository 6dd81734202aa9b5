"""The values of the text layer: what the readers of ``kg.nlp`` find in one Doc, in token offsets.

A Doc holds one article: its readable passages joined by line breaks, each passage starting a sentence
(kg.nlp.pipeline). observe.py turns these values into a Report with offsets in the article's fields.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType, Factuality, Stance, Status, When


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A proper name in the Doc: tokens ``start`` to ``end`` (exclusive), without title words and enclitics."""

    start: int
    end: int
    type: EntityType
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, order=True)
class Anaphor:
    """A pronoun or noun phrase that refers to a chain (``pemimpin Korut itu``, ``keduanya``); never a mention."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A coreference chain: all names of one entity in the article, and what else plainly refers to it."""

    key: str
    """``person:sergei-shoigu``: made from type and fullest name, unique in the Doc."""
    type: EntityType
    name: str
    names: tuple[Name, ...]
    anaphors: tuple[Anaphor, ...] = ()


@dataclass(frozen=True, slots=True)
class Date:
    """A date expression and what it means against the publication date."""

    start: int
    end: int
    when: When
    rule: str
    dates_report: bool = False
    """True where it dates the report (``dilansir AFP, Rabu``), not what is reported."""
    scope: tuple[int, int] | None = None
    """The only tokens it dates: of a date of the report what stands beside it (``kata X usai rapat, Rabu``), of a
    year in a term (``dana hibah 2019-2022``) none. None: its whole sentence."""


@dataclass(frozen=True, slots=True)
class Role:
    """A title phrase tied to a person: the words are tokens ``start`` to ``end``, name included."""

    start: int
    end: int
    person: str
    title: str
    """Full form without the body."""
    body: str | None
    territory: str | None
    status: Status
    single: bool
    rule: str
    confidence: float
    date: When | None = None
    began: When | None = None
    ended: When | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """Someone says, claims or denies what a stretch of text tells: tokens ``start`` to ``end`` are the content."""

    start: int
    end: int
    speakers: tuple[str, ...]
    stance: Stance
    cue: str
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the article: one for headline, lead and body together."""

    type: str
    triggers: tuple[tuple[int, int], ...]
    """Token spans of the trigger phrases, the main one first."""
    participants: tuple[tuple[str, str], ...]
    """(role, chain key), sorted."""
    places: tuple[str, ...]
    """Chain keys, the most specific first."""
    date: Date | None
    factuality: Factuality
    attributions: tuple[tuple[str, Stance, str | None], ...]
    """(chain key, stance, chain key it came by)."""
    thing: str | None
    rule: str
    confidence: float
    sense: str = ""
    """What the trigger words mean; two senses never are one event."""
