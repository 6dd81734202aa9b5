"""Entity tags: whether a client has the answer already (RFC 9110, sections 8.8.3 and 13.1.2)."""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import version
from typing import Final

from kg import __version__
from kg.server.asked import Asked

_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_CHANCE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_BLANK: Final = ("_:", "[", "(", "<<", "{|", "~")
"""What can make a blank node in a template: labels, brackets, lists, reifiers of RDF 1.2; filters have them too."""
_WRITTEN_BY: Final = (__version__, version("pyoxigraph"))


def steady(sparql: str, form: str | None) -> bool:
    """True where a query has the same answer, byte by byte, as long as the graph has the same state.

    Functions of clock and chance make it another each time; so do blank nodes that a CONSTRUCT makes. Words in
    comments and literals count too: that costs a cached answer, never a wrong one.
    """
    made = form == "CONSTRUCT" and any(mark in sparql for mark in _BLANK)
    return form is not None and not made and _CHANCE.search(sparql) is None


def tag(state: str, asked: Asked, content_type: str, coding: str | None) -> str:
    """The strong entity tag of an answer: of the state, what was asked, in which form, and what writes it."""
    parts = (state, asked, content_type, *_WRITTEN_BY)
    digest = hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
    return f'"{digest}-{coding}"' if coding else f'"{digest}"'


def has(if_none_match: str | None, current: str) -> bool:
    """True where If-None-Match names the current answer, or any."""
    told = if_none_match or ""
    return told.strip() == "*" or named(told, current)


def named(header: str, current: str) -> bool:
    """True where a header names the current answer by its tag: ``*`` means one only where there is an answer."""
    return any(tag == current for _, tag in _TAG.findall(header))


def unchanged(if_match: str, current: set[str]) -> bool:
    """True where If-Match fits something that is there: weak tags never do (RFC 9110, section 13.1.1)."""
    return if_match.strip() == "*" or any(tag in current for weak, tag in _TAG.findall(if_match) if not weak)
