"""Where reports of offices exclude each other: titles, bodies, holders, statuses and bounds.

Nothing is decided here: a clash names the reports on all sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, product
from typing import Final

from kg.model import When
from kg.resolve import countries
from kg.resolve.events import gap
from kg.resolve.names import fold
from kg.resolve.offices import Office, Position
from kg.resolve.policy import Policy
from kg.resolve.tenures import Tenure, returns, tenures

FEW: Final = 4
"""So many reports of one side a reader sees all of (set by hand)."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Reports that cannot all be right: what they are about and the reports themselves."""

    about: tuple[str, ...]
    """Last parts of IRIs, sorted."""
    sides: tuple[str, ...]
    """IRIs of reports, sorted."""
    label: str


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
        told = [a for pair in pairs for t in pair for a in t.attestations if a.status != "future"]
        sides = {report for a in told for report in a.reports}
        yield from _clash((office.position.id,), sides, office.position.label)


def holders(position: Position, held: Mapping[str, Sequence[Tenure]]) -> Iterator[Clash]:
    """Pairs of holders of a single seat who are attested for one day. `held` is keyed by person."""
    reach = {holder: _reach(found) for holder, found in sorted(held.items())}
    for (a, one), (b, other) in combinations(reach.items(), 2):
        if one and other and one.overlaps(other):
            left, right = held[a], held[b]
            sides = chain(_overlapping(left, right), _doubted(left, right), _doubted(right, left))
            yield from _clash((a, b), sides, position.label)


def _reach(found: Iterable[Tenure]) -> When | None:
    """From the first day to the last for which somebody's tenures can clash with another's."""
    days = [day for t in found if t.certain for day in t.certain]
    days += [
        day for t in found for a in t.attestations if a.doubted and a.when for day in (a.when.earliest, a.when.latest)
    ]
    return When(min(days), max(days)) if days else None


def disputes(position: Position, holder: str, found: Iterable[Tenure]) -> Iterator[Clash]:
    """Reports whose starts and ends of one person in one position exclude each other."""
    for tenure in found:
        for sides in tenure.bounds.disputed:
            yield from _clash((holder, position.id), sides, position.label)


def _national(office: Office, policy: Policy) -> bool:
    """True for an office of one seat of a whole country."""
    position = office.position
    titled = fold(position.title).startswith(policy.national_titles)
    return titled and position.single and position.body is not None and position.body.id in countries.identities()


def _at_once(a: Office, b: Office, policy: Policy) -> Iterator[str]:
    """The reports that put two offices on one day."""
    return _overlapping(tenures(a.attestations, policy.tenures), tenures(b.attestations, policy.tenures))


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
            one, other = _around(a, first, last), _around(b, first, last)
            yield from _nearest(one, other)
            yield from _nearest(other, one)


def _doubted(left: Iterable[Tenure], right: Sequence[Tenure]) -> Iterator[str]:
    """The reports that other reports of the seat make doubtful's, with those next to them."""
    told = [(a.when, a.reports) for tenure in left for a in tenure.attestations if a.doubted and a.when]
    for (when, reports), b in product(told, right):
        if b.certain and not b.acting and b.certain[0] <= when.latest and when.earliest <= b.certain[1]:
            yield from reports
            yield from _nearest(_around(b, when.earliest, when.latest), [(when, reports)])


_Dated = tuple[When, tuple[str, ...]]


def _around(tenure: Tenure, first: date, last: date) -> list[_Dated]:
    """The dated reports between two days; else the one before and the one after."""
    dated = [(a.when, a.reports) for a in tenure.attestations if a.when and a.status != "future" and not a.doubted]
    inside = [each for each in dated if each[0].earliest <= last and each[0].latest >= first]
    if inside:
        return inside
    before = max(((when, some[-1:]) for when, some in dated if when.latest < first), default=None)
    after = min(((when, some[:1]) for when, some in dated if when.earliest > last), default=None)
    return [each for each in (before, after) if each]


def _nearest(some: Sequence[_Dated], others: Sequence[_Dated]) -> Iterator[str]:
    """Of the reports of one side those of the days nearest to the other side's, not hundreds of the same."""
    few = sum(len(reports) for _, reports in some) <= FEW
    for when, _ in others:
        gaps = [(gap(when, each), reports) for each, reports in some]
        least = min((gap for gap, _ in gaps), default=0)
        yield from chain.from_iterable(reports for gap, reports in gaps if gap == least or few)
