"""A real `kg serve` on loopback, for tests."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waiting import LATE, comes

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

    def lines(self, word: str) -> list[dict[str, Any]]:
        """What its log says of requests whose path or query has a word in it, as soon as it says anything.

        A line is written when its answer has gone out.
        """
        found: list[dict[str, Any]] = []

        def told() -> list[dict[str, Any]]:
            found[:] = [json.loads(line) for line in self.log().splitlines() if line[:1] == "{" and word in line]
            return found

        assert comes(told), f"nothing about {word} in the log"
        return found

    def count(self, name: str) -> float:
        """The sum of the counts in /metrics whose name and labels begin so."""
        with urllib.request.urlopen(f"{self.url}/metrics", timeout=LATE) as counts:
            lines = counts.read().decode().splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


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
                assert server.wait(timeout=LATE) == 0, log.read_text(encoding="utf-8")
        finally:
            server.kill()
            server.wait()
            assert server.stdout is not None
            server.stdout.close()


def children(process: int) -> list[int]:
    """The processes that a process has started and that live."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        # A thread may end between two looks; its children are those of the process.
        with suppress(FileNotFoundError, ProcessLookupError):
            found += map(int, (task / "children").read_text().split())
    return found


def lives(process: int) -> bool:
    """True where a process has not ended."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """The address that the server says it answers at."""
    said: list[str] = []

    def answers() -> list[str]:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        said[:] = re.findall(r" at (http://\S+)/sparql", log.read_text(encoding="utf-8"))
        return said

    assert comes(answers), f"kg serve does not come up: {log.read_text(encoding='utf-8')}"
    return said[0]
