"""The command kg as a user calls it, on the samples and on bad input; where a process matters, in one of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest
from kg_called import called as kg
from waiting import LATE

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
GOOD = "Presiden Prabowo Subianto tiba di Paris, Selasa (26/5/2026)."
MOST_IN_A_PIPE = 65_536
KG = [sys.executable, "-m", "kg.cli"]

pytestmark = pytest.mark.slow


def started(*words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """kg in a process of its own."""
    return subprocess.run(
        [*KG, *words], input=given, capture_output=True, text=True, cwd=ROOT, timeout=600, check=False
    )


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("cli") / "graph")
    done = started("build", str(SAMPLES), "--graph", path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "16 articles read, 0 unchanged, 0 skipped" in done.stderr
    return path


def test_building_again_costs_nothing(graph: str) -> None:
    done = kg("build", str(SAMPLES), "--graph", graph)
    assert done.returncode == 0
    assert "0 articles read, 16 unchanged" in done.stderr


@pytest.mark.parametrize(
    ("date", "certain"),
    [("2023-07-27", "Sergei Shoigu"), ("2024-09-14", "Andrei Belousov"), ("2024-11-30", "Andrei Belousov")],
)
def test_who_was_defence_minister(graph: str, date: str, certain: str) -> None:
    asked = ("position=Menteri Pertahanan", "of=Rusia", f"date={date}")
    done = kg("query", "who-held", *(w for p in asked for w in ("--param", p)), "--format", "csv", "--graph", graph)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["holder"] for row in rows if row["certainty"] == "certain"] == [certain]


def test_json_answers_are_sparql_results(graph: str) -> None:
    done = kg(
        "query",
        "-",
        "--format",
        "json",
        "--graph",
        graph,
        given="SELECT ?p WHERE { ?p a <https://w3id.org/riwayat/ontology#Person> }",
    )
    found = json.loads(done.stdout)
    assert found["head"]["vars"] == ["p"]
    assert all(row["p"]["type"] == "uri" for row in found["results"]["bindings"])


def test_explain_shows_sentences(graph: str) -> None:
    done = kg("explain", "id:person/sergei-shoigu", "--graph", graph)
    assert done.returncode == 0
    assert "Bentara.id" in done.stdout
    assert "Menteri Pertahanan" in done.stdout


def test_what_is_built_is_valid_and_sound(graph: str) -> None:
    for command in ("verify", "validate"):
        done = kg(command, "--graph", graph)
        assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_an_unsound_file_is_told_with_rule_article_and_sentence(graph: str) -> None:
    sound = started("export", "--format", "nq", "--graph", graph).stdout
    person, resolved = (
        "<https://w3id.org/riwayat/id/person/sergei-shoigu>",
        "<https://w3id.org/riwayat/id/graph/resolved>",
    )
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/riwayat/ontology#Organization>"
    assert (done := kg("validate", "-", given=sound)).returncode == 0, done.stdout
    done = kg("validate", "-", "--lang", "id", given=f"{sound}{person} {kind} {resolved} .\n")
    assert done.returncode == 1
    for words in ("cax-dw", "Sekaligus rw:Person dan rw:Organization", "2023-07-27 Bentara.id", "[Sergei Shoigu]"):
        assert words in done.stdout
    assert "unsound facts: 1" in done.stderr


def test_forget_and_rebuild(graph: str, tmp_path: Path) -> None:
    lines = tmp_path / "one.jsonl"
    lines.write_text(
        '{"id": "satu", "date": "2025-01-02", "text": "Presiden Prabowo Subianto bertemu Menlu Sugiono di Bogor."}\n'
    )
    before = kg("export", "--format", "nq", "--graph", graph).stdout
    assert kg("build", str(lines), "--graph", graph).returncode == 0
    assert kg("export", "--format", "nq", "--graph", graph).stdout != before
    assert kg("forget", "satu", "--graph", graph).returncode == 0
    assert kg("rebuild", "--graph", graph).returncode == 0
    assert kg("export", "--format", "nq", "--graph", graph).stdout == before


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("query", "nosuch"), 1, "kg query --list"),
        (("query", "statistics", "--graph", "no-graph-here"), 1, "kg build PATH"),
        (("query", "-"), 1, "line 1, column"),
        (("build", "no-such-file.txt"), 1, "no-such-file.txt: is not there"),
        (("build",), 2, "Missing argument"),
        (("frobnicate",), 2, "No such command"),
        (("explain", "id:person/nobody"), 1, "kg query spellings"),
        (("forget", "nobody"), 1, "no such article"),
        (("export", "--format", "docx"), 1, "choose one of"),
        (("load", "http://127.0.0.1:9/nothing"), 1, "does not answer"),
        (("validate", "a.nq", "--ontology"), 1, "leave it out, or a.nq"),
    ],
)
def test_faults_are_told_without_a_traceback(graph: str, words: tuple[str, ...], status: int, says: str) -> None:
    given = () if "--graph" in words or words[0] == "frobnicate" else ("--graph", graph)
    done = kg(*words, *given, given="SELECT ?x WHERE { ?x a ")
    assert (done.returncode, done.stdout) == (status, "")
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_bad_article_costs_only_itself(tmp_path: Path) -> None:
    lines = f'{{"id": "baik", "text": "{GOOD}"}}\n{{"id": \n'
    done = started("build", "-", "--graph", str(tmp_path / "graph"), given=lines)
    assert done.returncode == 1
    assert "1 articles read, 0 unchanged, 1 skipped" in done.stderr
    assert ":2:" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_leaves_a_valid_graph(tmp_path: Path) -> None:
    path, lines = str(tmp_path / "graph"), "".join(f'{{"id": "baik-{n}", "text": "{GOOD}"}}\n' for n in range(800))
    assert len(lines) > MOST_IN_A_PIPE, "so it reads them when they are written"
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)  # jobs in the background ignore it, children too
    with subprocess.Popen(
        [*KG, "build", "-", "--graph", path], cwd=ROOT, stdin=PIPE, stderr=PIPE, text=True
    ) as running:
        signal.signal(signal.SIGINT, usual)
        assert running.stdin
        try:
            running.stdin.write(lines)
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=LATE)
        finally:
            running.kill()
    assert "Traceback" not in said
    assert running.returncode == 130
    assert "interrupted after the last whole step" in said
    done = started("build", "-", "--graph", path, given=lines[: lines.index("\n")])
    assert done.returncode == 0, done.stderr
    assert kg("verify", "--graph", path).returncode == 0


def test_commands_say_what_they_do() -> None:
    said = started("--help").stdout
    for command in ("build", "query", "export", "load", "forget", "explain", "validate", "verify", "rebuild"):
        assert command in said
        assert "Usage:" in kg(command, "--help").stdout


def test_listing_the_questions_is_quick_and_whole() -> None:
    done = started("query", "--list")
    for path in (ROOT / "queries").glob("*.rq"):
        assert f"{path.stem}: " in done.stdout
