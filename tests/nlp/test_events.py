"""The examples and counterexamples of every block of events.ttl through the trained pipeline."""

from __future__ import annotations

import pytest
from events_read import read, told

from kg import ontology

WORDS, SENTENCES, COUNTER = 15, 12, 5
"""How many words, examples and counterexamples a type has at least."""

TYPES = ontology.load().types
EXAMPLES = [pytest.param(t.name, e.text, e.expected, id=e.text[:60]) for t in TYPES for e in t.examples]
NEVER = [pytest.param(t.name, text, id=text[:60]) for t in TYPES for text in t.counterexamples]


@pytest.mark.parametrize(("name", "text", "expected"), EXAMPLES)
def test_an_example_is_read(name: str, text: str, expected: str) -> None:
    events, names = read(text)
    assert [told(event, names) for event in events if event.type == name] == [set(expected.split("; "))]


@pytest.mark.parametrize(("name", "text"), NEVER)
def test_a_counterexample_tells_of_nothing(name: str, text: str) -> None:
    events, _ = read(text)
    assert [event for event in events if event.type == name] == []


@pytest.mark.parametrize("event_type", [pytest.param(each, id=each.name) for each in TYPES])
def test_a_type_has_enough_words_and_sentences(event_type: ontology.EventType) -> None:
    words = {form for group in event_type.groups for form in group.forms}
    enough = (len(words) >= WORDS, len(event_type.examples) >= SENTENCES, len(event_type.counterexamples) >= COUNTER)
    assert enough == (True, True, True)
