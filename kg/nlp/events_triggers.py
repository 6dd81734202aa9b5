"""Finds trigger words and phrases of the event types in a laid-out Doc."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.nlp.events_text import Text
from kg.ontology import Ontology, TriggerGroup

THING_REACH = 4
"""Among how many words after the trigger a required thing must be, names not counted (set on gold/train)."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its tokens, the group that knows it, and where the thing it asks for stands."""

    start: int
    end: int
    form: str
    group: TriggerGroup
    thing: int | None


Index = dict[str, tuple[tuple[tuple[str, ...], tuple[TriggerGroup, ...]], ...]]


@lru_cache(maxsize=4)
def index(ontology: Ontology) -> Index:
    """Phrases by first word, the longest first, each with the groups that know it."""
    phrases: dict[tuple[str, ...], list[TriggerGroup]] = {}
    for event_type in ontology.types:
        for group in event_type.groups:
            for form in group.forms:
                phrases.setdefault(tuple(form.split()), []).append(group)
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[TriggerGroup, ...]]]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        by_first.setdefault(phrase[0], []).append((phrase, tuple(phrases[phrase])))
    return {word: tuple(entries) for word, entries in by_first.items()}


def triggers(text: Text, table: Index) -> Iterator[tuple[Trigger, ...]]:
    """Every trigger in order; the groups that may read it come together."""
    position = 0
    while position < len(text.words):
        found = _at(text, position, table)
        if found:
            yield found
        position = found[0].end if found else position + 1


def _at(text: Text, start: int, table: Index) -> tuple[Trigger, ...]:
    if start in text.at:
        return ()
    for word in forms(text, start):
        for phrase, groups in table.get(word, ()):
            end = start + len(phrase)
            if end > len(text.words) or any(
                phrase[offset] not in forms(text, start + offset) for offset in range(1, len(phrase))
            ):
                continue
            if end < len(text.words) and text.words[end] in text.grammar.stop_after:
                continue
            read = tuple(_read(text, start, end, " ".join(phrase), groups))
            if read:
                return read
    return ()


def _read(text: Text, start: int, end: int, form: str, groups: tuple[TriggerGroup, ...]) -> Iterator[Trigger]:
    known = [(group, _thing(text, end, group)) for group in groups]
    specific = [each for each in known if each[1] is not None]
    for group, thing in specific or [each for each in known if not each[0].things]:
        if (group.kind != "bare" or end <= text.headline_end) and not _excluded(text, start, group):
            yield Trigger(start, end, form, group, thing)


def _excluded(text: Text, start: int, group: TriggerGroup) -> bool:
    if text.genres & {*group.not_in}:
        return True
    if not group.unless:
        return False
    first, end = text.sentence(start)
    return any(word in group.unless for word in text.words[first:end])


def _thing(text: Text, end: int, group: TriggerGroup) -> int | None:
    """Where the thing that a group asks for stands; names between count for nothing."""
    if not group.things:
        return None
    between = 0
    for position in range(end, text.sentence(end - 1)[1]):
        if any(word in group.things for word in forms(text, position)):
            return position
        between += position not in text.at
        if between >= THING_REACH:
            return None
    return None


def forms(text: Text, token: int) -> tuple[str, ...]:
    """A word as it stands, and without its enclitic."""
    word = text.words[token]
    for enclitic in text.grammar.enclitics:
        if word.endswith(enclitic) and len(word) > len(enclitic) + 3:
            return word, word[: -len(enclitic)]
    return (word,)
