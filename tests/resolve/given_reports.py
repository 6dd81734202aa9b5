"""Reports of articles written down as a few lines each, and the identities they give."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kg.ids import slug
from kg.index import Index, folder
from kg.model import (
    EntityReport,
    EntityType,
    EventReport,
    Mention,
    Participation,
    Report,
    RoleReport,
    Span,
    Status,
)
from kg.rdf import vocab as v
from kg.resolve.decisions import Decision

KINDS: dict[str, EntityType] = {"o": "person", "l": "organization", "t": "place"}
Article = Sequence[str]
"""Entities: ``o Nama / Ejaan Lain``, ``/ (`` for brackets, ``* 3`` for three mentions of the last name; offices:
``; Menteri @ Rusia``, ! for one seat, ? for a former holder; ``; mati`` where the article tells of the death. The
day that an article came out, if any: ``2024-05-01``."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def entity(line: str) -> EntityReport:
    kind, _, names = line.partition(" ")
    spellings = names.split(" / ")
    mentions, at = [], 0
    for name in (name for each in spellings for name in repeated(each)):
        at += 2 if name.startswith("(") else 9
        quote = name.removeprefix("(")
        mentions.append(Mention(Span("text", at, at + len(quote)), quote))
        at += len(quote)
    first = mentions[0].quote
    return EntityReport(f"{KINDS[kind]}:{slug(first)}", KINDS[kind], first, tuple(mentions))


def repeated(name: str) -> list[str]:
    name, _, times = name.partition(" * ")
    return [name] * int(times or 1)


def report(number: int, article: Article) -> Report:
    told = [line.split("; ") for line in lines(article)]
    entities = [entity(who) for who, *_ in told]
    offices = [(e.key, office) for e, (_, *some) in zip(entities, told, strict=True) for office in some]
    events = [death(who) for who, office in offices if office == "mati"]
    roles = [role(f"role-{n}", who, office, entities) for n, (who, office) in enumerate(offices) if office != "mati"]
    day = next((line for line in article if DAY.fullmatch(line)), None)
    return Report(
        article=f"berita-{number}",
        digest="",
        producer="",
        language="id",
        title=None,
        published=date.fromisoformat(day) if day else None,
        published_inferred=False,
        sitename=None,
        url=None,
        entities=tuple(sorted(entities, key=lambda e: e.key)),
        roles=tuple(roles),
        events=tuple(events),
    )


def lines(article: Article) -> list[str]:
    return [line for line in article if not DAY.fullmatch(line)]


def role(key: str, who: str, office: str, entities: Sequence[EntityReport]) -> RoleReport:
    title, _, body = office.rstrip("!?").partition(" @ ")
    held_in = next((e.key for e in entities if body in e.names), None)
    status: Status = "former" if office.endswith("?") else "current"
    return RoleReport(key, who, title, held_in, None, status, None, (), "!" in office)


def death(who: str) -> EventReport:
    parts = (Participation("deceased", who),)
    return EventReport(f"event-{who}", "Death", parts, (), None, "actual", (), None, ())


def identities(articles: Sequence[Article], decisions: Iterable[Decision] = ()) -> list[list[str]]:
    """The identity of every entity of every article, in the order given."""
    with resolved(articles, decisions) as index:
        return [
            [index.registry.entities.identity_of(f"berita-{n}", entity(line.split("; ")[0]).key) for line in lines(a)]
            for n, a in enumerate(articles)
        ]


def doubts(articles: Sequence[Article], decisions: Iterable[Decision] = ()) -> list[tuple[str, ...]]:
    """The ids that each doubt is about, sorted."""
    about: dict[str, list[str]] = {}
    with resolved(articles, decisions) as index:
        for quad in index.store.quads(v.resolved_graph().value):
            if quad.predicate == v.ABOUT and "/doubt/" in quad.subject.value:
                about.setdefault(quad.subject.value, []).append(quad.object.value.removeprefix(v.BASE))
    return sorted(tuple(sorted(ids)) for ids in about.values())


@contextmanager
def resolved(articles: Sequence[Article], decisions: Iterable[Decision]) -> Iterator[Index]:
    """The index of a graph of these articles."""
    with tempfile.TemporaryDirectory() as where:
        graph = folder(Path(where) / "graph")
        graph.create()
        with Index(graph) as index:
            index.add(report(number, article) for number, article in enumerate(articles))
            index.decide(decisions)
            index.settle()
            yield index
