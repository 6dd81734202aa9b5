"""How surely a trigger tells its event: as having happened, planned, claimed, denied, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.lang.pack import Pack
from kg.model import Factuality
from kg.nlp.events_subject import subject
from kg.nlp.events_text import At, Text
from kg.nlp.events_triggers import Trigger

NEAR = 4
"""How many words before a trigger a negation or a modal verb still governs it."""
FAR = 9
"""How many words before a trigger a cue of plan or claim still governs it."""
AFTER = 5
"""How many words after a noun its verb may tell that it is planned."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of factuality.toml as sets."""

    negation: frozenset[str]
    hypothetical: frozenset[str]
    modal: frozenset[str]
    planned: frozenset[str]
    planned_after: frozenset[str]
    claimed: frozenset[str]
    claiming: frozenset[str]
    denying: frozenset[str]
    rejecting: frozenset[str]
    claim_nouns: frozenset[str]
    barriers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words before a trigger make of it; ``None``: no event is told."""

    factuality: Factuality | None
    claimants: tuple[At, ...] = ()
    deniers: tuple[At, ...] = ()


@lru_cache(maxsize=4)
def cues(pack: Pack) -> Cues:
    """The cue words of a language pack."""
    return Cues(**{name: frozenset(words) for name, words in pack.table("factuality").items()})


def reading(text: Text, trigger: Trigger, words: Cues) -> Reading:
    """How surely the clause of a trigger tells its event."""
    first, end = text.sentence(trigger.start)
    near = range(trigger.start - 1, max(first, trigger.start - NEAR) - 1, -1)
    far = range(trigger.start - 1, max(first, trigger.start - FAR) - 1, -1)
    denier = _cue(text, far, words.denying, words.barriers) or _rejection(text, far, words)
    if denier is not None:
        return Reading("denied", (), tuple(subject(text, denier)))
    if _cue(text, near, words.negation, words.barriers) is not None or _hypothetical(
        text, first, trigger.start, words
    ):
        return Reading(None)
    claiming = _cue(text, far, words.claiming, words.barriers)
    if claiming is not None:
        return Reading("claimed", tuple(subject(text, claiming)))
    if _cue(text, far, words.claimed, words.barriers) is not None:
        return Reading("claimed")
    if _cue(text, near, words.modal, words.barriers) is not None:
        return Reading(None)
    if _cue(text, far, words.planned, words.barriers) is not None or _planned_after(
        text, trigger, end, words
    ):
        return Reading("planned")
    return Reading("actual")


def _cue(text: Text, tokens: range, words: frozenset[str], barriers: frozenset[str]) -> int | None:
    """The nearest cue before a trigger, with no barrier between them."""
    for index in tokens:
        word = text.words[index]
        if word in words:
            return index
        if word in barriers:
            return None
    return None


def _rejection(text: Text, tokens: range, words: Cues) -> int | None:
    index = _cue(text, tokens, words.rejecting, words.barriers)
    if index is None:
        return None
    follows = text.words[index + 1 : index + 3]
    return index if any(word in words.claim_nouns for word in follows) else None


def _hypothetical(text: Text, first: int, start: int, words: Cues) -> bool:
    for index in range(start - 1, first - 1, -1):
        if text.words[index] in words.hypothetical:
            return True
        if text.words[index] in (",", "bahwa", '"'):
            return False
    return False


def _planned_after(text: Text, trigger: Trigger, end: int, words: Cues) -> bool:
    if trigger.group.kind != "noun":
        return False
    return any(
        text.words[index] in words.planned_after
        for index in range(trigger.end, min(end, trigger.end + AFTER))
    )
