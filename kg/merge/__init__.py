"""From changed reports to the resolved graph: identities, then offices, then events, and where reports
disagree.

Each step takes what is marked in the registry, computes it anew from the reports alone, and marks what
depends on it. What shares no key with a changed article is never looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.merge.events import Events
from kg.merge.identities import Identities
from kg.merge.offices import Offices
from kg.merge.writing import Writing
from kg.resolve.decisions import Decisions
from kg.resolve.policy import Policy
from kg.store.embedded import EmbeddedStore
from kg.store.registry import Registry


@dataclass(frozen=True, slots=True)
class Rules:
    """What the resolved graph depends on besides the reports."""

    policy: Policy
    types: Mapping[str, str]
    """Event type → its label."""
    decisions: Decisions = Decisions.NONE


def merge(registry: Registry, store: EmbeddedStore, rules: Rules, base: str) -> None:
    """Brings the resolved graph in line with the reports and the rules.

    Ids that changed decisions are about, or were, are marked as ``decided``.
    """
    writing = Writing(registry.changes, store, base)
    Identities(registry, writing, rules.policy.matching, rules.decisions, base).run()
    Offices(registry, writing, rules.policy, base).run()
    Events(registry, writing, rules.policy, base, rules.types).run()
    writing.flush()
