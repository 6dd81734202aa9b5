"""Which form of an answer is chosen (cases in negotiation.toml)."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from kg.server.negotiation import MAX_RANGES, chosen, coding, offered
from kg.server.problems import Problem

CASES = tomllib.loads(Path(__file__).with_name("negotiation.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_best_liked_type_is_chosen(case: dict[str, str]) -> None:
    kinds = offered(case["kind"])
    if case["chosen"]:
        assert chosen(case.get("accept"), kinds).called == case["chosen"]
        return
    with pytest.raises(Problem, match="ask for one of them") as caught:
        chosen(case.get("accept"), kinds)
    assert caught.value.status == 406
    assert all(kind.name in caught.value.detail for kind in kinds)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "gzip"),
        ("x-gzip", "gzip"),
        ("*", "gzip"),
        ("gzip;q=0", None),
        ("*;q=0", None),
        ("br", None),
        ("identity, gzip;q=0.5", None),
        ("gzip;q=0.5, identity;q=0.1", "gzip"),
    ],
)
def test_gzip_is_chosen_where_it_is_liked(accept: str | None, expected: str | None) -> None:
    assert coding(accept) == expected


@pytest.mark.parametrize("hostile", ["a/b;" * 20_000, '"' * 50_000, "a/b;x=" + '"\\' * 30_000, "," * 100_000])
def test_hostile_headers_cost_little(hostile: str) -> None:
    began = time.process_time()
    chosen(f"{hostile}, */*" if hostile.startswith(",") else f"*/*, {hostile}", offered("graphs"))
    assert time.process_time() - began < 1, "a header of the largest size takes quadratic time"


def test_no_more_ranges_are_read_than_a_header_may_have() -> None:
    with pytest.raises(Problem):
        chosen("a/b," * MAX_RANGES + "text/turtle", offered("graphs"))
