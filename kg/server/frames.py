"""What goes between the server and a worker: frames of one letter, a length and a body."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Final

import msgspec

from kg.server.asked import Asked, DescriptionAsked, GraphAsked, QueryAsked
from kg.server.problems import Problem

HEAD: Final = struct.Struct("<cI")
"""A letter and the length of the body, little-endian."""
READY, CHUNK, END, PROBLEM = b"R", b"C", b"E", b"P"
"""From a worker: it takes queries; a piece of an answer; the answer was whole; there is none, or no more of it."""
OPEN: Final = b"O"
"""To a worker: it is to read another snapshot, and says then that it takes queries."""
_KINDS: Final[dict[bytes, type[Asked]]] = {b"Q": QueryAsked, b"G": GraphAsked, b"D": DescriptionAsked}
_PLAIN: Final = ("status", "title", "detail", "line", "column", "headers")


class Ready(msgspec.Struct, frozen=True):
    """What a worker says when it takes queries."""

    unconfined: tuple[str, ...]
    """What it could not give up (kg.server.confining), in words for the operator."""


class Ended(msgspec.Struct, frozen=True):
    """What a worker says at the end of an answer."""

    held: int
    """The memory that it holds then, in bytes; 0 where the system does not tell."""


def frame(letter: bytes, body: bytes = b"") -> bytes:
    """A frame."""
    return HEAD.pack(letter, len(body)) + body


def asked_frame(asked: Asked) -> bytes:
    """A query or a graph that is asked for, as a frame."""
    (letter,) = (letter for letter, kind in _KINDS.items() if isinstance(asked, kind))
    return frame(letter, msgspec.msgpack.encode(asked))


def asked(letter: bytes, body: bytes) -> Asked:
    """What a frame asks for."""
    return msgspec.msgpack.decode(body, type=_KINDS[letter])


def open_frame(snapshot: Path) -> bytes:
    """Another snapshot, as a frame."""
    return frame(OPEN, os.fsencode(snapshot))


def opened(body: bytes) -> Path:
    """The snapshot of a frame."""
    return Path(os.fsdecode(body))


def problem_frame(problem: Problem) -> bytes:
    """A problem as a frame."""
    return frame(PROBLEM, msgspec.msgpack.encode({name: getattr(problem, name) for name in _PLAIN}))


def problem(body: bytes) -> Problem:
    """The problem of a frame."""
    members = msgspec.msgpack.decode(body)
    return Problem(**members | {"headers": tuple((name, value) for name, value in members["headers"])})


def ready_frame(unconfined: list[str]) -> bytes:
    """Says that a worker takes queries."""
    return frame(READY, msgspec.msgpack.encode(Ready(tuple(unconfined))))


def ready(body: bytes) -> Ready:
    """What a worker said when it took queries."""
    return msgspec.msgpack.decode(body, type=Ready)


def ended_frame(held: int) -> bytes:
    """Ends a whole answer."""
    return frame(END, msgspec.msgpack.encode(Ended(held)))


def ended(body: bytes) -> Ended:
    """What a worker said at the end of an answer."""
    return msgspec.msgpack.decode(body, type=Ended)
