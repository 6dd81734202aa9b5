"""Added graphs: what people put into the dataset themselves, an analyst's notes, a gazetteer, an alignment.

graph/
  added.json   which added graphs there are, and the file of each: the only list of what is in
  added/       immutable files of sorted N-Triples, gzipped, named by content

They are truth like the reports, and kg never writes or reads anything of its own in them. A file is written aside,
flushed and renamed; the list is replaced last, in one rename. A crash leaves the state before or after.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

import msgspec

from kg.errors import BadInput, Broken
from kg.rdf.vocab import default_graph, is_built
from kg.store import contents, segments

NAME: Final = "added.json"
FOLDER: Final = "added"
DEFAULT: Final = ""
"""The name that the list has for the default graph."""
MOST_TRIPLES: Final = 1_000_000
"""So many triples all added graphs may have together. As one document they were parsed in 14 s with 1.1 GB, half of
what kg serve gives a write. Larger data belong in a store of their own beside this one."""

Changes = Mapping[str, Iterable[bytes] | None]
"""Graph → its lines from now on, sorted N-Triples without blank nodes; None for a graph that is to go."""


class Added(msgspec.Struct, frozen=True, order=True):
    """One added graph: its IRI ("" for the default graph), its file, the SHA-256 of that, its number of triples."""

    graph: str
    name: str
    sha256: str
    triples: int


class _List(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    graphs: tuple[Added, ...] = ()


def checked(graph: str, base: str) -> str:
    """The name of a graph that people may write. Raises ValueError that says why another is none."""
    from kg.store.embedded import check_iri

    if graph == DEFAULT:
        return graph
    check_iri(graph)
    if is_built(graph, base):
        advice = "kg build, kg forget and kg review change such graphs; give the graph another IRI"
        raise ValueError(f"{graph}: is a graph that kg makes from articles and decisions; {advice}")
    return graph


def stands_in(graph: str, base: str) -> str:
    """The IRI of the graph of the index that an added graph stands in."""
    return graph or default_graph(base).value


def read(path: Path, base: str) -> tuple[Added, ...]:
    """The added graphs of a list, sorted; none where there is no file. Raises Broken where it is not understood."""
    try:
        listed = msgspec.json.decode(path.read_bytes(), type=_List).graphs
        for each in listed:
            checked(each.graph, base)
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.ValidationError, msgspec.DecodeError, ValueError) as error:
        raise Broken(f"{path}: cannot be understood ({error}); restore it from a backup") from error
    return tuple(sorted(listed))


def write(path: Path, every: Iterable[Added]) -> None:
    """Puts a list in force, in one rename: the same bytes for the same graphs."""
    encoded = msgspec.json.encode(_List(tuple(sorted(every))), order="sorted")
    segments.write_durably(path, msgspec.json.format(encoded, indent=1) + b"\n")


def replace(folder: Path, before: Iterable[Added], changes: Changes) -> tuple[Added, ...]:
    """Writes the files of changed graphs; returns the list that names them.

    Raises BadInput where all graphs together would have more than MOST_TRIPLES.
    """
    graphs = {each.graph: each for each in before}
    for graph, lines in changes.items():
        graphs.pop(graph, None)
        if lines is not None:
            graphs[graph] = _keep(folder, graph, lines)
    if (triples := sum(each.triples for each in graphs.values())) > MOST_TRIPLES:
        advice = "put large data into a store of their own"
        raise BadInput(f"added graphs would have {triples} triples, {MOST_TRIPLES} are the most; {advice}")
    return tuple(sorted(graphs.values()))


@contextmanager
def opened(folder: Path, each: Added) -> Iterator[IO[bytes]]:
    """The N-Triples of an added graph. Raises Broken where its file is missing or damaged."""
    path = folder / each.name
    if segments.checksum(path) != each.sha256:
        what = "has another SHA-256 than the list names" if path.is_file() else "is missing"
        raise Broken(f"{path}: {what}; restore it from a backup")
    with gzip.open(path, "rb") as stream:
        yield cast(IO[bytes], stream)


def difference(folder: Path, before: str, after: Added, most: int) -> tuple[list[bytes], list[bytes]] | None:
    """The lines that a graph has no longer, and those that it has now and had not before.

    `before` is the SHA-256 of the file that it had. None where that file is there no more, or more than `most` differ.
    Raises Broken where the file that it has is missing or damaged.
    """
    had = Added(after.graph, _name(before), before, 0)
    if not before or segments.checksum(folder / had.name) != before:
        return None
    with opened(folder, had) as old, opened(folder, after) as now:
        return contents.difference(old, now, most)


def damaged(folder: Path, every: Iterable[Added]) -> Iterator[str]:
    """What is wrong with the files of added graphs, one message each."""
    for each in every:
        try:
            with opened(folder, each):
                pass
        except Broken as error:
            yield str(error)


def sweep(folder: Path, every: Iterable[Added]) -> None:
    """Deletes files that the list does not name: left by a crash or replaced."""
    named = {each.name for each in every}
    for path in sorted(folder.glob("*")):
        if path.name not in named:
            path.unlink()


def _keep(folder: Path, graph: str, lines: Iterable[bytes]) -> Added:
    """A file with these lines, durable, named by its content."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{os.getpid()}"
    triples = 0
    with aside.open("wb") as stream:
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=stream, mtime=0) as packed:
            for line in lines:
                packed.write(line)
                triples += 1
        stream.flush()
        os.fsync(stream.fileno())
    sha256 = segments.checksum(aside)
    name = _name(sha256)
    aside.replace(folder / name)
    segments.sync(folder)
    return Added(graph, name, sha256, triples)


def _name(sha256: str) -> str:
    return f"{sha256[:16]}.nt.gz"
