"""From changed reports to the resolved graph: identities, then tenures, then events, then where reports disagree.

Each step takes what is marked dirty in the registry, computes it anew from the reports alone, and marks what
depends on it. What no changed article shares a blocking key with is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.ids import digest
from kg.model import EntityType, RoleReport, When
from kg.rdf import resolved
from kg.rdf.terms import Quad
from kg.resolve import events as joining
from kg.resolve import matching, offices
from kg.resolve.events import Happened, Told
from kg.resolve.policy import Policy
from kg.store.base import Store
from kg.store.registry import Registry


@dataclass(frozen=True)
class Merge:
    """The resolved graph of one graph folder: where it reads from and writes to, and by which policy."""

    registry: Registry
    store: Store
    policy: Policy
    base: str

    def run(self) -> None:
        """Brings the resolved graph in line with the reports."""
        self._identities()
        self._roles()
        self._holders()
        self._positions()
        self._told()
        self._events()

    # Identities

    def _identities(self) -> None:
        done: set[str] = set()
        for key in self.registry.dirty("key"):
            if key not in done:
                component = matching.component(key, self.registry.neighbours)
                done |= component | {key}
                self._identity(component | {key})
        self.registry.clean("key")
        for identity in self.registry.dirty("identity"):
            self._drop_identity(identity)
        self.registry.clean("identity")

    def _identity(self, keys: frozenset[str]) -> None:
        members = self.registry.members(keys)
        if not members:
            return
        kind, spellings = self.registry.spellings((article, key) for article, key, _ in members)
        entity_type: EntityType = "person" if kind == "person" else "organization" if kind == "organization" else "place"
        identity = matching.identity(keys, entity_type, spellings)
        old = {was for _, _, was in members if was is not None}
        relabelled = self.registry.label(identity.id) not in {None, identity.label}
        moved = [(a, k) for a, k, was in members if was != identity.id or relabelled]
        self.registry.identify(moved, identity.id)
        self.registry.set_label(identity.id, identity.label)
        for gone in sorted(old - {identity.id}):
            self._drop_identity(gone)
        self._write(identity.id, resolved.entity(identity, self.registry.bearers(identity.id), self.base))

    def _drop_identity(self, identity: str) -> None:
        if self.registry.bearers(identity):
            return
        self.registry.set_label(identity, None)
        self._write(identity, ())

    # Roles, tenures, positions

    def _roles(self) -> None:
        for article, key in self._dirty_reports("role"):
            found = self.registry.role(article, key)
            if found is None:
                continue
            role, was = found
            holder = self.registry.identity_of(article, role.person)
            for person in {holder, was or holder}:
                self.registry.mark("holder", person)
            self.registry.hold(article, key, holder)
        self.registry.clean("role")

    def _holders(self) -> None:
        for holder in self.registry.dirty("holder"):
            held = list(self._offices(holder))
            was = set(self.registry.positions(holder))
            self.registry.set_positions(holder, sorted({office.position.id for office in held}))
            for position in was | {office.position.id for office in held}:
                self.registry.mark("position", position)
            self._write(f"holder:{holder}", resolved.tenures(holder, held, self.base))
            rivals = offices.rival_titles(held, self.policy)
            self._write(f"rivals:{holder}", resolved.title_conflicts(holder, rivals, self.base))
        self.registry.clean("holder")

    def _offices(self, holder: str) -> Iterator[offices.Office]:
        """The offices of a person with their tenures."""
        given = [
            offices.Given(
                role=role,
                report=resolved.report_iri(iri, role.key),
                published=date.fromisoformat(published) if published else None,
                body=self._labelled(article, role.body),
                territory=self._labelled(article, role.territory),
            )
            for article, iri, published, role in self.registry.roles(holder)
        ]
        yield from offices.offices(given, self.policy)

    def _labelled(self, article: str, key: str | None) -> offices.Body | None:
        if key is None:
            return None
        identity = self.registry.identity_of(article, key)
        return offices.Body(identity, self.registry.label(identity) or identity)

    def _positions(self) -> None:
        for position in self.registry.dirty("position"):
            holders = self.registry.holders(position)
            held = {h: [o for o in self._offices(h) if o.position.id == position] for h in holders}
            owned = [office for offices_ in held.values() for office in offices_]
            self._write(position, resolved.position(owned[0].position, self.base) if owned else ())
            clashes = offices.clashes({h: o for h, os in held.items() for o in os})
            self._write(f"clashes:{position}", resolved.holder_conflicts(position, clashes, self.base))
        self.registry.clean("position")

    # Events

    def _told(self) -> None:
        """Puts changed event reports under their blocks, and marks the events they were and may now be part of."""
        changed = [pair for pair in self._dirty_reports("told") if self.registry.event(*pair) is not None]
        for article, key in changed:
            self.registry.set_blocks(article, key, joining.blocks(self._read(article, key), self.policy.events))
        self.registry.clean("told")
        waiting = set(changed)
        for event in self.registry.dirty("event"):
            waiting.update(self.registry.joined(event))
            self._write(event, ())
        self.registry.clean("event")
        done: set[tuple[str, str]] = set()
        for pair in sorted(waiting):
            if pair not in done:
                component = self._component(pair)
                done |= {(told.article, key) for told, key in component}
                self._join(component)

    def _component(self, start: tuple[str, str]) -> list[tuple[Told, str]]:
        """Reports that match, directly or through others; with the rest of the events they were in before."""
        seen, waiting = {start: self._read(*start)}, [start]
        while waiting:
            pair = waiting.pop()
            near = set(self.registry.blocked_with(*pair)) | self._joined_before(pair)
            for other in sorted(near - set(seen)):
                told = self._read(*other)
                before = other in self._joined_before(pair)
                if before or joining.match(seen[pair], told, self.policy.events):
                    seen[other] = told
                    waiting.append(other)
        return [(told, pair[1]) for pair, told in sorted(seen.items())]

    def _joined_before(self, pair: tuple[str, str]) -> set[tuple[str, str]]:
        found = self.registry.event(*pair)
        return set(self.registry.joined(found[3])) if found and found[3] else set()

    def _join(self, component: Sequence[tuple[Told, str]]) -> None:
        keys = {told.report: (told.article, key) for told, key in component}
        for old in {was for _, was in (self._was(*keys[r]) for r in keys) if was}:
            self._write(old, ())
        for part in joining.components([told for told, _ in component], self.policy.events):
            event = Happened(f"event/{part[0].type.lower()}-{digest(part[0].report)}", tuple(part))
            for told in part:
                self.registry.join(*keys[told.report], event.id)
            labels = {i: self.registry.label(i) or i for t in part for i in (*t.identities, *t.places)}
            self._write(event.id, resolved.event(event, labels, self.base))

    def _was(self, article: str, key: str) -> tuple[str, str | None]:
        found = self.registry.event(article, key)
        return key, found[3] if found else None

    def _read(self, article: str, key: str) -> Told:
        found = self.registry.event(article, key)
        assert found is not None
        event, iri, published, _ = found
        who = {p: self.registry.identity_of(article, p.entity) for p in event.participants}
        return Told(
            article=article,
            report=resolved.report_iri(iri, key),
            type=event.type,
            participants=tuple(sorted((p.role, identity) for p, identity in who.items())),
            places=tuple(self.registry.identity_of(article, place) for place in event.places),
            date=event.date,
            published=date.fromisoformat(published) if published else None,
            factuality=event.factuality,
            sources=tuple(
                sorted((a.stance, self.registry.identity_of(article, a.entity)) for a in event.attributions)
            ),
            thing=event.thing,
        )

    # Writing

    def _dirty_reports(self, kind: str) -> Iterator[tuple[str, str]]:
        for name in self.registry.dirty("role" if kind == "role" else "told"):
            article, _, key = name.rpartition("\n")
            yield article, key

    def _write(self, owner: str, quads: Iterable[Quad]) -> None:
        """Puts an owner's quads in the place of those it had in the resolved graph."""
        new = list(quads)
        graph = resolved.graph_iri(self.base)
        subjects = sorted({quad.subject.value for quad in new})
        self.store.remove_subjects(graph, [s for s in self.registry.swap_nodes(owner, subjects)])
        self.store.extend(new)
