"""kg same, differ, rename and wrong as users call them: what they say, what they write, and how they are undone."""

from __future__ import annotations

import getpass
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from reports_by_hand import Page

from kg import build
from kg.store import decisions

Kg = Callable[..., subprocess.CompletedProcess[str]]


def made(graph: Path) -> list[tuple[str, tuple[str, ...], str, str, str]]:
    every = decisions.read(graph / decisions.NAME)
    assert all(abs((one.on - date.today()).days) <= 1 for one in every)
    return [(one.verdict, one.about, one.by, one.why, one.label) for one in every]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ("same", "SERGEI  shoigu", "person/budi-santosa"),
            ("same", ("person/budi-santosa", "person/sergei-shoigu")),
        ),
        (
            ("same", "https://w3id.org/riwayat/id/person/siti-rahma", "id:person/budi-santosa"),
            ("same", ("person/budi-santosa", "person/siti-rahma")),
        ),
        (
            ("differ", "Korea Utara", "<https://w3id.org/riwayat/id/place/pyongyang>"),
            ("different", ("place/korea-utara", "place/pyongyang")),
        ),
        (
            ("same", "Vladimir Putin", "http://www.wikidata.org/entity/Q7747"),
            ("same", ("http://www.wikidata.org/entity/Q7747", "person/vladimir-putin")),
        ),
        (("rename", "Kim Jong Un", "Kim  Jong Un"), ("name", ("person/kim-jong-un",))),
        (
            ("wrong", "article/pagi-1#person-vladimir-putin"),
            ("wrong", ("article/pagi-1#person-vladimir-putin",)),
        ),
    ],
)
def test_a_decision_is_written_applied_and_undone(
    kg: Kg, graph: Path, words: tuple[str, ...], expected: tuple[str, tuple[str, ...]]
) -> None:
    before = kg("export", "--format", "nq").stdout
    done = kg(*words, "--why", "uji coba")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert made(graph) == [(*expected, "Sri", "uji coba", "Kim Jong Un" if words[0] == "rename" else "")]
    assert build.folder(graph).current
    after = kg("export", "--format", "nq").stdout
    assert after != before
    assert list(build.verify(graph)) == []
    undone = words[:2] if words[0] == "rename" else words
    done = kg(*undone, "--undo")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert made(graph) == []
    assert kg("export", "--format", "nq").stdout == before


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("same", "Sergei Shoigu", "Nihil Nemo"), 1, "Nihil Nemo: nobody and nothing in this graph is called so"),
        (("same", "Sergei Shoigu", "Sergey Shoigu"), 1, "both are person/sergei-shoigu already"),
        (("same", "Sergei Shoigu", "Rusia"), 1, "give two persons, two organizations or two places"),
        (("same", "Sergei Shoigu"), 2, "Missing argument"),
        (("differ", "person/a", "person/b", "--undo"), 1, "nobody decided this"),
        (("rename", "Sergei Shoigu"), 1, "give the name to show, or --undo"),
        (("wrong", "Sergei Shoigu"), 1, "kg explain person/sergei-shoigu shows the reports it rests on"),
        (("wrong", "event/meeting-0123"), 1, "nobody and nothing in this graph is called so"),
    ],
)
def test_what_cannot_be_decided_is_told_and_changes_nothing(
    kg: Kg, graph: Path, words: tuple[str, ...], status: int, says: str
) -> None:
    done = kg(*words)
    assert (done.returncode, done.stdout) == (status, "")
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not (graph / decisions.NAME).exists()


def test_a_name_of_several_asks_for_an_id(kg: Kg, graph: Path) -> None:
    some = [Page(f"satu-{n}", "2026-01-01", "Kabar", "Warsito tiba.").names("o", "Warsito").report() for n in (1, 2)]
    build.add(lambda _: some, graph)
    done = kg("same", "warsito", "person/kim-jong-un")
    assert (done.returncode, done.stdout) == (1, "")
    said = re.search(r"warsito: means several, give the id of one: (\S+) \(Warsito\); (\S+) \(Warsito\)", done.stderr)
    assert said
    assert kg("same", *said.groups()).returncode == 0


def test_the_opposite_takes_the_place_of_what_was_decided(kg: Kg, graph: Path) -> None:
    kg("same", "person/budi-santosa", "person/siti-rahma")
    done = kg("differ", "person/siti-rahma", "person/budi-santosa", by="Tono")
    assert "in the place of: same person/budi-santosa person/siti-rahma (Sri, " in done.stderr
    assert made(graph) == [("different", ("person/budi-santosa", "person/siti-rahma"), "Tono", "", "")]


def test_one_report_is_told_apart(kg: Kg) -> None:
    report = "article/siang-2#person-sergey-shoigu"
    done = kg("differ", "Sergei Shoigu", report)
    said = re.search(r"are two: person/sergei-shoigu \(.*\), (\S+) \(Sergey Shoigu\); 1 report moved", done.stderr)
    assert said, done.stderr
    assert "Siaran Siang" in kg("explain", report).stdout
    assert "Siaran Siang" in kg("explain", said.group(1)).stdout
    assert "Siaran Siang" not in kg("explain", "person/sergei-shoigu").stdout
    kg("differ", "person/sergei-shoigu", report, "--undo")
    assert "Siaran Siang" in kg("explain", "person/sergei-shoigu").stdout


def test_what_contradicts_others_of_today_by_way_of_a_third_is_refused(kg: Kg, graph: Path) -> None:
    kg("same", "person/budi-santosa", "person/siti-rahma")
    kg("same", "person/siti-rahma", "person/oleg-contohov")
    before = made(graph)
    done = kg("differ", "person/budi-santosa", "person/oleg-contohov")
    assert done.returncode == 1
    assert re.search(r"contradict each other: different .*; same .*; remove one", done.stderr)
    assert made(graph) == before


def test_ids_that_are_not_there_wait(kg: Kg, graph: Path) -> None:
    done = kg("same", "person/sergei-shoigu", "person/tidak-ada")
    assert done.returncode == 0
    assert "person/tidak-ada: is not in the graph; decisions on it wait for its articles" in done.stderr
    done = kg("wrong", "article/tidak-ada#role-0123")
    assert done.returncode == 0
    assert "the decision waits for its article" in done.stderr
    assert len(made(graph)) == 2


def test_an_old_iri_leads_to_the_identity_that_stays(kg: Kg) -> None:
    kg("same", "person/sergei-shoigu", "person/sergei-kuzhugetovich")
    whole = kg("explain", "person/sergei-shoigu").stdout
    assert whole
    assert kg("explain", "person/sergei-kuzhugetovich").stdout == whole
    asked = ("query", "evidence", "--format", "csv", "--param")
    found = kg(*asked, "about=id:person/sergei-kuzhugetovich").stdout
    assert found == kg(*asked, "about=id:person/sergei-shoigu").stdout
    assert "Kabar Pagi" in found


def test_a_wrong_report_is_named_by_explain_and_gone_then(kg: Kg) -> None:
    line = next(line for line in kg("explain", "person/vladimir-putin").stdout.splitlines() if "Putin" not in line)
    report = line.split()[3]
    assert report.startswith("article/pagi-1#")
    done = kg("wrong", "article/pagi-1#person-vladimir-putin")
    assert "is never used: 2 reports left out" in done.stderr
    assert kg("explain", "person/vladimir-putin").returncode == 1
    assert kg("rebuild").returncode == 0
    assert kg("explain", "person/vladimir-putin").returncode == 1
    assert "is used again: 2 reports back" in kg("wrong", "article/pagi-1#person-vladimir-putin", "--undo").stderr


@pytest.mark.parametrize("name", ["Tono", None])
def test_who_decides(kg: Kg, graph: Path, name: str | None) -> None:
    git = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False).stdout.strip()
    kg("rename", "Sergei Shoigu", "Shoigu", by=name)
    kg("rename", "Kim Jong-un", "Kim", "--by", "Dewi", by=name)
    assert [each[2] for each in made(graph)] == ["Dewi", name or git or getpass.getuser()]


def test_a_file_that_cannot_be_understood_stops_every_command(kg: Kg, graph: Path) -> None:
    (graph / decisions.NAME).write_text("[[decision]]\nverdict = 'same'\n")
    for words in (("query", "statistics"), ("rename", "Sergei Shoigu", "Shoigu"), ("verify",), ("review", "--list")):
        done = kg(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert re.search(r"decisions\.toml, line 1: lacks about, by, on", done.stderr)
