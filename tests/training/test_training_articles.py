"""Annotated articles: lists of names, the standoff that is kept of them, and what is read of it again."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import articles
import pytest
from sentences import LABELS
from spacy.language import Language
from spacy.tokens import Doc

SHARED = Path(__file__).parents[3] / "shared"
STANDOFF = articles.STANDOFF
LIST = """\
=== a1
PER: Wati Lestari; Wati
ORG: PT Semen Ranah; Semen Ranah

LOC: Solok ;
=== a2
LOC: Padang
"""
FIRST = {
    "id": "a1",
    "title": "Wati Lestari Pimpin PT Semen Ranah",
    "text": "Wati Lestari memimpin Semen Ranah di Solok sejak Senin. Menurut Wati, watian itu bukan soal.",
}
SECOND = {"id": "a2", "title": None, "text": "Hujan turun di Padang sejak pagi."}


def listed(tmp_path: Path, text: str = LIST) -> Path:
    path = tmp_path / "names.txt"
    path.write_text(text, encoding="utf-8")
    return path


def news(tmp_path: Path, *raws: dict[str, Any]) -> Path:
    folder = tmp_path / "data/news"
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(raw) + "\n" for raw in raws)
    (folder / "detik-2026.jsonl").write_text(lines, encoding="utf-8")
    return folder


def names(doc: Doc) -> list[tuple[str, str]]:
    return [(name.text, name.label_) for name in doc.ents]


def test_a_list_holds_the_names_of_its_articles(tmp_path: Path) -> None:
    assert list(articles.lists(listed(tmp_path))) == [
        (
            "a1",
            {"Wati Lestari": "PER", "Wati": "PER", "PT Semen Ranah": "ORG", "Semen Ranah": "ORG", "Solok": "LOC"},
        ),
        ("a2", {"Padang": "LOC"}),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("=== a1\nWati Lestari", "article a1: no list of names: 'Wati Lestari'"),
        ("=== a1\nEVT: Perang Paregreg", "article a1: no list of names: 'EVT: Perang Paregreg'"),
        ("=== a1\nper: Wati", "article a1: no list of names: 'per: Wati'"),
        ("=== a1\nPER: Solo\nLOC: Solo", "article a1: 'Solo' is PER and LOC"),
        ("=== \nPER: Wati", "no article's id after ==="),
    ],
)
def test_a_fault_in_a_list_is_told(tmp_path: Path, text: str, fault: str) -> None:
    path = listed(tmp_path, text)
    with pytest.raises(ValueError, match=f"^{re.escape(f'{path}: {fault}')}$"):
        list(articles.lists(path))


def test_the_longest_names_come_first_and_only_as_whole_words() -> None:
    text = "Wati Lestari dan Wati; watian, Watiman, Lestari-Wati."
    found = articles.occurrences(text, {"Wati": "PER", "Wati Lestari": "PER", "W. (": "ORG"})
    assert [(text[begin:end], begin) for begin, end, _ in found] == [
        ("Wati Lestari", 0),
        ("Wati", 0),
        ("Wati", 17),
        ("Wati", 48),
    ]


def test_a_standoff_has_every_name_once_and_no_text(tmp_path: Path) -> None:
    (_, given), _ = articles.lists(listed(tmp_path))
    kept = articles.standoff(FIRST, given)
    assert [(FIRST["title"][b:e], label) for b, e, label in kept["title"]] == [
        ("Wati Lestari", "PER"),
        ("PT Semen Ranah", "ORG"),
    ]
    assert [(FIRST["text"][b:e], label) for b, e, label in kept["text"]] == [
        ("Wati Lestari", "PER"),
        ("Semen Ranah", "ORG"),
        ("Solok", "LOC"),
        ("Wati", "PER"),
    ]
    assert set(kept) == {"id", "digest", "title", "text"}
    assert "Wati" not in json.dumps(kept)


def test_a_digest_holds_for_the_title_and_the_text() -> None:
    others = [FIRST | {"title": "Lain"}, FIRST | {"text": "Lain."}, SECOND]
    assert len({articles.digest(raw) for raw in (FIRST, *others)}) == 4
    assert articles.digest(FIRST) == articles.digest(FIRST | {"url": "https://example.org/"})


def annotate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Writes the standoff of both articles as the command does, and returns the folder of news."""
    folder = news(tmp_path, FIRST, {"id": "a3", "text": "Tidak dibaca."}, SECOND)
    monkeypatch.setattr(articles, "STANDOFF", tmp_path / "articles.jsonl")
    monkeypatch.setattr("sys.argv", ["articles.py", str(tmp_path), str(listed(tmp_path))])
    articles.main()
    return folder


def test_a_list_kept_as_standoff_gives_its_names_again(
    nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = list(articles.ours(nlp, annotate(tmp_path, monkeypatch)))
    assert [names(doc) for doc in docs] == [
        [
            ("Wati Lestari", "PER"),
            ("PT Semen Ranah", "ORG"),
            ("Wati Lestari", "PER"),
            ("Semen Ranah", "ORG"),
            ("Solok", "LOC"),
            ("Wati", "PER"),
        ],
        [("Padang", "LOC")],
    ]
    assert all(doc.has_annotation("ENT_IOB") and not doc.has_annotation("DEP") for doc in docs)


def test_another_text_under_the_same_id_is_refused(
    nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotate(tmp_path, monkeypatch)
    changed = news(tmp_path, FIRST, SECOND | {"text": "Hujan turun di Solok sejak pagi."})
    with pytest.raises(ValueError, match="article a2 is not the text that "):
        list(articles.ours(nlp, changed))


def test_a_list_of_no_article_in_the_news_leaves_an_empty_standoff(
    nlp: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = news(tmp_path, {"id": "a3", "text": "Tidak dibaca."})
    monkeypatch.setattr(articles, "STANDOFF", tmp_path / "articles.jsonl")
    monkeypatch.setattr("sys.argv", ["articles.py", str(tmp_path), str(listed(tmp_path))])
    articles.main()
    assert "0 of 2 articles" in capsys.readouterr().err
    assert list(articles.ours(nlp, folder)) == []


def test_gold_articles_have_all_mentions_of_their_entities(nlp: Language, tmp_path: Path) -> None:
    lines = "".join(json.dumps(raw) + "\n" for raw in (FIRST, SECOND))
    (tmp_path / "train.jsonl").write_text(lines, encoding="utf-8")
    entities = [
        {"type": "person", "mentions": ["Wati Lestari", "Wati"]},
        {"type": "organization", "mentions": ["PT Semen Ranah"]},
    ]
    (tmp_path / "a1.json").write_text(json.dumps({"entities": entities}), encoding="utf-8")
    (doc,) = articles.gold(nlp, tmp_path / "train.jsonl", tmp_path)
    assert names(doc) == [
        ("Wati Lestari", "PER"),
        ("PT Semen Ranah", "ORG"),
        ("Wati Lestari", "PER"),
        ("Wati", "PER"),
    ]


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file, whose texts may hold other line breaks than this."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def annotated() -> list[dict[str, Any]]:
    return lines_of(STANDOFF)


def test_our_standoff_is_offsets_and_types_in_order() -> None:
    lines = annotated()
    assert len({line["id"] for line in lines}) == len(lines)
    for line in lines:
        assert set(line) == {"id", "digest", "title", "text"}, line["id"]
        assert re.fullmatch(r"[0-9a-f]{16}", line["digest"]), line["id"]
        for part in (line["title"], line["text"]):
            assert all(0 <= begin < end and label in LABELS for begin, end, label in part), line["id"]
            assert all(end <= begin for (_, end, _), (begin, _, _) in pairwise(part)), line["id"]


@pytest.mark.skipif(not (SHARED / "data/news").exists(), reason="../shared/data/news is not here")
def test_our_standoff_fits_the_articles() -> None:
    lines = {line["id"]: line for line in annotated()}
    found = set()
    for path in sorted((SHARED / "data/news").glob("detik-*.jsonl")):
        for raw in lines_of(path):
            if line := lines.get(raw["id"]):
                found.add(raw["id"])
                assert articles.digest(raw) == line["digest"], raw["id"]
                for part in ("title", "text"):
                    assert all(end <= len(raw[part] or "") for _, end, _ in line[part]), raw["id"]
    assert found == set(lines)


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="../shared/gold is not here")
def test_nothing_that_measures_is_annotated_for_training() -> None:
    dev = lines_of(SHARED / "gold/articles/dev.jsonl")
    measuring = {raw["id"] for raw in dev} | {
        path.stem for folder in ("dev", "seeds") for path in (SHARED / "gold" / folder).glob("*.json")
    }
    assert len(measuring) > 0
    assert not measuring & {line["id"] for line in annotated()}
    assert not {articles.digest(raw) for raw in dev} & {line["digest"] for line in annotated()}
