"""A real Oxigraph server on loopback, for tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from loopback import free_ports, wait_for


def address() -> str:
    """The address of a server that is still to be started."""
    return f"http://127.0.0.1:{free_ports(1)[0]}"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of an Oxigraph server with its data in a folder. Skips the test where there is none to start."""
    url = address()
    with running(folder, url):
        yield url


@contextmanager
def running(folder: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """The process of an Oxigraph server at an address. Skips the test where there is none to start."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if binary is None:
        pytest.skip("no oxigraph beside this Python; pip install oxigraph")
    with (folder / "log").open("wb") as log:
        where = ["--location", str(folder / "data"), "--bind", url.removeprefix("http://")]
        server = subprocess.Popen([binary, "serve", *where, "--union-default-graph"], stdout=log, stderr=log)
        try:
            wait_for(f"{url}/", server)
            yield server
        finally:
            server.kill()
            server.wait()
