"""Identifiers made from content: slugs, digests and IRIs. Never a counter, a clock or a blank node."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

_UNSAFE = re.compile(r"[^a-z0-9]+")
SLUG_LENGTH = 60


def slug(text: str) -> str:
    """Folds text to ``a-z0-9`` joined by hyphens; text of another script becomes a digest."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    folded = _UNSAFE.sub("-", ascii_text).strip("-")[:SLUG_LENGTH].strip("-")
    return folded or "x" + digest(text)


def digest(*parts: object, length: int = 12) -> str:
    """The first hexadecimal digits of the SHA-256 of the parts, told apart from each other."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def article_name(article_id: str) -> str:
    """The last part of an article's IRI: the id itself where it is a safe slug, else slug and digest."""
    return (
        article_id
        if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", article_id)
        else f"{slug(article_id)}-{digest(article_id)}"
    )


@lru_cache(maxsize=65536)
def report_name(key: str) -> str:
    """The last part of the IRI of an entity, role or event report, from its key: ``person-sergei-shoigu``."""
    return quote(key.replace(":", "-"), safe="-._~")
