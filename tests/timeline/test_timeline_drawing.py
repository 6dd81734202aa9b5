"""The picture of tenures: its bars stand where the dates are, each meaning has its form, any name stays a name."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timelines_read import SVG, Element, classed, number, place, tenures, texts

from kg.model import Status
from kg.timeline.drawing import svg
from kg.timeline.layout import LABELS, MARGIN, PLOT, WIDTH, bounds, sheet
from kg.timeline.lettering import width
from kg.timeline.reading import Attestation, Conflict, Tenure, Timeline

Four = tuple[str | None, str | None, str | None, str | None]


def day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def attested(status: Status, iso: str | None, **said: date) -> Attestation:
    return Attestation(status, day(iso), day(iso), f"artikel-{iso}", **said)


def tenure(four: Four, *told: Attestation, name: str = "Siti", acting: bool = False, inferred: bool = False) -> Tenure:
    first, left, right, last = map(day, four)
    return Tenure(f"x:{name}{four}", name, "Bupati Contohrejo", acting, inferred, first, left, right, last, told)


def picture(*some: Tenure) -> Element:
    return ElementTree.fromstring(svg(sheet(Timeline("position", "Bupati Contohrejo", some))))


WIDE = tenure(("2009-01-01", "2009-01-01", "2014-12-31", "2014-12-31"), name="Lebar")
"""Makes an axis of some years, on which a day is a third of a pixel."""


def _bars(group: Element) -> list[Element]:
    return [*classed(group, "certain"), *classed(group, "possible")]


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
    drawn = [(number(bar, "x"), number(bar, "x") + number(bar, "width")) for bar in _bars(group)]
    assert not first or min(drawn)[0] == pytest.approx(place(root, first), abs=0.1)
    assert not last or max(end for _, end in drawn) == pytest.approx(place(root, last + timedelta(1)), abs=0.1)
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
        ([attested("current", "2010-01-01"), attested("current", "2013-01-01")], True, [True, True]),
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
        for rect in _bars(group):
            assert number(rect, "width") >= 0
            assert number(rect, "x") >= PLOT - 0.1
            assert number(rect, "x") + number(rect, "width") <= WIDTH - MARGIN + 0.1
    for row, below in pairwise(page.rows):
        assert row.top + row.height <= below.top
        assert all(row.top < words.y < row.top + row.height for words in row.words)
        assert all(width(words.text, words.size, words.bold) <= LABELS for words in row.words)
