"""Who holds what: positions, tenures, and where titles or holders exclude each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

import msgspec

from kg.merge.writing import Writing
from kg.rdf import resolved
from kg.rdf.terms import IRI, Quad
from kg.resolve import clashes, offices, tenures
from kg.resolve.clashes import Clash
from kg.resolve.offices import Body, Given, Office, Position
from kg.resolve.policy import Policy
from kg.resolve.tenures import Tenure
from kg.store.registry import Registry
from kg.store.registry.offices import Holding, Said, role_of

_decoder = msgspec.json.Decoder(Office)
_made = msgspec.json.Decoder(tuple[Position, tuple[Tenure, ...]])


@dataclass(frozen=True, slots=True)
class Offices:
    """The step that turns role reports into positions and tenures."""

    registry: Registry
    writing: Writing
    policy: Policy
    base: str

    def run(self) -> None:
        """Goes from marked role reports to persons, from persons to positions, from positions to tenures."""
        for article, key in self.registry.changes.taken_pairs("role"):
            self._give(article, key)
        for holder in self.registry.changes.taken("holder"):
            self._holder(holder)
        for position in self.registry.changes.taken("position"):
            self._position(position)
        for position, holder in self.registry.changes.taken_pairs("holding"):
            self._holding(position, holder)

    def _give(self, article: str, key: str) -> None:
        """Gives a role report to its person; the one it was given to before has changed too."""
        found = self.registry.offices.given(article, key)
        if found is None:
            return
        entity, before = found
        holder = self.registry.entities.identity_of(article, entity)
        for person in {holder, before or holder}:
            self.registry.changes.mark("holder", person)
        self.registry.offices.hold(article, key, holder)

    def _holder(self, holder: str) -> None:
        """What a person holds, and the person's offices that exclude each other."""
        held = self._offices(holder)
        after = {office.position.id: _holding(holder, office) for office in held}
        before = self.registry.offices.holdings(holder)
        self.registry.offices.set_holdings(holder, before, after)
        for position in before.keys() | after.keys():
            self._mark(position, holder, before.get(position), after.get(position))
        found = (
            *self._conflicts("title", clashes.rival_titles(held, self.policy)),
            *self._conflicts("body", clashes.rival_bodies(held, self.policy)),
            *self._conflicts("status", clashes.reversals(held, self.policy)),
        )
        self.writing.put(f"conflicts of {holder}", found)

    def _conflicts(self, kind: str, found: Iterable[Clash]) -> Iterator[Quad]:
        for clash in found:
            yield from resolved.conflict(kind, clash, self.base)

    def _mark(self, position: str, holder: str, before: Holding | None, after: Holding | None) -> None:
        if before == after:
            return
        changes = self.registry.changes
        changes.mark("position", position)
        changes.mark_pair("holding", position, holder)
        if (before is not None and before.single) != (after is not None and after.single):
            for other in self.registry.offices.holders(position):
                changes.mark_pair("holding", position, other.holder)

    def _offices(self, holder: str) -> list[Office]:
        alike = _alike(self.registry.offices.roles(holder))
        named = {identity for some in alike for identity in (some[0].body, some[0].territory) if identity}
        bodies = {identity: Body(identity, self.registry.entities.label(identity) or identity) for identity in named}
        return offices.offices([_given(some, bodies) for some in alike], self.policy)

    def _position(self, name: str) -> None:
        """A position; of a single seat also the tenures of all its holders, which bound each other."""
        holdings = list(self.registry.offices.holders(name))
        if not holdings:
            self.writing.put(name, ())
            self.writing.put(f"clashes of {name}", ())
            return
        position = _merged(holdings)
        self.writing.put(name, resolved.position(position, self.base))
        found: dict[str, list[Tenure]] = {}
        if position.single:
            held = {h.holder: _decoder.decode(h.payload).attestations for h in holdings}
            found = tenures.seat(held, self.policy.tenures)
        for holder, some in found.items():
            self._write(position, holder, some)
        self.writing.put(f"clashes of {name}", self._conflicts("holder", clashes.holders(position, found)))

    def _holding(self, position: str, holder: str) -> None:
        """The tenures of one person in a position that many can hold; or that the person holds it no more."""
        holding = self.registry.offices.holding(position, holder)
        if holding is None:
            before = self.registry.changes.made_of(_owner(position, holder), None)
            self._rest(holder, before, None)
            self.writing.put(_owner(position, holder), (), resolved.OF_TENURE)
        elif not self.registry.offices.single(position):
            office = _decoder.decode(holding.payload)
            self._write(office.position, holder, tenures.tenures(office.attestations, self.policy.tenures))

    def _write(self, position: Position, holder: str, found: Sequence[Tenure]) -> None:
        """The tenures of one person in one position and the disagreements on their bounds, where they changed."""
        owner, now = _owner(position.id, holder), msgspec.json.encode((position, found))
        before = self.registry.changes.made_of(owner, now)
        if before == now:
            return
        self._rest(holder, before, now)
        disputes = self._conflicts("bounds", clashes.disputes(position, holder, found))
        quads = chain(resolved.tenures(holder, position.id, found, self.base), disputes)
        self.writing.put(owner, quads, resolved.OF_TENURE)

    def _rest(self, holder: str, before: bytes | None, now: bytes | None) -> None:
        """Says which reports tenures rest on, those alone that came or went: a president has thousands."""
        old, new = (self._rests_on(holder, made_of) for made_of in (before, now))
        for links, here in ((old - new, False), (new - old, True)):
            for link in sorted(links):
                self.writing.change(resolved.resting(*link, self.base), here)

    def _rests_on(self, holder: str, made_of: bytes | None) -> set[tuple[str, IRI, str]]:
        if made_of is None:
            return set()
        position, found = _made.decode(made_of)
        return set(resolved.rests_on(holder, position.id, found, self.base))


def _alike(roles: Sequence[Said]) -> list[list[Said]]:
    """The role reports of one person, those together that say the same; apart where the article counts.

    That is where it says the title without a body: another report of the same article may name that.
    """
    bare = {role.article for role in roles if role.body is None}
    alike: dict[tuple[str | bytes | None, ...], list[Said]] = {}
    for role in roles:
        article = role.article if role.article in bare else ""
        alike.setdefault((article, role.said, role.published, role.body, role.territory), []).append(role)
    return list(alike.values())


def _given(some: Sequence[Said], bodies: Mapping[str, Body]) -> Given:
    first = some[0]
    return Given(
        role=role_of(first.said),
        reports=tuple(sorted(resolved.report_iri(each.iri, each.key) for each in some)),
        article=first.article,
        published=date.fromisoformat(first.published) if first.published else None,
        body=bodies[first.body] if first.body else None,
        territory=bodies[first.territory] if first.territory else None,
    )


def _owner(position: str, holder: str) -> str:
    return f"{holder} in {position}"


def _holding(holder: str, office: Office) -> Holding:
    position = office.position
    return Holding(position.id, holder, position.title, position.single, msgspec.json.encode(office))


def _merged(holdings: Sequence[Holding]) -> Position:
    """The position of all its holders: the title most of them have, single where one of them says so."""
    titles = Counter(holding.title for holding in holdings)
    title = max(titles, key=lambda t: (titles[t], t))
    first: Position = _decoder.decode(holdings[0].payload).position
    return replace(first, title=title, single=any(holding.single for holding in holdings))
