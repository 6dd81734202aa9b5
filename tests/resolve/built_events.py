"""Which events of a built graph are the events of ../shared/gold.

They are paired as ../shared/eval/score.py pairs them; of several that share as much, by their words.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType
from typing import Any

from gold_events import GOLD, Name

from kg import queries
from kg.store.base import Solutions, Store

Row = dict[str, str]

ATTESTED = """PREFIX rw: <https://w3id.org/riwayat/ontology#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
SELECT ?node ?report ?quote WHERE {
  ?node a rw:Event ; rw:attestedBy ?report . ?report rw:evidence/nif:anchorOf ?quote
}"""
WORDED = 0.25
"""What words in common count: they only decide between events that share as much (a parade and an exhibition)."""


def found(store: Store, golds: Mapping[str, dict[str, Any]]) -> dict[Name, str]:
    """Gold event → the node of the graph that stands for it, for those that were found."""
    attested = _rows(store, ATTESTED)
    nodes = {row["report"]: row["node"] for row in attested}
    words: dict[str, set[str]] = {}
    for row in attested:
        words.setdefault(row["report"], set()).update(_score().tokens(row["quote"]))
    names, events = _by_article(store, "article-entities"), _by_article(store, "article-events")
    paired: dict[Name, str] = {}
    for article, gold in golds.items():
        reports = _reports(events.get(article, []), _to_gold(gold, names.get(article, [])))
        for i, report in _paired(gold["events"], reports, words):
            paired[article, gold["events"][i]["id"]] = nodes[report]
    return paired


@lru_cache(maxsize=1)
def _score() -> ModuleType:
    """The scorer of the project, which is a script."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD.parent / "eval" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(store: Store, query: str) -> list[Row]:
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    return [
        {name: str(getattr(value, "value", value)) for name, value in zip(answer.variables, row, strict=True) if value}
        for row in answer.rows
    ]


def _by_article(store: Store, question: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for row in _rows(store, queries.question(question).bound({})):
        rows.setdefault(row["article"], []).append(row)
    return rows


def _to_gold(gold: Mapping[str, Any], rows: list[Row]) -> dict[str, str]:
    """Entity of the graph → the gold entity that shares most of its names."""
    types = {row["entity"]: row["type"] for row in rows}
    spelled: dict[str, set[str]] = {}
    for row in rows:
        spelled.setdefault(row["entity"], set()).add(_score().norm(row["name"]))
    entities, built = gold["entities"], sorted(spelled)

    def shared(i: int, j: int) -> int:
        names = {_score().norm(mention) for mention in entities[i]["mentions"]}
        return len(names & spelled[built[j]]) if entities[i]["type"] == types[built[j]] else 0

    return {built[j]: entities[i]["id"] for i, j in _score().pair(range(len(entities)), range(len(built)), shared)}


def _reports(rows: list[Row], to_gold: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Event report → type, date, and who and where by gold entities."""
    reports: dict[str, dict[str, Any]] = {}
    for row in rows:
        plain = {"type": row["type"], "date": row.get("date"), "participants": set(), "places": set()}
        report = reports.setdefault(row["event"], plain)
        for column, field in (("participant", "participants"), ("place", "places")):
            if column in row:
                report[field].add(to_gold.get(row[column], row[column]))
    return reports


def _paired(
    events: list[dict[str, Any]], reports: Mapping[str, dict[str, Any]], words: Mapping[str, set[str]]
) -> list[tuple[int, str]]:
    names = sorted(reports)

    def alike(i: int, j: int) -> float:
        gold, report = events[i], reports[names[j]]
        if gold["type"] != report["type"]:
            return 0.0
        shared = len(set(gold["participants"]) & report["participants"])
        place = 0.5 * bool(set(gold["place"]) & report["places"])
        day = 0.5 * (gold["date"] is not None and _score().dates_agree(gold["date"], report["date"]))
        if gold["participants"]:
            worded = WORDED * bool(_score().tokens(*gold["triggers"]) & words[names[j]])
            return shared + place + day + worded if shared else 0.0
        return 0.1 + place + day if place or day or not report["participants"] else 0.0

    pairs = _score().pair(range(len(events)), range(len(names)), alike)
    return [(i, names[j]) for i, j in pairs]
