"""Honest bounds: what attestations say about the days of a tenure, and what they do not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Status, When
from kg.resolve.tenures import Attestation, Tenure, returns, seat, tenures

STATUSES: dict[str, Status] = {"c": "current", "f": "former", "a": "acting", "n": "future"}


def told(line: str) -> list[Attestation]:
    """Attestations: ``c 2023-07-26``, with ``>2023-01`` for a start and ``<2024`` for an end."""
    found = []
    for number, each in enumerate(line.split(", ") if line else []):
        status, *words = each.split()
        when = next((When.parse(w) for w in words if w[0].isdigit()), None)
        start = next((When.parse(w[1:]) for w in words if w[0] == ">"), None)
        end = next((When.parse(w[1:]) for w in words if w[0] == "<"), None)
        found.append(Attestation(when, STATUSES[status], f"r{number}", start=start, end=end))
    return found


def shown(found: list[Tenure]) -> list[str]:
    """Bounds in the order earliest start, latest start, earliest end, latest end; - is unknown."""
    return [
        " ".join(str(b or "-") for b in (t.earliest_start, t.latest_start, t.earliest_end, t.latest_end))
        + (" acting" if t.acting else "")
        + (" inferred" if t.inferred else "")
        for t in found
    ]


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
        ("f 2021-01-01, f 2020-01-01", ["- - - 2020-01-01"]),
        ("c 2020-01-01, a 2020-02-01", ["- 2020-01-01 2020-01-01 -", "- 2020-02-01 2020-02-01 - acting"]),
        ("c", ["- - - -"]),
        ("c, c 2020-01-01", ["- 2020-01-01 2020-01-01 -"]),
        ("", []),
    ],
)
def test_bounds(line: str, expected: list[str]) -> None:
    expected = [each.replace("2023-07-31 2023-07-01", "2023-07-31 -") for each in expected]
    assert shown(tenures(told(line))) == expected


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
        # a clash closes nothing
        ("c 2020-01-01, c 2020-02-01", "c 2020-01-20, c 2020-02-10", ["- 2020-01-01 2020-02-01 -"]),
    ],
)
def test_a_single_seat(mine: str, other: str, expected: list[str]) -> None:
    assert shown(seat({"me": told(mine), "other": told(other)}, 60)["me"]) == expected


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("f 2024-01-01, c 2024-02-01", True),
        ("f 2024-01-01, c 2024-01-01", True),
        ("f 2024-01-01, c 2026-02-01", False),
        ("f 2024-01-01, c 2024-02-01 >2024-01-20", False),
        ("c 2024-01-01, f 2024-02-01", False),
    ],
)
def test_a_return_soon_after_a_farewell(line: str, found: bool) -> None:
    assert bool(list(returns(tenures(told(line)), 365))) is found


DAYS = st.dates(date(2020, 1, 1), date(2024, 12, 31))
WHENS = st.builds(When.day, DAYS) | st.builds(lambda d: When.month(d.year, d.month), DAYS)
ATTESTATIONS = st.lists(
    st.builds(
        Attestation,
        st.none() | WHENS,
        st.sampled_from(list(STATUSES.values())),
        st.uuids().map(str),
        st.booleans(),
        st.none() | WHENS,
        st.none() | WHENS,
    ),
    max_size=8,
)


@given(ATTESTATIONS, ATTESTATIONS)
def test_bounds_never_run_backwards_and_nothing_is_lost(mine: list[Attestation], other: list[Attestation]) -> None:
    for holder, found in seat({"me": mine, "other": other}, 60).items():
        for tenure in found:
            bounds = [tenure.earliest_start, tenure.latest_start, tenure.earliest_end, tenure.latest_end]
            known = [bound for bound in bounds if bound]
            assert known == sorted(known)
        kept = sorted(a.report for tenure in found for a in tenure.attestations)
        assert kept == sorted(a.report for a in (mine if holder == "me" else other))


@given(
    st.permutations(told("c 2020-01-01, f 2021-01-01, c 2023-01-01, c, n 2019-01-01, a 2022-01-01, c 2021-06 <2022"))
)
def test_order_does_not_matter(shuffled: list[Attestation]) -> None:
    assert tenures(shuffled) == tenures(sorted(shuffled, key=lambda a: a.report))
