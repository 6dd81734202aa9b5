"""Events annotated on raw news (training/events): what is kept is whole and fits its articles."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import events
import pytest

from kg import ontology

SHARED = Path(__file__).parents[3] / "shared"
SETS = sorted(path.stem for path in events.FOLDER.glob("*.jsonl"))
DATE = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")


def kept(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (events.FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_no_article_is_in_two_sets() -> None:
    ids = [line["id"] for name in SETS for line in kept(name)]
    assert SETS == ["held", "practice"] and len(ids) == len(set(ids))


@pytest.mark.parametrize("name", SETS)
def test_what_is_annotated_is_whole(name: str) -> None:
    types = {each.name for each in ontology.load().types}
    for line in kept(name):
        known = {entity["id"] for entity in line["entities"]}
        for event in line["events"]:
            assert event["type"] in types, line["id"]
            assert known >= {*event["participants"], *event["place"], *event["source"]}, line["id"]
            assert event["date"] is None or DATE.fullmatch(event["date"]), line["id"]


@pytest.mark.parametrize("name", SETS)
def test_it_fits_the_articles(name: str, tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no {SHARED}: put the folder 'shared' beside the checkout")
    assert events.write(name, SHARED, tmp_path) == len(kept(name))
    for article in map(json.loads, (tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines()):
        gold = json.loads((tmp_path / "gold" / f"{article['id']}.json").read_text(encoding="utf-8"))
        text = f"{article['title']}\n{article['text']}"
        assert all(mention in text for entity in gold["entities"] for mention in entity["mentions"])
