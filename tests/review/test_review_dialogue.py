"""kg review: what is doubtful, the most valuable first, with the evidence of both sides, and what answers do."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import doubtful
import pytest

from kg import build
from kg.store import decisions

Kg = Callable[..., subprocess.CompletedProcess[str]]
LARGE = ("person/rahmad-wijaya", "person/rahmat-wijaya")
SMALL = ("person/feri-joko-pratama", "person/feri-pratama")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph"
    build.add(lambda _: doubtful.reports(), path)
    return path


def listed(kg: Kg, *words: str) -> list[tuple[str, ...]]:
    done = kg("review", "--list", "--format", "json", *words)
    assert done.returncode == 0, done.stderr
    return [tuple(item["about"]) for item in json.loads(done.stdout)]


def made(graph: Path) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [(one.verdict, one.about, one.by, one.why) for one in decisions.read(graph / decisions.NAME)]


def test_the_list_has_the_most_valuable_first(kg: Kg) -> None:
    assert listed(kg) == [LARGE, SMALL]
    assert listed(kg, "--limit", "1") == [LARGE]
    done = kg("review", "--list")
    assert (done.returncode, done.stderr) == (0, "")
    lines = " ".join(done.stdout.split())
    assert lines.index("Rahmad Wijaya (person/rahmad-wijaya)") < lines.index(
        "Ferry Joko Pratama (person/feri-joko-pratama)"
    )
    assert "2 + 2" in lines


def test_json_has_the_evidence(kg: Kg) -> None:
    _, small = json.loads(kg("review", "--list", "-f", "json").stdout)
    assert small["kind"] == "identity"
    assert 0 <= small["score"] <= 1
    assert small["reasons"]
    first, second = small["sides"]
    assert (first["label"], second["label"]) == ("Ferry Joko Pratama", "Ferry Pratama")
    assert first["articles"] == 1
    assert first["offices"] == ["Wakil Menteri Koperasi Indonesia: on 2025-07-21"]
    assert first["sentences"] == [
        {
            "text": "Wakil Menteri Koperasi Ferry Joko Pratama bicara.",
            "article": "koperasi-1",
            "outlet": "Bentara",
            "published": "2025-07-21",
        }
    ]


def test_answers_from_a_pipe(kg: Kg, graph: Path) -> None:
    done = kg("review", given="apa?\ns  satu orang, beda ejaan\nd\n")
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.split("Ferry Joko Pratama = Ferry Pratama ?")
    assert first.startswith("Rahmad Wijaya = Rahmat Wijaya ?")
    for shown in (
        "A  Ferry Joko Pratama   person/feri-joko-pratama   1 article",
        "Wakil Menteri Koperasi Indonesia: on 2025-07-21",
        "2025-09-08 Sagara: “Menteri Koperasi Ferry Pratama bicara.”",
    ):
        assert shown in second
    assert "person/rahmad-wijaya and person/rahmat-wijaya are one; 2 reports moved" in done.stderr
    assert "2 decided, 0 skipped, 0 left" in done.stderr
    assert made(graph) == [
        ("different", SMALL, "Sri", ""),
        ("same", LARGE, "Sri", "satu orang, beda ejaan"),
    ]
    assert listed(kg) == []
    assert "nothing is doubtful" in kg("review", "--list").stderr
    assert kg("verify").returncode == 0
    assert kg("same", *LARGE, "--undo").returncode == 0
    assert listed(kg) == [LARGE]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "0 decided, 0 skipped, 2 left"),
        ("q\ns\n", "0 decided, 0 skipped, 2 left"),
        ("\nskip\n", "0 decided, 2 skipped, 0 left"),
        ("skip\nquit\n", "0 decided, 1 skipped, 1 left"),
    ],
)
def test_skipping_and_quitting_decide_nothing(kg: Kg, graph: Path, given: str, says: str) -> None:
    done = kg("review", given=given)
    assert done.returncode == 0
    assert says in done.stderr
    assert not (graph / decisions.NAME).exists()


def test_an_answer_that_others_settle_is_asked_no_more(kg: Kg, graph: Path) -> None:
    kg("same", *SMALL)
    done = kg("review", given="s\ns\n")
    assert done.stdout.count(" ?   (score") == 1
    assert [each[:2] for each in made(graph)] == [("same", SMALL), ("same", LARGE)]


def test_a_graph_without_doubts(kg: Kg) -> None:
    assert kg("forget", "kebun-1", "kebun-2", "koperasi-1").returncode == 0
    done = kg("review", given="s\n")
    assert (done.returncode, done.stdout) == (0, "")
    assert "0 decided, 0 skipped, 0 left" in done.stderr


def test_a_format_that_there_is_not(kg: Kg) -> None:
    assert kg("review", "--list", "--format", "xml").returncode == 1
