"""From changed reports to the resolved graph: identities, then offices, then events, and where reports
disagree.

Each step takes what is marked in the registry, computes it anew from the reports alone, and marks what
depends on it. What shares no key with a changed article is never looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.merge.events import Events
from kg.merge.identities import Identities
from kg.merge.offices import Offices
from kg.merge.writing import Writing
from kg.resolve.policy import Policy
from kg.store.base import Store
from kg.store.registry import Registry


def merge(registry: Registry, store: Store, policy: Policy, base: str, types: Mapping[str, str]) -> None:
    """Brings the resolved graph in line with the reports. `types` has the labels of event types."""
    writing = Writing(registry.changes, store, base)
    Identities(registry, writing, base).run()
    Offices(registry, writing, policy, base).run()
    Events(registry, writing, policy, base, types).run()
    writing.flush()
