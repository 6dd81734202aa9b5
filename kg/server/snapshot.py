"""Snapshots: what the index of a graph folder held in one state, for workers to read while a build goes on.

graph/snapshots/
  opening            SQLite, locked by a server that is just starting
  SERVER/            one folder a server, so that two servers of one graph do not meet
    alive            SQLite, locked while the server lives: a folder that nobody holds is deleted by the next server
    STATE/           hard links to the files of the index, which never change once they are written

They lie beside the index since hard links need its file system, and not in it since it is made anew at any time.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg import build
from kg.errors import BadInput, Broken
from kg.store.embedded import EmbeddedStore
from kg.store.folder import GraphFolder

NAME: Final = "snapshots"
ALIVE: Final = "alive"
PATIENCE: Final = 10.0
"""Seconds to wait for another server that is just starting."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of the index that nobody writes to, and the state of the graph that it holds."""

    path: Path
    state: str

    def delete(self) -> None:
        """Deletes it; workers that still read it must have ended."""
        shutil.rmtree(self.path, ignore_errors=True)


class Snapshots:
    """The snapshots of one server. Not for two threads at once."""

    def __init__(self, path: Path) -> None:
        """Settles the graph where it is behind; `open` makes room beside its index.

        Raises BadInput where there is no graph or another process writes to it.
        """
        self.folder: GraphFolder = build.opened(path)
        self._root = self.folder.index_path.with_name(NAME)
        self._own = self._root / f"{os.getpid()}-{secrets.token_hex(4)}"
        self._count = 0
        self._alive: sqlite3.Connection | None = None

    def open(self) -> None:
        """Deletes what dead servers left, and makes a folder of its own.

        Raises BadInput where nothing can be written beside the index.
        """
        try:
            self._root.mkdir(exist_ok=True)
            with closing(_locked(self._root / "opening", PATIENCE)):
                self._sweep()
                self._own.mkdir()
                self._alive = _locked(self._own / ALIVE)
        except (OSError, sqlite3.Error) as error:
            advice = "the server links the files of the index there; give it the right to write"
            raise BadInput(f"{self._own}: cannot be made ({error}); {advice}") from error

    def close(self) -> None:
        """Deletes all of them."""
        if self._alive is not None:
            self._alive.close()
        shutil.rmtree(self._own, ignore_errors=True)

    def mark(self) -> tuple[int, int, int] | None:
        """Tells one whole index from the next at the cost of one look at a file; None while it is being written."""
        try:
            found = (self.folder.index_path / "state").stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def take(self, writer: EmbeddedStore | None = None) -> Snapshot | None:
        """A snapshot of the index; None where it is not whole just now, or somebody changed it meanwhile.

        `writer` is the open store of who holds the write lock: it may rewrite files at any time, and nobody else knows.
        """
        before = self.mark()
        if before is None or not self.folder.current:
            return None
        state, self._count = self.folder.state, self._count + 1
        snapshot = Snapshot(self._own / f"{self._count}-{state[:16]}", state)
        try:
            if writer is not None:
                writer.backup(snapshot.path)
            else:
                with closing(EmbeddedStore(self.folder.quads_path, read_only=True)) as store:
                    store.backup(snapshot.path)
        except (BadInput, Broken):
            snapshot.delete()
            if self.mark() == before:
                raise
            return None
        if self.mark() != before:
            snapshot.delete()
            return None
        return snapshot

    def room(self) -> Path:
        """A new folder on the file system of the index, for what a write needs; whoever asked for it deletes it."""
        return Path(tempfile.mkdtemp(prefix="writing-", dir=self._own))

    def _sweep(self) -> None:
        """Deletes the folders that no living server holds."""
        for left in sorted(each for each in self._root.iterdir() if each.is_dir()):
            try:
                _locked(left / ALIVE).close()
            except sqlite3.OperationalError:
                continue
            shutil.rmtree(left, ignore_errors=True)


def _locked(path: Path, timeout: float = 0) -> sqlite3.Connection:
    """Holds a file until it is closed. SQLite's locks are there on every system, and end with the process."""
    held = sqlite3.connect(path, isolation_level=None, timeout=timeout, check_same_thread=False)
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        held.close()
        raise
    return held
