"""What a worker gives up: each lock alone keeps SERVICE from sockets, the filter keeps files whole."""

from __future__ import annotations

import platform
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from waiting import comes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what other systems lack is told at start")
UNSHARE, FILTER, ALL = "confining.unshare()", "confining.refuse_calls()", "confining.confine(1 << 30) == []"
FETCH = "ox.Store().query('ASK { SERVICE <URL> {} }')"


@pytest.fixture
def listening() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on loopback, and who came."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    client, address = server.accept()
                    came.append(str(address))
                    client.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", came
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def confined(locks: str, deed: str) -> str:
    """What comes of something that a process does behind some locks: its exception, or done."""
    script = f"""
import os, subprocess, sys
import pyoxigraph as ox
from kg.server import confining
if not ({locks}):
    sys.exit("not allowed here")
try:
    {deed}
except Exception as error:
    print(type(error).__name__)
else:
    print("done")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    if "not allowed here" in done.stderr:
        pytest.skip(f"{locks} is not allowed here")
    return done.stdout.strip() or f"ended with {done.returncode}"


@pytest.mark.parametrize("locks", [UNSHARE, FILTER, ALL])
def test_no_socket_is_reached(listening: tuple[str, list[str]], locks: str) -> None:
    url, came = listening
    assert confined(locks, FETCH.replace("URL", url)) in {"OSError", "PermissionError", "ConnectionRefusedError"}
    assert came == []


def test_without_locks_it_would_be(listening: tuple[str, list[str]]) -> None:
    url, came = listening
    confined("True", FETCH.replace("URL", url))
    assert comes(lambda: came)


@pytest.mark.parametrize(
    "deed",
    [
        "open('new', 'w')",
        "open('old', 'a')",
        "open('old', 'r+')",
        "os.truncate('old', 0)",
        "os.unlink('old')",
        "os.rename('old', 'new')",
        "os.mkdir('new')",
        "os.symlink('old', 'new')",
        "subprocess.run(['true'], check=True)",
        "os.kill(os.getppid(), 0)",
    ],
)
@pytest.mark.skipif(platform.machine() not in {"x86_64", "aarch64"}, reason="no such machine in syscalls.toml")
def test_nothing_is_written_or_started(tmp_path_factory: pytest.TempPathFactory, deed: str) -> None:
    folder = tmp_path_factory.mktemp("confined")
    (folder / "old").write_text("old", encoding="utf-8")
    inside = f"os.chdir({str(folder)!r}); {deed}"
    assert confined(FILTER, inside) in {"PermissionError", "CalledProcessError"}
    assert [(each.name, each.read_text(encoding="utf-8")) for each in folder.iterdir()] == [("old", "old")]
    assert confined("True", inside) == "done"


def test_memory_ends(listening: tuple[str, list[str]]) -> None:
    assert confined("confining.limit(1 << 28)", "bytearray(1 << 29)") == "MemoryError"
    assert confined("True", "bytearray(1 << 29)") == "done"


def test_a_worker_knows_what_it_holds() -> None:
    told = (
        "print(confining.held() > 10 << 20, (block := bytearray(b'x' * (200 << 20))) and confining.held() > 200 << 20)"
    )
    assert confined("True", told) == "True True\ndone"
