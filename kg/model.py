"""The values that pass from stage to stage: Article, Report and what a Report holds. All frozen.

An offset counts Unicode code points in a *field* of the article: its text exactly as read, or its title
where the title came apart from the text (JSON, HTML metadata).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Self, get_args

EntityType = Literal["person", "organization", "place"]
ENTITY_TYPES: Final[tuple[EntityType, ...]] = get_args(EntityType)
Field = Literal["text", "title"]
Status = Literal["current", "former", "acting", "future"]
Factuality = Literal["actual", "planned", "claimed", "denied"]
Stance = Literal["reports", "claims", "denies"]

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A date as precise as it is known: a day, a month, a year, or the interval between two days.

    Both bounds are inclusive. The precision is the length of the ISO form (followthemoney types/date.py).
    """

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"date interval runs backwards: {self.earliest}/{self.latest}")

    @classmethod
    def day(cls, day: date) -> Self:
        """One day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """One calendar month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> Self:
        """One calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def parse(cls, iso: str) -> Self:
        """Reads ``2023``, ``2023-07``, ``2023-07-26`` or two of them joined by ``/``.

        Raises ValueError for anything else, and for days that no calendar has.
        """
        if "/" in iso:
            first, last = iso.split("/", 1)
            return cls(cls.parse(first).earliest, cls.parse(last).latest)
        match = _ISO.fullmatch(iso)
        if match is None:
            raise ValueError(f"not an ISO date, month, year or interval: {iso!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if month is None:
            return cls.year(year)
        return cls.month(year, month) if day is None else cls.day(date(year, month, day))

    @property
    def iso(self) -> str:
        """The shortest ISO form that says the same."""
        first, last = self.earliest, self.latest
        if first == last:
            return first.isoformat()
        if (first.year, first.month) == (last.year, last.month) and self == When.month(first.year, first.month):
            return f"{first:%Y-%m}"
        if self == When.year(first.year):
            return f"{first:%Y}"
        return f"{first.isoformat()}/{last.isoformat()}"

    def overlaps(self, other: When) -> bool:
        """True where some day lies in both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def within(self, other: When) -> bool:
        """True where every day of this one lies in the other."""
        return other.earliest <= self.earliest and self.latest <= other.latest


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one field of an article, in code points, end exclusive."""

    field: Field
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as read from its source; offsets count in ``text`` (and in ``title`` where it is apart)."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    sitename: str | None = None
    url: str | None = None
    title_begin: int | None = None
    """Where the title stands in ``text``; None where it came apart from it (or there is none)."""
    published_inferred: bool = False
    """True where the publication date was inferred from the running text rather than given."""

    def field(self, name: Field) -> str:
        """The text that offsets of a field count in."""
        return self.text if name == "text" else (self.title or "")

    def quote(self, span: Span) -> str:
        """The exact text of a span."""
        return self.field(span.field)[span.begin : span.end]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place where a name stands: ``article.quote(span) == quote``, always."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """What a fact rests on: the words that say it, the sentence around them, who read it so and how surely."""

    span: Span
    quote: str
    sentence: Span
    sentence_quote: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class EntityReport:
    """One person, organization or place that an article names: a coreference chain of proper names."""

    key: str
    """Unique in the article and made from content: ``person:sergei-shoigu``."""
    type: EntityType
    name: str
    mentions: tuple[Mention, ...]
    evidence: tuple[Evidence, ...] = ()
    """The first mention, with its sentence."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every distinct spelling, sorted; a name that wraps to the next line is spelt with a space."""
        return tuple(sorted({" ".join(m.quote.split()) for m in self.mentions}))


@dataclass(frozen=True, slots=True)
class RoleReport:
    """An article says that a person holds (held, will hold, acts in) an office."""

    key: str
    person: str
    title: str
    """Full Indonesian form without the body: ``Menteri Pertahanan``."""
    body: str | None
    """Entity key of the organization or country; None where the article names none."""
    territory: str | None
    """Entity key of the country an envoy is sent to."""
    status: Status
    date: When | None
    """The day or stretch for which the article attests it; None: the article's own date."""
    evidence: tuple[Evidence, ...]
    single: bool = False
    """True where the office has one seat."""
    start: When | None = None
    end: When | None = None


@dataclass(frozen=True, slots=True, order=True)
class Participation:
    """An entity takes part in an event in one role (local name of a sub-property of rw:participant)."""

    role: str
    entity: str


@dataclass(frozen=True, slots=True, order=True)
class Attribution:
    """An entity reports, claims or denies an event."""

    entity: str
    stance: Stance
    via: str | None = None


@dataclass(frozen=True, slots=True)
class EventReport:
    """An article tells of one event: type, parts, place, date, how surely, and who says so."""

    key: str
    type: str
    """Local name of the event class: ``Meeting``."""
    participants: tuple[Participation, ...]
    places: tuple[str, ...]
    """Entity keys, the most specific first."""
    date: When | None
    factuality: Factuality
    attributions: tuple[Attribution, ...]
    thing: str | None
    """What is handed over, signed, celebrated: the words of the text."""
    evidence: tuple[Evidence, ...]
    date_evidence: Evidence | None = None
    sense: str = ""
    """What the trigger words mean (``arrest``, ``trial``); reports of two senses never are one event."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says. Made once, never rewritten; the unit of the cache, of retraction and of distribution."""

    article: str
    digest: str
    """SHA-256 of what was read (all fields of the Article): a changed article is another report."""
    producer: str
    """Version of code, language pack and model that made it."""
    language: str
    title: str | None
    published: date | None
    published_inferred: bool
    sitename: str | None
    url: str | None
    entities: tuple[EntityReport, ...]
    roles: tuple[RoleReport, ...]
    events: tuple[EventReport, ...]
