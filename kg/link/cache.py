"""Answers of endpoints, kept on disk: nobody is asked the same thing twice.

They lie in the user's cache folder, not in a graph folder: what an endpoint says of a name is the same for every
graph, and a graph folder is copied and kept in git. An answer is kept under the digest of endpoint, query and the one
term that it is about, so that a new article costs questions about its new names alone.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from kg.errors import Broken
from kg.ids import digest

Row = tuple[str, ...]
"""A row of an answer: the values of its columns, empty where nothing is bound."""
_PATIENCE: Final = 30.0
"""Seconds to wait for another process that writes."""


class Cache:
    """The answers of one endpoint. What is put is kept at once: an interrupted run goes on from it."""

    def __init__(self, path: Path, endpoint: str) -> None:
        """Opens or makes the file. Raises Broken where it cannot be used."""
        self.path, self.endpoint = path, endpoint
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=_PATIENCE)
            self._db.execute("CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, rows TEXT NOT NULL)")
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error

    def known(self, query: str, terms: Iterable[str]) -> dict[str, tuple[Row, ...]]:
        """The rows that a query gave before, for each term that it was asked about."""
        found = {}
        try:
            for term in terms:
                row = self._db.execute("SELECT rows FROM answer WHERE key = ?", (self._key(query, term),)).fetchone()
                if row:
                    found[term] = tuple(tuple(each) for each in json.loads(row[0]))
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise self._unusable(error) from error
        return found

    def put(self, query: str, answers: Mapping[str, Iterable[Row]]) -> None:
        """Keeps the rows for each term, all of them or none."""
        rows = [(self._key(query, term), json.dumps(list(some))) for term, some in answers.items()]
        try:
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def close(self) -> None:
        """Lets go of the file."""
        with closing(self._db):
            pass

    def _key(self, query: str, term: str) -> str:
        return digest(self.endpoint, query, term, length=40)

    def _unusable(self, error: Exception) -> Broken:
        return Broken(
            f"{self.path}: cannot be used as a cache ({error}); delete it, or set XDG_CACHE_HOME to another folder"
        )


def default_path() -> Path:
    """Where answers are kept: in ``XDG_CACHE_HOME``, else in ``~/.cache`` (XDG Base Directory Specification)."""
    home = os.environ.get("XDG_CACHE_HOME")
    return Path(home if home and Path(home).is_absolute() else Path.home() / ".cache") / "riwayat" / "link.sqlite"
