"""What a load uses again of the loads before it: digests of the graphs here, the resolved graph as it was sent.

Nothing in it is the truth of anything: without it a load reads more and sends more, and comes to the same.
"""

from __future__ import annotations

from typing import Self

from kg.rdf.vocab import resolved_graph
from kg.store.copies import Copies
from kg.store.digests import Digests, MadeOf


class Memory:
    """The memory of one graph folder, or none."""

    def __init__(self, digests: Digests | None = None, copies: Copies | None = None) -> None:
        """Takes its two parts; each that is left out remembers nothing."""
        self.digests = digests or Digests()
        self.copies = copies or Copies()

    @classmethod
    def of(cls, made: MadeOf | None) -> Self:
        """That of the folder whose graphs were made of something; none where it is not known of what."""
        if made is None:
            return cls()
        folder = made.folder.sent_path
        return cls(Digests(folder, made), Copies(folder, resolved_graph(made.manifest.base).value))
