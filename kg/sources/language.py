"""Turns away texts in another language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.lang.pack import Pack
from kg.sources.skipped import Refused

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

SAMPLE_CHARS = 1500
"""So much of a text is judged: on 6,217 Indonesian articles none was taken for another language."""
SHORT_CHARS = 200
"""Shorter texts are taken as they are: names and quotations mislead on them."""
COMMON_SHARE = 0.10
"""With so many of the commonest words a text is in the language (median of 6,217 articles: 0.2)."""

_WORD = re.compile(r"[^\W\d_]+")


def check_language(text: str, pack: Pack) -> None:
    """Raises Refused where a text is plainly in another language than the pack reads."""
    sample = text[:SAMPLE_CHARS]
    if len(sample) < SHORT_CHARS or _is_common(sample, _common(pack)):
        return
    table = pack.table("language")
    language, _ = _identifier(pack).classify(sample)
    if language not in table["accepted"]:
        raise Refused(f"is in another language ({language})", "give articles in Indonesian")


def _is_common(sample: str, common: frozenset[str]) -> bool:
    words = _WORD.findall(sample.lower())
    return bool(words) and sum(word in common for word in words) >= COMMON_SHARE * len(words)


@lru_cache(maxsize=2)
def _common(pack: Pack) -> frozenset[str]:
    return frozenset(pack.table("language")["common"])


@lru_cache(maxsize=2)
def _identifier(pack: Pack) -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    table = pack.table("language")
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*table["accepted"], *table["rivals"]])
    return identifier
