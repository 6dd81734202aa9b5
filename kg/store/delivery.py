"""Takes graphs to a store, many at once: the next ones are read here while the last ones are written there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Final

from kg.errors import BadInput
from kg.store import readback
from kg.store.contents import Content
from kg.store.ledger import Entry, Ledger
from kg.store.target import Chunk

CHECKED_QUADS: Final = 20_000
"""Of what is sent, so many quads are read back in any case: what a day adds, and the first of a whole graph."""


@dataclass(slots=True)
class Done:
    """How many graphs were sent, with how many quads; stayed the same; were read back."""

    sent: int = 0
    quads: int = 0
    same: int = 0
    checked: int = 0


class Delivery:
    """Brings graphs to a store where they are otherwise there; leaving it waits until all of them are noted."""

    def __init__(self, ledger: Ledger, known: Mapping[str, Entry], present: set[str], verify: bool) -> None:
        """`known` is what the ledger says, `present` the graphs that are there; `verify` reads all of them back."""
        self.ledger, self.target, self.known, self.present = ledger, ledger.target, known, present
        self.verify, self.left = verify, CHECKED_QUADS
        self.done = Done()
        self._changed, self._same = list[Content](), list[Content]()
        self._open = set[Content]()
        self._worker = ThreadPoolExecutor(1)
        self._running: Future[None] | None = None

    def take(self, one: Content) -> None:
        """Takes a graph, which is written now or later. Raises BadInput where one before it was not."""
        if one.graph in self.known and self.known[one.graph].holds(one.digest, one.count):
            self.done.same += 1
            if self.verify:
                self._same = self._gathered(self._same, one, self._recheck)
            else:
                one.close()
        else:
            self._changed = self._gathered(self._changed, one, self._deliver)

    def __enter__(self) -> Delivery:
        """Ready to take graphs."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Writes what is left, unless something failed."""
        try:
            if kind is None:
                self._start(self._recheck, self._same)
                self._start(self._deliver, self._changed)
                self._wait()
        finally:
            with suppress(BadInput):
                self._wait()
            self._worker.shutdown()
            for each in self._open:
                each.close()

    def _gathered(self, some: list[Content], one: Content, act: Callable[[list[Content]], None]) -> list[Content]:
        """Graphs that wait with one more; none where they were enough to be acted on."""
        some.append(one)
        self._open.add(one)
        if sum(each.count for each in some) < self.target.delivered:
            return some
        self._start(act, some)
        return []

    def _start(self, act: Callable[[list[Content]], None], some: list[Content]) -> None:
        self._wait()
        self._running = self._worker.submit(act, some)

    def _wait(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def _deliver(self, some: Sequence[Content]) -> None:
        """Marks, drops, sends, counts, reads back and notes graphs."""
        if not some:
            return
        names = [each.graph for each in some]
        self.ledger.begin(names, self.known)
        self.target.drop(name for name in names if name in self.present or name in self.known)
        for chunk in _chunks(some, self.target.kind.batch):
            self.target.add(chunk)
        self._count(some)
        self._read_back(some)
        self.ledger.end((each.graph, each.digest) for each in some)
        self.done.sent += len(some)
        self.done.quads += sum(each.count for each in some)
        self._close(some)

    def _recheck(self, some: Sequence[Content]) -> None:
        """Reads graphs back that were loaded before; sends those again that read otherwise."""
        self.done.checked += len(some)
        other = [each for each, _ in readback.differing(some, self.target)]
        self.done.same -= len(other)
        self._deliver(other)
        self._close(some)

    def _close(self, some: Sequence[Content]) -> None:
        """Lets go of graphs; their files would stay open until the end."""
        for each in some:
            each.close()
        self._open.difference_update(some)

    def _count(self, some: Sequence[Content]) -> None:
        there = self.target.counts([each.graph for each in some])
        for each in some:
            if there[each.graph] != each.count:
                raise BadInput(
                    f"{self.target.url}: graph {each.graph} has {there[each.graph]} triples there, {each.count} were"
                    " sent; see whether something else writes to it, and load again"
                )

    def _read_back(self, some: Sequence[Content]) -> None:
        chosen = []
        for each in some:
            if self.verify or each.count <= self.left:
                chosen.append(each)
                self.left -= each.count
        for each, count in readback.differing(chosen, self.target):
            raise readback.fault(each, count, self.target)
        self.done.checked += len(chosen)


def _chunks(some: Sequence[Content], size: int) -> Iterator[Chunk]:
    """The lines of graphs, at most so many at once; several small graphs are one chunk."""
    chunk, room = list[tuple[str, Sequence[bytes]]](), size
    for each in some:
        for lines in each.chunks(size):
            if len(lines) > room:
                yield chunk
                chunk, room = [], size
            chunk.append((each.graph, lines))
            room -= len(lines)
    if chunk:
        yield chunk
