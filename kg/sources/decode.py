"""bytes → text: UTF-8, and what can be told from it with certainty; anything else is refused."""

from __future__ import annotations

import codecs
import re

from kg.sources.skipped import Refused

MAX_BYTES = 4_000_000
"""One article with its markup is no larger: the heaviest pages of the Indonesian press have about 1 MB."""
MAX_CHARS = 200_000
"""The text of one article is no longer: ten times the longest of 6,217 articles (17,734); the model needs
about 1 KB of memory for each character."""
MAX_CONTROLS = 0.05
"""With more control characters than one in twenty it is no text: real text has none, page breaks apart."""
MAX_WESTERN = 0.10
"""cp1252 text of this language has fewer characters above ASCII: only quotation marks, dashes, accents."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"BZh",
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\x0c")
_CP1252_MARKS = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa9\xab\xad\xae\xb0\xb2\xb4\xb7\xbb\xbd")
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
UTF8 = "save it as UTF-8 (iconv -f OLD -t UTF-8 FILE)"


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of a file, line breaks as ``\\n``, without characters that XML forbids.

    `declared` is the encoding that the file names itself. Raises Refused for what is empty, binary or of an
    encoding that can't be told for sure.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise Refused("is empty", "remove it or fill it")
    if data.startswith(BINARY):
        raise Refused("is a binary file, no text", "export its text as .txt, .html or .jsonl")
    return clean(_text(data, declared).replace("\r\n", "\n").replace("\r", "\n"))


def is_wide(data: bytes) -> bool:
    """True for UTF-16 and UTF-32, in which lines can't be told apart byte by byte."""
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) or bool(_wide(data))


def clean(text: str) -> str:
    """A text without characters that XML 1.0 forbids: control characters, lone surrogates."""
    return _ILLEGAL.sub("", text) if _ILLEGAL.search(text) else text


def _text(data: bytes, declared: str | None) -> str:
    encoding, mark = next(((name, mark) for mark, name in _MARKS if data.startswith(mark)), (None, b""))
    encoding = encoding or _wide(data)
    if encoding:
        return _strict(data[len(mark) :], encoding)
    if len(data.translate(None, _CONTROLS)) < len(data) * (1 - MAX_CONTROLS):
        raise Refused("is binary: it is full of control characters", "export its text as .txt, .html or .jsonl")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared and (text := _declared(data, declared)) is not None:
            return text
        if _is_western(data):
            return data.decode("cp1252")
        place = f"byte {error.start} (line {data.count(10, 0, error.start) + 1})"
        raise Refused(f"is not UTF-8 at {place}, and its encoding can't be told for sure", UTF8) from error


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(f"looks like {encoding.upper()} but is damaged at byte {error.start}", UTF8) from error


def _declared(data: bytes, declared: str) -> str | None:
    """What the declared encoding makes of it; None where it is unknown or does not fit."""
    try:
        return data.decode(declared)
    except (LookupError, UnicodeError, ValueError):
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin letters have a zero in every other byte."""
    zeros = data[1::2].count(0), data[0::2].count(0)
    half = len(data) // 2
    if half and not len(data) % 2:
        for zero, other, name in ((zeros[0], zeros[1], "utf-16-le"), (zeros[1], zeros[0], "utf-16-be")):
            if zero >= 0.7 * half and other <= 0.01 * half:
                return name
    return None


def _is_western(data: bytes) -> bool:
    """True for ASCII with a few accents and marks of cp1252, and nothing that looks like UTF-8."""
    high = [byte for byte in data if byte >= 0x80]
    plain = all(byte in _CP1252_MARKS or byte >= 0xC0 for byte in high)
    return plain and len(high) <= MAX_WESTERN * len(data) and not _UTF8_PAIR.search(data)
