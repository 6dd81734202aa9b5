"""The tokenizer of the pipeline, built once: that takes seconds."""

from __future__ import annotations

import corpora
import pytest
from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    return corpora.blank()
