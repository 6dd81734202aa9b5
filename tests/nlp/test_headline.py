"""Where the headline of a Doc ends, as the reading says it and without."""

from __future__ import annotations

import pytest
from spacy.lang.id import Indonesian

from kg.nlp.headline import headline_end, mark

TEXT = "Bupati Lantik Camat\nBupati melantik camat."


@pytest.mark.parametrize(
    ("text", "characters", "token"),
    [
        (TEXT, len("Bupati Lantik Camat"), 3),
        (TEXT, 0, 0),
        (TEXT, None, 3),
        ("Bupati melantik camat.", None, 0),
        ("Bupati Lantik Camat", len("Bupati Lantik Camat"), 0),
    ],
    ids=["marked", "none", "unmarked", "unmarked-one-line", "nothing-below"],
)
def test_where_the_headline_ends(text: str, characters: int | None, token: int) -> None:
    doc = Indonesian()(text)
    if characters is not None:
        mark(doc, characters)
    assert headline_end(doc) == token
