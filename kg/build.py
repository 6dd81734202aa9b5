"""The whole flow on one page: bytes → Article → Doc → Report → identities → quads → graph folder.

sources.read ─ pipeline.docs ─ Observer.observe ─ Index.add ─ Index.settle
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__, ontology, verifying
from kg.errors import Broken
from kg.index import Index, folder
from kg.lang import pack as packs
from kg.model import Article, Report
from kg.store.embedded import EmbeddedStore
from kg.store.folder import GraphFolder

if TYPE_CHECKING:
    from kg.sources import Skipped

Progress = Callable[["Report | Skipped"], None]


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


def build(paths: Sequence[str], path: Path, progress: Progress | None = None, base: str | None = None) -> Summary:
    """Adds the articles of files and folders to a graph; those already in it are replaced where they changed.

    A new graph gets `base` for its IRIs. Raises BadInput where the folder is no graph or another process writes to
    it, Broken where it is damaged.
    """
    began, tally = time.monotonic(), _Tally()

    def reports(index: Index) -> Iterator[Report]:
        return _observed(_fresh(paths, index, tally, progress), tally, progress)

    totals = add(reports, path, base)
    return Summary(tally.read, tally.unchanged, tuple(tally.skipped), time.monotonic() - began, totals)


def add(reports: Callable[[Index], Iterable[Report]], path: Path, base: str | None = None) -> dict[str, int]:
    """Adds reports to a graph, which is made where there is none; returns what the graph holds then."""
    graph = folder(path)
    graph.create(base)
    with Index(graph) as index:
        index.add(reports(index))
        index.settle()
        return index.registry.totals()


def create(path: Path) -> bool:
    """Makes an empty graph where there is none; true where it did. Raises BadInput where something else is there."""
    new = not folder(path).exists
    if new:
        add(lambda _: (), path)
    return new


def forget(articles: Iterable[str], path: Path) -> tuple[str, ...]:
    """Removes articles and all that rests on them alone; returns the ids that were not there."""
    wanted = sorted(set(articles))
    with Index(folder(path)) as index:
        absent = tuple(article for article in wanted if index.seen(article) is None)
        index.remove(wanted)
        index.settle()
    return absent


def settle(path: Path) -> None:
    """Brings the index in line with reports and decisions, whoever changed them."""
    with Index(folder(path)) as index:
        index.settle()


def rebuild(path: Path) -> None:
    """Makes the index of a graph anew from its reports."""
    graph = folder(path)
    graph.manifest()
    graph.index_begins()
    settle(path)


def verify(path: Path) -> Iterator[str]:
    """What is wrong with a graph, one message each: segments against their sums, the index against them."""
    graph = folder(path)
    damaged = list(graph.damaged())
    yield from damaged
    if not damaged and not graph.current:
        what = "decisions, links or added graphs" if graph.current_but_for_decisions else "reports"
        yield f"{graph.index_path}: is behind the {what}; run: kg rebuild --graph {graph.path}"
    elif not damaged:
        yield from verifying.differences(graph)


def reader(path: Path) -> EmbeddedStore:
    """The store of a graph, opened to be read, after new decisions are taken up and a crash is made good."""
    return EmbeddedStore(opened(path).quads_path, read_only=True)


def opened(path: Path) -> GraphFolder:
    """A graph folder, after new decisions are taken up and a crash is made good."""
    graph = folder(path)
    if not graph.current:
        settle(path)
    return graph


def base_of(path: Path) -> str:
    """The base of a graph's IRIs."""
    return folder(path).manifest().base


def versions() -> dict[str, str]:
    """The versions of all that a report depends on: code, ontology, language pack and model."""
    from kg.nlp import pipeline

    pack = packs.load()
    try:
        model = json.loads((pack.model_path / "meta.json").read_bytes())
        types = hashlib.sha256((ontology.folder("ontology") / "events.ttl").read_bytes()).hexdigest()[:12]
        return {
            "code": __version__,
            "ontology": types,
            "pack": f"{pack.code} {pipeline.version(pack)}",
            "model": f"{model['name']} {model['version']}",
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        advice = "run 'make model' or reinstall riwayat"
        raise Broken(f"language pack: cannot tell its version ({error}); {advice}") from error


def _fresh(paths: Sequence[str], index: Index, tally: _Tally, progress: Progress | None) -> Iterator[Article]:
    """The articles that have to be read: new ones, changed ones, and those that another version read."""
    from kg.observe import article_digest
    from kg.sources import Skipped, read

    made_by = versions()
    index.folder.made_by(made_by)
    producer = _producer(made_by)
    for item in read(paths):
        if isinstance(item, Skipped):
            tally.skipped.append(item)
            if progress:
                progress(item)
            continue
        seen = index.seen(item.id)
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
    from kg.observe import Observer

    pack = packs.load()
    observer = Observer(pack, ontology.load(), _producer(versions()))
    for article, reading, doc in pipeline.docs(pipeline.load(pack), chain((first,), articles), pack):
        report = observer.observe(article, reading, doc)
        tally.read += 1
        if progress:
            progress(report)
        yield report


def _producer(made_by: dict[str, str]) -> str:
    """What made a report, in one line: reports of another producer are read again."""
    return ", ".join(f"{name} {version}" for name, version in sorted(made_by.items()))
