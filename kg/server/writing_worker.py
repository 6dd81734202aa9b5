"""A process that parses documents, or carries out an update, for kg.server.writing: it is given one job and ends.

Started as ``python -m kg.server.writing_worker JOB``, a file of JSON. What it has made it writes on standard output: a
line of JSON, then the lines of each graph, one graph after the other. It is killed when it takes too long, and ends
with its standard input.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

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


def main() -> None:
    """Does the job of the command line."""
    job = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Job)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    confining.confine(job.memory, files=True)

    def work() -> None:
        try:
            graphs = done(job)
            _written(output, Made(tuple(MadeGraph(g, None if n is None else len(n)) for g, n in graphs)), graphs)
        except Problem as problem:
            _written(output, Made((), refused(problem)), [])
        except RiwayatError as error:
            _written(output, Made((), refused(Problem(500, "Fault in the graph", str(error)))), [])
        except Exception:  # noqa: BLE001 - want of memory most likely; else it would wait for the deadline
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    threading.stack_size(job.limits.stack)
    threading.Thread(target=work, name="writing").start()
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
