"""Word vectors that are summed from their letters once for each word, not once for each token."""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.vectors import Vectors

REMEMBERED = 50_000
"""Words kept: 16 MB; all words of some thousand articles. When it is full, it begins anew."""


class RememberedVectors(Vectors):  # type: ignore[misc]
    """floret vectors (Boyd and Warmerdam 2022) that keep what they gave: the same numbers, sooner."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._rows: dict[int, int] = {}
        self._kept = np.zeros((0, 0), dtype="float32")

    def get_batch(self, keys: Any) -> Any:
        """The vectors of words given by their hashes: float32, words × dimensions."""
        asked = [int(key) for key in keys]
        unseen = [key for key in dict.fromkeys(asked) if key not in self._rows]
        if len(self._rows) + len(unseen) > REMEMBERED:
            self._rows, unseen = {}, list(dict.fromkeys(asked))
        if unseen:
            self._remember(unseen)
        return self._kept[[self._rows[key] for key in asked]]

    def _remember(self, keys: list[int]) -> None:
        found = super().get_batch(np.asarray(keys, dtype="uint64"))
        first = len(self._rows)
        if len(self._kept) < first + len(keys):
            grown = np.zeros((2 * (first + len(keys)), found.shape[1]), dtype="float32")
            grown[: len(self._kept)] = self._kept.reshape(-1, found.shape[1])
            self._kept = grown
        self._kept[first : first + len(keys)] = found
        self._rows.update(zip(keys, range(first, first + len(keys)), strict=True))


def remembered(vectors: Vectors) -> RememberedVectors:
    """The same vectors, remembered."""
    made: RememberedVectors = RememberedVectors(strings=vectors.strings).from_bytes(vectors.to_bytes())
    return made
