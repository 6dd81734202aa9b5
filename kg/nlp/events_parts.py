"""Who takes part in what a trigger tells, in which role, and where: the frame of its group filled with names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.nlp.events_names import core
from kg.nlp.events_subject import subject
from kg.nlp.events_text import At, Text
from kg.nlp.events_triggers import Trigger

OBJECT_REACH = 9
"""How many words after the trigger an object's first name may stand (titles come between)."""


@dataclass(slots=True)
class Parts:
    """Names by function, in order of the text."""

    filled: dict[str, list[At]] = field(default_factory=dict)

    def put(self, function: str, names: Sequence[At]) -> None:
        """Adds names to a function."""
        if names:
            self.filled.setdefault(function, []).extend(names)


def parts(text: Text, trigger: Trigger) -> Parts:
    """The names around a trigger by grammatical function."""
    found = Parts()
    if trigger.group.kind == "noun":
        _noun_subject(text, trigger, found)
    else:
        found.put("subject", subject(text, trigger.start))
    _after(text, trigger, found)
    return found


def _noun_subject(text: Text, trigger: Trigger, found: Parts) -> None:
    light, undergo = text.grammar.light_active, text.grammar.light_undergo
    first, _ = text.sentence(trigger.start)
    for index in range(trigger.start - 1, max(first, trigger.start - 4) - 1, -1):
        word = text.words[index]
        if word in undergo:
            found.put("of", subject(text, index))
            return
        if word in light:
            found.put("subject", subject(text, index))
            return
        if word in text.grammar.meanwhile:
            found.put("subject", _main_subject(text, index))
            return
        if index in text.at or word in text.grammar.clause_words or word == ",":
            return


def _main_subject(text: Text, token: int) -> list[At]:
    """The person whose doing frames the noun: the nearest person before in the clause, else right after it."""
    first, end = text.sentence(token)
    before = [name for name in text.within(first, token) if name.type == "person"]
    if before:
        return before[-1:]
    for index in range(token, end):
        if text.dep[index].startswith("nsubj"):
            names = core(text, *text.subtree(index))
            if names and names[0].type == "person":
                return names[:1]
    return []


def _after(text: Text, trigger: Trigger, found: Parts) -> None:
    functions = {function for function, _ in trigger.group.frame}
    _, end = text.sentence(trigger.start)
    current = {"active": "object", "bare": "object", "passive": "agent", "noun": "of"}[trigger.group.kind]
    start = trigger.end
    for index in range(trigger.end, end + 1):
        stop = index == end or _stops(text, index, functions, trigger)
        if not stop:
            continue
        if current in functions and (
            current in text.grammar.prepositions or _near(text, start, index, trigger)
        ):
            found.put(current, core(text, start, index))
        if index == end or not _goes_on(text, index):
            return
        current, start = text.words[index], index + 1


def _near(text: Text, start: int, end: int, trigger: Trigger) -> bool:
    first = next(text.within(start, end), None)
    return first is not None and first.start - trigger.end <= OBJECT_REACH


def _stops(text: Text, index: int, functions: set[str], trigger: Trigger) -> bool:
    word = text.words[index]
    if index in text.at:
        return False
    if word in functions and word in text.grammar.prepositions:
        return True
    if word in text.grammar.coordinators:
        return False
    return (
        word in text.grammar.prepositions
        or word in text.grammar.clause_words
        or word in ('"', "“", "”", ";", ":")
        or text.pos[index] == "VERB"
    )


def _goes_on(text: Text, index: int) -> bool:
    return text.words[index] in text.grammar.prepositions
