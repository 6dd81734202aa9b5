"""What servers of the tests need: free ports of loopback, knowing when one answers, and one of a handler of ours."""

from __future__ import annotations

import random
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from waiting import LATE, comes

PORTS = range(10_000, 32_768)
"""Ports that no system gives to clients (Linux begins at 32,768): nobody takes one before its server has it."""


def free_ports(number: int) -> list[int]:
    """Ports of loopback that nobody listens on."""
    tried = random.SystemRandom().sample(PORTS, len(PORTS))
    free = (port for port in tried if _is_free(port))
    return [next(free) for _ in range(number)]


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_for(url: str, server: subprocess.Popen[bytes], seconds: float = LATE) -> None:
    """Returns when a server answers."""

    def answers() -> bool:
        assert server.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(url, timeout=30):
                return True
        except OSError:
            return False

    assert comes(answers, seconds), f"{url} does not answer"


class _Quiet(ThreadingHTTPServer):
    """Clients of the tests break off on purpose."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def handling(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server of our own that answers by a handler."""
    server = _Quiet(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
