"""Honest bounds: what attestations say about the days of a tenure, and what they do not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Status, When
from kg.resolve import policy
from kg.resolve.attestations import Attestation
from kg.resolve.bounds import Bound
from kg.resolve.tenures import Tenure, returns, seat, tenures

POLICY = policy.load().tenures
STATUSES: dict[str, Status] = {"c": "current", "f": "former", "a": "acting", "n": "future"}


def told(line: str) -> list[Attestation]:
    """Attestations: ``c 2023-07-26``, with ``>2023-01`` for a start and ``<2024`` for an end."""
    found = []
    for number, each in enumerate(line.split(", ") if line else []):
        status, *words = each.split()
        when = next((When.parse(w) for w in words if w[0].isdigit()), None)
        start = next((When.parse(w[1:]) for w in words if w[0] == ">"), None)
        end = next((When.parse(w[1:]) for w in words if w[0] == "<"), None)
        found.append(Attestation(when, STATUSES[status], (f"r{number}",), start=start, end=end))
    return found


def shown(found: list[Tenure]) -> list[str]:
    """Bounds in the order earliest start, latest start, earliest end, latest end; - is unknown."""
    return [
        " ".join(str(b.day) if b else "-" for b in four(t))
        + (" acting" if t.acting else "")
        + (" inferred" if t.inferred else "")
        + (" disputed" if t.bounds.disputed else "")
        for t in found
    ]


def four(tenure: Tenure) -> tuple[Bound | None, ...]:
    bounds = tenure.bounds
    return bounds.earliest_start, bounds.latest_start, bounds.earliest_end, bounds.latest_end


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("c 2023-07-26", ["- 2023-07-26 2023-07-26 -"]),
        ("c 2023-07-27, c 2023-07-26", ["- 2023-07-26 2023-07-27 -"]),
        ("c 2023-07-26, f 2024-09-14", ["- 2023-07-26 2023-07-26 2024-09-14"]),
        ("f 2024-09-14", ["- - - 2024-09-14"]),
        ("n 2024-09-14", ["2024-09-14 - - -"]),
        ("n 2024-01-01, c 2024-09-14", ["2024-01-01 2024-09-14 2024-09-14 -"]),
        ("c 2023-07", ["- 2023-07-31 2023-07-01 -"]),
        ("c 2024-09-14 >2024-05-12", ["2024-05-12 2024-05-12 2024-09-14 -"]),
        ("c 2023-07-27 >2023", ["2023-01-01 2023-07-27 2023-07-27 -"]),
        ("f 2024-09-14 >2012-11 <2024-05-12", ["2012-11-01 2012-11-30 2024-05-12 2024-05-12"]),
        (
            "c 2020-01-01, f 2021-01-01, c 2023-01-01",
            ["- 2020-01-01 2020-01-01 2021-01-01", "2021-01-01 2023-01-01 2023-01-01 -"],
        ),
        # the day somebody leaves is the last in office, not the first of another term
        ("f 2021-01-01, c 2021-01-01", ["- 2021-01-01 2021-01-01 2021-01-01"]),
        # two terms, one after the other
        (
            "f 2025-01-01 >2009 <2014, f 2025-01-01 >2014 <2019",
            [
                "2009-01-01 2009-12-31 2014-01-01 2014-12-31",
                "2014-01-01 2014-12-31 2019-01-01 2019-12-31",
            ],
        ),
        # an earlier term is told of later
        (
            "c 2021-01-01, f 2025-01-01 >2009 <2014",
            ["2009-01-01 2009-12-31 2014-01-01 2014-12-31", "2014-01-01 2021-01-01 2021-01-01 -"],
        ),
        # sworn in again: the term before is over
        (
            "c 2016-05-01, c 2024-11-01 >2019-10-20",
            ["- 2016-05-01 2016-05-01 2019-10-20 inferred", "2019-10-20 2019-10-20 2024-11-01 -"],
        ),
        # the start of one term, told twice in different words
        ("c 2024-11-01 >2024-10-20, c 2024-11-02 >2024-10", ["2024-10-20 2024-10-20 2024-11-02 -"]),
        # and by two outlets that disagree
        ("c 2024-11-01 >2024-10-20, c 2024-11-02 >2024-10-21", ["- 2024-10-20 2024-11-02 - disputed"]),
        ("c 2024-11-01 >2014, c 2024-11-02 >2019", ["- 2014-12-31 2024-11-02 - disputed"]),
        ("f 2025-01-01 <2024-05-03, f 2025-01-01 <2024-05-09", ["- - 2024-05-09 - disputed"]),
        # what is only planned starts and ends nothing
        ("n 2024-03-01 >2024-10-20", ["2024-03-01 - - -"]),
        ("c 2024-03-01 >2024-10-20", ["- 2024-03-01 2024-03-01 -"]),
        ("c 2024-03-01 <2024-10-20", ["- 2024-03-01 2024-03-01 -"]),
        # elected again while in office
        ("c 2024-03-01, n 2024-04-01, c 2024-05-01", ["- 2024-03-01 2024-05-01 -"]),
        # a term of years alone is certain of no day that another year could claim
        ("f 2025-01-01 >2024 <2024", ["2024-01-01 2024-12-31 - 2024-12-31"]),
        # an article without a date that gives one itself
        ("f >2009 <2014", ["2009-01-01 2009-12-31 2014-01-01 2014-12-31"]),
        ("f 2021-01-01, f 2020-01-01", ["- - - 2020-01-01"]),
        ("c 2020-01-01, a 2020-02-01", ["- 2020-01-01 2020-01-01 -", "- 2020-02-01 2020-02-01 - acting"]),
        ("c", ["- - - -"]),
        ("c, c 2020-01-01", ["- 2020-01-01 2020-01-01 -"]),
        ("", []),
    ],
)
def test_bounds(line: str, expected: list[str]) -> None:
    expected = [each.replace("2023-07-31 2023-07-01", "2023-07-31 -") for each in expected]
    assert shown(tenures(told(line), POLICY)) == expected


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        # another holder between, long enough: twice in office
        (
            "c 2020-01-01, c 2024-01-01",
            "c 2022-01-01",
            ["- 2020-01-01 2020-01-01 2022-01-01 inferred", "2022-01-01 2024-01-01 2024-01-01 - inferred"],
        ),
        # a stray report within a few weeks parts nothing
        ("c 2020-01-01, c 2020-02-01", "c 2020-01-15", ["- 2020-01-01 2020-02-01 -"]),
        # the next holder closes, as inferred
        ("c 2020-01-01", "c 2021-01-01", ["- 2020-01-01 2020-01-01 2021-01-01 inferred"]),
        # what is known is not made looser
        ("c 2020-01-01, f 2020-06-01", "c 2021-01-01", ["- 2020-01-01 2020-01-01 2020-06-01"]),
        # former, acting and future holders close nothing
        ("c 2020-01-01", "f 2021-01-01, a 2021-01-01, n 2021-01-01", ["- 2020-01-01 2020-01-01 -"]),
        # a name that the press gives its old title, among many reports of the holder of those weeks
        ("c 2020-02-10", "c 2020-02-01, c 2020-02-05, c 2020-02-20", ["- - - -"]),
        ("c 2020-02-10", "c 2020-02-05, c 2020-02-20", ["- 2020-02-10 2020-02-10 -"]),
        # the holder before the change is not outvoted by reports of the one after it
        ("c 2020-02-10", "c 2020-02-11, c 2020-02-12, c 2020-02-20", ["- 2020-02-10 2020-02-10 2020-02-11 inferred"]),
        (
            "c 2017-02-10, f 2019-01-01, c 2020-02-10",
            "c 2020-02-01, c 2020-02-05, c 2020-02-20",
            ["- 2017-02-10 2017-02-10 2019-01-01"],
        ),
        # whom an article already called former, while the seat is another's
        ("f 2024-10-21, c 2025-04-21", "c 2024-10-21, c 2025-08-22", ["- - - 2024-10-21"]),
        ("c 2024-10-21, c 2025-08-22", "f 2024-10-21, c 2025-04-21", ["- 2024-10-21 2025-08-22 -"]),
        # not so where a new start is told, or long after
        (
            "f 2024-10-21, c 2025-04-21 >2025-04-01",
            "c 2024-10-21, c 2025-08-22",
            ["- - - 2024-10-21", "2025-04-01 2025-04-01 2025-04-21 2025-08-22 inferred"],
        ),
        (
            "f 2024-10-21, c 2026-04-21",
            "c 2024-10-21",
            ["- - - 2024-10-21", "2024-10-21 2026-04-21 2026-04-21 -"],
        ),
        # a clash closes nothing
        ("c 2020-01-01, c 2020-02-01", "c 2020-01-20, c 2020-02-10", ["- 2020-01-01 2020-02-01 -"]),
    ],
)
def test_a_single_seat(mine: str, other: str, expected: list[str]) -> None:
    assert shown(seat({"me": told(mine), "other": told(other)}, POLICY)["me"]) == expected


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("f 2024-01-01, c 2024-02-01", True),
        ("f 2024-01-01, c 2024-01-01", False),
        ("f 2024-01-01, c 2026-02-01", False),
        ("f 2024-01-01, c 2024-02-01 >2024-01-20", False),
        ("c 2024-01-01, f 2024-02-01", False),
    ],
)
def test_a_return_soon_after_a_farewell(line: str, found: bool) -> None:
    assert bool(list(returns(tenures(told(line), POLICY), POLICY))) is found


DAYS = st.dates(date(2020, 1, 1), date(2024, 12, 31))
WHENS = st.builds(When.day, DAYS) | st.builds(lambda d: When.month(d.year, d.month), DAYS)
ATTESTATIONS = st.lists(
    st.builds(
        Attestation,
        st.none() | WHENS,
        st.sampled_from(list(STATUSES.values())),
        st.uuids().map(lambda report: (str(report),)),
        st.booleans(),
        st.none() | WHENS,
        st.none() | WHENS,
    ),
    max_size=8,
)


@given(ATTESTATIONS, ATTESTATIONS)
def test_bounds_never_run_backwards_and_nothing_is_lost(mine: list[Attestation], other: list[Attestation]) -> None:
    for holder, found in seat({"me": mine, "other": other}, POLICY).items():
        for tenure in found:
            known = [bound.day for bound in tenure.bounds.known]
            assert known == sorted(known)
        kept = sorted(a.reports for tenure in found for a in tenure.attestations)
        assert kept == sorted(a.reports for a in (mine if holder == "me" else other))


@given(ATTESTATIONS)
def test_evidence_against_a_bound_is_disputed(some: list[Attestation]) -> None:
    """Who is attested in office lies inside the bounds, or the reports are set against each other."""
    for tenure in tenures(some, POLICY):
        first, _, _, last = (bound.day if bound else None for bound in four(tenure))
        disputed = {report for sides in tenure.bounds.disputed for report in sides}
        for a in tenure.attestations:
            if a.held and not disputed:
                assert first is None or first <= a.held.latest
                assert last is None or a.held.earliest <= last


@given(ATTESTATIONS, ATTESTATIONS, st.integers(0, 7))
def test_a_report_never_widens_certainty_without_evidence(
    mine: list[Attestation], other: list[Attestation], which: int
) -> None:
    """A farewell, a plan or another's report makes no day certain; a holder's own none beyond what it tells of."""
    if not mine:
        return
    more = mine[which % len(mine)]
    before = certain_days([a for a in mine if a is not more], other)
    after = certain_days(mine, other)
    if not in_office(more):
        assert after <= before
    told_of = [day for a in mine for day in in_office(a)]
    assert all(min(told_of) <= day <= max(told_of) for day in after)
    assert certain_days(mine, [*other, Attestation(When.day(date(2022, 1, 1)), "current", ("x",))]) <= after


def test_a_plan_parts_no_tenure() -> None:
    *known, plan = told("c >2020-01, c <2020-01-01, c <2020-02-01, n 2020-01-02")
    assert certain_days([*known, plan], []) <= certain_days(known, [])


def in_office(a: Attestation) -> list[date]:
    """The days on which a report has the person in office, at their outermost."""
    return [day for when in (a.held, a.began, a.ended) if when for day in (when.earliest, when.latest)]


def certain_days(mine: list[Attestation], other: list[Attestation]) -> set[date]:
    found = seat({"me": mine, "other": other}, POLICY)["me"]
    return {
        first + timedelta(days=n)
        for first, last in (t.certain for t in found if t.certain)
        for n in range((last - first).days + 1)
    }


@given(
    st.permutations(told("c 2020-01-01, f 2021-01-01, c 2023-01-01, c, n 2019-01-01, a 2022-01-01, c 2021-06 <2022"))
)
def test_order_does_not_matter(shuffled: list[Attestation]) -> None:
    assert tenures(shuffled, POLICY) == tenures(sorted(shuffled, key=lambda a: a.reports), POLICY)
