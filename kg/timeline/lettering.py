"""How wide words are in a font that nobody can ask: a viewer takes any sans-serif for ``sans-serif``.

The widths are those of DejaVu Sans, the widest of the common ones, so that what fits by them fits in Arial too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

BOLD: Final = 1.14
"""How much wider bold letters are."""
ELLIPSIS: Final = "…"

_WIDTHS: Final = (
    (0.32, "ijlI.,:;'|! `"),
    (0.42, 'frt-()[]{}/\\"°'),
    (0.72, "ABCDEFGHKNPRSTUVXYZ&"),
    (0.86, "GOQwœæ×"),
    (1.0, "mMW@%—…+<>=≤≥→"),
)
_WIDTH: Final = {letter: width for width, letters in _WIDTHS for letter in letters}
_OTHER: Final = 0.63
_FULL: Final = 1.0


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a text at a size of letters, in the same unit."""
    return sum(map(_letter, text)) * size * (BOLD if bold else 1)


def cut(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text, or as much of it as there is room for, with an ellipsis."""
    if width(text, size, bold) <= room:
        return text
    while text and width(text + ELLIPSIS, size, bold) > room:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def wrapped(text: str, room: float, size: float, bold: bool = False) -> Iterator[str]:
    """The text in lines, broken at spaces; a word that is too long is cut."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width(longer, size, bold) > room:
            yield cut(line, room, size, bold)
            line = word
        else:
            line = longer
    if line:
        yield cut(line, room, size, bold)


def _letter(letter: str) -> float:
    if letter in _WIDTH:
        return _WIDTH[letter]
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    return _FULL if unicodedata.east_asian_width(letter) in {"W", "F"} else _OTHER
