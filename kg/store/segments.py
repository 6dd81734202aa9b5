"""Segments of reports, the truth of a graph folder: one JSON line an article, gzipped, named by content.

A segment is written aside, flushed to disk and renamed; it never changes afterwards.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from kg.errors import Broken
from kg.model import Report

Value = TypeVar("Value")


class Segment(msgspec.Struct, frozen=True, order=True):
    """One line of the manifest: a segment's file name, SHA-256 of its bytes and number of articles."""

    name: str
    sha256: str
    articles: int


class _Named(msgspec.Struct):
    article: str


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Report)
_names = msgspec.json.Decoder(_Named)


def encode(report: Report) -> bytes:
    """A report as one line of JSON, the same bytes for the same report."""
    return _encoder.encode(report)


def write(folder: Path, reports: Iterable[Report]) -> Segment:
    """Writes reports, sorted by article, as a new segment of the folder and makes it durable."""
    lines = [encode(report) for report in sorted(reports, key=lambda r: r.article)]
    packed = gzip.compress(b"".join(line + b"\n" for line in lines), compresslevel=6, mtime=0)
    sha256 = hashlib.sha256(packed).hexdigest()
    name = f"{sha256[:16]}.jsonl.gz"
    folder.mkdir(parents=True, exist_ok=True)
    write_durably(folder / name, packed)
    return Segment(name, sha256, len(lines))


def read(folder: Path, segment: Segment) -> Iterator[Report]:
    """The reports of a segment. Raises Broken where the file is missing, damaged or of another version."""
    yield from _decoded(folder, segment, _decoder)


def _decoded(folder: Path, segment: Segment, decoder: msgspec.json.Decoder[Value]) -> Iterator[Value]:
    path = folder / segment.name
    try:
        with gzip.open(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                yield _decode(line, path, number, decoder)
    except (OSError, EOFError) as error:
        raise Broken(f"{path}: cannot read this segment ({error}); restore it from a backup") from error


def articles(folder: Path, segment: Segment) -> Iterator[str]:
    """The ids of the articles of a segment, without its reports. Raises Broken as `read` does."""
    yield from (named.article for named in _decoded(folder, segment, _names))


def checksum(path: Path) -> str:
    """SHA-256 of a file; empty where there is no file."""
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync(folder: Path) -> None:
    """Makes renames and deletions in a folder, or what a file holds, durable, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_durably(path: Path, data: bytes) -> None:
    """Replaces a file in one step: written aside, flushed, renamed, folder flushed."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(path)
    sync(path.parent)


def _decode(line: bytes, path: Path, number: int, decoder: msgspec.json.Decoder[Value]) -> Value:
    try:
        return decoder.decode(line)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise Broken(f"{path}, line {number}: not a report of this version ({error}); build the graph anew") from error
