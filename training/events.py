"""Events annotated by hand on raw news, kept without its text, made ready for ../shared/eval/score.py.

    python training/events.py ../shared held OUT     writes OUT/articles.jsonl and OUT/gold/*.json

A line of ``events/*.jsonl`` is an article of ../shared/data/news: its id, a digest of its text, its entities with their
mentions and its events, as ../shared/gold/GUIDELINES.md says; roles are not annotated. ``practice`` may be read to
write rules, ``held`` only measures: nobody who works on rules looks at its texts or its errors.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles import digest

FOLDER = Path(__file__).parent / "events"


def annotated(name: str, news: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The articles of a set and what is annotated of each. Raises ValueError where a text is another or missing."""
    raw = {article["id"]: article for path in sorted(news.glob("detik-*.jsonl")) for article in _lines(path)}
    for line in _lines(FOLDER / f"{name}.jsonl"):
        article = raw.get(line["id"])
        if article is None or digest(article) != line.pop("digest"):
            raise ValueError(f"{news}: article {line['id']} is not the text that {FOLDER / name}.jsonl annotates")
        entities = [{**entity, "name": max(entity["mentions"], key=len)} for entity in line["entities"]]
        yield article, {**line, "entities": entities, "published": article["date"], "roles": []}


def write(name: str, shared: Path, out: Path) -> int:
    """Writes the articles of a set and their gold files; returns how many."""
    (out / "gold").mkdir(parents=True, exist_ok=True)
    articles = []
    for article, gold in annotated(name, shared / "data/news"):
        articles.append(json.dumps(article, ensure_ascii=False))
        target = out / "gold" / f"{article['id']}.json"
        target.write_text(json.dumps(gold, ensure_ascii=False, indent=1), encoding="utf-8")
    (out / "articles.jsonl").write_text("".join(f"{line}\n" for line in articles), encoding="utf-8")
    return len(articles)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def main() -> None:
    shared, name, out = sys.argv[1:4]
    print(f"{out}: {write(name, Path(shared), Path(out))} articles", file=sys.stderr)


if __name__ == "__main__":
    main()
