"""Which tokens of a Doc are the article's headline.

The reading knows (kg.nlp.boilerplate); a Doc carries it to the readers. One that nobody marked, made by hand,
has its headline before the first line break.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEY: Final = "headline_end"


def mark(doc: Doc, characters: int) -> None:
    """Notes on a Doc how many of its characters are the headline: 0 where the article has none."""
    doc.user_data[KEY] = characters


def headline_end(doc: Doc) -> int:
    """The token after the headline; 0 where there is none, or nothing below it."""
    characters = doc.user_data.get(KEY)
    if characters is None:
        return next((token.i for token in doc if "\n" in token.text), 0)
    return next((token.i for token in doc if token.idx >= characters), 0)
