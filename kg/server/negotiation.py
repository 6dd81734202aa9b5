"""Which form of an answer a client likes best: Accept and Accept-Encoding (RFC 9110, sections 12.5.1 and 12.5.3)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from kg.server.problems import Problem

MAX_RANGES: Final = 100
"""Ranges of one header that are looked at; browsers send under ten, SPARQL clients under thirty."""

USUAL: Final = 1_000
"""Characters of a header that is remembered; the longest known of a client (comunica's) has some 600."""

_TOKEN: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_PARAMETER = re.compile(rf'\s*;\s*(?:({_TOKEN})\s*=\s*("(?:[^"\\]|\\.)*+"|{_TOKEN}))?')
_RANGE = re.compile(rf"\s*({_TOKEN}(?:/{_TOKEN})?)")
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type that an answer can have (``media_types.toml``), under one of its names."""

    name: str
    """Its registered name: what a worker is asked for."""
    called: str
    """The name that the client asked by."""
    charset: bool = False
    datasets: bool = False
    """True where graphs keep their names."""

    @property
    def content_type(self) -> str:
        """The header of an answer."""
        return f"{self.called}; charset=utf-8" if self.charset else self.called


@dataclass(frozen=True, slots=True)
class Range:
    """One element of an Accept header: a type or a wildcard, what it is narrowed by, how much it is liked."""

    type: str
    parameters: tuple[tuple[str, str], ...]
    quality: float


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The table of media types."""
    return tomllib.loads((files("kg.server") / "media_types.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def offered(kind: str) -> tuple[MediaType, ...]:
    """The media types of ``results`` or ``graphs``, as the server prefers them, then the same by their other names."""
    rows = table()[kind]
    flags = [{key: row.get(key, False) for key in ("charset", "datasets")} for row in rows]
    registered = [MediaType(row["name"], row["name"], **flag) for row, flag in zip(rows, flags, strict=True)]
    others = [MediaType(r["name"], n, **flag) for r, flag in zip(rows, flags, strict=True) for n in r.get("also", ())]
    return (*registered, *others)


def chosen(accept: str | None, kinds: tuple[MediaType, ...]) -> MediaType:
    """The media type that a client likes best; of those that it likes equally the server's first.

    `accept` is the value of all its Accept headers, joined by commas; None and the empty value mean anything. The
    most specific range that fits a type says how much it is liked. Raises Problem 406 with the list where none is.
    """
    told = (accept or "").strip()
    best = _best(told, kinds) if len(told) < USUAL else _best.__wrapped__(told, kinds)
    if best is not None:
        return best
    names = ", ".join(dict.fromkeys(kind.name for kind in kinds))
    raise Problem(406, "Not acceptable", f"this answer comes as {names}; ask for one of them in Accept")


@lru_cache(maxsize=256)
def _best(accept: str, kinds: tuple[MediaType, ...]) -> MediaType | None:
    """The kind that is liked best; None where none is acceptable. A client sends the same header again and again."""
    ranges = list(ranged(accept))
    if not ranges and not accept:
        return kinds[0]
    best = max(kinds, key=lambda kind: _liked(kind, ranges))
    return best if _liked(best, ranges) > 0 else None


def coding(accept_encoding: str | None) -> str | None:
    """``gzip`` where the client takes it and likes it no less than the plain form; else None."""
    liked = {each.type: each.quality for each in ranged(accept_encoding or "")}
    gzip = liked.get("gzip", liked.get("x-gzip", liked.get("*", 0.0)))
    return "gzip" if gzip > 0 and gzip >= liked.get("identity", 0.0) else None


def ranged(header: str) -> Iterator[Range]:
    """The elements of a header in the form of Accept. What is malformed is left out, as if it were not there."""
    for element in _elements(header)[:MAX_RANGES]:
        name = _RANGE.match(element)
        if name is None:
            continue
        parameters, quality, end = [], 1.0, name.end()
        while (found := _PARAMETER.match(element, end)) and found.end() > end:
            end = found.end()
            key, value = (found[1] or "").lower(), _unquoted(found[2] or "")
            if key == "q":
                quality = float(value) if _QUALITY.fullmatch(value) else 0.0
            elif key:
                parameters.append((key, value.lower()))
        if not element[end:].strip():
            yield Range(name[1].lower(), tuple(parameters), quality)


def _elements(header: str) -> list[str]:
    """A list cut at its commas, but not at those within quotes."""
    return re.findall(r'(?:[^,"]|"(?:[^"\\]|\\.)*+(?:"|$|\\$))+', header)


def _liked(kind: MediaType, ranges: Sequence[Range]) -> float:
    """The quality that the most specific range gives a type; 0 where none fits."""
    fitting = [(specific, each.quality) for each in ranges if (specific := _specific(kind, each)) is not None]
    return max(fitting, default=(0, 0.0), key=lambda pair: pair[0])[1]


def _specific(kind: MediaType, asked: Range) -> tuple[int, int] | None:
    """How closely a range fits a type; None where it does not."""
    ours = {("charset", "utf-8")}
    parameters = [each for each in asked.parameters if each[0] not in table()["ignored"]]
    if not ours.issuperset(parameters):
        return None
    if asked.type == kind.called:
        return 2, len(parameters)
    if asked.type == f"{kind.called.partition('/')[0]}/*":
        return 1, len(parameters)
    return (0, len(parameters)) if asked.type == "*/*" else None


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
