"""A folder for the bulk loaders of triple stores: N-Quads in gzipped parts, and for each store what starts its loader.

Texts of the folder are in ``loaders/``; what loads what is told in its ``README.md``. Equal graphs give equal bytes: no
clock, no file name in a part's header.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import IO, Final

from kg.errors import BadInput
from kg.export import quads
from kg.rdf.terms import Quad, nquads
from kg.store import segments

PART_QUADS: Final = 1_000_000
"""Quads of a part, or few more: a subject stays in one. A graph worth a bulk loader has a part for each core then."""
LISTING: Final = "bulk.json"
"""Names what a folder holds; by it an earlier export is known."""
_README: Final = "README.md"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of N-Quads."""

    file: str
    quads: int
    sha256: str
    """Of the file as it lies there."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What a folder holds. `sha256` is that of all parts unpacked, one after the other: of the export as ``nq``."""

    graphs: int
    quads: int
    sha256: str
    parts: tuple[Part, ...]


def export_bulk(path: Path, target: Path, part_quads: int = PART_QUADS) -> Bulk:
    """Writes the graph of a folder, with its description, for bulk loaders.

    `target` is absent, empty or an earlier export, which is replaced as a whole. Raises BadInput for another folder,
    and where it cannot be written.
    """
    from kg.build import base_of
    from kg.description import described

    with whole_folder(target) as folder, closing(described(path)) as store:
        parts = _Parts(folder, part_quads)
        quads.write(store, base_of(path), io.BytesIO(), lambda _stream, _base: parts)
        bulk = parts.bulk()
        texts = sorted(text.name for text in (files("kg.export") / "loaders").iterdir())
        for name in texts:
            (folder / name).write_text(_text(name, bulk), encoding="utf-8")
        names = sorted([*texts, *(part.file for part in bulk.parts)])
        listing = json.dumps({"made by": "kg export --bulk", "files": names, **asdict(bulk)}, indent=1)
        (folder / LISTING).write_text(f"{listing}\n", encoding="utf-8")
    return bulk


def _text(name: str, bulk: Bulk) -> str:
    """A text of the folder; that of people has the figures in it."""
    text = (files("kg.export") / "loaders" / name).read_text(encoding="utf-8")
    if name != _README:
        return text
    rows = "\n".join(f"| `{part.file}` | {part.quads} | `{part.sha256}` |" for part in bulk.parts)
    return Template(text).substitute(graphs=bulk.graphs, quads=bulk.quads, sha256=bulk.sha256, parts=rows)


class _Parts:
    """Writes N-Quads to numbered files; the quads of one subject in one graph stay together."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size
        self.whole = hashlib.sha256()
        self.graphs = self.count = 0
        self.done: list[Part] = []
        self.packed: gzip.GzipFile | None = None
        self.raw: IO[bytes] | None = None

    def begin(self) -> None:
        """The first part begins with the first node."""

    def graph(self, name: str) -> None:
        """Each line has its graph."""
        self.graphs += 1

    def node(self, quads: list[Quad]) -> None:
        """A line for each statement."""
        if self.packed is None:
            self.raw = (self.folder / self._name()).open("wb")
            self.packed = gzip.GzipFile("", "wb", fileobj=self.raw, mtime=0)
        lines = "".join(nquads(quads)).encode()
        self.packed.write(lines)
        self.whole.update(lines)
        self.count += len(quads)
        if self.count >= self.size:
            self._close()

    def end(self) -> None:
        """Ends the last part."""
        self._close()

    def bulk(self) -> Bulk:
        """What was written."""
        total = sum(part.quads for part in self.done)
        return Bulk(self.graphs, total, self.whole.hexdigest(), tuple(self.done))

    def _name(self) -> str:
        return f"riwayat-{len(self.done) + 1:05}.nq.gz"

    def _close(self) -> None:
        if self.packed is None or self.raw is None:
            return
        self.packed.close()
        self.raw.close()
        with (self.folder / self._name()).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        self.done.append(Part(self._name(), self.count, digest))
        self.packed, self.raw, self.count = None, None, 0


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A folder beside `target` to write in, which takes its place whole or not at all.

    Whatever stops it, `target` is as before or as wanted; only a kill between two renames leaves it away, and the next
    call puts it back. Raises BadInput where `target` is no export, where another call writes to it, and where it cannot
    be written.
    """
    place = target.resolve()
    new, old = (place.with_name(f".{place.name}.{kind}") for kind in ("new", "old"))
    try:
        with _alone(new, target):
            if old.exists() and not place.exists():
                old.rename(place)
            _refuse_strange(place)
            shutil.rmtree(old, ignore_errors=True)
            yield new
            for each in (*new.iterdir(), new):
                segments.sync(each)
            if place.exists():
                place.rename(old)
            new.rename(place)
            segments.sync(place.parent)
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise BadInput(f"{target}: cannot be written ({error.strerror or error}); name another folder") from error


@contextmanager
def _alone(new: Path, target: Path) -> Iterator[None]:
    """An empty folder that no other process writes to; gone where something stops the caller.

    Raises BadInput where another one has it, or has just given it its name.
    """
    new.mkdir(parents=True, exist_ok=True)
    handle = os.open(new, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = new.exists() and os.path.samestat(new.stat(), os.fstat(handle))
        except BlockingIOError:
            mine = False
        if not mine:
            raise BadInput(f"{target}: another export writes there; wait until it has ended")
        try:
            for left in new.iterdir():
                left.unlink()
            yield
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    finally:
        os.close(handle)


def _refuse_strange(place: Path) -> None:
    """Raises BadInput for a folder with a file in it that no earlier export has put there."""
    if not place.exists():
        return
    there = {path.name for path in place.iterdir()}
    try:
        ours = {LISTING, *json.loads((place / LISTING).read_bytes())["files"]} if there else set()
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    if strange := sorted(there - ours):
        raise BadInput(f"{place}: holds {strange[0]}, which is of no bulk export; name an empty folder or a new one")
