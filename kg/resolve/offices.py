"""From the role reports of one person to offices with tenures, and where two offices or holders clash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from kg.ids import slug
from kg.model import RoleReport, When
from kg.resolve.names import fold, loose_titles
from kg.resolve.policy import Policy
from kg.resolve.tenures import Attestation, Tenure, tenures


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

    @property
    def id(self) -> str:
        """Last part of its IRI: ``position/menteri-pertahanan/place/rusia``."""
        parts = ["position", slug(self.title), self.body.id if self.body else "unknown"]
        return "/".join([*parts, "to", self.territory.id] if self.territory else parts)

    @property
    def label(self) -> str:
        """How the press would name it: ``Duta Besar Rusia untuk Korea Utara``."""
        label = f"{self.title} {self.body.label}" if self.body else self.title
        return f"{label} untuk {self.territory.label}" if self.territory else label


@dataclass(frozen=True, slots=True)
class Office:
    """One person's tenures of one position."""

    position: Position
    tenures: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two tenures that cannot both stand: the subjects they belong to and the reports on each side."""

    about: tuple[str, ...]
    sides: tuple[str, ...]
    label: str


def offices(given: Sequence[Given], policy: Policy) -> Iterator[Office]:
    """The offices that role reports give one person, in the order of their ids."""
    grouped: dict[str, list[Given]] = {}
    for g in _named(_embodied(given), policy):
        grouped.setdefault(_position(g).id, []).append(g)
    for _, group in sorted(grouped.items()):
        position = replace(_position(group[0]), single=any(g.role.single for g in group), title=_title(group))
        yield Office(position, tuple(tenures(g.attestation for g in group)))


def rival_titles(held: Iterable[Office], policy: Policy) -> Iterator[Clash]:
    """Pairs of offices of one person and body that exclude each other on a day on which both are attested."""
    for a, b in combinations(held, 2):
        titles = {fold(a.position.title), fold(b.position.title)}
        if a.position.body == b.position.body and any(titles <= rivals for rivals in policy.rival_titles):
            for one, other in _overlapping(a.tenures, b.tenures):
                yield Clash(
                    (a.position.id, b.position.id),
                    _reports(one, other),
                    f"{a.position.label} / {b.position.label}",
                )


def clashes(held: Mapping[str, Office]) -> Iterator[Clash]:
    """Pairs of holders of a single seat whose certain intervals share a day. `held` is keyed by person."""
    for (a, one), (b, other) in combinations(sorted(held.items()), 2):
        if one.position.single or other.position.single:
            for left, right in _overlapping(one.tenures, other.tenures):
                yield Clash((a, b), _reports(left, right), one.position.label)


def _embodied(given: Sequence[Given]) -> Iterator[Given]:
    """Fills in a body that a report leaves out, where the others of that person and title agree on one."""
    bodies: dict[str, Counter[tuple[Body, Body | None]]] = {}
    for g in given:
        if g.body is not None:
            bodies.setdefault(fold(g.role.title), Counter())[(g.body, g.territory)] += 1
    for g in given:
        best = bodies.get(fold(g.role.title), Counter()).most_common(2) if g.body is None else []
        if best and (len(best) == 1 or best[0][1] > best[1][1]):
            body, territory = best[0][0]
            yield replace(g, body=body, territory=g.territory or territory, inferred=True)
        else:
            yield g


def _named(given: Iterable[Given], policy: Policy) -> Iterator[Given]:
    """Gives a loose title ("kepala pertahanan") the office that it stands for, where the person has that office."""
    all_given = list(given)
    proper = {(fold(g.role.title), g.body): g.role.title for g in all_given}
    bodies = {g.body for g in all_given if g.body}
    for g in all_given:
        wanted = [
            (proper[(fold(title), body)], body)
            for title in loose_titles(g.role.title, policy)
            for body in ([g.body] if g.body else sorted(bodies))
            if (fold(title), body) in proper
        ]
        if wanted:
            title, body = wanted[0]
            yield replace(g, role=replace(g.role, title=title), body=body, inferred=True)
        else:
            yield g


def _position(g: Given) -> Position:
    return Position(g.role.title, g.body, g.territory, g.role.single)


def _title(group: Sequence[Given]) -> str:
    """The spelling of the title that most reports have."""
    counts = Counter(g.role.title for g in group)
    return max(counts, key=lambda t: (counts[t], t))


def _overlapping(left: Iterable[Tenure], right: Sequence[Tenure]) -> Iterator[tuple[Tenure, Tenure]]:
    for a in left:
        for b in right:
            if a.certain and b.certain and not a.acting and not b.acting:
                if a.certain[0] <= b.certain[1] and b.certain[0] <= a.certain[1]:
                    yield a, b


def _reports(*sides: Tenure) -> tuple[str, ...]:
    return tuple(sorted({a.report for side in sides for a in side.attestations if a.status == "current"}))
