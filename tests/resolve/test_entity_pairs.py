"""Whether persons and organizations of several articles are one node: pairs of ../shared/gold, judged by hand."""

from __future__ import annotations

import pytest
from gold_entities import GOLD, Name, Pair, found, joined, judged

PRECISION, RECALL = 0.99, 0.92


@pytest.fixture(scope="module")
def identities() -> dict[Name, str]:
    if not GOLD.is_dir():
        pytest.skip(f"no {GOLD}: put the folder 'shared' beside the checkout")
    return found()


@pytest.fixture(scope="module")
def verdicts() -> dict[str, set[Pair]]:
    return judged()


def test_the_pairs_are_of_gold(identities: dict[Name, str], verdicts: dict[str, set[Pair]]) -> None:
    assert {name for pair in verdicts["same"] | verdicts["unsure"] for name in pair} <= set(identities)


def test_pairs_that_are_one_are_joined_and_no_others(
    identities: dict[Name, str], verdicts: dict[str, set[Pair]]
) -> None:
    one, right = joined(identities) - verdicts["unsure"], verdicts["same"]
    wrong, missed = one - right, right - one
    precision, recall = len(one & right) / len(one), len(one & right) / len(right)
    shown = [sorted((identities[name], *name) for name in pair) for pair in sorted([*wrong, *missed], key=sorted)]
    assert precision >= PRECISION, shown
    assert recall >= RECALL, shown
