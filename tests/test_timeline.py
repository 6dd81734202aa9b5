"""The command ``kg timeline``: what the graph knows is drawn, a name is found or the user is told what to do."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reports_by_hand import Page, reports
from timelines_read import Element, classed, number, place, tenures, texts

from kg import build
from kg.errors import BadInput
from kg.model import Report
from kg.timeline import Asked, kind, timeline

MORE = (
    Page("budi-1", "2024-05-01", None, "Lurah Kauman Budi Santosa hadir. Budi menyapa warga.")
    .names("o", "Budi Santosa", "Budi")
    .names("t", "Kauman")
    .role("Lurah Kauman Budi Santosa", "Budi Santosa", "Lurah @ Kauman!"),
    Page("budi-2", "2024-05-02", None, "Camat Laweyan Budi Hartono hadir. Budi menyapa warga.")
    .names("o", "Budi Hartono", "Budi")
    .names("t", "Laweyan")
    .role("Camat Laweyan Budi Hartono", "Budi Hartono", "Camat @ Laweyan!"),
    Page("camat", "2024-05-03", None, "Lurah Laweyan Camat Wibowo hadir. Camat menyapa warga.")
    .names("o", "Camat Wibowo", "Camat")
    .names("t", "Laweyan")
    .role("Lurah Laweyan Camat Wibowo", "Camat Wibowo", "Lurah @ Laweyan!"),
    Page("presiden-kim", "2023-07-27", None, "Presiden Korea Utara Kim Jong-un hadir.")
    .names("o", "Kim Jong-un")
    .names("t", "Korea Utara")
    .role("Presiden Korea Utara Kim Jong-un", "Kim Jong-un", "Presiden @ Korea Utara!"),
)
"""Two persons called Budi, one whose short name is a title, and a leader who has two titles on one day."""


def every_report() -> list[Report]:
    return [*reports(), *(page.report() for page in MORE)]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("timeline") / "graph"
    build.add(lambda _: every_report(), path)
    return path


def drawn(graph: Path, name: str, as_: str | None = None, of: str | None = None) -> Element:
    return ElementTree.fromstring(timeline(graph, Asked(name, kind(as_), of)))


def test_a_person_has_a_row_for_each_tenure(graph: Path) -> None:
    root = drawn(graph, "sergey SHOIGU")
    assert texts(root)[-1].startswith("2 tenures, resting on 4 reports in 3 articles.")
    minister, secretary = tenures(root)
    assert "Menteri Pertahanan Rusia" in texts(minister)
    assert "start by 2023-07-27, end 2023-07-28 to 2024-06-20 (inferred); 3 reports" in " ".join(texts(minister))
    assert Counter(m.get("class") for m in classed(minister, "report")) == {"report current": 2, "report former": 1}
    assert "Sekretaris Dewan Keamanan Rusia" in texts(secretary)


def test_bars_stand_where_the_dates_of_the_graph_are(graph: Path) -> None:
    root = drawn(graph, "Menteri Pertahanan", of="rusia")
    bars = [classed(group, "certain")[0] for group in tenures(root)]
    known = [(date(2023, 7, 27), date(2023, 7, 28)), (date(2024, 6, 20), date(2024, 9, 14))]
    for bar, (first, last) in zip(bars, known, strict=True):
        middle = number(bar, "x") + number(bar, "width") / 2
        assert middle == pytest.approx((place(root, first) + place(root, last + timedelta(1))) / 2, abs=0.1)


def test_a_position_has_its_holders_in_order_under_each_body(graph: Path) -> None:
    root = drawn(graph, "presiden")
    shown = [
        text
        for text in texts(root)
        if text in {"Presiden Rusia", "Presiden Korea Utara", "Vladimir Putin", "Kim Jong-un"}
    ]
    assert sorted(shown[:2]) == ["Presiden Korea Utara", "Presiden Rusia"]
    assert len(tenures(root)) == 2
    ministers = drawn(graph, "menteri pertahanan rusia")
    names = [t for t in texts(ministers) if t in {"Sergei Shoigu", "Andrei Belousov"}]
    assert names == ["Sergei Shoigu", "Andrei Belousov"]
    assert texts(ministers)[0] != "Menteri Pertahanan", "one office is called by its whole name"


def test_tenures_without_a_day_are_listed(graph: Path) -> None:
    shown = texts(drawn(graph, "Bupati"))
    assert "Without any date" in shown
    assert "Siti Rahma, Bupati Contohrejo: 1 current" in shown
    assert "Budi Santosa, Bupati Contohrejo (acting): 1 acting" in shown


def test_conflicts_of_the_graph_are_told(graph: Path) -> None:
    root = drawn(graph, "Kim Jong-un")
    assert len(classed(root, "conflict")) == 3, "two rows and the legend"
    assert "!1 title: Pemimpin Korea Utara / Presiden Korea Utara" in texts(root)


def test_equal_graphs_give_equal_bytes(graph: Path, tmp_path: Path) -> None:
    for report in reversed(every_report()):
        build.add(lambda _, one=report: [one], tmp_path / "graph")  # type: ignore[misc]
    for name in ("Sergei Shoigu", "Presiden", "Bupati"):
        assert timeline(graph, Asked(name)) == timeline(tmp_path / "graph", Asked(name))


@pytest.mark.parametrize("name", ["id:person/sergei-shoigu", "person/sergei-shoigu", "Shoigu", "SERGEI SHOIGU"])
def test_a_person_is_found_by_any_name(graph: Path, name: str) -> None:
    assert timeline(graph, Asked(name)) == timeline(graph, Asked("Sergei Shoigu", "person"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked("Tidak Ada"), "kg query spellings --param type=person"),
        (Asked("Tidak Ada", "position"), "no position of this graph is called so"),
        (Asked("Presiden", of="Jepang"), "Presiden of Jepang"),
        (Asked("id:person/tidak-ada"), "kg query holders"),
        (Asked("id:person/sergei-shoigu", "position"), "no position"),
        (Asked("Camat"), "--as person or --as position"),
        (Asked("Budi"), r"2 persons; name one by IRI: id:person/budi-hartono \(Budi Hartono\), id:person/budi-santosa"),
        (Asked("Kim Jong-un", "person", "Rusia"), "leave it out"),
        (Asked(" "), "is empty"),
    ],
)
def test_what_is_not_one_thing_says_what_to_do(graph: Path, asked: Asked, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        timeline(graph, asked)


def test_a_name_that_is_both_can_be_chosen(graph: Path) -> None:
    assert "Camat Wibowo" in texts(drawn(graph, "Camat", "person"))
    assert "Budi Hartono" in texts(drawn(graph, "Camat", "position"))
    with pytest.raises(BadInput, match="choose one of person, position"):
        kind("office")


# The command


def kg(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "kg.cli", *words], capture_output=True, timeout=60, check=False)


def test_the_command_writes_a_file_or_stdout(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "menhan.svg"
    to_file = kg("timeline", "Menteri Pertahanan", "--of", "Rusia", "-o", str(target), "--graph", str(graph))
    assert (to_file.returncode, to_file.stdout) == (0, b"")
    assert b"menhan.svg written" in to_file.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["menhan.svg"], "nothing is left aside"
    to_stdout = kg("timeline", "Menteri Pertahanan", "--of", "Rusia", "-o", "-", "--graph", str(graph))
    assert (to_stdout.stdout, to_stdout.stderr) == (target.read_bytes(), b"")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Tidak Ada",), b"kg query spellings"),
        (("Presiden", "--as", "office"), b"choose one of person, position"),
        (("Presiden", "-o", "/no/such/folder/x.svg"), b"cannot be written"),
    ],
)
def test_the_command_tells_what_is_wrong(graph: Path, words: tuple[str, ...], says: bytes) -> None:
    done = kg("timeline", *words, "--graph", str(graph))
    assert (done.returncode, done.stdout) == (1, b"")
    assert says in done.stderr
    assert b"Traceback" not in done.stderr
