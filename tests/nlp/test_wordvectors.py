"""Remembered vectors are those of the model, however they are asked for."""

from __future__ import annotations

import numpy as np
import pytest

from kg.lang import pack
from kg.nlp import pipeline, wordvectors

WORDS = ["Menhan", "Shoigu", "menteri", "Jong-un", "tidak-ada-kata-ini", "menteri"]


@pytest.mark.parametrize("kept", [2, 4, 50_000])
def test_they_are_the_same_numbers(monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    monkeypatch.setattr(wordvectors, "REMEMBERED", kept)
    vocab = pipeline.load(pack.load()).vocab
    keys = np.asarray([vocab.strings.add(word) for word in WORDS], dtype="uint64")
    plain = super(wordvectors.RememberedVectors, vocab.vectors)
    asked = wordvectors.remembered(vocab.vectors)
    for part in (keys[:3], keys[2:], keys, keys[::-1]):
        assert asked.get_batch(part).tobytes() == plain.get_batch(part).tobytes()


def test_every_word_has_one_of_its_own() -> None:
    vectors = pipeline.load(pack.load()).vocab.vectors
    found = vectors.get_batch(np.asarray([vectors.strings.add(word) for word in WORDS], dtype="uint64"))
    assert len({row.tobytes() for row in found}) == len(set(WORDS))
