"""What can be set, in one place: the base of data IRIs and the names inside a graph folder."""

from __future__ import annotations

from typing import Final

DEFAULT_BASE: Final = "https://w3id.org/riwayat/id/"
LANGUAGE: Final = "id"
"""The language that articles are read in and labels are made in."""
GRAPH_FORMAT: Final = 1
"""Version of the layout of a graph folder; another one is refused."""
BATCH_ARTICLES: Final = 256
"""Reports committed at once: one segment, and the most that a crash can cost. About 10 MB of JSON."""
