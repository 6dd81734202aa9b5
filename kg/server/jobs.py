"""What goes between the server (kg.server.writer) and the process that writes for it (kg.server.writing_worker)."""

from __future__ import annotations

from typing import Any

import msgspec

from kg.server.limits import Limits
from kg.server.problems import Problem
from kg.store.added import Added


class Merge(msgspec.Struct, frozen=True):
    """A document for a graph."""

    graph: str
    """As the list of added graphs has it: "" for the default graph."""
    document: str
    """Path of the body."""
    media_type: str
    """Its Content-Type."""
    iri: str
    """What its relative IRIs are resolved against."""
    folder: str
    """Where the files of added graphs are."""
    before: Added | None
    """What the graph has already and keeps; None where the document takes its place."""


class Update(msgspec.Struct, frozen=True):
    """An update, carried out on a scratch copy of the index."""

    text: str
    """Path of its text."""
    scratch: str
    """Path of the copy."""
    iri: str
    """What its relative IRIs are resolved against."""
    using: tuple[str, ...]
    using_named: tuple[str, ...]


class Job(msgspec.Struct, frozen=True):
    """One write."""

    base: str
    """That of the graph folder's IRIs."""
    made: str
    """Path of what comes of it."""
    memory: int
    """Bytes that the process may ask for."""
    limits: Limits
    merge: Merge | None = None
    update: Update | None = None


class MadeGraph(msgspec.Struct, frozen=True):
    """A graph and the number of its lines; None where it is to go."""

    graph: str
    lines: int | None


class Made(msgspec.Struct, frozen=True):
    """The head of what comes back: the graphs whose lines follow, or why there are none."""

    graphs: tuple[MadeGraph, ...]
    problem: dict[str, Any] | None = None


def refused(problem: Problem) -> dict[str, Any]:
    """A problem as it goes between processes."""
    return {name: getattr(problem, name) for name in ("status", "title", "detail", "line", "column")}
