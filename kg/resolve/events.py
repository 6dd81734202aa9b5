"""What articles tell of events, and what an event is once they are joined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from typing import Final

from kg.model import Factuality, Stance, When
from kg.resolve import countries

_RECALLED: Final = 366
"""Days before its article from which a date may be that of what an event recalls ("peringatan ... 27 Juli 1953")."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event report with identities in the place of the article's own entities."""

    article: str
    report: str
    """IRI of the event report."""
    type: str
    sense: str
    participants: tuple[tuple[str, str], ...]
    """(role, identity), sorted."""
    places: tuple[str, ...]
    """Identities, the most specific first."""
    date: When | None
    published: Day | None
    factuality: Factuality
    sources: tuple[tuple[Stance, str], ...]
    """(stance, identity), sorted: who reports, claims or denies it."""
    thing: str | None
    words: frozenset[str]
    """Folded words of the thing and of what tells of it."""
    occasions: frozenset[str] = frozenset()
    """Numbered anniversaries that its sentences name (kg.resolve.occasions)."""
    offices: frozenset[tuple[str, str]] = frozenset()
    """(person, country): for which country its article says that who takes part holds an office."""

    @property
    def identities(self) -> frozenset[str]:
        """Who takes part, whatever the role."""
        return frozenset(identity for _, identity in self.participants)

    @property
    def persons(self) -> frozenset[str]:
        """The persons who take part."""
        return frozenset(identity for identity in self.identities if identity.startswith("person/"))

    @property
    def head(self) -> str | None:
        """The first word of the thing: ``surat``."""
        return self.thing.split()[0].casefold() if self.thing and self.thing.split() else None


@dataclass(frozen=True, slots=True)
class Happened:
    """One event and the reports that tell of it, sorted."""

    id: str
    reports: tuple[Told, ...]
    lasts: int = 0
    """So many days apart reports may put it: a stay abroad has several days."""

    @property
    def date(self) -> When | None:
        """The most precise date that most reports agree on; of several, none that only recalls what was long before."""
        dated = [(t, t.date) for t in self.reports if t.date]
        if not dated:
            return None

        def order(pair: tuple[Told, When]) -> tuple[int, bool, timedelta, When]:
            told, day = pair
            return -sum(day.overlaps(o) for _, o in dated), _recalls(told, day), day.latest - day.earliest, day

        return min(dated, key=order)[1]

    @property
    def factuality(self) -> Factuality:
        """What the reports make of it: a denial wins over a claim, a report that it happened over a plan."""
        told = Counter(t.factuality for t in self.reports)
        if told["claimed"] + told["denied"] >= max(told["actual"], 1):
            return "denied" if told["denied"] else "claimed"
        return "actual" if told["actual"] else "planned"

    @property
    def participants(self) -> tuple[tuple[str, str], ...]:
        """(role, identity), sorted: who takes part, in the role that most reports give; in all of several."""
        roles: dict[str, Counter[str]] = {}
        for role, identity in (pair for told in self.reports for pair in told.participants):
            roles.setdefault(identity, Counter())[role] += 1
        return tuple(
            sorted((r, i) for i, counts in roles.items() for r, n in counts.items() if n == max(counts.values()))
        )

    @property
    def places(self) -> tuple[str, ...]:
        """The most specific places, sorted: none that a report names around a more specific one."""
        around = {place for told in self.reports for place in told.places[1:]}
        inner = {told.places[0] for told in self.reports if told.places}
        return tuple(sorted(inner - around or inner))

    @property
    def sources(self) -> tuple[tuple[Stance, str], ...]:
        """(stance, identity), sorted: who reports, claims or denies it."""
        return tuple(sorted({source for told in self.reports for source in told.sources}))

    def days_apart(self) -> tuple[Told, ...]:
        """The reports that name days of which no two can be one; none where all can."""
        dated = [(t, t.date) for t in self.reports if t.date]
        return tuple(t for t, day in dated if any(gap(day, other) > self.lasts for _, other in dated))

    def countries_apart(self) -> tuple[Told, ...]:
        """The reports that put it in different countries; places inside a country are not compared."""
        known = countries.identities()
        located = [(t, known.intersection(t.places)) for t in self.reports if known.intersection(t.places)]
        return tuple(t for t, where in located if any(not where & other for _, other in located))

    def doubted(self) -> tuple[Told, ...]:
        """The reports that differ on whether it is real: it happened, or somebody claims or denies it."""
        real = tuple(t for t in self.reports if t.factuality == "actual")
        contested = tuple(t for t in self.reports if t.factuality in {"claimed", "denied"})
        return real + contested if real and contested else ()


def gap(a: When, b: When) -> int:
    """Days between two dates; 0 where they share one."""
    return max(0, (b.earliest - a.latest).days, (a.earliest - b.latest).days)


def _recalls(told: Told, day: When) -> bool:
    return told.published is not None and (told.published - day.latest).days > _RECALLED
