"""Digests of the named graphs of a graph folder, kept so that a load computes only those of graphs that changed.

index/sent/digests.json    SHA-256 of the rest; what graphs were made of → name of a graph → its digest and quads

What a graph is made of names its digest: an article's graph depends on a segment of reports, which never changes, all
others on the whole state. So nothing is ever marked as stale; what was made of something else is not found. The file
can be lost or damaged without harm, and names no article: graphs stand in it by digests of their names, so that nothing
of a forgotten article stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from kg.errors import Broken
from kg.ids import digest as named_digest
from kg.rdf.vocab import article_iri, is_article
from kg.resolve import wrong
from kg.store import segments
from kg.store.embedded import EmbeddedStore
from kg.store.folder import GraphFolder, Manifest

NAME: Final = "digests.json"


class Known(msgspec.Struct, frozen=True, array_like=True):
    """The SHA-256 of a graph's sorted N-Quads, and their number."""

    digest: str
    count: int


_Parts = dict[str, dict[str, Known]]


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What the quads of a graph folder were made of."""

    folder: GraphFolder
    manifest: Manifest
    wrong: frozenset[str]
    """Graphs of articles of which people called a report wrong: they depend on more than their segment."""
    index: str
    """Names the files of the quads: an index that is made anew has others."""
    state: str
    """The state of the whole graph."""

    @property
    def whole(self) -> str:
        """What graphs that are no article's are made of, the description and its versions with them."""
        return named(self.state, self.manifest.digest, self.index)

    def part(self, sha256: str) -> str:
        """What the graphs of the articles of a segment are made of."""
        return named(sha256, self.manifest.base, self.folder.resolver, self.index)


def named(*parts: str) -> str:
    """A name by content, long enough that no two things share one."""
    return named_digest(*parts, length=32)


def opened(graph: GraphFolder) -> tuple[EmbeddedStore, MadeOf | None]:
    """The store of a folder, opened to be read, and what it was made of; None where that changed meanwhile."""
    before = _made_of(graph)
    store = EmbeddedStore(graph.quads_path, read_only=True)
    return store, before if before == _made_of(graph) else None


def _made_of(graph: GraphFolder) -> MadeOf | None:
    """What the index is made of; None where it is behind."""
    state, manifest = graph.state, graph.manifest()
    articles = wrong.by_article(graph.decisions().wrong)
    graphs = frozenset(f"{manifest.base}article/{article}" for article in articles)
    identity = segments.checksum(graph.quads_path / "IDENTITY")
    return MadeOf(graph, manifest, graphs, identity, state) if graph.current and graph.state == state else None


class Digests:
    """The digests of one state of a graph folder; of none, where it is not known what the graphs were made of."""

    def __init__(self, folder: Path | None = None, made: MadeOf | None = None) -> None:
        """Reads what is kept in a folder of this state."""
        self._path, self._made = folder / NAME if folder else None, made
        self._parts: _Parts = {}
        if self._path and made:
            wanted = {made.whole, *(made.part(each.sha256) for each in made.manifest.segments)}
            self._parts = {key: some for key, some in _read(self._path).items() if key in wanted}
        self._known = {name: known for some in self._parts.values() for name, known in some.items()}
        self._places: dict[str, str] | None = None
        self._changed = False

    def get(self, graph: str) -> Known | None:
        """The digest of a graph, where it is kept."""
        return None if self._made is None or graph in self._made.wrong else self._known.get(named(graph))

    def put(self, graph: str, known: Known) -> None:
        """Keeps the digest of a graph, where it is known what that was made of."""
        place = self._place(graph)
        if place is not None and self._known.get(named(graph)) != known:
            self._parts.setdefault(place, {})[named(graph)] = self._known[named(graph)] = known
            self._changed = True

    def write(self) -> None:
        """Puts all of them in force for the next load, where the folder can be written to."""
        if self._path and self._changed:
            body = msgspec.json.encode(self._parts, order="sorted")
            with suppress(OSError):
                self._path.parent.mkdir(exist_ok=True)
                segments.write_durably(self._path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)

    def _place(self, graph: str) -> str | None:
        """What a graph is made of; None where that is not known."""
        if self._made is None or graph in self._made.wrong:
            return None
        if not is_article(graph, self._made.manifest.base):
            return self._made.whole
        if self._places is None:
            self._places = dict(_placed(self._made, self._parts))
        return self._places.get(graph)


def _placed(made: MadeOf, kept: _Parts) -> Iterator[tuple[str, str]]:
    """The graphs of articles with what they are made of, in those segments of which not all are kept."""
    for segment in made.manifest.segments:
        key = made.part(segment.sha256)
        if len(kept.get(key, ())) < segment.articles:
            with suppress(Broken):
                for article in segments.articles(made.folder.reports_path, segment):
                    yield article_iri(article, made.manifest.base).value, key


def _read(path: Path) -> _Parts:
    """All that is kept; nothing where there is no file, or one that is not as it was written."""
    try:
        sha256, _, body = path.read_bytes().partition(b"\n")
        whole = hashlib.sha256(body).hexdigest().encode() == sha256
        return msgspec.json.decode(body, type=_Parts) if whole else {}
    except (OSError, msgspec.DecodeError):
        return {}
