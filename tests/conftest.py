"""Servers that tests of several parts ask, started by the first test that asks for one; no test by chance is timed."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
import virtuoso_served
from virtuoso_served import Virtuoso

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("riwayat", deadline=None)
hypothesis.settings.load_profile("riwayat")


@pytest.fixture(scope="session")
def virtuoso_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A running Virtuoso with whatever earlier tests left in it."""
    with virtuoso_served.served(tmp_path_factory.mktemp("virtuoso")) as virtuoso:
        yield virtuoso


@pytest.fixture
def virtuoso(virtuoso_running: Virtuoso) -> Virtuoso:
    """A running Virtuoso without a graph of ours."""
    virtuoso_running.clear()
    return virtuoso_running
