"""Who decides, where nobody says so."""

from __future__ import annotations

import getpass
import os
import subprocess
from typing import Final

from kg.errors import BadInput

VARIABLE: Final = "RIWAYAT_BY"


def author(given: str | None) -> str:
    """The name given, else that of $RIWAYAT_BY, of git's user.name, or of the login. Raises BadInput without any."""
    for name in (given, os.environ.get(VARIABLE), _of_git(), _login()):
        if name and (plain := " ".join(name.split())):
            return plain
    raise BadInput(f"nobody knows who decides; give --by NAME, or set {VARIABLE}")


def _of_git() -> str:
    try:
        found = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, check=False, timeout=10, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
