"""A real Oxigraph server on loopback, for tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of an Oxigraph server with its data in a folder. Skips the test where there is none to start."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if binary is None:
        pytest.skip("no oxigraph beside this Python; pip install oxigraph")
    address = f"127.0.0.1:{_free_port()}"
    with (folder / "log").open("wb") as log:
        data = str(folder / "data")
        command = [binary, "serve", "--location", data, "--bind", address, "--union-default-graph"]
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait_for(f"http://{address}/", server)
            yield f"http://{address}"
        finally:
            server.kill()
            server.wait()


def _free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Returns when a server answers."""
    for _ in range(200):
        assert server.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")
