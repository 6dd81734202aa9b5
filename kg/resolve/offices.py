"""From the role reports of one person to offices, and where two offices or two holders exclude each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from kg.ids import SLUG_LENGTH, digest, slug
from kg.model import RoleReport, When
from kg.resolve import countries
from kg.resolve.attestations import Attestation
from kg.resolve.names import fold, loose_titles
from kg.resolve.policy import Policy


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """The organization or country of an office, or the country it is sent to: identity and label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Given:
    """Role reports that say the same, with identities in the place of the article's own entities."""

    role: RoleReport
    reports: tuple[str, ...]
    """IRIs of the role reports, sorted."""
    article: str
    """Their article; one of theirs where it does not matter which: none of them gives a title without a body."""
    published: date | None
    body: Body | None
    territory: Body | None
    inferred: bool = False

    @property
    def attestation(self) -> Attestation:
        """What the reports say about time; the articles' date where they give none."""
        when = self.role.date or (When.day(self.published) if self.published else None)
        return Attestation(when, self.role.status, self.reports, self.inferred, self.role.start, self.role.end)


@dataclass(frozen=True, slots=True)
class Position:
    """An office, whoever holds it: title with body or country, and the territory of an envoy."""

    title: str
    body: Body | None
    territory: Body | None
    single: bool
    """True where one person at a time can hold it; never where the body is not known."""

    @property
    def id(self) -> str:
        """Last part of its IRI: ``position/menteri-pertahanan/place/rusia``."""
        folded = fold(self.title)
        title = slug(folded) if len(folded) <= SLUG_LENGTH else f"{slug(folded)}-{digest(folded, length=8)}"
        parts = ["position", title, self.body.id if self.body else "unknown"]
        return "/".join([*parts, "to", self.territory.id] if self.territory else parts)

    @property
    def label(self) -> str:
        """How the press would name it: ``Duta Besar Rusia untuk Korea Utara``."""
        label = f"{self.title} {self.body.label}" if self.body else self.title
        return f"{label} untuk {self.territory.label}" if self.territory else label


@dataclass(frozen=True, slots=True)
class Office:
    """One person in one position, as all articles attest it."""

    position: Position
    attestations: tuple[Attestation, ...]


def offices(given: Sequence[Given], policy: Policy) -> list[Office]:
    """The offices that role reports give one person, in the order of their ids."""
    grouped: dict[str, list[Given]] = {}
    ids: dict[tuple[str, Body | None, Body | None], str] = {}
    for g in _named(list(_embodied(list(_governed(given, policy)))), policy):
        seat = g.role.title, g.body, g.territory
        if seat not in ids:
            ids[seat] = _position(g).id
        grouped.setdefault(ids[seat], []).append(g)
    return [_office(group) for _, group in sorted(grouped.items())]


def _office(group: Sequence[Given]) -> Office:
    first = _position(group[0])
    titles: Counter[str] = Counter()
    said: dict[Attestation, list[str]] = {}
    for g in group:
        titles[g.role.title] += len(g.reports)
        said.setdefault(replace(g.attestation, reports=()), []).extend(g.reports)
    title = max(titles, key=lambda t: (titles[t], t))
    single = first.body is not None and any(g.role.single for g in group)
    attestations = [replace(a, reports=tuple(sorted(reports))) for a, reports in said.items()]
    return Office(replace(first, title=title, single=single), tuple(sorted(attestations, key=lambda a: a.reports)))


def _governed(given: Sequence[Given], policy: Policy) -> Iterator[Given]:
    """Gives the office of a country under its ministry's name to the country, where another report names that."""
    named: dict[str, Counter[Body]] = {}
    for g in given:
        if g.body is not None and _is_country(g.body):
            named.setdefault(fold(g.role.title), Counter())[g.body] += len(g.reports)
    for g in given:
        ministry = g.body is not None and policy.government.fullmatch(fold(g.body.label))
        country = _most(named.get(fold(g.role.title), Counter())) if ministry else None
        yield replace(g, body=country, inferred=True) if country else g


def _embodied(given: Sequence[Given]) -> Iterator[Given]:
    """Fills in a body that a report leaves out: that of the same article, else that on which most others agree."""
    near: dict[tuple[str, str], Counter[_Seat]] = {}
    far: dict[str, Counter[_Seat]] = {}
    for g in given:
        if g.body is not None:
            title, seat = fold(g.role.title), (g.body, g.territory)
            near.setdefault((g.article, title), Counter())[seat] += len(g.reports)
            far.setdefault(title, Counter())[seat] += len(g.reports)
    for g in given:
        title = fold(g.role.title)
        seats = near.get((g.article, title)) or far.get(title, Counter())
        found = _most(seats) if g.body is None else None
        yield replace(g, body=found[0], territory=g.territory or found[1], inferred=True) if found else g


_Seat = tuple[Body, Body | None]
_Found = TypeVar("_Found")


def _most(counted: Counter[_Found]) -> _Found | None:
    """What is counted most often; None where two things are."""
    best = counted.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def _is_country(body: Body) -> bool:
    return body.id in countries.identities()


def _named(given: Sequence[Given], policy: Policy) -> Iterator[Given]:
    """Gives a loose title ("kepala pertahanan") the office it stands for, if the person has that."""
    proper: dict[str, set[tuple[Body, str]]] = {}
    for g in given:
        if g.body is not None:
            proper.setdefault(fold(g.role.title), set()).add((g.body, g.role.title))
    for g in given:
        meant = [
            (body, title)
            for loose in loose_titles(g.role.title, policy)
            for body, title in sorted(proper.get(fold(loose), ()))
            if g.body is None or g.body == body or _belongs(body, g.body)
        ]
        if meant:
            body, title = meant[0]
            yield replace(g, role=replace(g.role, title=title), body=body, inferred=True)
        else:
            yield g


def _belongs(body: Body, country: Body) -> bool:
    """True where an organization carries the name of the country: ``Dewan Keamanan Rusia``."""
    return body.id.startswith("organization/") and f" {fold(country.label)} " in f" {fold(body.label)} "


def _position(g: Given) -> Position:
    return Position(g.role.title, g.body, g.territory, g.role.single)
