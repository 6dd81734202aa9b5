"""The entities and offices of ../shared/gold as reports, and the pairs of entities that were judged by hand."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from gold_events import GOLD, articles

from kg.index import Index, folder
from kg.lang import pack
from kg.model import EntityReport, Mention, Report, RoleReport, Span
from kg.resolve.names import fold

FOLDERS = ("train", "dev", "seeds")
JUDGED = Path(__file__).with_name("entity_pairs.toml")

Name = tuple[str, str]
"""Article and entity."""
Pair = frozenset[Name]


def judged() -> dict[str, set[Pair]]:
    """The pairs of entities of different articles that are ``same``, and those that are ``unsure``."""
    table = tomllib.loads(JUDGED.read_text(encoding="utf-8"))
    same = chain.from_iterable(combinations(group, 2) for group in table["same"])
    return {kind: set(map(_pair, some)) for kind, some in (("same", same), ("unsure", table["unsure"]))}


def _pair(two: Iterable[str]) -> Pair:
    return frozenset((article, entity) for article, _, entity in (name.partition(":") for name in two))


def found() -> dict[Name, str]:
    """The identity of every person and organization of gold, resolved from reports that say what gold says."""
    golds = articles(*FOLDERS)
    with tempfile.TemporaryDirectory() as where:
        graph = folder(Path(where) / "graph")
        graph.create()
        with Index(graph) as index:
            index.add(report(gold, _texts()[article]) for article, gold in golds.items())
            index.settle()
            return {
                (article, entity["id"]): index.registry.entities.identity_of(article, _key(entity))
                for article, gold in golds.items()
                for entity in gold["entities"]
                if entity["type"] != "place"
            }


def joined(identities: Mapping[Name, str]) -> set[Pair]:
    """The pairs of entities of different articles that have one identity."""
    groups: dict[str, list[Name]] = {}
    for name, identity in identities.items():
        groups.setdefault(identity, []).append(name)
    return {
        frozenset(pair)
        for group in groups.values()
        for pair in combinations(sorted(group), 2)
        if pair[0][0] != pair[1][0]
    }


def report(gold: Mapping[str, Any], text: str) -> Report:
    """What gold says of an article, as the readers would report it."""
    keys = {entity["id"]: _key(entity) for entity in gold["entities"]}
    roles = [
        RoleReport(
            key=f"role-{number}",
            person=keys[role["person"]],
            title=role["titles"][0],
            body=keys[role["org"][0]] if role["org"] else None,
            territory=None,
            status=role["status"],
            date=None,
            evidence=(),
            single=role["titles"][0].casefold() in _single(),
        )
        for number, role in enumerate(gold["roles"])
    ]
    return Report(
        article=gold["id"],
        digest="",
        producer="gold",
        language="id",
        title=None,
        published=date.fromisoformat(gold["published"]) if gold["published"] else None,
        published_inferred=False,
        sitename=None,
        url=None,
        entities=tuple(_entity(entity, text) for entity in gold["entities"]),
        roles=tuple(roles),
        events=(),
    )


def _entity(entity: Mapping[str, Any], text: str) -> EntityReport:
    spans = sorted({span for name in entity["mentions"] for span in _spans(name, text)})
    mentions = tuple(Mention(Span("text", begin, end), text[begin:end]) for begin, end in spans)
    missing = {*entity["mentions"]} - {mention.quote for mention in mentions}
    others = tuple(Mention(Span("title", 0, len(name)), name) for name in sorted(missing))
    return EntityReport(_key(entity), entity["type"], entity["name"], (*mentions, *others))


def _spans(name: str, text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        yield match.span()


def _key(entity: Mapping[str, Any]) -> str:
    return f"{entity['type']}:{entity['id']}"


@cache
def _texts() -> dict[str, str]:
    """Article → its text."""
    files = [GOLD / "articles" / f"{name}.jsonl" for name in ("train", "dev")]
    records = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    seeds = {file.stem: file.read_text(encoding="utf-8") for file in (GOLD / "articles").glob("seed-*.txt")}
    return {record["id"]: f"{record.get('title') or ''}\n{record['text']}" for record in records} | seeds


@cache
def _single() -> frozenset[str]:
    """The titles, in lower case, of offices with one seat."""
    groups = pack.load("id").table("titles").values()
    titles = (
        (form, entry.get("single", group.get("single", False)))
        for group in groups
        for form, entry in group["titles"].items()
    )
    return frozenset(fold(form) for form, single in titles if single)
