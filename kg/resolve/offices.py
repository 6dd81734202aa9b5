"""From the role reports of one person to offices, and where two offices or two holders exclude each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product
from typing import TypeVar

from kg.ids import SLUG_LENGTH, digest, slug
from kg.model import RoleReport, When
from kg.resolve import countries
from kg.resolve.names import fold, loose_titles
from kg.resolve.policy import Policy
from kg.resolve.tenures import Attestation, Tenure, returns, tenures


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """The organization or country of an office, or the country it is sent to: identity and label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Given:
    """A role report of one article with identities in the place of the article's own entities."""

    role: RoleReport
    report: str
    """IRI of the role report."""
    article: str
    published: date | None
    body: Body | None
    territory: Body | None
    inferred: bool = False

    @property
    def attestation(self) -> Attestation:
        """What the report says about time; the article's date where it gives none."""
        when = self.role.date or (When.day(self.published) if self.published else None)
        return Attestation(when, self.role.status, self.report, self.inferred, self.role.start, self.role.end)


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


@dataclass(frozen=True, slots=True)
class Clash:
    """Reports that cannot all be right: what they are about and the reports themselves."""

    about: tuple[str, ...]
    """Last parts of IRIs, sorted."""
    sides: tuple[str, ...]
    """IRIs of reports, sorted."""
    label: str


def offices(given: Sequence[Given], policy: Policy) -> list[Office]:
    """The offices that role reports give one person, in the order of their ids."""
    grouped: dict[str, list[Given]] = {}
    for g in _named(list(_embodied(list(_governed(given, policy)))), policy):
        grouped.setdefault(_position(g).id, []).append(g)
    return [_office(group) for _, group in sorted(grouped.items())]


def rival_titles(held: Iterable[Office], policy: Policy) -> Iterator[Clash]:
    """Offices of one person and body that exclude each other, attested for one day."""
    for a, b in combinations(held, 2):
        titles = {fold(a.position.title), fold(b.position.title)}
        if a.position.body is None or a.position.body != b.position.body:
            continue
        if len(titles) == 2 and any(titles <= rivals for rivals in policy.rival_titles):
            about = tuple(sorted((a.position.id, b.position.id)))
            yield from _clash(about, _at_once(a, b, policy), f"{a.position.label} / {b.position.label}")


def rival_bodies(held: Iterable[Office], policy: Policy) -> Iterator[Clash]:
    """One office of a whole country, attested of one person for two countries on one day."""
    for a, b in combinations(held, 2):
        if a.position.title == b.position.title and _national(a, policy) and _national(b, policy):
            about = tuple(sorted((a.position.id, b.position.id)))
            yield from _clash(about, _at_once(a, b, policy), f"{a.position.label} / {b.position.label}")


def reversals(held: Iterable[Office], policy: Policy) -> Iterator[Clash]:
    """Offices that one article calls over and a later one soon has the person in."""
    for office in held:
        pairs = list(returns(tenures(office.attestations, policy.tenures), policy.tenures))
        sides = {a.report for pair in pairs for t in pair for a in t.attestations if a.status != "future"}
        yield from _clash((office.position.id,), sides, office.position.label)


def clashes(position: Position, held: Mapping[str, Sequence[Tenure]]) -> Iterator[Clash]:
    """Pairs of holders of a single seat whose certain days overlap. `held` is keyed by person."""
    for (a, one), (b, other) in combinations(sorted(held.items()), 2):
        yield from _clash((a, b), _overlapping(one, other), position.label)


def disputes(position: Position, holder: str, found: Iterable[Tenure]) -> Iterator[Clash]:
    """Reports whose starts and ends of one person in one position exclude each other."""
    for tenure in found:
        for sides in tenure.bounds.disputed:
            yield from _clash((holder, position.id), sides, position.label)


def _office(group: Sequence[Given]) -> Office:
    first = _position(group[0])
    titles = Counter(g.role.title for g in group)
    title = max(titles, key=lambda t: (titles[t], t))
    single = first.body is not None and any(g.role.single for g in group)
    attestations = sorted((g.attestation for g in group), key=lambda a: a.report)
    return Office(replace(first, title=title, single=single), tuple(attestations))


def _governed(given: Sequence[Given], policy: Policy) -> Iterator[Given]:
    """Gives the office of a country under its ministry's name to the country, where another report names that."""
    named: dict[str, Counter[Body]] = {}
    for g in given:
        if g.body is not None and _is_country(g.body):
            named.setdefault(fold(g.role.title), Counter())[g.body] += 1
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
            near.setdefault((g.article, title), Counter())[seat] += 1
            far.setdefault(title, Counter())[seat] += 1
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


def _national(office: Office, policy: Policy) -> bool:
    """True for an office of one seat of a whole country."""
    position = office.position
    titled = fold(position.title).startswith(policy.national_titles)
    return titled and position.single and position.body is not None and _is_country(position.body)


def _at_once(a: Office, b: Office, policy: Policy) -> Iterator[str]:
    """The reports that put two offices on one day."""
    return _overlapping(tenures(a.attestations, policy.tenures), tenures(b.attestations, policy.tenures))


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


def _clash(about: tuple[str, ...], sides: Iterable[str], label: str) -> Iterator[Clash]:
    found = tuple(sorted(set(sides)))
    if len(found) > 1:
        yield Clash(about, found, label)


def _overlapping(left: Iterable[Tenure], right: Iterable[Tenure]) -> Iterator[str]:
    """The reports that put two tenures on one day, those of the days in question or next to them."""
    for a, b in product(left, right):
        if a.certain is None or b.certain is None or a.acting or b.acting:
            continue
        first, last = max(a.certain[0], b.certain[0]), min(a.certain[1], b.certain[1])
        if first <= last:
            yield from _around(a, first, last)
            yield from _around(b, first, last)


def _around(tenure: Tenure, first: date, last: date) -> list[str]:
    dated = [(a.when, a.report) for a in tenure.attestations if a.when and a.status != "future"]
    inside = [report for when, report in dated if when.earliest <= last and when.latest >= first]
    if inside:
        return inside
    before = max((each for each in dated if each[0].latest < first), default=None)
    after = min((each for each in dated if each[0].earliest > last), default=None)
    return [each[1] for each in (before, after) if each]
