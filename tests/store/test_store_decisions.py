"""The file decisions.toml: what is written is read back, people and git may edit it, a fault is told by its line."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Broken
from kg.resolve.decisions import Decision
from kg.store import decisions

NAMES = ("person/ahmad-yani", "person/budi", "person/citra--bupati-contohrejo", "article/berita%20-1#person-ahmad-yani")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@st.composite
def made(draw: st.DrawFn) -> Decision:
    verdict = draw(st.sampled_from(["same", "different", "name", "wrong"]))
    by, why = draw(TEXTS.filter(str.strip)), draw(TEXTS)
    on = draw(st.dates(date(1, 1, 1)))
    if verdict == "name":
        return Decision("name", (draw(st.sampled_from(NAMES[:3])),), by, on, why, draw(TEXTS.filter(str.strip)))
    if verdict == "wrong":
        return Decision("wrong", (NAMES[3],), by, on, why)
    pair = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True))
    return Decision(verdict, tuple(pair), by, on, why)


@settings(deadline=None)
@given(st.lists(made()), st.randoms())
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, every: list[Decision], chance) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("file") / "decisions.toml"
    decisions.write(path, every)
    assert sorted(decisions.read(path)) == sorted(set(every))
    before = path.read_bytes()
    chance.shuffle(every)
    decisions.write(path, every)
    assert path.read_bytes() == before


def test_no_file_no_decision(tmp_path: Path) -> None:
    assert decisions.read(tmp_path / "decisions.toml") == ()
    assert not decisions.load(tmp_path / "decisions.toml")


def test_the_file_reads_well(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    decisions.write(
        path,
        [
            Decision("same", ("person/budi", "person/ahmad-yani"), "Sri", date(2026, 11, 28), 'satu "orang"'),
            Decision("name", ("person/ahmad-yani",), "Sri", date(2026, 11, 28), label="Ahmad Yani"),
        ],
    )
    header, *blocks = path.read_text().split("\n\n")
    assert all(line.startswith("#") for line in header.splitlines())
    assert blocks == [
        '[[decision]]  # person/ahmad-yani\nverdict = "name"\nby = "Sri"\non = 2026-11-28\nlabel = "Ahmad Yani"\n'
        'about = ["person/ahmad-yani"]',
        '[[decision]]  # person/ahmad-yani person/budi\nverdict = "same"\nby = "Sri"\non = 2026-11-28\n'
        'why = "satu \\"orang\\""\nabout = ["person/ahmad-yani", "person/budi"]\n',
    ]


GOOD = '[[decision]]\nverdict = "same"\nabout = ["person/a", "person/b"]\nby = "Sri"\non = 2026-11-28\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{GOOD}\n<<<<<<< HEAD\n", r"line 7.*keep the blocks of both sides"),
        (f"{GOOD}\n[[decision]]\nverdict = 'same'\n", r"line 7: lacks about, by, on"),
        (GOOD.replace("2026-11-28", '"2026-11-28"'), r"line 1: on = '2026-11-28': give a day without quotes"),
        (GOOD.replace("2026-11-28", "2026-11-28T10:00:00"), r"give a day without quotes"),
        (GOOD.replace("same", "equal"), r"line 1: 'equal' is no verdict"),
        (GOOD.replace('["person/a", "person/b"]', '"person/a"'), r"line 1: about is a list of ids in quotes"),
        (GOOD.replace("person/b", "Ahmad Yani"), r"line 1: about .*no ids"),
        (f"{GOOD}who = 'Budi'\n", r"line 1: who: is no field of a decision"),
        (GOOD.replace("[[decision]]", "[[decisions]]"), r"\[\[decision\]\]"),
        (GOOD.replace("[[decision]]", "[decision]"), r"\[\[decision\]\]"),
        ("decision = [1]", r"\[\[decision\]\]"),
        ("decision = [{verdict = 'same'}]", r"line 1: lacks"),
        (f"{GOOD}\n{GOOD.replace('same', 'different')}", r"two decisions contradict each other: .*remove one"),
        ("\x00", r"cannot be understood"),
    ],
)
def test_a_fault_says_file_line_and_what_to_do(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(text)
    with pytest.raises(Broken, match=says) as told:
        decisions.load(path)
    assert str(path) in str(told.value)


def pair(first: str, second: str, by: str) -> Decision:
    return Decision("same", (f"person/{first}", f"person/{second}"), by, date(2026, 11, 28), "beda ejaan")


OLD = [pair("budi-a", "budi-b", "Sri"), pair("dewi-a", "dewi-b", "Sri")]


@pytest.mark.parametrize("how", ["by itself", "union", "by hand"])
def test_git_merges_decisions_on_different_things(tmp_path: Path, how: str) -> None:
    path, beside = tmp_path / "decisions.toml", how != "by itself"
    ours = [pair("citra-a", "citra-b", "Sri")]
    theirs = [pair(f"{name}-a", f"{name}-b", "Tono") for name in (("cakra", "ciko") if beside else ("ani", "zaki"))]

    def git(*words: str, check: bool = True) -> None:
        who = ("-c", "user.name=Sri", "-c", "user.email=sri@contoh.example")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=check, capture_output=True)

    def commit(branch: str, made: list[Decision]) -> None:
        git("checkout", "-qB", branch)
        decisions.write(path, made)
        git("add", ".")
        git("commit", "-qm", branch)

    git("init", "-b", "main")
    if how == "union":
        (tmp_path / ".gitattributes").write_text("decisions.toml merge=union\n")
    commit("main", OLD)
    commit("ours", [*OLD, *ours])
    git("checkout", "-q", "main")
    commit("theirs", [*OLD, *theirs])
    git("merge", "-q", "ours", check=how != "by hand")
    if how == "by hand":
        with pytest.raises(Broken, match="keep the blocks of both sides and remove the marks"):
            decisions.read(path)
        kept = [
            line for line in path.read_text().splitlines() if not line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
        ]
        path.write_text("\n".join(kept))
    assert set(decisions.read(path)) == {*OLD, *ours, *theirs}
