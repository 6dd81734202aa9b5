"""What every server of the tests needs: free ports of loopback, and knowing when it answers."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request


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
