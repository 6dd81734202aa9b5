"""What the ids of decisions are about in the registry of now: leads, entities of articles, roots.

An id that nothing has sleeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kg.resolve.decisions import Decisions, is_report
from kg.resolve.senses import Part, facet_names
from kg.store.registry import Registry


class About:
    """The decisions in force, by what they are about."""

    def __init__(self, registry: Registry, decisions: Decisions, base: str) -> None:
        """Takes where leads and entities are."""
        self._registry = registry
        self._base = base
        self.decisions = decisions
        self._leads: dict[str, str | None] = {}

    def lead(self, about: str) -> str | None:
        """The lead key that an id names or that the entity it names has; None where it sleeps."""
        if about not in self._leads:
            part = self.entity(about)
            own = about.partition("--")[0]
            self._leads[about] = part.lead if part else None if is_report(about) else self._registry.leads.of(own)
        return self._leads[about]

    def entity(self, about: str) -> Part | None:
        """The entity of an article that an id names."""
        if not is_report(about):
            return None
        iri, _, name = about.partition("#")
        for bearer in self._registry.decided.reported(self._base + iri, name):
            return Part(*self._registry.entities.card(bearer), bearer)
        return None

    def identity(self, about: str) -> str | None:
        """The identity that an id now means: of a sense that of its office, of a lead that of most of its entities."""
        entities, part, lead = self._registry.entities, self.entity(about), self.lead(about)
        if part and part.only:
            return entities.identity_of(*part.only)
        if entities.borne(about) or lead is None:
            return about if lead else None
        name = about.partition("--")[2]
        named = [each.facets for each in entities.counted(lead) if name and name in facet_names(each.facets)]
        return entities.identity_of(*entities.first(lead, named[0])) if named else entities.identity_of_lead(lead)

    @cached_property
    def forbidden(self) -> frozenset[frozenset[str]]:
        """Pairs of leads that are two things whatever the features say."""
        pairs = [pair for pair in self.decisions.different if not any("--" in a or is_report(a) for a in pair)]
        leads = [[lead for about in pair if (lead := self.lead(about))] for pair in pairs]
        return frozenset(frozenset(pair) for pair in leads if len(set(pair)) == 2)

    @cached_property
    def tied(self) -> dict[str, frozenset[str]]:
        """Root → all roots that decisions tie to it by "same", and itself. Asked once all parents are known."""
        groups: dict[str, set[str]] = {}
        for pair in self.decisions.same:
            leads = [lead for about in pair if (lead := self.lead(about))]
            if len(leads) == 2:
                joined = set[str]().union(*(groups.get(r, {r}) for r in map(self._registry.entities.root, leads)))
                groups.update(dict.fromkeys(joined, joined))
        return {root: frozenset(group) for root, group in groups.items()}

    @cached_property
    def by_root(self) -> dict[str, list[tuple[str, tuple[str, str]]]]:
        """Root → the pairs that are decided of what is under it, as (verdict, ids)."""
        found: dict[str, list[tuple[str, tuple[str, str]]]] = {}
        for verdict, pairs in (("same", self.decisions.same), ("different", self.decisions.different)):
            for pair in pairs:
                for root in {self._registry.entities.root(lead) for about in pair if (lead := self.lead(about))}:
                    found.setdefault(root, []).append((verdict, pair))
        return found

    @cached_property
    def settled(self) -> frozenset[frozenset[str]]:
        """Pairs of identities that somebody decided on. Asked once all identities are known."""
        pairs = (*self.decisions.same, *self.decisions.different)
        return frozenset(frozenset(filter(None, map(self.identity, pair))) for pair in pairs)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Identity → the name that somebody decided on. Asked once all identities are known."""
        found = {}
        for about, label in sorted(self.decisions.names.items()):
            if identity := self.identity(about):
                found[identity] = label
        return {**found, **{about: label for about, label in self.decisions.names.items() if about in found}}

    def partners(self) -> Iterator[str]:
        """The leads that decisions tie to leads whose keys are marked, and to what sleeps."""
        for pair in (*self.decisions.same, *self.decisions.different):
            leads = [self.lead(about) for about in pair]
            if None in leads or any(self._registry.changes.is_marked("key", lead) for lead in leads if lead):
                yield from filter(None, leads)
