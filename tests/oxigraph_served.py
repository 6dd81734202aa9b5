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


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of an Oxigraph server with its data in a folder. Skips the test where there is none to start."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if binary is None:
        pytest.skip("no oxigraph beside this Python; pip install oxigraph")
    address = f"127.0.0.1:{free_ports(1)[0]}"
    with (folder / "log").open("wb") as log:
        data = str(folder / "data")
        command = [binary, "serve", "--location", data, "--bind", address, "--union-default-graph"]
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait_for(f"http://{address}/", server)
            yield f"http://{address}"
        finally:
            server.kill()
            server.wait()
