"""A web page → Article: trafilatura finds the article's text and what the markup says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.lang import clutter
from kg.lang.pack import Pack
from kg.model import Article
from kg.sources import published
from kg.sources.address import host
from kg.sources.decode import clean
from kg.sources.language import check_language
from kg.sources.skipped import Refused
from kg.sources.text import Page, check_size

if TYPE_CHECKING:
    from trafilatura.settings import Document

MAX_WORK = 5_000**2
"""The parser takes the square of the attributes of each element: 5,000 of them take it half a second, 100,000
three minutes. The elements of a page of the press have about ten."""
CROWDED = 100
"""Elements with fewer attributes are not counted: even 100,000 of them are parsed in a second."""
MAX_MARKS = 5_000
"""Attributes with a ``>`` in their value, which hide the element's end: no page of the press has fifty."""

_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
"""Only what the markup says; days in the future too, so that they are told. No clock."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_TAGS = (
    re.compile(r"<[A-Za-z][^>]*+"),
    re.compile(r"""<[A-Za-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+"""),
)
"""An element's beginning up to the first ``>``, or to the first that no quotation marks hold."""
_MARKED = re.compile(r"""=\s*+(?:"[^">]*+|'[^'>]*+)>""")
_BETWEEN = re.compile(r"""[\s/"']++""")
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL)


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its first kilobytes."""
    match = _CHARSET.search(data, 0, 4096)
    return match.group(1).decode("ascii") if match else None


def is_page(text: str) -> bool:
    """True for a text that is the source of a web page, whatever its file is called."""
    return _HTML.match(text) is not None


def article(ident: str, page: str, pack: Pack) -> Article:
    """The article of a web page: offsets count in the text as it was extracted.

    Raises Refused where the page holds no article, or one that is not to be read.
    """
    _check_markup(page)
    found = _extracted(page)
    text = clean(found.text or "") if found else ""
    if found is None or not text.strip():
        raise Refused("holds no article text", "give the page of one article, or its text as .txt")
    check_size(text)
    check_language(text, pack)
    plain = Page(text, clutter.load(pack))
    marked = published.given(found.date, pack)
    day, was_inferred = (marked, False) if marked else plain.published(pack, found.url)
    return Article(
        id=ident,
        text=text,
        title=_field(found.title),
        published=day,
        sitename=_field(found.sitename) or plain.outlet() or host(found.url),
        url=_field(found.url),
        published_inferred=was_inferred,
    )


def _check_markup(page: str) -> None:
    """Raises Refused for markup made to keep a parser busy."""
    work = max(sum(_work(match.group()) for match in tags.finditer(page)) for tags in _TAGS)
    if work > MAX_WORK or sum(1 for _ in _MARKED.finditer(page)) > MAX_MARKS:
        raise Refused("has elements with thousands of attributes", "give the page as it was published")


def _work(tag: str) -> int:
    count = len(_BETWEEN.findall(tag)) if len(tag) > CROWDED else 0
    return count * count if count > CROWDED else 0


def _extracted(page: str) -> Document | None:
    import trafilatura
    from trafilatura.settings import Document

    try:
        found = trafilatura.bare_extraction(
            page, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    except Exception as error:  # a page may trip any part of the four libraries that read it
        raise Refused(f"can't be parsed as a web page ({type(error).__name__})", "give its text as .txt") from error
    return found if isinstance(found, Document) else None


def _field(value: str | None) -> str | None:
    cleaned = clean(value).strip() if value else ""
    return cleaned or None
