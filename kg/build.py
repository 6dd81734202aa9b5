"""The whole flow on one page: bytes → Article → Doc → Report → identities → quads → graph folder.

    sources.read ─ pipeline.docs ─ Observer.observe ─ GraphFolder.commit ─ article_quads ─ Merge.run
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self

from kg import __version__, ontology
from kg.config import BATCH_ARTICLES
from kg.errors import BadInput
from kg.lang import pack as packs
from kg.merge import Merge
from kg.model import Article, Report
from kg.observe import Observer, article_digest
from kg.rdf.graph import article_quads
from kg.rdf.vocab import article_iri
from kg.resolve import blocking, policy
from kg.sources import Skipped, read
from kg.store.embedded import EmbeddedStore
from kg.store.folder import GraphFolder
from kg.store.registry import Registry

Progress = Callable[[Report | Skipped], None]


@dataclass(frozen=True)
class Summary:
    """What a build did, and what the graph holds after it."""

    read: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    seconds: float
    totals: dict[str, int]


@dataclass
class _Tally:
    read: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def build(paths: Sequence[str], path: Path, progress: Progress | None = None) -> Summary:
    """Adds the articles of files and folders to a graph; those already in it are replaced where they changed.

    Raises BadInput where the folder is no graph or another process writes to it, Broken where it is damaged.
    """
    began, tally = time.monotonic(), _Tally()
    folder = GraphFolder(path)
    folder.create()
    with _Index(folder) as index:
        observed = _observed(_fresh(paths, index, tally, progress), tally, progress)
        while batch := list(islice(observed, BATCH_ARTICLES)):
            index.replace(batch)
        index.settle()
        totals = index.registry.totals()
    return Summary(tally.read, tally.unchanged, tuple(tally.skipped), time.monotonic() - began, totals)


def forget(articles: Iterable[str], path: Path) -> tuple[str, ...]:
    """Removes articles and all that rests on them alone; returns the ids that were not there."""
    folder = GraphFolder(path)
    folder.manifest()
    with _Index(folder) as index:
        wanted = sorted(set(articles))
        absent = tuple(a for a in wanted if index.registry.seen(a) is None)
        index.replace((), frozenset(wanted) - set(absent))
        index.settle()
    return absent


def rebuild(path: Path) -> None:
    """Makes the index of a graph anew from its reports."""
    folder = GraphFolder(path)
    folder.manifest()
    folder.index_begins()
    with _Index(folder) as index:
        index.settle()


def verify(path: Path) -> Iterator[str]:
    """What is wrong with a graph, one message each: segments against their sums, the index against the reports."""
    folder = GraphFolder(path)
    damaged = list(folder.damaged())
    yield from damaged
    if damaged:
        return
    if not folder.current:
        yield f"{folder.path / 'index'}: is behind the reports; run: kg rebuild --graph {folder.path}"
        return
    yield from _index_differs(folder)


def reader(path: Path) -> EmbeddedStore:
    """The store of a graph, opened to be read; an index that a crash left behind is made anew first."""
    folder = GraphFolder(path)
    if not folder.current:
        rebuild(path)
    return EmbeddedStore(folder.quads_path, read_only=True)


def _fresh(paths: Sequence[str], index: _Index, tally: _Tally, progress: Progress | None) -> Iterator[Article]:
    """The articles that have to be read: new ones, changed ones, and those that another version read."""
    producer = _producer()
    for item in read(paths):
        if isinstance(item, Skipped):
            tally.skipped.append(item)
            if progress:
                progress(item)
            continue
        seen = index.registry.seen(item.id)
        if seen and (seen.digest, seen.producer) == (article_digest(item), producer):
            tally.unchanged += 1
        else:
            yield item


def _observed(articles: Iterator[Article], tally: _Tally, progress: Progress | None) -> Iterator[Report]:
    """The reports of articles. The model is loaded at the first one: unchanged articles cost nothing."""
    first = next(articles, None)
    if first is None:
        return
    from kg.nlp import pipeline

    pack = packs.load()
    observer = Observer(pack, ontology.load(), _producer())
    for article, reading, doc in pipeline.docs(pipeline.load(pack), chain((first,), articles), pack):
        report = observer.observe(article, reading, doc)
        tally.read += 1
        if progress:
            progress(report)
        yield report


def _producer() -> str:
    """Versions of code and model: reports of another producer are read again."""
    from kg.nlp import pipeline

    return f"riwayat {__version__}, model {pipeline.version(packs.load())}"


class _Index:
    """The registry and the quads of a graph folder while one process writes to them."""

    def __init__(self, folder: GraphFolder) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        self.registry = self._open_registry()
        self.base = self.folder.manifest().base
        stale = not self.folder.current
        if stale:
            self.registry.clear()
            shutil.rmtree(self.folder.quads_path, ignore_errors=True)
        self.store = EmbeddedStore(self.folder.quads_path)
        if stale:
            self._fill()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.store.close()
        self.registry.__exit__(kind, error, trace)

    def replace(self, add: Sequence[Report], remove: frozenset[str] = frozenset()) -> None:
        """Puts reports in the place of those of the same articles, and removes others."""
        gone = {a: seen for a in (*(r.article for r in add), *remove) if (seen := self.registry.seen(a))}
        if not add and not gone:
            return
        self.folder.index_begins()
        self.registry.commit()
        placed = self.folder.commit(add, frozenset(gone), frozenset(seen.segment for seen in gone.values()))
        for article in gone:
            self.registry.drop(article)
            self.store.remove_graph(article_iri(article, self.base).value)
        for report in add:
            self._put(report)
        self.registry.place(placed)
        self.registry.commit()

    def settle(self) -> None:
        """Brings the resolved graph in line and makes all durable."""
        if self.folder.current:
            return
        Merge(self.registry, self.store, policy.load(), self.base).run()
        self.store.flush()
        self.registry.commit()
        self.folder.index_ends()

    def _put(self, report: Report) -> None:
        keys = blocking.keys(report, policy.load())
        self.registry.put(report, article_iri(report.article, self.base).value, keys)
        self.store.extend(article_quads(report, self.base))

    def _fill(self) -> None:
        from kg.store import segments

        for segment in self.folder.manifest().segments:
            placed = {}
            for report in segments.read(self.folder.reports_path, segment):
                self._put(report)
                placed[report.article] = segment.name
            self.registry.place(placed)
            self.registry.commit()

    def _open_registry(self) -> Registry:
        try:
            return Registry(self.folder.registry_path)
        except sqlite3.DatabaseError:
            self.folder.index_begins()
            self.folder.registry_path.unlink()
            return Registry(self.folder.registry_path)
