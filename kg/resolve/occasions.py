"""Numbered anniversaries in what reports tell: ``peringatan 70 tahun Perang Korea``."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from kg.resolve.policy import Occasions

_ENOUGH: Final = 2
"""So many words in common name one anniversary of a number; "Partai" alone does not."""


def occasions(text: str, policy: Occasions) -> frozenset[str]:
    """The anniversaries of a passage, as number and word each: ``70 perang``, ``70 korea``."""
    found = set()
    for told in policy.pattern.finditer(text.casefold()):
        number, words = told[1] or told[2], takewhile(lambda word: word not in policy.ends, told[3].split())
        found |= {f"{int(number)} {word}" for word in words if word not in policy.everywhere}
    return frozenset(found)


def same(one: frozenset[str], other: frozenset[str]) -> bool:
    """True where two passages name the same anniversary."""
    return len(one & other) >= max(1, min(_ENOUGH, len(one), len(other)))
