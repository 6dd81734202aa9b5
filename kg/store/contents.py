"""What a named graph holds, as lines of canonical N-Quads that can be counted, sent and told apart by a digest.

A graph of any size costs a bounded memory: its lines stand in a temporary file, and are sorted in runs.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Final, Protocol, cast

HELD_BYTES: Final = 16 * 1024 * 1024
"""A graph with more lies in a file: all article graphs are far smaller."""
RUN_LINES: Final = 200_000
"""Lines sorted at once, about 50 MB of them; longer graphs are sorted in runs that are merged."""
_END: Final = b" .\n"


class Source(Protocol):
    """Where graphs come from."""

    def graphs(self) -> Iterator[str]:
        """The IRIs of all graphs, sorted."""

    def dump(self, graph: str, stream: IO[bytes]) -> None:
        """Writes a graph as canonical N-Triples, in any order."""


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """One graph: its name, the SHA-256 of its sorted N-Quads, its number of quads, its sorted N-Triples."""

    graph: str
    digest: str
    count: int
    _lines: IO[bytes]

    def lines(self) -> Iterator[bytes]:
        """Its lines as N-Triples."""
        self._lines.seek(0)
        return iter(self._lines)

    def chunks(self, size: int) -> Iterator[list[bytes]]:
        """Its lines as N-Triples, at most so many at once."""
        lines = self.lines()
        while chunk := list(islice(lines, size)):
            yield chunk

    def subjects(self) -> Counter[str]:
        """How many lines begin with each subject, written as in N-Triples."""
        return Counter(map(subject, self.lines()))

    def close(self) -> None:
        """Lets go of the lines."""
        self._lines.close()


def content(source: Source, graph: str) -> Content:
    """What a graph of a source holds."""
    ordered: IO[bytes] = SpooledTemporaryFile(HELD_BYTES)  # noqa: SIM115 - Content closes it
    with SpooledTemporaryFile(HELD_BYTES) as lines:
        source.dump(graph, lines)
        lines.seek(0)
        digest, count = digested(lines, graph, ordered)
    return Content(graph, digest, count, ordered)


def digested(lines: Iterable[bytes], graph: str, into: IO[bytes] | None = None) -> tuple[str, int]:
    """SHA-256 of the sorted N-Quads of N-Triples lines put into a graph, and their number.

    The sorted lines are written to `into`.
    """
    sha256, count = hashlib.sha256(), 0
    with ExitStack() as files:
        ordered = _ordered(iter(lines), files)
        while some := list(islice(ordered, RUN_LINES)):
            sha256.update(nquads(some, graph))
            count += len(some)
            if into:
                into.writelines(some)
    return sha256.hexdigest(), count


def difference(before: Iterator[bytes], after: Iterator[bytes], most: int) -> tuple[list[bytes], list[bytes]] | None:
    """Of two sorted runs of lines those that only the first has, and those that only the second has.

    None where more than `most` differ.
    """
    gone, come = list[bytes](), list[bytes]()
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if old == new:
            old, new = next(before, None), next(after, None)
        elif new is None or (old is not None and old < new):
            gone.append(cast(bytes, old))
            old = next(before, None)
        else:
            come.append(new)
            new = next(after, None)
        if len(gone) + len(come) > most:
            return None
    return gone, come


def subject(line: bytes) -> str:
    """The subject of a line, as it is written there."""
    return line.partition(b" ")[0].decode()


def nquads(lines: Iterable[bytes], graph: str) -> bytes:
    """Lines of N-Triples as N-Quads of a graph. They sort alike: two lines differ before the graph's name."""
    return b"".join(lines).replace(_END, f" <{graph}>".encode() + _END)


def _ordered(lines: Iterator[bytes], files: ExitStack) -> Iterator[bytes]:
    runs: list[Iterable[bytes]] = []
    while run := sorted(islice(lines, RUN_LINES)):
        if len(run) < RUN_LINES:
            runs.append(run)
            break
        stream = files.enter_context(TemporaryFile())  # noqa: SIM115 - files closes it
        stream.writelines(run)
        stream.seek(0)
        runs.append(stream)
    return merge(*runs)
