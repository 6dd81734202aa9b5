"""Servers that tests of several parts ask, started by the first test that asks for one; where tests write; chance."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import virtuoso_served
from reports_by_hand import reports
from virtuoso_served import Virtuoso

from kg import build

MEMORY, ROOM = Path("/dev/shm"), 4 << 30
"""A file system in memory, and the bytes that have to be free there: some times what a run of all tests holds."""

# Graph folders flush each file that they write, which is most of the time of a small build on a disk; tests kill
# processes, not machines, so nothing that they show is lost in memory. Programs that are started write there too.
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM and "TMPDIR" not in os.environ:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("riwayat", deadline=None)
hypothesis.settings.load_profile("riwayat")


@pytest.fixture(scope="session")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the reports made by hand, to be copied: nobody writes to it."""
    path = tmp_path_factory.mktemp("by-hand") / "graph"
    build.add(lambda _: reports(), path)
    return path


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
