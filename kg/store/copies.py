"""Copies of the resolved graph as it was sent, so that a load sends only the lines that came and went.

index/sent/DIGEST.nt.gz    sorted N-Triples; named by the digest of the graph's sorted N-Quads

The ledger of a store says by its digest which state of the graph it holds; the copy of that state, where it is here and
whole, is what the difference is taken from. So a copy is never out of date, and one that is lost costs one sending of
the whole graph. Forgetting an article deletes all of them (kg.index): what it said stands in them.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from kg.store import segments
from kg.store.contents import RUN_LINES, Content, difference, nquads

KEPT: Final = 4
"""Copies kept, of states that different stores may hold; the one used longest ago goes."""
_ENDING: Final = ".nt.gz"


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines of N-Triples that a graph has no longer, and lines that it has now, both sorted."""

    gone: list[bytes]
    come: list[bytes]
    count: int
    """Lines that it has now."""

    @property
    def before(self) -> int:
        """Lines that it had."""
        return self.count + len(self.gone) - len(self.come)


class Copies:
    """The copies of one graph in a folder; none where there is no folder."""

    def __init__(self, folder: Path | None = None, graph: str = "") -> None:
        """Names the folder, which need not be there, and the graph."""
        self._folder, self._graph = folder, graph

    def difference(self, one: Content, digest: str) -> Difference | None:
        """What changed in a graph since it had a digest; None where that is not known, or is more than half of it."""
        if self._folder is None or one.graph != self._graph:
            return None
        path, sha256 = self._folder / f"{digest}{_ENDING}", hashlib.sha256()
        try:
            with gzip.open(path) as packed:
                found = difference(_summed(packed, one.graph, sha256), one.lines(), one.count // 2)
        except (OSError, EOFError, zlib.error):
            return None
        whole = found is None or sha256.hexdigest() == digest
        with suppress(OSError):
            os.utime(path) if whole else path.unlink()
        return Difference(*found, one.count) if found and whole else None

    def keep(self, one: Content) -> None:
        """Keeps what the graph holds, where the folder can be written to."""
        if self._folder is None or one.graph != self._graph:
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            path = self._folder / f"{one.digest}{_ENDING}"
            aside = path.with_name(f".{path.name}.{os.getpid()}")
            with aside.open("wb") as stream:
                with gzip.GzipFile("", "wb", compresslevel=1, fileobj=stream, mtime=0) as packed:
                    packed.writelines(map(b"".join, one.chunks(RUN_LINES)))
                stream.flush()
                os.fsync(stream.fileno())
            aside.replace(path)
            segments.sync(self._folder)
            _sweep(self._folder)


def forget(folder: Path) -> None:
    """Deletes all copies in a folder, where there are any."""
    for path in [*folder.glob(f"*{_ENDING}"), *folder.glob(f".*{_ENDING}.*")]:
        path.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Deletes what a load left that was killed, and the copies used longest ago."""
    copies = sorted(folder.glob(f"*{_ENDING}"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for path in [*copies[:-KEPT], *folder.glob(f".*{_ENDING}.*")]:
        path.unlink(missing_ok=True)


def _summed(lines: Iterable[bytes], graph: str, sha256: hashlib._Hash) -> Iterator[bytes]:
    """The same lines, of which the digest is taken as N-Quads."""
    rest = iter(lines)
    while some := list(islice(rest, RUN_LINES)):
        sha256.update(nquads(some, graph))
        yield from some
