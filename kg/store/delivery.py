"""Takes graphs to a store, many at once: the next ones are read here while the last ones are written there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from kg.errors import BadInput
from kg.store import readback
from kg.store.contents import Content
from kg.store.copies import Difference
from kg.store.digests import Known
from kg.store.ledger import Entry, Ledger
from kg.store.memory import Memory
from kg.store.target import Chunk


@dataclass(slots=True)
class Done:
    """How many graphs were sent, with how many quads; stayed the same; were read back."""

    sent: int = 0
    quads: int = 0
    same: int = 0
    checked: int = 0
    amended: int = 0
    """Of those sent, the graphs of which only the difference was."""


class Delivery:
    """Brings graphs to a store where they are otherwise there; leaving it waits until all of them are noted."""

    def __init__(
        self, ledger: Ledger, known: Mapping[str, Entry], present: set[str], verify: bool, memory: Memory
    ) -> None:
        """`known` is what the ledger says, `present` the graphs that are there; `verify` reads all of them back."""
        self.ledger, self.target, self.known, self.present = ledger, ledger.target, known, present
        self.verify, self.left, self.copies = verify, readback.CHECKED_QUADS, memory.copies
        self.done = Done()
        self._changed, self._same = list[Content](), list[Content]()
        self._open = set[Content]()
        self._worker = ThreadPoolExecutor(1)
        self._running: Future[None] | None = None

    def passed(self, graph: str, here: Known | None) -> bool:
        """Passes over a graph that is there as it is known to be here; True where it need not be read."""
        passes = here is not None and not self.verify and self._holds(graph, here.digest, here.count)
        self.done.same += passes
        return passes

    def take(self, one: Content) -> None:
        """Takes a graph, which is written now or later. Raises BadInput where one before it was not."""
        if not self._holds(one.graph, one.digest, one.count):
            self._change(one)
            return
        self.done.same += 1
        if self.verify:
            self._same = self._gathered(self._same, one, self._recheck)
        else:
            one.close()

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

    def _holds(self, graph: str, digest: str, count: int) -> bool:
        return graph in self.known and self.known[graph].holds(digest, count)

    def _change(self, one: Content) -> None:
        """Sends what differs in a graph now, where that is known; else all of it, together with others."""
        former = self.known[one.graph].former if one.graph in self.known else None
        difference = self.copies.difference(one, former) if former else None
        if difference is None or difference.before != self.known[one.graph].count:
            self._changed = self._gathered(self._changed, one, self._deliver)
        else:
            self._open.add(one)
            self._start(lambda some: self._amend(some[0], difference), [one])

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

    def _amend(self, one: Content, difference: Difference) -> None:
        """Marks a graph, changes what differs, counts, reads back and notes it; sends it whole where it is not right.

        The mark stands from before the first change to after the last check: a load that ends between is seen by the
        next one, which sends the graph whole.
        """
        self.ledger.begin([one.graph], self.known)
        self.target.amend(one.graph, difference.gone, difference.come)
        if self._amended(one, difference):
            self._note([one], len(difference.come))
            self.done.amended += 1
            self.done.checked += self.verify
        else:
            self._deliver([one])

    def _amended(self, one: Content, difference: Difference) -> bool:
        """Whether a graph has the right count there, and its nodes that changed read as they do here."""
        if self.target.counts([one.graph])[one.graph] != one.count:
            return False
        if self.verify:
            return not list(readback.differing([one], self.target))
        return readback.same_about(one, difference, self.target)

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
        self._note(some, sum(each.count for each in some))

    def _note(self, some: Sequence[Content], quads: int) -> None:
        """Graphs are there as wholes: with so many quads that were sent."""
        self.ledger.end((each.graph, each.digest) for each in some)
        self.done.sent += len(some)
        self.done.quads += quads
        for each in some:
            self.copies.keep(each)
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
