"""Links to the world: which items of a SPARQL endpoint in Wikidata's shape the identities of a graph are.

identities ─► names ─► candidates ─► facts ─► features ─► sure, doubtful or nothing ─► links.toml
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from kg import build
from kg.link import items as looked_up
from kg.link.asking import Asking, Unanswered, batches
from kg.link.cache import Cache, default_path
from kg.link.identities import Subject, asked, subjects
from kg.link.policy import Policy, load
from kg.link.proposing import Said, each_item_once, proposed
from kg.model import EntityType
from kg.resolve.decisions import Decision
from kg.resolve.links import Link, verdicts
from kg.store import links as links_file
from kg.store.folder import GraphFolder
from kg.store.http import Credentials
from kg.store.remote import Endpoint, RemoteStore

ENDPOINT: Final = "https://query.wikidata.org/sparql"

Step = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """What is to be linked, and by whom."""

    endpoint: str = ENDPOINT
    types: tuple[EntityType, ...] = ("person", "organization")
    limit: int | None = None
    """Identities of each type that are looked up at most: those that most articles attest."""
    refresh: bool = False
    """True where answers of before are not good enough."""


@dataclass
class Done:
    """What a run found."""

    looked_up: int = 0
    """Identities that the endpoint has answered for, now or before."""
    sure: int = 0
    doubtful: int = 0
    """Identities that a person should look at."""
    queries: int = 0
    failed: list[str] = field(default_factory=list)
    """Why some identities could not be looked up, each reason once."""
    waiting: int = 0
    """Identities that could not be looked up."""


def link(path: Path, wanted: Asked, on: date, step: Step = lambda name: None, policy: Policy | None = None) -> Done:
    """Looks up the identities of a graph and writes links.toml; what a run leaves undone the next one goes on with.

    `on` is the day of new links. Links of identities that were not looked up stay as they are. Raises BadInput where
    there is no graph, or the endpoint's address is none.
    """
    rules = policy or load()
    graph = GraphFolder(path)
    asking = _asking(wanted, rules)
    run = _Run(asking, verdicts(graph.decisions()), Said(wanted.endpoint, on), rules)
    settled = {one for (one, _), decision in run.verdicts.items() if decision.verdict == "same"}
    try:
        for kind in wanted.types:
            for some in _chosen(path, kind, wanted, rules):
                run.look_up([subject for subject in some if subject.id not in settled])
                for subject in some:
                    step(subject.names[0])
    finally:
        asking.cache.close()
    _write(graph, run, wanted.endpoint)
    build.settle(path)
    return run.done


@dataclass
class _Run:
    """One run: whom it asks, by which rules, and what it has found so far."""

    asking: Asking
    verdicts: Mapping[tuple[str, str], Decision]
    """What people said of identities and items: neither is proposed again, whatever they said."""
    said: Said
    policy: Policy
    done: Done = field(default_factory=Done)
    found: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    """Id of each identity that was looked up → its links."""

    def look_up(self, some: Sequence[Subject]) -> None:
        """Looks up identities of one type: all of them, or none where the endpoint leaves a question open."""
        if not some:
            return
        try:
            items = looked_up.items(self.asking, some, self.policy.identities)
        except Unanswered as error:
            self.done.waiting += len(some)
            if str(error) not in self.done.failed:
                self.done.failed.append(str(error))
            return
        finally:
            self.done.queries = self.asking.queries
        self.done.looked_up += len(some)
        for subject in some:
            left = [item for item in items[subject.id] if (subject.id, item.iri) not in self.verdicts]
            self.found[subject.id] = proposed(subject, left, self.said, self.policy)


def _asking(wanted: Asked, policy: Policy) -> Asking:
    """Nobody but an endpoint that the user named is told user and password."""
    credentials = Credentials() if wanted.endpoint == ENDPOINT else Credentials.from_environment()
    store = RemoteStore(Endpoint(wanted.endpoint), credentials, policy.asking.seconds)
    return Asking(store, Cache(default_path(), wanted.endpoint), policy.asking, wanted.refresh)


def _chosen(path: Path, kind: EntityType, wanted: Asked, policy: Policy) -> Iterator[list[Subject]]:
    """The identities of a type to look up, as many together as have the names of one query."""
    store = build.reader(path)
    try:
        every = subjects(store, kind, build.base_of(path), policy.identities)
        chosen = islice(every, wanted.limit)
        yield from batches(chosen, lambda subject: len(asked(subject, policy.identities)), policy.asking.names)
    finally:
        store.close()


def _write(graph: GraphFolder, run: _Run, endpoint: str) -> None:
    """Puts what was found in the place of what was known of the same identities from the same endpoint."""
    before = graph.links()
    kept = [link for link in before if link.id not in run.found or link.endpoint != endpoint]
    fresh = [_dated(link, before) for some in run.found.values() for link in some]
    every = each_item_once((*kept, *fresh))
    here = [link for link in every if link.id in run.found and link.endpoint == endpoint]
    run.done.sure = sum(link.sure for link in here)
    run.done.doubtful = len({link.id for link in here if not link.sure})
    if every or before:
        links_file.write(graph.links_path, every)


def _dated(link: Link, before: Iterable[Link]) -> Link:
    """A link with the day on which it was first found as it is."""
    known = next((old for old in before if (old.id, old.item) == (link.id, link.item)), link)
    return known if replace(known, on=link.on, sure=link.sure) == link else link
