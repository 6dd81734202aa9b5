"""The process that writes are carried out in, as the server sees it: started ahead, given one job at a time, killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Final

import msgspec

from kg.server.jobs import Job
from kg.server.problems import Problem
from kg.server.process import environment

_COMMAND: Final = (sys.executable, "-m", "kg.server.writing_worker")


class Writer:
    """A process that has all in memory that a write needs, so that a write need not wait for it. One job at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Starts it where it does not live; it need not be ready to be given a job."""
        if self._process is None or self._process.poll() is not None:
            self.stop()
            # a session of its own: what it starts is ended with it
            self._process = subprocess.Popen(
                _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), start_new_session=True
            )
        return self._process

    def stop(self) -> int:
        """Ends it and what it does; returns the exit status of the process."""
        process, self._process = self._process, None
        if process is None:
            return 0
        _kill(process)
        process.communicate()  # until nobody holds its output: what it has started neither
        return process.returncode

    def carry_out(self, job: Job) -> None:
        """Has a job done. Raises Problem where it takes too long or too much; nothing of it goes on then."""
        process, deadline = self.start(), time.monotonic() + job.limits.seconds
        timer = threading.Timer(job.limits.seconds, _kill, (process,))
        timer.start()
        try:
            line = _answer(process, job)
        finally:
            timer.cancel()
            timer.join()
        late = time.monotonic() >= deadline
        status = int(line) if line else self.stop()
        if late:
            self.stop()
        self.start()
        if late and not line:
            detail = (
                f"the write was ended after {job.limits.seconds:g} seconds, and nothing was changed; do it in parts"
            )
            raise Problem(503, "Deadline passed", detail)
        if status:
            needs = f"it needs more than the {job.memory >> 20} MiB it may have"
            raise Problem(422, "Write too expensive", f"{needs}, and nothing was changed; do it in parts")


def _answer(process: subprocess.Popen[bytes], job: Job) -> bytes:
    """The exit status of a job, as a line; empty where the process that was given it has ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError):
        process.stdin.write(msgspec.json.encode(job) + b"\n")
        process.stdin.flush()
    return process.stdout.readline()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that nobody has waited for, and all that it has started."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()
