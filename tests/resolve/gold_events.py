"""The events of ../shared/gold as reports that can be joined, and the pairs of them that were judged by hand."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from kg import ontology
from kg.ids import slug
from kg.model import When
from kg.resolve import countries, occasions, policy
from kg.resolve.events import Told
from kg.resolve.names import fold

GOLD = Path(__file__).parents[3] / "shared" / "gold"
JUDGED = Path(__file__).with_name("event_pairs.toml")

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+|\n+")

Name = tuple[str, str]
"""Article and event."""
Pair = frozenset[Name]


class Figures(NamedTuple):
    """How the pairs that were joined agree with those that are one."""

    precision: float
    recall: float
    f1: float
    wrong: tuple[tuple[Name, ...], ...]
    missed: tuple[tuple[Name, ...], ...]


def articles(*folders: str) -> dict[str, dict[str, Any]]:
    """Article → what its annotation says."""
    files = (file for folder in folders for file in sorted((GOLD / folder).glob("*.json")))
    return {gold["id"]: gold for gold in (json.loads(file.read_text(encoding="utf-8")) for file in files)}


def judged() -> dict[Pair, str]:
    """Pair of events → ``same``, ``different`` or ``either``."""
    rows = tomllib.loads(JUDGED.read_text(encoding="utf-8"))["pairs"]
    return {frozenset(((a, one), (b, other))): verdict for a, one, b, other, verdict, _ in rows}


def figures(joined: Iterable[Pair], same: Iterable[Pair], either: Iterable[Pair]) -> Figures:
    """Precision and recall over pairs; those that may be one or not count nowhere."""
    found, right = set(joined) - set(either), set(same)
    precision, recall = len(found & right) / max(len(found), 1), len(found & right) / max(len(right), 1)
    total = 2 * precision * recall / ((precision + recall) or 1)
    return Figures(precision, recall, total, _listed(found - right), _listed(right - found))


def _listed(some: Iterable[Pair]) -> tuple[tuple[Name, ...], ...]:
    return tuple(sorted(tuple(sorted(pair)) for pair in some))


def pairs(groups: Iterable[Iterable[Name]]) -> Iterator[Pair]:
    """All pairs of events of different articles that stand in one group."""
    for group in groups:
        yield from (frozenset(pair) for pair in combinations(sorted(group), 2) if pair[0][0] != pair[1][0])


def told(golds: Mapping[str, dict[str, Any]]) -> dict[Name, Told]:
    """Every event as a report: participants and places with one identity across articles, who does what left open."""
    known, texts = _joined_by_hand(), _texts()
    reports = {}
    for article, gold in golds.items():
        identities = {e["id"]: known.get((article, e["id"]), _identity(e)) for e in gold["entities"]}
        for event in gold["events"]:
            reports[article, event["id"]] = _report(gold, event, texts[article], identities)
    return reports


def _report(gold: Mapping[str, Any], event: Mapping[str, Any], text: str, identities: Mapping[str, str]) -> Told:
    passages, words = "\n".join(_passages(text, event)), fold(" ".join(event["triggers"])).split()
    return Told(
        article=gold["id"],
        report=f"{gold['id']}#{event['id']}",
        type=event["type"],
        sense=_sense(event),
        participants=tuple(sorted(("participant", identities[who]) for who in event["participants"])),
        places=tuple(identities[place] for place in event["place"]),
        date=When.parse(event["date"]) if event["date"] else None,
        published=date.fromisoformat(gold["published"]) if gold["published"] else None,
        factuality=event["factuality"],
        sources=(),
        thing=_thing(event),
        words=frozenset(words),
        occasions=occasions.occasions(passages, policy.load().occasions),
    )


def _identity(entity: Mapping[str, Any]) -> str:
    """The country that a place names, else type and name."""
    codes = [code for name in entity["mentions"] if entity["type"] == "place" and (code := countries.code(name))]
    return f"place/{slug(countries.by_code()[codes[0]])}" if codes else f"{entity['type']}/{slug(entity['name'])}"


def _joined_by_hand() -> dict[tuple[str, str], str]:
    """(article, entity) → the identity of entities whose names differ from article to article."""
    groups = tomllib.loads(JUDGED.read_text(encoding="utf-8"))["entities"]
    return {
        tuple(member.split()): f"{kind}/{first.replace(' ', '-')}"
        for kind, first, *others in groups
        for member in (first, *others)
    }


def _texts() -> dict[str, str]:
    """Article → its text."""
    lines = (GOLD / "articles" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    seeds = {file.stem: file.read_text(encoding="utf-8") for file in (GOLD / "articles").glob("seed-*.txt")}
    return {record["id"]: record["text"] for record in map(json.loads, lines)} | seeds


def _passages(text: str, event: Mapping[str, Any]) -> Iterator[str]:
    """The quote, and the sentences with a trigger phrase of several words: it stands for this event alone."""
    yield event["quote"]
    phrases = [trigger.casefold() for trigger in event["triggers"] if " " in trigger]
    for sentence in _SENTENCE.split(text):
        if any(phrase in sentence.casefold() for phrase in phrases):
            yield sentence


def _thing(event: Mapping[str, Any]) -> str | None:
    """The trigger word that names what is celebrated or shown."""
    kinds = {word for kind in ontology.load().type(event["type"]).kinds for word in kind}
    return next((word for trigger in event["triggers"] for word in fold(trigger).split() if word in kinds), None)


def _sense(event: Mapping[str, Any]) -> str:
    """What the trigger words mean by ``ontology/events.ttl``."""
    kinds = {word: kind[0] for kind in ontology.load().type(event["type"]).kinds for word in kind}
    senses = {form: g.sense for g in ontology.load().type(event["type"]).groups for form in g.forms}
    words = [word for trigger in event["triggers"] for word in fold(trigger).split()]
    if kinds:
        return next((kinds[word] for word in words if word in kinds), "")
    return next(
        (senses[trigger.casefold()] for trigger in event["triggers"] if trigger.casefold() in senses), event["type"]
    )
