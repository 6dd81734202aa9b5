"""A worker process: one snapshot, one query at a time. Started by kg.server.pool as ``python -m kg.server.worker``.

When the graph has a new state it opens the next snapshot; what it gave up stays given up. It is killed when a query
lasts too long, so it holds nothing that would be missed. It ends when its standard input does: a server that was killed
leaves none behind, not even in the middle of a query.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

from kg.errors import RiwayatError
from kg.rdf.terms import Quad
from kg.server import confining, frames, refusing
from kg.server.asked import Asked, DescriptionAsked, GraphAsked, QueryAsked
from kg.server.limits import Limits
from kg.server.problems import Problem
from kg.store.answers import Answer, AnsweringStore, Dataset, Refused

_WARM: Final = "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1"
_UNION: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_JSON: Final = "application/sparql-results+json"
_PIECE: Final = 65_536
"""Bytes of a frame: oxigraph writes 8 KiB at once, and a frame costs the server a wake-up."""
_STATUS: Final = {
    "malformed": (400, "Malformed query"),
    "dataset": (400, "Dataset not here"),
    "graph": (404, "No such graph"),
    "media type": (406, "No such form of this answer"),
    "failed": (422, "Query failed"),
}
ROW_MARKS: Final = {
    "application/sparql-results+json": (b"}},{", 1),
    "application/json": (b"}},{", 1),
    "application/sparql-results+xml": (b"<result>", 0),
    "application/xml": (b"<result>", 0),
    "text/csv": (b"\r\n", -1),
    "text/tab-separated-values": (b"\n", -1),
}
"""What every row has, and how many rows there are besides. A value of JSON or CSV that holds it counts."""


class Answering:
    """Where an answer goes: frames of a file descriptor, counted, and ended by Problem at a limit."""

    def __init__(self, descriptor: int, limits: Limits, media_type: str) -> None:
        self._descriptor, self._limits = descriptor, limits
        self._mark, self._rows = ROW_MARKS.get(media_type, (b"", 0))
        self._waits, self._tail, self._bytes = bytearray(), b"", 0

    def write(self, data: bytes) -> int:
        """Takes bytes of the answer. Raises Problem where there are too many, or too many rows in them."""
        self._bytes += len(data)
        if self._bytes > self._limits.bytes:
            raise _too_long(f"{self._limits.bytes:,} bytes")
        if self._mark:
            self._count_rows(data)
        self._waits += data
        if len(self._waits) >= _PIECE:
            self.send()
        return len(data)

    def flush(self) -> None:
        """Nothing: `send` decides."""

    def passed(self) -> None:
        """Counts a triple. Raises Problem where there are too many."""
        self._rows += 1
        if self._rows > self._limits.rows:
            raise _too_long(f"{self._limits.rows:,} rows or triples")

    def send(self, last: bytes = b"") -> None:
        """Sends what waits, and the frame that ends the answer."""
        chunk = frames.frame(frames.CHUNK, bytes(self._waits)) if self._waits else b""
        self._waits.clear()
        _send(self._descriptor, chunk + last)

    def _count_rows(self, data: bytes) -> None:
        """Counts marks, those too that two pieces share."""
        self._rows += (self._tail + data).count(self._mark)
        self._tail = data[1 - len(self._mark) :] if len(self._mark) > 1 else b""
        if self._rows > self._limits.rows:
            raise _too_long(f"{self._limits.rows:,} rows or triples")


class Worker:
    """Answers what is asked of one snapshot after the other."""

    def __init__(self, store: AnsweringStore, limits: Limits, descriptor: int) -> None:
        self._store, self._limits, self._descriptor = store, limits, descriptor
        self._counted: dict[DescriptionAsked, list[Quad]] = {}

    def serve(self, requests: Iterable[tuple[bytes, bytes]], unconfined: list[str]) -> None:
        """Answers requests one by one, and opens the snapshots that come between them. Raises Broken."""
        self._ready(unconfined)
        for letter, body in requests:
            if letter == frames.OPEN:
                self._counted.clear()
                self._store.open(frames.opened(body))
                self._ready(unconfined)
            else:
                self.answer(frames.asked(letter, body))

    def answer(self, asked: Asked) -> None:
        """Sends the answer, or why there is none, in frames."""
        output = Answering(self._descriptor, self._limits, asked.media_type)
        try:
            self._found(asked).write(output, asked.media_type)
        except Problem as problem:
            output.send(frames.problem_frame(problem))
        except Refused as refused:
            status, title = _STATUS[refused.kind]
            output.send(frames.problem_frame(Problem(status, title, refused.message, refused.line, refused.column)))
        else:
            output.send(frames.ended_frame(confining.held()))

    def _ready(self, unconfined: list[str]) -> None:
        """Reads the graph once, so that the first client does not wait, and says that it takes queries."""
        self._store.query(_WARM, None, None).write(Answering(-1, self._limits, _JSON), _JSON)
        _send(self._descriptor, frames.ready_frame(unconfined))

    def _found(self, asked: Asked) -> Answer:
        if isinstance(asked, GraphAsked):
            return self._graph(asked)
        if isinstance(asked, DescriptionAsked):
            return self._store.of(self._described(asked))
        return self._store.query(asked.sparql, self._dataset(asked), asked.base)

    def _graph(self, asked: GraphAsked) -> Answer:
        if asked.default is None:
            return self._store.graph(asked.graph, asked.media_type, asked.genid)
        if self._store.holds(asked.default):
            return self._store.graph(asked.default, asked.media_type, asked.genid)
        return self._store.query(_UNION, None, None)

    def _described(self, asked: DescriptionAsked) -> list[Quad]:
        """The description of the graph, counted once."""
        of = replace(asked, media_type="")
        if of not in self._counted:
            from kg.description import Source, description
            from kg.store.embedded import EmbeddedStore

            source = Source(asked.base, dict(asked.versions), asked.resolver, asked.endpoint)
            store = EmbeddedStore(self._store.path, read_only=True)
            self._counted = {of: description(store, source)}
            store.close()
        return self._counted[of]

    def _dataset(self, asked: QueryAsked) -> Dataset | None:
        """What the protocol names as dataset, else the query itself; None for all graphs."""
        clause = refusing.checked(asked.sparql, self._limits)
        if asked.default_graphs or asked.named_graphs:
            return Dataset(asked.default_graphs, asked.named_graphs, absent_is_empty=True)
        if clause is None:
            return None
        default, named = (
            self._store.resolved(clause.prologue, names, asked.base) for names in (clause.default, clause.named)
        )
        return Dataset(default, named)


def _too_long(cap: str) -> Problem:
    detail = f"the answer has more than {cap}; ask for less with LIMIT, or use kg export for all of it"
    return Problem(422, "Answer too long", detail)


def _send(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _received(requests: queue.SimpleQueue[tuple[bytes, bytes]]) -> None:
    """Puts what the server asks into a queue until the server is gone; then ends the process at once."""
    stream = sys.stdin.buffer
    while len(head := stream.read(frames.HEAD.size)) == frames.HEAD.size:
        letter, length = frames.HEAD.unpack(head)
        requests.put((letter, stream.read(length)))
    os._exit(0)


def _own_output() -> int:
    """The pipe to the server; whoever else prints, prints to standard error."""
    descriptor = os.dup(1)
    os.dup2(2, 1)
    return descriptor


def main() -> None:
    """Serves the snapshot and the limits of the command line until standard input ends."""
    path, limits = Path(sys.argv[1]), msgspec.json.decode(sys.argv[2], type=Limits)
    output = _own_output()
    unconfined = confining.confine(limits.memory)
    requests: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()

    def serve() -> None:
        try:
            Worker(AnsweringStore(path), limits, output).serve(iter(requests.get, None), unconfined)
        except RiwayatError as error:
            print(error, file=sys.stderr)
        except Exception:  # noqa: BLE001 - whatever it is, the operator has to read of it
            traceback.print_exc()
        finally:
            os._exit(1)

    threading.stack_size(limits.stack)
    threading.Thread(target=serve, name="answering").start()
    _received(requests)


if __name__ == "__main__":
    main()
