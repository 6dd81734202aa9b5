"""A process that parses documents, and carries out updates, for kg.server.writer, each in a child of its own.

Started as ``python -m kg.server.writing_worker``. It reads a job a line from standard input, forks, and says the exit
status of its child on standard output; so a job finds all modules loaded, and nothing of the job before. It reads
nothing that a client sent: its children do. What a child has made it writes to a file: a line of JSON, then the lines
of each graph, one graph after the other. Both are killed when a job takes too long, and end with standard input.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn, cast

import msgspec

from kg.errors import RiwayatError
from kg.server import confining, operations, refusing
from kg.server.jobs import Job, Made, MadeGraph, Merge, Update, refused
from kg.server.limits import Limits
from kg.server.media import document_type
from kg.server.problems import Problem
from kg.store import added, documents, update
from kg.store.documents import Document

if TYPE_CHECKING:
    from email.message import EmailMessage


def done(job: Job) -> list[update.Outcome]:
    """The graphs that a job makes. Raises Problem where it is refused."""
    return _merged(job.merge, job.base) if job.merge else _updated(cast(Update, job.update), job)


def _merged(merge: Merge, base: str) -> list[update.Outcome]:
    """One graph: what it had, where that is to stay, and the triples of documents."""
    try:
        parts = list(_parts(merge))
        if merge.before is None:
            return [(merge.graph, documents.lines(None, parts, base))]
        folder, kept = Path(merge.folder), merge.before
        with added.opened(folder, kept) as before:
            return [(merge.graph, documents.lines(before, parts, base))]
    except ValueError as error:
        raise Problem(400, "Malformed document", str(error)) from error


def _parts(merge: Merge) -> Iterator[Document]:
    """The documents of a body: itself, or the files of a form (RFC 7578)."""
    path = Path(merge.document)
    if not merge.media_type.lower().startswith("multipart/form-data"):
        yield Document(path, document_type(merge.media_type, None), merge.iri)
        return
    from email import policy
    from email.parser import BytesParser

    with path.open("rb") as body:
        head = f"Content-Type: {merge.media_type}\r\n\r\n".encode()
        whole = BytesParser(policy=policy.HTTP).parsebytes(head + body.read())
    if not whole.is_multipart():
        raise ValueError("the form has no parts; see the boundary in Content-Type")
    if whole.defects:
        raise ValueError("the form does not end as its boundary says; it may have been cut off")
    for number, part in enumerate(cast("Iterator[EmailMessage]", whole.iter_parts())):
        kept = path.with_name(f"part-{number}")
        kept.write_bytes(cast(bytes, part.get_payload(decode=True) or b""))
        told = part["content-type"]
        yield Document(kept, document_type(None if told is None else str(told), part.get_filename()), merge.iri)


def _updated(asked: Update, job: Job) -> list[update.Outcome]:
    text = Path(asked.text).read_text(encoding="utf-8")
    made = tuple(_read(text, asked.iri, job.limits))
    request = update.Request(made, asked.iri, asked.using, asked.using_named)
    try:
        return update.carried_out(Path(asked.scratch), request, job.base)
    except update.Malformed as error:
        raise Problem(400, "Malformed update", str(error)) from error
    except update.Forbidden as error:
        raise Problem(403, "Not to be written", str(error)) from error
    except update.Conflict as error:
        raise Problem(409, "Conflict", str(error)) from error
    except (ValueError, OSError) as error:
        raise Problem(422, "Update failed", str(error)) from error


def _read(text: str, iri: str | None, limits: Limits) -> Iterator[update.Operation]:
    """The operations of an update, all parsed before one is done. Data may be as long as they like, WHERE not."""
    refusing.checked(text, replace(limits, steps=len(text)))
    pieces = list(operations.cut(text))
    for piece in pieces:
        _parse(piece, iri)
    for piece in pieces:
        try:
            operation = operations.read(text, piece)
            refusing.checked(operation.where, limits)
        except operations.Unclear as error:
            raise Problem(403, "Not to be written", str(error), *piece.place) from error
        yield operation


def _parse(piece: operations.Piece, iri: str | None) -> None:
    try:
        update.parse(piece.text, piece.prologue, iri)
    except update.Malformed as error:
        line, column = error.place or (1, 1)
        begins = piece.place
        where = (begins[0] + line - 1, column + (begins[1] - 1 if line == 1 else 0))
        raise Problem(400, "Malformed update", str(error), *where) from error


def _written(output: IO[bytes], made: Made, graphs: list[update.Outcome]) -> None:
    output.write(msgspec.json.encode(made) + b"\n")
    for _, lines in graphs:
        output.writelines(lines or ())
    output.flush()


def _carried_out(job: Job) -> int:
    """The exit status of a child that did a job. Where there is no fork this process does it itself, and ends."""
    child = _forked()
    if child > 0:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return _carry_out(job)


def _forked() -> int:
    """The child in the parent, 0 in the child; -1 where this system has no fork, or refuses it."""
    try:
        return os.fork()
    except (AttributeError, OSError):
        return -1


def _carry_out(job: Job) -> NoReturn:
    """Does a job and ends the process; at once where the server has ended."""
    confining.limit(job.memory)

    def work() -> None:
        try:
            with Path(job.made).open("wb") as output:
                _make(job, output)
        except Exception:  # noqa: BLE001 - want of memory most likely; else it would wait for the deadline
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    threading.stack_size(job.limits.stack)
    threading.Thread(target=work, name="writing").start()
    sys.stdin.buffer.read()
    os._exit(1)


def _make(job: Job, output: IO[bytes]) -> None:
    try:
        graphs = done(job)
    except Problem as problem:
        _written(output, Made((), refused(problem)), [])
    except RiwayatError as error:
        _written(output, Made((), refused(Problem(500, "Fault in the graph", str(error)))), [])
    else:
        _written(output, Made(tuple(MadeGraph(g, None if n is None else len(n)) for g, n in graphs)), graphs)


def main() -> None:
    """Has jobs done until standard input ends."""
    answers = os.dup(1)
    os.dup2(2, 1)
    confining.unshare()
    confining.refuse_calls(writing=True)
    for line in sys.stdin.buffer:
        os.write(answers, b"%d\n" % _carried_out(msgspec.json.decode(line, type=Job)))


if __name__ == "__main__":
    main()
