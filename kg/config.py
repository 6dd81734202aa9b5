"""What can be set, in one place: the base of data IRIs and the names inside a graph folder."""

from __future__ import annotations

from typing import Final

DEFAULT_BASE: Final = "https://w3id.org/riwayat/id/"
GRAPH_FORMAT: Final = 1
"""Version of the layout of a graph folder; another one is refused."""
BATCH_ARTICLES: Final = 256
"""Reports committed at once: one segment, and what a crash can cost at most. About 10 MB of JSON."""
