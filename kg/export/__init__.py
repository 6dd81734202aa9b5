"""Writes a graph: as RDF (Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML), as GraphML, as event records in
PLOVER's form, or as entities of FollowTheMoney.

Everything comes sorted, so that equal graphs give equal bytes, and node by node, so that memory grows with names only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from glob import escape
from itertools import groupby
from pathlib import Path
from typing import IO, Final

from kg.errors import BadInput
from kg.export import ftm, graphml, plover, quads
from kg.export.jsonld import JsonLd
from kg.export.rdfxml import RdfXml
from kg.export.turtle import Turtle
from kg.rdf.terms import Quad
from kg.store.embedded import EmbeddedStore

Write = Callable[[EmbeddedStore, str, IO[bytes]], int]
"""Writes a store with the base of its IRIs to a stream; returns how many items it wrote."""

RDF: Final[dict[str, quads.MakeWriter]] = {
    "ttl": partial(Turtle, named=False),
    "trig": partial(Turtle, named=True),
    "nt": partial(quads.Lines, named=False),
    "nq": partial(quads.Lines, named=True),
    "jsonld": JsonLd,
    "rdfxml": RdfXml,
}
"""The formats that hold every quad; ``ttl``, ``nt`` and ``rdfxml`` are the union of all graphs."""

FORMATS: Final[dict[str, Write]] = {
    **{name: partial(quads.write, make=make) for name, make in RDF.items()},
    "graphml": graphml.write,
    "plover": plover.write,
    "ftm": ftm.write,
}
"""The formats by name."""

ITEMS: Final = {**dict.fromkeys(RDF, "quads"), "graphml": "nodes and edges", "plover": "events", "ftm": "entities"}
"""What a format writes so many of."""


def export(path: Path, format: str, stream: IO[bytes]) -> int:
    """Writes the graph of a folder to a stream; returns the number of ITEMS. RDF has its description too.

    Raises BadInput for an unknown format.
    """
    from kg.build import base_of, reader
    from kg.description import described

    if format not in FORMATS:
        raise BadInput(f"no format {format!r}; choose one of {', '.join(FORMATS)}")
    store = described(path) if format in RDF else reader(path)
    try:
        return write(store, base_of(path), format, stream)
    finally:
        store.close()


def export_file(path: Path, format: str, target: Path) -> int:
    """Writes the graph of a folder to a file, which is there whole or not at all; returns the number of ITEMS.

    Raises BadInput for another format, and where the file cannot be written.
    """
    with whole_file(target) as stream:
        return export(path, format, stream)


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A stream to a file, which is there whole or not at all. Raises BadInput where it cannot be written.

    A pipe or a device takes what comes, and stays what it is; so does a link, whose file is replaced.
    """
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as stream:
                yield stream
        else:
            with _replacing(target.resolve()) as stream:
                yield stream
    except OSError as error:
        raise BadInput(f"{target}: cannot be written ({error.strerror or error}); name another file") from error


@contextmanager
def _replacing(place: Path) -> Iterator[IO[bytes]]:
    """A stream to a file beside a place, which takes it when all is written."""
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        _sweep(place)
        with aside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Deletes what exports to a file left beside it that were killed."""
    for left in sorted(target.parent.glob(f".{escape(target.name)}.*")):
        owner = left.name.removeprefix(f".{target.name}.")
        if owner.isdecimal() and not _lives(int(owner)):
            left.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    """True unless it is known that a process has ended."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def write_graph(graph: Iterable[Quad], base: str, format: str, stream: IO[bytes]) -> None:
    """Writes one graph, its quads sorted by subject, as RDF. `base` is that of its IRIs.

    Raises BadInput for another format.
    """
    if format not in RDF:
        raise BadInput(f"no RDF format {format!r}; choose one of {', '.join(RDF)}")
    writer = RDF[format](stream, base)
    writer.begin()
    for number, (_, said) in enumerate(groupby(graph, key=lambda quad: quad.subject)):
        node = sorted(said, key=quads.by_predicate)
        if not number:
            writer.graph(node[0].graph.value)
        writer.node(node)
    writer.end()


def write(store: EmbeddedStore, base: str, format: str, stream: IO[bytes]) -> int:
    """Writes a store in one of FORMATS; returns the number of ITEMS. `base` is that of its IRIs."""
    return FORMATS[format](store, base, stream)
