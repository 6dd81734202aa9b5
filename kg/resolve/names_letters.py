"""The plain form of a name, from which every other normal form starts, and how its tables are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

from kg.errors import Broken

NAMES_AT_HAND: Final = 16_384
"""Names whose forms are kept at hand, of each form: the usual ones come again and again."""

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})
"""Letters that stand for a plain one and have no decomposition in Unicode."""
_NO_BREAK = str.maketrans("", "", "'’‘`ʼ")
"""Marks inside a word: "Ma'ruf"."""


@lru_cache(maxsize=NAMES_AT_HAND)
def fold(name: str) -> str:
    """Lower case without accents and punctuation, one space between words: ``kim jong un``."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain.translate(_LETTERS).translate(_NO_BREAK)))


def understood(table: str, read: Callable[[], T]) -> T:
    """What is read from a table of the language pack. Raises Broken where the table has another form."""
    try:
        return read()
    except (AttributeError, KeyError, TypeError, ValueError, re.error) as error:
        raise Broken(f"language pack: {table} cannot be understood ({error}); mend it or reinstall riwayat") from error
