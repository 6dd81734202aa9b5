"""Changes added graphs in copies of a graph folder, each killed at another time that something is made durable."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from added_by_chance import change  # noqa: E402
from test_added import AFTER  # noqa: E402


def killed(path: Path, fatal: int) -> bool:
    """True where the change was killed before it was done."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    real, count = os.fsync, 0

    def fsync(descriptor: int) -> None:
        nonlocal count
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        real(descriptor)

    os.fsync = fsync
    change(path, AFTER)
    os._exit(0)


if __name__ == "__main__":
    fatal, going = 0, True
    while going:
        fatal += 1
        copy = Path(sys.argv[2]) / f"killed-{fatal:02}"
        shutil.copytree(sys.argv[1], copy)
        going = killed(copy, fatal)
    shutil.rmtree(copy)
