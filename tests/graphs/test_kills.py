"""Some rounds of killing; bench/kill_rounds.py does many."""

from __future__ import annotations

from random import Random

import kills
import pytest


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> kills.Scene:
    return kills.scene(tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize("what", ["export", "load", "difference", "serve"])
def test_killed_at_a_random_moment(what: str, scene: kills.Scene) -> None:
    kills.ROUNDS[what](scene, Random(what))
