"""Paths → files: folders are walked in a fixed order; what can't be read is told, never raised."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.sources.decode import MAX_BYTES
from kg.sources.skipped import Refused, Skipped

SUFFIXES = (".html", ".htm", ".jsonl", ".txt")
STDIN = "-"
_KINDS = "give .txt, .html or .jsonl files, or - for JSONL on standard input"


def files(paths: Iterable[str]) -> Iterator[Path | Skipped]:
    """The files to read, in the order of the paths; in folders in the order of their names.

    Folders give the files of known kinds; a file named by itself must be of one. ``-`` passes as it is.
    """
    for given in paths:
        path = Path(given)
        if given == STDIN:
            yield path
        elif _is_folder(path):
            yield from _folder(path)
        else:
            yield _one(path)


def content(path: Path) -> bytes:
    """The bytes of a file. Raises Refused where it can't be read or is too large to be one article."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise unreadable(error) from error
    if len(data) > MAX_BYTES:
        raise Refused(f"is larger than one article may be ({MAX_BYTES:,} bytes)", "split it, one article a file")
    return data


def unreadable(error: Exception) -> Refused:
    """What to tell of a file that the system does not give."""
    return Refused(f"can't be read ({reason_of(error)})", "check that it is there and may be read")


def reason_of(error: Exception) -> str:
    """The system's reason in a few words."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def shown(path: str | Path) -> str:
    """A path as it can be printed and stored, whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "replace").replace("\x00", "\N{REPLACEMENT CHARACTER}")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # told by _one
        return False


def _one(path: Path) -> Path | Skipped:
    """The path itself, or why it is no file to read."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        reason = "is a link to nothing" if path.is_symlink() else "is not there"
        return Skipped(shown(path), reason, "check the path")
    except (OSError, ValueError) as error:  # ValueError: a zero in the path
        return Skipped(shown(path), f"can't be read ({reason_of(error)})", "check the path")
    if not stat.S_ISREG(mode):
        return Skipped(shown(path), "is no regular file", _KINDS)
    if path.suffix.lower() not in SUFFIXES:
        return Skipped(shown(path), f"is of no known kind ({path.suffix or 'no suffix'})", _KINDS)
    return path


def _folder(folder: Path) -> Iterator[Path | Skipped]:
    faults: list[OSError] = []
    found = False
    for where, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                found = True
                yield _one(Path(where, name))
    for fault in faults:
        yield Skipped(shown(fault.filename), f"can't be read ({reason_of(fault)})", "check who may read it")
    if not found and not faults:
        yield Skipped(shown(folder), "holds no .txt, .html or .jsonl file", "check the path")
