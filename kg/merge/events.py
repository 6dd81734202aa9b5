"""Which event reports tell of one event, among those that changed and those they match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from kg.ids import digest
from kg.merge.writing import Writing
from kg.model import EventReport
from kg.rdf import resolved
from kg.resolve import countries, joining
from kg.resolve.events import Happened, Told
from kg.resolve.names import fold
from kg.resolve.occasions import occasions
from kg.resolve.policy import Policy
from kg.store.registry import Registry
from kg.store.registry.events import Name

REMEMBERED: Final = 10_000
"""Event reports kept at hand while they are compared: about 10 MB."""


class Events:
    """The step that joins event reports.

    Reports that match, directly or through others, are a component; a component is split into events. A
    change in a component takes all of it apart before anything of it is written.
    """

    def __init__(
        self, registry: Registry, writing: Writing, policy: Policy, base: str, types: Mapping[str, str]
    ) -> None:
        """Takes where reports are and events go. `types` has the labels of event types."""
        self._changes = registry.changes
        self._events = registry.events
        self._entities = registry.entities
        self._offices = registry.offices
        self._writing = writing
        self._weights = policy.events
        self._occasions = policy.occasions
        self._base = base
        self._types = types
        self._read: dict[Name, Told] = {}

    def run(self) -> None:
        """Takes apart the components of marked reports, then joins their reports anew."""
        for name in self._changes.taken_pairs("told"):
            self._take_out(name)
        for component in self._changes.taken("component"):
            self._take_apart(self._events.component(component))
        for event in self._changes.taken("event"):
            self._writing.put(event, ())
        for name in self._changes.taken_pairs("waiting"):
            if self._events.stands(name) == (None, None) and self._events.get(name) is not None:
                self._join(self._component(name))

    def _take_out(self, name: Name) -> None:
        """Puts a report under its blocks of now."""
        if self._events.get(name) is None:
            return
        self._events.set_blocks(name, joining.blocks(self._told(name), self._weights))
        component, _ = self._events.stands(name)
        if component is None:
            self._changes.mark_pair("waiting", *name)
        else:
            self._changes.mark("component", component)

    def _take_apart(self, names: Sequence[Name]) -> None:
        for name in names:
            _, event = self._events.stands(name)
            if event is not None:
                self._changes.mark("event", event)
            self._changes.mark_pair("waiting", *name)
        self._events.join(names, None, None)

    def _component(self, start: Name) -> list[Name]:
        """A report and all that match it, directly or through others."""
        found = {start: self._told(start)}
        waiting = [start]
        while waiting:
            name = waiting.pop()
            for other in self._events.blocked_with(name):
                if other not in found and joining.match(found[name], self._told(other), self._weights):
                    found[other] = self._told(other)
                    waiting.append(other)
        return sorted(found)

    def _join(self, names: Sequence[Name]) -> None:
        """Splits a component into its events and writes them, after what stood of it before is gone."""
        for name in names:
            _, before = self._events.stands(name)
            if before is not None:
                self._writing.put(before, ())
        by_report = {self._told(name).report: name for name in names}
        component = f"component/{digest(min(by_report))}"
        for reports in joining.split([self._told(name) for name in names], self._weights):
            kind = reports[0].type.lower()
            happened = Happened(
                f"event/{kind}-{digest(reports[0].report)}", reports, joining.lasts(reports, self._weights)
            )
            self._events.join([by_report[told.report] for told in reports], component, happened.id)
            self._writing.put(happened.id, resolved.event(happened, self._labels(happened), self._base))

    def _labels(self, happened: Happened) -> dict[str, str]:
        shown = {identity for _, identity in happened.participants} | set(happened.places)
        labels = {identity: self._entities.label(identity) or identity for identity in shown}
        kind = happened.reports[0].type
        return labels | {kind: self._types.get(kind, kind)}

    def _told(self, name: Name) -> Told:
        if name not in self._read:
            if len(self._read) >= REMEMBERED:
                self._read.clear()
            self._read[name] = self._tell(name)
        return self._read[name]

    def _tell(self, name: Name) -> Told:
        kept = self._events.get(name)
        assert kept is not None, "a report that is forgotten is in no block and in no component"
        article, event = name[0], kept.report
        who = {entity: self._entities.identity_of(article, entity) for entity in _entities(event)}
        return Told(
            article=article,
            report=resolved.report_iri(kept.iri, event.key),
            type=event.type,
            sense=event.sense,
            participants=tuple(sorted({(p.role, who[p.entity]) for p in event.participants})),
            places=tuple(dict.fromkeys(who[place] for place in event.places)),
            date=event.date,
            published=date.fromisoformat(kept.published) if kept.published else None,
            factuality=event.factuality,
            sources=tuple(sorted({(a.stance, who[a.entity]) for a in event.attributions})),
            thing=event.thing,
            words=frozenset(fold(f"{event.thing or ''} {kept.quotes}").split()),
            occasions=occasions(kept.passages, self._occasions),
            offices=self._for_countries(article, who),
        )

    def _for_countries(self, article: str, who: Mapping[str, str]) -> frozenset[tuple[str, str]]:
        """(person, country) of the offices that an article gives those who take part.

        Only countries: their identities depend on no other article.
        """
        held = {(person, body) for person, body in self._offices.bodies(article) if person in who}
        named = ((who[person], self._entities.identity_of(article, body)) for person, body in held)
        return frozenset((person, body) for person, body in named if body in countries.identities())


def _entities(event: EventReport) -> set[str]:
    parts = {p.entity for p in event.participants} | {a.entity for a in event.attributions}
    return parts | set(event.places)
