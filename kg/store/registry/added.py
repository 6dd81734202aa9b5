"""The graphs that people added (kg.store.added) and that the quads were last brought in line with."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


class AddedGraphs:
    """The table added."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Takes the registry's connection."""
        self._db = db

    def taken(self) -> dict[str, str]:
        """Graph → SHA-256 of the file that it was taken from."""
        return dict(self._db.execute("SELECT graph, sha256 FROM added").fetchall())

    def take(self, graphs: Mapping[str, str]) -> None:
        """Notes the graphs that the quads have now, in the place of those before."""
        self._db.execute("DELETE FROM added")
        self._db.executemany("INSERT INTO added VALUES (?, ?)", sorted(graphs.items()))
