"""Paths → Articles, one after the other; what gives none is told and the next one is read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.ids import digest
from kg.lang import pack as packs
from kg.lang.pack import Pack
from kg.model import Article
from kg.sources import html, jsonl, text
from kg.sources.decode import decoded
from kg.sources.files import STDIN, content, files, shown, unreadable
from kg.sources.skipped import Refused, Skipped


def read(paths: Sequence[str]) -> Iterator[Article | Skipped]:
    """The articles of files and folders (``-``: JSONL on standard input), in the order of paths and names.

    Whatever is wrong with an input gives a Skipped, never an exception. The same article again is read once;
    of articles with one id the first counts. Raises Broken where the language pack is damaged.
    """
    pack = packs.load()
    seen: dict[str, str] = {}
    for path in files(paths):
        if isinstance(path, Skipped):
            yield path
            continue
        for source, item in _items(path, pack):
            if isinstance(item, Refused):
                yield Skipped(source, item.reason, item.advice)
            elif (fresh := _fresh(source, item, seen)) is not None:
                yield fresh


def _fresh(source: str, article: Article, seen: dict[str, str]) -> Article | Skipped | None:
    """The article, None where it was read before, or why another one keeps its id."""
    content = digest(article.text, article.title, article.published, article.sitename, article.url)
    before = seen.get(article.id)
    if before is None:
        seen[article.id] = content
        return article
    if before == content:
        return None
    reason = f"has the id {article.id!r} of another article that was read before it"
    return Skipped(source, reason, "give each article its own id or file name")


def _items(path: Path, pack: Pack) -> Iterator[tuple[str, Article | Refused]]:
    """What one file holds, each with where it stands."""
    if str(path) == STDIN:
        stdin = getattr(sys.stdin, "buffer", None)
        yield from _lines("stdin", "standard input", stdin, pack) if stdin else ()
    elif path.suffix.lower() == ".jsonl":
        try:
            with path.open("rb") as file:
                yield from _lines(_stem(path), shown(path), file, pack)
        except OSError as error:
            yield shown(path), unreadable(error)
    else:
        yield shown(path), _whole(path, pack)


def _whole(path: Path, pack: Pack) -> Article | Refused:
    """The one article of a file."""
    is_html = path.suffix.lower() != ".txt"
    try:
        data = content(path)
        page = decoded(data, html.declared_charset(data) if is_html else None)
        read_one = html.article if is_html or html.is_page(page) else text.article
        return read_one(_stem(path), page, pack)
    except Refused as refused:
        return refused


def _lines(stem: str, source: str, file: BinaryIO, pack: Pack) -> Iterator[tuple[str, Article | Refused]]:
    empty = True
    for number, line in jsonl.lines(file):
        empty = False
        yield f"{source}:{number}", _line(stem, line, pack)
    if empty:
        yield source, Refused("is empty", "remove it or fill it")


def _line(stem: str, line: bytes | Refused, pack: Pack) -> Article | Refused:
    try:
        return line if isinstance(line, Refused) else jsonl.article(stem, line, pack)
    except Refused as refused:
        return refused


def _stem(path: Path) -> str:
    """The file's name without its suffix: the id of an article that has no other."""
    return shown(path.stem)
