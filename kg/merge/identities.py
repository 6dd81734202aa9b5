"""Which entities are one, from the keys that changed articles have."""

from __future__ import annotations

from dataclasses import dataclass

from kg.merge.writing import Writing
from kg.rdf import resolved
from kg.resolve import matching
from kg.resolve.matching import Votes
from kg.store.registry import Registry


@dataclass(frozen=True, slots=True)
class Identities:
    """The step that gives every entity its identity."""

    registry: Registry
    writing: Writing
    base: str

    def run(self) -> None:
        """Computes anew the parents of marked keys, the roots they lead to now and led to before."""
        changes, entities = self.registry.changes, self.registry.entities
        for about in changes.taken("decided"):
            changes.mark_all("key", "SELECT DISTINCT lead FROM entity WHERE identity = ?", about)
        for key in changes.marked("key"):
            changes.mark("root", entities.root(key))
            entities.set_parent(key, self._parent(key))
        for key in changes.taken("key"):
            changes.mark("root", key)
        for root in changes.taken("root"):
            if (above := entities.root(root)) != root:
                changes.mark("root", above)
            else:
                self._identity(root)
        for identity in changes.taken("identity"):
            if not entities.borne(identity):
                entities.set_label(identity, None)
                self.writing.put(identity, ())

    def _parent(self, key: str) -> str | None:
        entities = self.registry.entities
        return matching.parent(
            {lead: Votes(one, entities.told_apart(key, lead)) for lead, one in entities.vouched(key)}
        )

    def _identity(self, root: str) -> None:
        entities = self.registry.entities
        leads = entities.below(root)
        members = entities.members(leads)
        if not members:
            return
        identity = matching.identity(root, entities.spellings(leads))
        relabelled = entities.label(identity.id) not in {None, identity.label}
        moved = [member for member in members if relabelled or member[2] != identity.id]
        for _, _, before, _ in moved:
            if before is not None and before != identity.id:
                self.registry.changes.mark("identity", before)
        entities.identify(moved, identity.id)
        entities.set_label(identity.id, identity.label)
        bearers = sorted((iri, key) for _, key, _, iri in members)
        self.writing.put(identity.id, resolved.entity(identity, bearers, self.base))
