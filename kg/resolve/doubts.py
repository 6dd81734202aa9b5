"""Doubts: two identities that may be one, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.resolve.policy import MatchingPolicy


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two identities that the features neither join nor tell apart."""

    about: tuple[str, str]
    """Their ids, sorted."""
    names: tuple[str, str]
    """Their labels, in the same order."""
    key: str
    """What was compared: no two doubts have one."""
    score: float
    """Between 0 and 1: how far from "two" to "one" the features are."""
    reasons: tuple[str, ...]
    """What spoke, the weightiest first, in words."""


def share(total: float, policy: MatchingPolicy) -> float:
    """How far a sum of features lies between the threshold of a doubt and that of one thing."""
    return round(min(1.0, max(0.0, (total - policy.doubt) / (policy.same - policy.doubt))), 2)


def reasons(spoke: Iterable[str], policy: MatchingPolicy) -> tuple[str, ...]:
    """The features that spoke, in words, with their sign."""
    told = (policy.features[name] for name in spoke)
    return tuple(f"{'+' if feature.weight > 0 else '-'} {feature.says}" for feature in told)
