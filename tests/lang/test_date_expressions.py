"""Four hundred press date expressions: each must be found alone, as it stands, with its exact value and precision."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kg.lang import calendar, pack

ID = pack.load("id")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
CASES = [
    (group["name"], case)
    for group in tomllib.loads((Path(__file__).parent / "date_expressions.toml").read_text(encoding="utf-8"))["group"]
    for case in group["cases"]
]

# The share of cases that must be exact: set by the plan of the work, not by what the calendar reaches.
EXACT = 0.97


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the calendar made of one case."""

    group: str
    held: bool
    text: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Whether exactly the wanted expression was found, with exactly its value."""
        return self.wanted == self.found


def outcomes() -> list[Outcome]:
    """Every case as the calendar reads it on its day of publication."""
    return [_outcome(group, **case) for group, case in CASES]


def _outcome(
    group: str, *, text: str, base: date, expression: str, value: str, weekday: str, held: bool = False
) -> Outcome:
    found = tuple(f"{text[each.begin : each.end]} → {each.when.iso}" for each in calendar.find(text, ID, base))
    wanted = (f"{expression} → {value}",) if value else ()
    return Outcome(group, held, text, wanted, found)


def share(measured: list[Outcome]) -> float:
    """The share of outcomes that are exact."""
    return sum(each.exact for each in measured) / len(measured)


def misses(measured: list[Outcome]) -> str:
    """The outcomes that are not exact, a line each: what was wanted, what was found."""
    return "\n".join(
        f"{each.group}: {each.text}\n    wanted {list(each.wanted)}, found {list(each.found)}"
        for each in measured
        if not each.exact
    )


def test_expressions_are_exact() -> None:
    measured = outcomes()
    assert share(measured) >= EXACT, f"\n{misses(measured)}\nexact: {share(measured):.4f}"


def test_there_are_four_hundred_cases_and_half_are_held() -> None:
    assert len(CASES) == 400
    assert sum(case.get("held", False) for _, case in CASES) == 200


@pytest.mark.parametrize(("group", "case"), CASES)
def test_each_case_is_well_formed(group: str, case: dict[str, object]) -> None:
    base, text = case["base"], str(case["text"])
    assert isinstance(base, date)
    assert WEEKDAYS[base.weekday()] == case["weekday"]
    assert text.count(str(case["expression"])) == 1, group
