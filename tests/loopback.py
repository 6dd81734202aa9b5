"""What servers of the tests need: free ports of loopback, knowing when one answers, and one of a handler of ours."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def free_ports(number: int) -> list[int]:
    """Ports of loopback that nobody listens on."""
    found = [socket.socket() for _ in range(number)]
    try:
        for each in found:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in found]
    finally:
        for each in found:
            each.close()


def wait_for(url: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Returns when a server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert server.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")


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
