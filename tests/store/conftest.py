"""A real Oxigraph server on loopback, started by the first test that asks for it and ended with the last."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Returns when a server answers."""
    for _ in range(200):
        assert server.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Oxigraph server."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if binary is None:
        pytest.skip("no oxigraph beside this Python; pip install oxigraph")
    address, folder = f"127.0.0.1:{free_port()}", tmp_path_factory.mktemp("oxigraph")
    with (folder / "log").open("wb") as log:
        command = [
            binary,
            "serve",
            "--location",
            str(folder / "data"),
            "--bind",
            address,
            "--union-default-graph",
        ]
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait_for(f"http://{address}/", server)
            yield f"http://{address}"
        finally:
            server.kill()
            server.wait()
