"""A real `kg serve` on loopback, for tests."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Served:
    """A running server: its address, its process, what it said on stderr so far."""

    url: str
    process: subprocess.Popen[bytes]
    log_path: Path

    def log(self) -> str:
        """Its log up to now."""
        return self.log_path.read_text(encoding="utf-8")


@contextmanager
def served(graph: Path, log: Path, *options: str, environment: dict[str, str] | None = None) -> Iterator[Served]:
    """A server of a graph folder on a free port, with options; it is ended as a user would, or by force."""
    environment = {**os.environ, **(environment or {})}
    command = [sys.executable, "-m", "kg.cli", "serve", "--graph", str(graph), "--port", "0", *options]
    with log.open("wb") as stderr:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, cwd=ROOT, env=environment)
        try:
            yield Served(_address(server, log), server, log)
            if server.poll() is None:
                server.send_signal(signal.SIGTERM)
                assert server.wait(timeout=20) == 0, log.read_text(encoding="utf-8")
        finally:
            server.kill()
            server.wait()
            assert server.stdout is not None
            server.stdout.close()


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def lives(process: int) -> bool:
    """True where a process has not ended."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """The address that the server says it answers at."""
    for _ in range(600):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        if said := re.search(r" at (http://\S+)/sparql", log.read_text(encoding="utf-8")):
            return said[1]
        time.sleep(0.05)
    raise AssertionError(f"kg serve does not come up: {log.read_text(encoding='utf-8')}")
