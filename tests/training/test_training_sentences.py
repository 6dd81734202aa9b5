"""Our marked sentences: the format, and what the files hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import sentences
from columns import SETTINGS

FILES = sorted(sentences.FOLDER.glob("*.txt"))
GOLD = Path(__file__).parents[3] / "shared/gold/articles"
AT_LEAST = 2_000
"""Paragraphs that issue 3 asks for."""
WORDS_BY_CHANCE = 5
"""A headline of fewer words can be the same by chance ("Prabowo Tiba di Beijing")."""


def paragraphs() -> list[sentences.Marked]:
    return [p for path in FILES for document in sentences.documents(path) for p in document]


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "text", "names"),
    [
        ("Hujan turun sejak pagi.", "Hujan turun sejak pagi.", []),
        ("[PER Wati] pulang.", "Wati pulang.", [("Wati", "PER")]),
        (
            "Menhan [LOC Rusia] [PER Sergei Shoigu] tiba di [LOC Pyongyang].",
            "Menhan Rusia Sergei Shoigu tiba di Pyongyang.",
            [("Rusia", "LOC"), ("Sergei Shoigu", "PER"), ("Pyongyang", "LOC")],
        ),
        ("[ORG DPR]/[ORG MPR] (RI)", "DPR/MPR (RI)", [("DPR", "ORG"), ("MPR", "ORG")]),
    ],
)
def test_a_marked_line_is_a_text_and_its_names(line: str, text: str, names: list[tuple[str, str]]) -> None:
    plain, found = sentences.marked(line)
    assert plain == text
    assert [(plain[begin:end], label) for begin, end, label in found] == names


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[Wati] pulang.", "a square bracket that marks no name"),
        ("[per Wati] pulang.", "a square bracket that marks no name"),
        ("[EVT Perang Dunia] usai.", "a square bracket that marks no name"),
        ("[PER Wati pulang.", "a square bracket that marks no name"),
        ("Wati] pulang.", "a square bracket that marks no name"),
        ("[ORG Bank [LOC Jawa]] tutup.", "a square bracket that marks no name"),
        ("[PER ] pulang.", "a square bracket that marks no name"),
        ("[PER  Wati] pulang.", "white space at the edge of a name"),
        ("[PER Wati ]pulang.", "white space at the edge of a name"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"^{fault}: {re.escape(repr(line))}$"):
        sentences.marked(line)
    path = written(tmp_path, f"# ours\n\n{line}\n")
    with pytest.raises(ValueError, match=f"^{re.escape(str(path))}:3: {fault}"):
        list(sentences.documents(path))


def test_an_empty_line_ends_a_document_and_a_comment_does_not(tmp_path: Path) -> None:
    path = written(tmp_path, "# header\n\n\nSatu.\n# between\n  Dua.  \n\nTiga.")
    assert [[text for text, _ in document] for document in sentences.documents(path)] == [["Satu.", "Dua."], ["Tiga."]]


def test_the_check_counts_and_names_doubles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "[PER Wati] pulang.\n[PER Wati] pulang.\n")
    monkeypatch.setattr("sys.argv", ["sentences.py", str(path)])
    sentences.main()
    assert capsys.readouterr().out.splitlines() == [
        "own.txt 2 paragraphs {'PER': 2}",
        "  twice: Wati pulang.",
        "all {'PER': 2, 'paragraphs': 2}",
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_says_how_to_extend_it_and_holds_names(path: Path) -> None:
    assert "To extend:" in path.read_text(encoding="utf-8").split("\n\n", 1)[0]
    labels = {label for document in sentences.documents(path) for _, names in document for _, _, label in names}
    assert labels == set(sentences.LABELS)


def test_there_are_enough_and_none_twice() -> None:
    seen = Counter(text for text, _ in paragraphs())
    assert seen.total() >= AT_LEAST
    assert [text for text, times in seen.items() if times > 1] == []


def test_no_name_begins_with_a_title() -> None:
    title = re.compile(rf"(?:{'|'.join(SETTINGS['titles'])})\.?\s")
    persons = [text[begin:end] for text, names in paragraphs() for begin, end, label in names if label == "PER"]
    assert [name for name in persons if title.match(name)] == []


def test_names_hold_no_marks_around_them() -> None:
    names = [text[begin:end] for text, found in paragraphs() for begin, end, _ in found]
    assert [name for name in names if name[0] in "\"“'‘(,.-" or name[-1] in '"”“‘,;:-'] == []


@pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold is not here")
def test_none_stands_in_a_gold_article() -> None:
    gold = " ".join(" ".join(gold_texts()).split())
    ours = [sentence for text, _ in paragraphs() for sentence in re.split(r"(?<=[.!?])\s+", text)]
    assert [s for s in ours if len(s.split()) >= WORDS_BY_CHANCE and s in gold] == []


def gold_texts() -> list[str]:
    scraped = [path.read_text(encoding="utf-8") for path in sorted(GOLD.glob("*.txt"))]
    lines = [line for path in sorted(GOLD.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").split("\n")]
    articles = [json.loads(line) for line in lines if line]
    return scraped + [f"{article.get('title') or ''}\n{article['text']}" for article in articles]
