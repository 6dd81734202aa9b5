"""The examples and counterexamples of every block of events.ttl through the trained pipeline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from marked import marked

from kg import ontology
from kg.lang import pack
from kg.nlp import anaphora, dates, pipeline, titles
from kg.nlp.events import Reader
from kg.nlp.layers import Chain, Happening

if TYPE_CHECKING:
    from spacy.language import Language

PUBLISHED = date(2026, 3, 5)
TYPES = ontology.load().types
EXAMPLES = [pytest.param(t.name, e.text, e.expected, id=e.text[:60]) for t in TYPES for e in t.examples]
NEVER = [pytest.param(t.name, text, id=text[:60]) for t in TYPES for text in t.counterexamples]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load(pack.load())


def read(nlp: Language, text: str) -> tuple[tuple[Happening, ...], dict[str, str]]:
    """What happens in a text with marked names, and the name of each chain."""
    doc, chains = marked(nlp, text)
    words = pack.load()
    found = dates.dates(doc, PUBLISHED, words)
    roles = titles.roles(doc, chains, found, words)
    referring: tuple[Chain, ...] = anaphora.with_anaphors(doc, chains, roles, words)
    happenings = Reader(ontology.load(), words).happenings(doc, referring, roles, found)
    return happenings, {chain.key: chain.name for chain in chains}


def told(event: Happening, names: dict[str, str]) -> set[str]:
    """An event in the notation of the examples."""
    parts = {f"{role}={names[key]}" for role, key in event.participants}
    parts |= {f"place={names[key]}" for key in event.places}
    parts |= {f"source={names[key]}" for key, stance, _ in event.attributions if stance != "reports"}
    return parts | {event.factuality} | ({f"date={event.date.when.iso}"} if event.date else set())


@pytest.mark.parametrize(("name", "text", "expected"), EXAMPLES)
def test_an_example_is_read(nlp: Language, name: str, text: str, expected: str) -> None:
    events, names = read(nlp, text)
    assert [told(event, names) for event in events if event.type == name] == [set(expected.split("; "))]


@pytest.mark.parametrize(("name", "text"), NEVER)
def test_a_counterexample_tells_of_nothing(nlp: Language, name: str, text: str) -> None:
    events, _ = read(nlp, text)
    assert [event for event in events if event.type == name] == []
