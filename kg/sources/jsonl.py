"""Lines of JSON → Articles: one object a line, ``text`` and what else is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.ids import digest
from kg.lang.pack import Pack
from kg.model import Article
from kg.sources import inferred, published
from kg.sources.address import host
from kg.sources.decode import BINARY, MAX_BYTES, UTF8, clean, decoded, is_wide
from kg.sources.language import check_language
from kg.sources.skipped import Refused
from kg.sources.text import check_size

DATE_KEYS = ("date", "datetime", "published", "date_published", "datePublished", "published_at")
"""Where the day of publication stands; the first that is filled counts."""
_SHAPE = 'write one object a line: {"id": "", "url": "", "title": "", "date": "", "sitename": "", "text": ""}'


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes | Refused]]:
    """The lines of a file with their numbers, blank ones left out.

    A line too long for one article is refused, and so is the whole of a file that is no UTF-8 text.
    """
    number = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        if number == 1 and (fault := _unsuited(line)):
            yield number, fault
            return
        if len(line) <= MAX_BYTES or line.endswith(b"\n"):
            if line.strip():
                yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES)
        yield (
            number,
            Refused(f"is longer than one article may be ({MAX_BYTES:,} bytes)", "split it, one article a line"),
        )


def _unsuited(line: bytes) -> Refused | None:
    """What is wrong with a file by its first line: every other line would tell the same."""
    if is_wide(line):
        return Refused("is in UTF-16 or UTF-32", UTF8)
    if line.startswith(BINARY):
        return Refused("is a binary file, no text", "unpack it, or export its text")
    return None


def article(stem: str, line: bytes, pack: Pack) -> Article:
    """The article of one line; without an id it gets one of the file's name and its address or content.

    Raises Refused where the line is no JSON object with a text, or the text no article.
    """
    fields = _object(line)
    text = _string(fields, "text")
    if text is None:
        raise Refused("has no text", _SHAPE)
    check_size(text)
    check_language(text, pack)
    url, title = _string(fields, "url"), _string(fields, "title")
    day = published.given(next((fields[key] for key in DATE_KEYS if fields.get(key)), None), pack)
    guess = (published.in_address(url) or inferred.inferred(text, pack)) if day is None else None
    return Article(
        id=_ident(fields) or f"{stem}-{digest(url) if url else digest(title, text)}",
        text=text,
        title=title,
        published=day or guess,
        sitename=_string(fields, "sitename") or host(url),
        url=url,
        published_inferred=guess is not None,
    )


def _object(line: bytes) -> dict[str, object]:
    try:
        value = json.loads(decoded(line).rstrip("\n"))
    except json.JSONDecodeError as error:
        raise Refused(f"is no JSON ({error.msg} at column {error.colno})", _SHAPE) from error
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, thousands of brackets
        raise Refused("is no JSON that can be read (too deep, or a number too long)", _SHAPE) from error
    if not isinstance(value, dict):
        raise Refused(f"is JSON but no object ({type(value).__name__})", _SHAPE)
    return value


def _string(fields: dict[str, object], key: str) -> str | None:
    """A field's text, None where it is missing, null or blank. Raises Refused where it is something else."""
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise Refused(f'has a "{key}" that is no text ({type(value).__name__})', _SHAPE)
    cleaned = clean(value) if value else None
    return cleaned if cleaned and cleaned.strip() else None


def _ident(fields: dict[str, object]) -> str | None:
    """The given id; numbers are ids too."""
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    given = _string(fields, "id")
    return given.strip() if given else None
