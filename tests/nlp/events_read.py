"""Texts with marked names read for events, by the whole text layer after the names."""

from __future__ import annotations

from datetime import date

from marked import marked

from kg import ontology
from kg.lang import pack
from kg.nlp import anaphora, dates, pipeline, titles
from kg.nlp.events import Reader
from kg.nlp.layers import Happening

PUBLISHED = date(2026, 3, 5)
"""A Thursday."""


def read(text: str) -> tuple[tuple[Happening, ...], dict[str, str]]:
    """What happens in a text with marked names, and the name of each chain."""
    words = pack.load()
    doc, chains = marked(pipeline.load(words), text)
    found = dates.dates(doc, PUBLISHED, words)
    roles = titles.roles(doc, chains, found, words)
    referring = anaphora.with_anaphors(doc, chains, roles, words)
    happenings = Reader(ontology.load(), words).happenings(doc, referring, roles, found, PUBLISHED)
    return happenings, {chain.key: chain.name for chain in chains}


def told(event: Happening, names: dict[str, str]) -> set[str]:
    """An event in the notation of the examples."""
    parts = {f"{role}={names[key]}" for role, key in event.participants}
    parts |= {f"place={names[key]}" for key in event.places}
    parts |= {f"source={names[key]}" for key, stance, _ in event.attributions if stance != "reports"}
    return parts | {event.factuality} | ({f"date={event.date.when.iso}"} if event.date else set())


def readings(text: str, name: str) -> list[set[str]]:
    """The events of one type that a text tells, in the notation of the examples."""
    events, names = read(text)
    return [told(event, names) for event in events if event.type == name]
