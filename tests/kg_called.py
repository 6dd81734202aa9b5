"""kg as a user calls it, in this process: one of its own takes longer to start than most commands last.

Tests of processes themselves (signals, pipes that close, what a fault leaves) start real ones: tests/test_cli.py.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Mapping

from pytest import MonkeyPatch

from kg import cli

Done = subprocess.CompletedProcess[str]


def called(*words: str, given: str | None = None, known: Mapping[str, str | None] | None = None) -> Done:
    """What a command line says and gives; `known` are variables of the environment, None for one that is not set."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with MonkeyPatch.context() as here:
        here.setattr(sys, "argv", ["kg", *words])
        here.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((given or "").encode()), encoding="utf-8"))
        here.setattr(sys, "stdout", out)
        here.setattr(sys, "stderr", err)
        for name, value in (known or {}).items():
            if value is None:
                here.delenv(name, raising=False)
            else:
                here.setenv(name, value)
        try:
            cli.main()
        except SystemExit as ended:
            status = ended.code
    assert isinstance(status, int)
    return subprocess.CompletedProcess(words, status, *(each.buffer.getvalue().decode() for each in (out, err)))
