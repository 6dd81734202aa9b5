"""The picture of tenures: its bars stand where the dates are, each meaning has its form, any name stays a name."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports_by_hand import Page, reports

from kg import build
from kg.errors import BadInput
from kg.model import Report, Status
from kg.timeline import Asked, kind, timeline
from kg.timeline.axis import Axis
from kg.timeline.drawing import svg
from kg.timeline.layout import LABELS, MARGIN, PLOT, WIDTH, bounds, sheet
from kg.timeline.lettering import cut, width, wrapped
from kg.timeline.reading import Attestation, Conflict, Tenure, Timeline

SVG = "{http://www.w3.org/2000/svg}"
Element = ElementTree.Element
Four = tuple[str | None, str | None, str | None, str | None]

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


def tenures(root: Element) -> list[Element]:
    return [group for group in root.iter(f"{SVG}g") if "tenure" in group.get("class", "").split()]


def classed(root: Element, word: str) -> list[Element]:
    return [element for element in root.iter() if word in element.get("class", "").split()]


def texts(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def number(element: Element, name: str) -> float:
    return float(element.get(name, "nan"))


def places(root: Element) -> dict[date, float]:
    """Where the labels of the axis stand, by the days that they name."""
    (axis,) = classed(root, "axis")
    first_days = {4: "-01-01", 7: "-01", 10: ""}
    labels = [(text.text or "", number(text, "x")) for text in axis.iter(f"{SVG}text")]
    return {date.fromisoformat(label + first_days[len(label)]): x for label, x in labels}


def place(root: Element, day: date) -> float:
    """Where a day begins, by the labels of the axis alone."""
    marks = sorted(places(root).items())
    (first, x1), (last, x2) = marks[0], marks[-1]
    return x1 + (day - first) / (last - first) * (x2 - x1)


# By hand


def day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def attested(status: Status, iso: str | None, **said: date) -> Attestation:
    return Attestation(status, day(iso), day(iso), f"artikel-{iso}", **said)


def tenure(four: Four, *told: Attestation, name: str = "Siti", acting: bool = False, inferred: bool = False) -> Tenure:
    first, left, right, last = map(day, four)
    return Tenure(f"x:{name}{four}", name, "Bupati Contohrejo", acting, inferred, first, left, right, last, told)


def picture(*some: Tenure) -> Element:
    return ElementTree.fromstring(svg(sheet(Timeline("position", "Bupati Contohrejo", some))))


WIDE = tenure(("2000-01-01", "2000-01-01", "2030-12-31", "2030-12-31"), name="Lebar")
"""Makes an axis on which a day is short."""


@pytest.mark.parametrize(
    ("four", "certain", "open_", "bounded", "caps"),
    [
        (("2010-01-01", "2011-01-01", "2012-01-01", "2013-01-01"), 1, 0, 2, 2),
        (("2010-01-01", "2010-01-01", "2012-01-01", "2012-01-01"), 1, 0, 0, 2),
        ((None, "2011-01-01", "2012-01-01", None), 1, 2, 0, 0),
        ((None, "2011-01-01", "2012-01-01", "2013-01-01"), 1, 1, 1, 1),
        ((None, None, None, "2013-01-01"), 0, 1, 0, 1),
        (("2010-01-01", None, None, None), 0, 1, 0, 1),
        (("2010-01-01", None, None, "2013-01-01"), 0, 0, 2, 2),
        (("2010-01-01", "2010-12-31", None, None), 0, 1, 1, 1),
        (("2010-01-01", "2010-12-31", None, "2013-01-01"), 0, 0, 2, 2),
        ((None, None, "2012-01-01", None), 0, 2, 0, 0),
    ],
)
def test_every_knowledge_of_bounds_has_its_form(four: Four, certain: int, open_: int, bounded: int, caps: int) -> None:
    root = picture(tenure(four), WIDE)
    (group,) = (g for g in tenures(root) if "Siti" in g.get("data-tenure", ""))
    assert [len(classed(group, word)) for word in ("certain", "open", "bounded", "bound")] == [
        certain,
        open_,
        bounded,
        caps,
    ]
    assert len(classed(group, "unknown")) == 2 * open_, "what is open has arrows"
    first, left, right, last = map(day, four)
    cap_days = [d for d in (first, last and last + timedelta(1)) if d]
    assert [number(c, "x1") for c in classed(group, "bound")] == [
        pytest.approx(place(root, d), abs=0.1) for d in cap_days
    ]
    if certain:
        assert left
        assert right
        (bar,) = classed(group, "certain")
        assert number(bar, "x") == pytest.approx(place(root, left), abs=0.1)
        assert number(bar, "x") + number(bar, "width") == pytest.approx(place(root, right + timedelta(1)), abs=0.1)


@pytest.mark.parametrize(
    ("told", "inferred", "dashed"),
    [
        ([attested("current", "2011-06-01")], True, [True, True]),
        ([attested("current", "2011-06-01")], False, [False, False]),
        ([attested("former", "2013-01-01"), attested("current", "2011-06-01")], True, [True, False]),
        ([attested("future", "2010-01-01"), attested("current", "2011-06-01")], True, [False, True]),
        (
            [attested("current", "2011-06-01", said_start=date(2010, 1, 1), said_end=date(2013, 1, 1))],
            True,
            [False] * 2,
        ),
    ],
)
def test_a_bound_that_no_report_gives_is_dashed(told: list[Attestation], inferred: bool, dashed: list[bool]) -> None:
    root = picture(tenure(("2010-01-01", "2011-01-01", "2012-01-01", "2013-01-01"), *told, inferred=inferred))
    (group,) = tenures(root)
    caps = classed(group, "bound")
    assert ["inferred" in cap.get("class", "") for cap in caps] == dashed
    assert [cap.get("stroke-dasharray") is not None for cap in caps] == dashed
    assert " ".join(texts(group)).count("(inferred)") == sum(dashed)


def test_an_office_that_was_filled_in_is_said_so() -> None:
    assert bounds(tenure((None, "2011-01-01", "2012-01-01", None), inferred=True)).endswith("office inferred")


def test_a_report_has_a_mark_by_its_status_on_its_day() -> None:
    told: list[tuple[Status, str]] = [
        ("future", "2010-02-01"),
        ("current", "2011-01-01"),
        ("former", "2015-01-01"),
        ("acting", "2020-01-01"),
    ]
    root = picture(tenure((None, "2011-01-01", "2011-01-01", None), *(attested(s, d) for s, d in told)), WIDE)
    (group,) = (g for g in tenures(root) if "Siti" in g.get("data-tenure", ""))
    marks = classed(group, "report")
    assert [mark.get("class") for mark in marks] == [f"report {status}" for status, _ in told]
    assert len({(m.tag, m.get("fill"), re.sub(r"^M[\d. ]+", "", m.get("d", ""))) for m in marks}) == 4, "four forms"
    xs = [number(m, "cx") if m.get("cx") else float(m.get("d", "")[1:].split()[0]) + 2.6 for m in marks]
    assert xs == [pytest.approx(place(root, date.fromisoformat(iso)), abs=0.6) for _, iso in told]


def test_reports_of_one_day_do_not_hide_each_other() -> None:
    told = [attested("current", "2011-01-01")] * 3 + [attested("former", "2011-01-01")] * 20
    root = picture(tenure((None, "2011-01-01", "2011-01-01", None), *told))
    marks = classed(tenures(root)[0], "report")
    assert Counter(mark.get("class") for mark in marks) == {"report current": 3, "report former": 1}
    assert "×20" in texts(root)
    heights = [mark.get("cy") or mark.get("d", "").split()[1].partition("l")[0] for mark in marks]
    assert len(set(heights)) == 4


def test_a_report_of_a_year_shows_its_reach() -> None:
    year = Attestation("current", date(2011, 1, 1), date(2011, 12, 31), "a")
    root = picture(tenure((None, "2011-12-31", "2011-12-31", None), year), WIDE)
    (group,) = (g for g in tenures(root) if "Siti" in g.get("data-tenure", ""))
    (mark,) = classed(group, "report")
    (reach,) = (line for line in group.iter(f"{SVG}line") if line.get("y1") == mark.get("cy"))
    assert number(reach, "x1") == pytest.approx(place(root, date(2011, 1, 1)), abs=0.1)
    assert number(reach, "x2") == pytest.approx(place(root, date(2012, 1, 1)), abs=0.1)


def test_acting_looks_different() -> None:
    full, acting = (picture(tenure((None, "2011-01-01", "2012-01-01", None), acting=a)) for a in (False, True))
    (solid,), (hollow,) = (classed(tenures(root)[0], "certain") for root in (full, acting))
    assert number(hollow, "height") < number(solid, "height")
    assert (hollow.get("fill"), solid.get("fill")) == ("#ffffff", solid.get("fill"))
    assert solid.get("fill") != "#ffffff"
    assert "Siti (acting)" in texts(acting)


@pytest.mark.parametrize(
    ("four", "says"),
    [
        (("2024-05-12", "2024-05-12", "2024-11-30", None), "start 2024-05-12, end 2024-11-30 or later"),
        ((None, "2024-05-12", "2024-11-30", "2024-12-01"), "start by 2024-05-12, end 2024-11-30 to 2024-12-01"),
        (("2024-05-12", None, None, "2024-12-01"), "start not before 2024-05-12, end by 2024-12-01"),
        ((None, None, None, None), "start unknown, end unknown"),
    ],
)
def test_bounds_stand_beside_the_bar(four: Four, says: str) -> None:
    assert bounds(tenure(four, attested("current", None))) == f"{says}; 1 report"


def test_what_has_no_day_is_listed() -> None:
    root = picture(tenure((None,) * 4, attested("former", None), attested("current", None)))
    assert tenures(root) == []
    assert "Siti, Bupati Contohrejo: 1 current, 1 former" in texts(root)
    assert classed(root, "legend") == [], "there is nothing to explain"


def test_what_has_days_but_no_bounds_has_its_marks_alone() -> None:
    (group,) = tenures(picture(tenure((None,) * 4, attested("former", "2011-01-01"))))
    assert [len(classed(group, word)) for word in ("report", "certain", "possible", "bound")] == [1, 0, 0, 0]


def test_conflicts_are_numbered_and_told() -> None:
    clash = Conflict("x:c", "holder", "Bupati Contohrejo: dua pemegang")
    some = [
        Tenure(f"x:{name}", name, "Bupati Contohrejo", False, False, None, date(2011, 1, 1), date(2012, 1, 1), None,
               (attested("current", "2011-01-01"),), (clash,) if name != "Tono" else ())
        for name in ("Siti", "Rudi", "Tono")
    ]  # fmt: skip
    root = picture(*some)
    assert [len(classed(group, "conflict")) for group in tenures(root)] == [1, 1, 0]
    assert "!1 holder: Bupati Contohrejo: dua pemegang (Rudi, Siti)" in texts(root)


NASTY = ['<script>alert("x")</script>', "A & B", "'\"]]>", "\x00\x0b\ufffe", "é𝔘中文 ̈", "a\nb\tc"]


@pytest.mark.parametrize("name", NASTY, ids=ascii)
def test_any_name_stays_a_name(name: str) -> None:
    root = picture(tenure((None, "2011-01-01", "2012-01-01", None), name=name))
    allowed = {"svg", "title", "defs", "linearGradient", "stop", "pattern", "rect", "g", "line", "text", "polyline",
               "circle", "path"}  # fmt: skip
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    assert re.sub(r"[\x00\ufffe]", "\ufffd", " ".join(name.split())) in texts(root)


@st.composite
def any_tenure(draw: st.DrawFn) -> Tenure:
    """A tenure with any bounds in their order, attested on each of them."""
    four = draw(st.lists(st.dates() | st.none(), min_size=4, max_size=4))
    days = iter(sorted(d for d in four if d))
    first, left, right, last = (next(days) if d else None for d in four)
    told = tuple(Attestation("current", d, d, "a") for d in four if d)
    return Tenure(
        "x:y", "Nama " * 30, "Jabatan", draw(st.booleans()), draw(st.booleans()), first, left, right, last, told
    )


@given(st.lists(any_tenure(), min_size=1, max_size=5))
def test_nothing_stands_outside_the_sheet(some: list[Tenure]) -> None:
    page = sheet(Timeline("position", "Jabatan", tuple(some)))
    root = ElementTree.fromstring(svg(page))
    for group in tenures(root):
        for rect in (*classed(group, "certain"), *classed(group, "possible")):
            assert number(rect, "width") >= 0
            assert number(rect, "x") >= PLOT - 0.1
            assert number(rect, "x") + number(rect, "width") <= WIDTH - MARGIN + 0.1
    for row, below in pairwise(page.rows):
        assert row.top + row.height <= below.top
        assert all(row.top < words.y < row.top + row.height for words in row.words)
        assert all(width(words.text, words.size, words.bold) <= LABELS for words in row.words)


@given(st.dates(), st.integers(0, 40_000))
def test_the_axis_has_marks_that_do_not_touch(first: date, days: int) -> None:
    last = date.fromordinal(min(first.toordinal() + days, date.max.toordinal()))
    marks = Axis.over([first, last], 400, 1050).marks()
    assert 1 <= len(marks) <= 17
    for left, right in pairwise(marks):
        assert right.x - left.x >= width(left.label, 10, bold=True)


@pytest.mark.parametrize(
    ("last", "labels"),
    [
        ("2024-02-29", ["2024-02-23", "2024-02-25"]),
        ("2024-03-31", ["2024-03-04", "2024-03-11"]),
        ("2024-12-31", ["2024-03", "2024-04"]),
        ("2026-02-28", ["2024-04", "2024-07"]),
        ("2034-12-31", ["2025", "2026"]),
        ("2120-12-31", ["2030", "2040"]),
    ],
)
def test_the_axis_counts_in_days_months_or_years(last: str, labels: list[str]) -> None:
    marks = Axis.over([date(2024, 2, 29), date.fromisoformat(last)], 400, 1050).marks()
    assert [mark.label for mark in marks[:2]] == labels


def test_words_are_cut_and_broken_to_their_room() -> None:
    assert cut("Bupati", 100, 10) == "Bupati"
    assert cut("Bupati Contohrejo", 60, 10).endswith("…")
    assert list(wrapped("Kepala Dinas Pekerjaan Umum", 90, 10)) == ["Kepala Dinas", "Pekerjaan Umum"]
    assert width("中", 10) > width("i", 10) > width("\u0308", 10) == 0


# From a graph


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
