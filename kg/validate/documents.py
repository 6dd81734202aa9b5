"""RDF files of anybody's as a store that can be checked: N-Quads, TriG, Turtle and N-Triples, read by pyoxigraph."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import BadInput
from kg.store.embedded import EmbeddedStore

SYNTAXES: Final = {
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "ttl": "text/turtle",
}
"""Media types by the last part of a file's name."""
UNNAMED: Final = "urn:x-kg:default-graph"
"""The graph of triples that the document puts in none."""


@contextmanager
def opened(path: str, syntax: str | None = None) -> Iterator[EmbeddedStore]:
    """The quads of a file, or of stdin (``-``), in a store of their own on disk while they are looked at.

    The syntax is that of the file's name, on stdin N-Quads, unless one is given. Raises BadInput for a file that cannot
    be read or is malformed.
    """
    known = syntax or ("nq" if path == "-" else Path(path).suffix.removeprefix("."))
    if known not in SYNTAXES:
        raise BadInput(f"{path}: no syntax {known!r}; give one of {', '.join(SYNTAXES)} with --syntax")
    with tempfile.TemporaryDirectory(prefix="kg-validate-") as aside, _stream(path) as stream:
        store = EmbeddedStore(Path(aside) / "quads")
        try:
            store.take(stream, SYNTAXES[known], UNNAMED)
            yield store
        except BadInput as error:
            raise BadInput(f"{path}: {error}") from error
        finally:
            store.close()


@contextmanager
def _stream(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdin.buffer
        return
    if not Path(path).is_file():
        raise BadInput(f"{path}: there is no such file")
    with Path(path).open("rb") as stream:
        yield stream
