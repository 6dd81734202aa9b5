"""How surely a trigger tells its event: as having happened, planned, claimed, denied, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.lang.pack import Pack
from kg.model import Factuality
from kg.nlp.attribution import claimant
from kg.nlp.events_subject import agent
from kg.nlp.events_text import At, Text
from kg.nlp.events_triggers import Trigger

NEAR = 4
"""How many words before a trigger a negation or a modal verb still governs it."""
FAR = 9
"""How many words before a trigger a cue of plan or claim still governs it."""
CLOSE = 2
"""How many words before a trigger a noun of claim or a word of purpose still governs it."""
AFTER = 5
"""How many words after a noun, names not counted, its verb may tell that it is planned or cancelled."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of factuality.toml as sets."""

    negation: frozenset[str]
    hypothetical: frozenset[str]
    modal: frozenset[str]
    planned: frozenset[str]
    prospects: frozenset[str]
    planned_after: frozenset[str]
    cancelled: frozenset[str]
    taking_place: frozenset[str]
    over: frozenset[str]
    nearing: frozenset[str]
    purpose: frozenset[str]
    perfect: frozenset[str]
    realized: frozenset[str]
    sequel: frozenset[str]
    idioms: frozenset[str]
    claimed: frozenset[str]
    hearsay: frozenset[str]
    claimed_nouns: frozenset[str]
    claiming: frozenset[str]
    denying: frozenset[str]
    rejecting: frozenset[str]
    claim_nouns: frozenset[str]
    about: frozenset[str]
    acts: frozenset[str]
    quotes: frozenset[str]
    barriers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words before a trigger make of it; ``None``: no event is told."""

    factuality: Factuality | None
    claimants: tuple[At, ...] = ()
    deniers: tuple[At, ...] = ()
    suspected: bool = False
    """True where nobody in the clause alleges it and it is no mere talk."""


@lru_cache(maxsize=4)
def cues(pack: Pack) -> Cues:
    """The cue words of a language pack."""
    return Cues(**{name: frozenset(words) for name, words in pack.table("factuality").items()})


def reading(text: Text, trigger: Trigger, words: Cues) -> Reading:
    """How surely the clause of a trigger tells its event."""
    cue = _Before(text, trigger, words)
    far = CLOSE if trigger.group.type in words.acts else FAR
    denier = cue.within(far, words.denying) or _rejection(text, cue, words)
    admits = denier is not None and text.words[denier - 1] in words.negation
    if denier is not None and not admits:
        return Reading("denied", (), tuple(claimant(text, denier)))
    negated = not admits and cue.within(NEAR, words.negation) is not None
    if negated or _cancelled(text, trigger, cue, words) or _hypothetical(text, trigger.start, words):
        return Reading(None)
    claiming = cue.within(far, words.claiming)
    if claiming is not None:
        return Reading("claimed", tuple(claimant(text, claiming)))
    alleged = _alleged(text, trigger, cue, words)
    if alleged is not None:
        by = agent(text, alleged)
        return Reading("claimed", tuple(by), suspected=not by and text.words[alleged] not in words.hearsay)
    if cue.within(NEAR, words.modal) is not None:
        return Reading(None)
    return Reading("planned" if _planned(text, trigger, cue, words) else "actual")


@dataclass(frozen=True, slots=True)
class _Before:
    """The words before a trigger in its sentence."""

    text: Text
    trigger: Trigger
    words: Cues

    def within(self, reach: int, cues: frozenset[str], relative: bool = False) -> int | None:
        """The nearest of some cues at most so many words before the trigger, with no barrier between."""
        first, _ = self.text.sentence(self.trigger.start)
        for index in range(self.trigger.start - 1, max(first, self.trigger.start - reach) - 1, -1):
            word = self.text.words[index]
            if word in cues and " ".join(self.text.words[index : index + 2]) not in self.words.idioms:
                return index
            if self._bars(index, word) or (relative and word in self.text.grammar.relative):
                return None
        return None

    def _bars(self, index: int, word: str) -> bool:
        """True for a word that no cue reaches across."""
        if self.trigger.group.kind == "noun" and word in self.words.about:
            return True
        return word in self.words.barriers or (word in self.words.quotes and self._ends_speech(index))

    def _ends_speech(self, index: int) -> bool:
        """A quotation mark beside a comma or a full stop ends or begins what is said."""
        return bool({",", ".", ":"} & {*self.text.words[max(index - 1, 0) : index + 2]})


def _alleged(text: Text, trigger: Trigger, cue: _Before, words: Cues) -> int | None:
    """The word before a trigger that says it is alleged: "dugaan pemerasan", but not "isu dalam pertemuan"."""
    verb = None if trigger.group.type in words.acts else cue.within(FAR, words.claimed)
    if verb is not None:
        return verb
    noun = cue.within(CLOSE, words.claimed_nouns)
    between = text.words[trigger.start if noun is None else noun + 1 : trigger.start]
    return None if (text.grammar.prepositions | text.grammar.clause_words) & {*between} else noun


def _cancelled(text: Text, trigger: Trigger, cue: _Before, words: Cues) -> bool:
    """True for a noun whose event does not take place: "pertemuan itu batal", "kesepakatan belum tercapai"."""
    if trigger.group.kind != "noun" or cue.within(FAR, words.planned) is not None:
        return False  # "mendesak agar kunjungan itu dibatalkan"
    after = _after(text, trigger)[:AFTER]
    negated = (after[i + 1 : i + 3] for i, word in enumerate(after) if word in words.negation)
    return bool(words.cancelled & {*after}) or any(words.taking_place & {*following} for following in negated)


def _planned(text: Text, trigger: Trigger, cue: _Before, words: Cues) -> bool:
    planned = cue.within(FAR, words.planned, relative=True)
    if planned is not None and not words.perfect & {*text.words[planned + 1 : trigger.start]}:
        return True
    return _meant(text, trigger, cue, words) or (trigger.group.kind == "noun" and _in_view(text, trigger, cue, words))


def _meant(text: Text, trigger: Trigger, cue: _Before, words: Cues) -> bool:
    """True after a word of purpose, unless what is meant is done at once."""
    purpose = cue.within(CLOSE, words.purpose)
    if purpose is None or text.words[purpose + 1] in words.sequel:
        return False
    first, _ = text.sentence(purpose)
    above = text.words[max(first, purpose - FAR) : purpose]
    return not words.realized & {*above}


def _in_view(text: Text, trigger: Trigger, cue: _Before, words: Cues) -> bool:
    """True for a noun whose event is only in view: "potensi kesepakatan", "pertemuan itu dijadwalkan"."""
    if cue.within(CLOSE, words.prospects) is not None:
        return True
    after = _after(text, trigger)
    if words.planned_after & {*after[:AFTER]} and not words.over & {*after[: AFTER + CLOSE]}:
        return True
    return any(" ".join(pair) in words.nearing for pair in pairwise(after))


def _after(text: Text, trigger: Trigger) -> list[str]:
    """The words after a trigger in its sentence; names count for nothing."""
    _, end = text.sentence(trigger.start)
    return [text.words[token] for token in range(trigger.end, end) if token not in text.at]


def _rejection(text: Text, cue: _Before, words: Cues) -> int | None:
    index = cue.within(FAR, words.rejecting)
    if index is None:
        return None
    follows = text.words[index + 1 : index + 3]
    return index if any(word in words.claim_nouns for word in follows) else None


def _hypothetical(text: Text, start: int, words: Cues) -> bool:
    first, _ = text.sentence(start)
    for index in range(start - 1, first - 1, -1):
        if text.words[index] in words.hypothetical:
            return True
        if text.words[index] in text.grammar.content | {",", '"'}:
            return False
    return False
