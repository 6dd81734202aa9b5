"""The index of a graph folder while one process writes to it: registry and quads, made from reports and decisions.

From the first change on the index may be behind the reports; `settle` ends that. A process that is killed
before leaves it behind, and the next one makes it anew from the reports alone. Where only decisions are new,
opening the index takes them up: what they are about is marked, and nothing else is looked at. Links and the
graphs that people added are taken up likewise.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from kg import __version__, ontology
from kg.config import BATCH_ARTICLES, LANGUAGE
from kg.errors import BadInput, Broken
from kg.ids import digest
from kg.lang import pack as packs
from kg.merge import Rules, merge
from kg.model import Report
from kg.rdf.decided import decided_quads
from kg.rdf.graph import article_quads
from kg.rdf.linked import linked_quads
from kg.rdf.terms import Quad
from kg.rdf.vocab import article_iri, decisions_graph, links_graph
from kg.resolve import blocking, facets, policy, wrong
from kg.resolve.decisions import Decision, Decisions, touched
from kg.resolve.links import in_force
from kg.resolve.names import TABLES as NAME_TABLES
from kg.store import added, copies, decisions, segments
from kg.store.added import Added, Changes
from kg.store.embedded import BULK_QUADS, EmbeddedStore
from kg.store.folder import GraphFolder
from kg.store.registry import Registry, Seen, schema_version
from kg.store.registry.entities import Keyed

COMPACT_ARTICLES = 1_000
"""After so many articles in one run the quads are compacted. On 50,575 articles it took a twentieth of the time to make
the index, and looking up an office took a fifth of the time it took before (bench/who_held.py); on 5,100 articles
(bench/queries_million.py) it took 6 s, and questions took half."""


def folder(path: Path) -> GraphFolder:
    """The graph folder of a path, whose index is current where this version of the resolver and its words made it."""
    words = packs.load(LANGUAGE).digest("titles", "countries", *NAME_TABLES)
    return GraphFolder(path, digest(__version__, policy.version(), schema_version(), words, length=16))


class Index:
    """Registry and quads of one graph folder, in step with its reports."""

    def __init__(self, graph: GraphFolder) -> None:
        """Names the folder; entering the index opens it."""
        self.folder = graph
        self._read = 0

    def __enter__(self) -> Self:
        """Takes the write lock. An index that is behind the reports, or broken, is filled anew.

        Raises BadInput where another process writes, Broken where decisions, links or added graphs are not understood.
        """
        self.base = self.folder.manifest().base
        self._decide_with(self.folder.decisions())
        self.registry = self._opened_registry()
        with ExitStack() as opened:
            opened.push(self.registry)
            self.store = self._opened_store()
            opened.callback(self.store.close)
            self._take_up_decisions()
            self._take_up_links()
            self._take_up_added()
            opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Lets go of the lock."""
        self.store.close()
        self.registry.__exit__(kind, error, trace)

    def seen(self, article: str) -> Seen | None:
        """How an article stands in the graph; None where it does not."""
        return self.registry.seen(article)

    def add(self, reports: Iterable[Report]) -> None:
        """Puts reports in the place of those of the same articles, batch by batch."""
        stream = iter(reports)
        while batch := list(islice(stream, BATCH_ARTICLES)):
            self._replace(list({report.article: report for report in batch}.values()), frozenset())

    def remove(self, articles: Iterable[str]) -> None:
        """Removes the reports of articles."""
        stream = iter(articles)
        while batch := frozenset(islice(stream, BATCH_ARTICLES)):
            self._replace((), batch)

    def decide(self, made: Iterable[Decision]) -> None:
        """Puts decisions in the place of all that the folder had, and takes them up.

        Raises BadInput where they contradict each other; nothing is changed then.
        """
        every = tuple(made)
        try:
            chosen = Decisions.of(every)
        except ValueError as error:
            raise BadInput(f"{self.folder.decisions_path}: two decisions would {error}") from error
        with self._writing():
            decisions.write(self.folder.decisions_path, every)
        self._decide_with(chosen)
        self._take_up_decisions()

    def change_added(self, changes: Changes) -> None:
        """Changes graphs that people added, all in one step, and takes them up.

        Raises BadInput where there would be too much of them; nothing is changed then.
        """
        with self._writing():
            self.folder.change_added(changes)
        self._take_up_added()

    def settle(self) -> None:
        """Brings the resolved graph in line with the reports and makes all durable."""
        if self.folder.current:
            return
        with self._writing():
            rules = Rules(policy.load(), _event_types(), self._decisions)
            merge(self.registry, self.store, rules, self.base)
            self._link()
            if self._read >= COMPACT_ARTICLES:
                self.store.compact()
            self.store.flush()
            self.registry.commit()
            self.folder.index_ends()

    def _replace(self, add: Sequence[Report], remove: frozenset[str]) -> None:
        gone = {a: seen for a in (*(r.article for r in add), *remove) if (seen := self.registry.seen(a))}
        if not add and not gone:
            return
        touched = frozenset(seen.segment for seen in gone.values())
        with self._writing():
            self.folder.index_begins()
            if remove:
                copies.forget(self.folder.sent_path)
            placed = self.folder.commit(add, frozenset(gone), touched)
            for article in sorted(gone):
                self._drop(article)
            self.store.extend(self._put(add))
            self.registry.place(placed)
            self.registry.commit()

    def _decide_with(self, chosen: Decisions) -> None:
        self._decisions = chosen
        self._wrong = wrong.by_article(chosen.wrong)

    def _take_up_decisions(self) -> None:
        """Marks what decisions are about that are new or gone, and reads their wrong reports again."""
        before, after = self.registry.decided.made(), frozenset(self._decisions.made)
        if before == after:
            return
        with self._writing():
            self.folder.index_begins()
            self.registry.decided.take(after)
            for about in sorted(touched(before, after)):
                self.registry.changes.mark("decided", about)
            self._read_again({about for one in before ^ after if one.verdict == "wrong" for about in one.about})
            graph = decisions_graph(self.base).value
            self.store.remove_graph(graph)
            self.store.extend(decided_quads(self._decisions.made, self.base))
            self.registry.commit()

    def _take_up_links(self) -> None:
        """Notes the links in force where their file or the decisions have changed; `_link` puts them in the graph."""
        source = f"{self.folder.linked()} {self._decisions.digest}"
        if self.registry.linked.source() == source:
            return
        found = in_force(self.folder.links(), self._decisions)
        with self._writing():
            self.folder.index_begins()
            self.registry.linked.take(found, source)
            self.store.remove_graph(links_graph(self.base).value)
            self.registry.commit()

    def _link(self) -> None:
        """Writes the graph of links anew where an identity came or went that one is about."""
        self._take_up_links()
        if self.registry.linked.woken():
            self.store.remove_graph(links_graph(self.base).value)
            self.store.extend(linked_quads(self.registry.linked.awake(), self.base))

    def _take_up_added(self) -> None:
        """Puts those added graphs into the quads that are new or changed, and takes out those that are gone."""
        every = {each.graph: each for each in self.folder.added()}
        before, after = self.registry.added.taken(), {graph: each.sha256 for graph, each in every.items()}
        if before == after:
            return
        with self._writing():
            self.folder.index_begins()
            for graph in sorted(before.keys() - after.keys()):
                self.store.remove_graph(added.stands_in(graph, self.base))
            for graph in sorted(graph for graph, sha256 in after.items() if before.get(graph) != sha256):
                self._take_up_graph(every[graph], before.get(graph, ""))
            self.registry.added.take(after)
            self.registry.commit()
            self.folder.sweep()

    def _take_up_graph(self, graph: Added, before: str) -> None:
        """Brings the quads of an added graph in line with its file. `before` is the SHA-256 of the file that it had."""
        name = added.stands_in(graph.graph, self.base)
        if differing := added.difference(self.folder.added_path, before, graph, BULK_QUADS):
            self.store.change_graph(name, *differing)
            return
        with added.opened(self.folder.added_path, graph) as triples:
            self.store.load_graph(name, triples)

    def _read_again(self, reports: Set[str]) -> None:
        """Takes up the articles anew that reports, given by id, stand in."""
        iris = {self.base + about.partition("#")[0] for about in reports}
        for segment, articles in self.registry.segments_of(iris).items():
            for report in self.folder.reports_of(segment, articles):
                self._drop(report.article)
                self.store.extend(self._put([report]))
                self.registry.place({report.article: segment})

    def _drop(self, article: str) -> None:
        self.registry.drop(article)
        self.store.remove_graph(article_iri(article, self.base).value)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Turns a full disk and the like into a fault that says what to do."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            advice = "make room or look after its permissions, then run the same command again"
            raise Broken(f"{self.folder.path}: cannot be written ({error}); {advice}") from error

    def _put(self, reports: Iterable[Report]) -> Iterator[Quad]:
        """Takes reports up into the registry and gives the quads of their article graphs."""
        for whole in reports:
            self._read += 1
            report = wrong.used(whole, self._wrong)
            self.registry.put(report, article_iri(report.article, self.base).value, _keyed(report))
            yield from article_quads(report, self.base)

    def _opened_registry(self) -> Registry:
        path = self.folder.registry_path
        try:
            return Registry(path)
        except sqlite3.DatabaseError:
            self.folder.index_begins()
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
            return Registry(path)

    def _opened_store(self) -> EmbeddedStore:
        if self.folder.current_but_for_decisions:
            try:
                return EmbeddedStore(self.folder.quads_path)
            except Broken:
                self.folder.index_begins()
        self.registry.clear()
        if self.folder.quads_path.is_dir():
            shutil.rmtree(self.folder.quads_path)
        else:
            self.folder.quads_path.unlink(missing_ok=True)
        store = EmbeddedStore(self.folder.quads_path)
        self._fill(store)
        return store

    def _fill(self, store: EmbeddedStore) -> None:
        for segment in self.folder.manifest().segments:
            reports = list(segments.read(self.folder.reports_path, segment))
            store.extend(self._put(reports))
            self.registry.place({report.article: segment.name for report in reports})
            self.registry.commit()


def _event_types() -> dict[str, str]:
    """The label of every event type in the language of labels."""
    return {kind.name: dict(kind.labels).get(LANGUAGE, kind.name) for kind in ontology.load().types}


def _keyed(report: Report) -> dict[str, Keyed]:
    """The keys and the facets of every entity of an article."""
    keys = blocking.keys(report, policy.load())
    told = facets.facets(report, {entity: each.lead for entity, each in keys.items()}, policy.load())
    return {e: Keyed(each.lead, each.others, told.get(e, facets.Facets()).text()) for e, each in keys.items()}
