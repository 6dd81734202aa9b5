"""Counts what the graphs of a store hold: triples, subjects, classes, properties; articles by day, outlet and language.

Aggregates of the store do the counting, so memory grows with distinct subjects and objects only, some bytes each.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from kg.errors import Broken
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Literal, nquads, text
from kg.store.base import Row, Solutions
from kg.store.embedded import EmbeddedStore

KINDS: Final = {"graph/resolved": "resolved", "graph/decisions": "decisions", "graph/links": "links"}
"""The graphs that kg makes beside those of articles, under the base; what else is there was added by people."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How much one graph holds, or several together."""

    properties: Mapping[IRI, int]
    """Triples by property."""
    classes: Mapping[IRI, int]
    """Members by class."""
    subjects: int | None = None
    """Distinct ones; None where that would take too long to count."""
    objects: int | None = None

    @property
    def triples(self) -> int:
        """All triples."""
        return sum(self.properties.values())

    def without(self, others: Iterable[Counted]) -> Counted:
        """What is left of graphs that have no subject in common with these."""
        properties, classes = Counter(self.properties), Counter(self.classes)
        for each in others:
            properties.subtract(each.properties)
            classes.subtract(each.classes)
        return Counted(+properties, +classes)


@dataclass(frozen=True, slots=True)
class Part:
    """One named graph that is no article's."""

    graph: IRI
    kind: str
    """``resolved``, ``decisions``, ``links`` or ``added``."""
    counted: Counted


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a store holds: all of it, the graphs of articles together, and each other graph."""

    whole: Counted
    articles: Counted
    parts: tuple[Part, ...]
    days: tuple[Literal, Literal] | None
    """The first and the last day of publication."""
    languages: tuple[str, ...]
    outlets: Mapping[str, int]
    """Articles by outlet."""
    examples: tuple[IRI, ...]
    digest: str
    """SHA-256 that names what all of it was made of."""


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The queries and words of a description. Raises Broken where the file cannot be read."""
    path = files("kg") / "description" / "table.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Broken(f"{path}: cannot be read ({error}); reinstall riwayat") from error


def holdings(store: EmbeddedStore, base: str) -> Holdings:
    """Counts a store whose IRIs have this base."""
    asked = _Asked(store, base)
    parts = tuple(_parts(asked))
    every = asked.counted("?graph")
    articles = asked.table["articles"]
    return Holdings(
        whole=replace(every, classes=asked.by_term("members")) if any(p.kind == "added" for p in parts) else every,
        articles=every.without(part.counted for part in parts),
        parts=parts,
        days=next((row for row in asked.rows(articles["days"]) if None not in row), None),  # type: ignore[arg-type]
        languages=tuple(sorted(value.value for value, _ in asked.counts(articles["languages"]))),
        outlets={value.value: count for value, count in sorted(asked.counts(articles["outlets"]), key=str)},
        examples=asked.examples(v.resolved_graph(base)),
        digest=_digest(asked, parts),
    )


class _Asked:
    """The queries of the table, asked of a store."""

    def __init__(self, store: EmbeddedStore, base: str) -> None:
        self.store, self.base, self.table = store, base, table()

    def rows(self, query: str, graph: str = "?graph") -> Iterator[Row]:
        of_articles = str(text(f"{self.base}article/"))
        asked = query.replace("?graph", graph).replace("?base", of_articles)
        answer = self.store.query(self.table["prefixes"] + asked)
        assert isinstance(answer, Solutions)
        return answer.rows

    def counts(self, query: str, graph: str = "?graph") -> Iterator[tuple[IRI | Literal, int]]:
        for what, count in self.rows(query, graph):
            if isinstance(what, IRI | Literal) and isinstance(count, Literal):
                yield what, int(count.value)

    def counted(self, graph: str) -> Counted:
        """Counts of one graph, or of all graphs for ``?graph``; a class that is no IRI is left out."""
        queries = self.table["counts"]
        subjects, objects = next(iter(self.rows(queries["nodes"], graph)))
        assert isinstance(subjects, Literal) and isinstance(objects, Literal)
        return Counted(
            properties=self.by_term("properties", graph),
            classes=self.by_term("classes", graph),
            subjects=int(subjects.value),
            objects=int(objects.value),
        )

    def by_term(self, name: str, graph: str = "?graph") -> dict[IRI, int]:
        """Counts by property or by class."""
        counts = self.counts(self.table["counts"][name], graph)
        return {what: count for what, count in counts if isinstance(what, IRI)}

    def examples(self, graph: IRI) -> tuple[IRI, ...]:
        found = (what for query in self.table["examples"].values() for what, _ in self.counts(query, str(graph)))
        return tuple(what for what in found if isinstance(what, IRI))


def _parts(asked: _Asked) -> Iterator[Part]:
    for name in asked.store.graphs():
        if not v.is_article(name, asked.base):
            kind = KINDS.get(name.removeprefix(asked.base), "added")
            yield Part(IRI(name), kind, asked.counted(f"<{name}>"))


def _digest(asked: _Asked, parts: Iterable[Part]) -> str:
    """Names the articles by what was read and what read it, and the other graphs by their quads.

    The resolved graph comes from these. Segments of reports do not count: they differ with the order of builds.
    """
    total = hashlib.sha256()
    for line in sorted("\t".join(map(str, row)) for row in asked.rows(asked.table["articles"]["contents"])):
        total.update(f"{line}\n".encode())
    for part in parts:
        if part.kind != "resolved":
            total.update(_sum(nquads(asked.store.quads(part.graph.value))))
    return total.hexdigest()


def _sum(lines: Iterable[str]) -> bytes:
    """A digest of lines in any order, in no memory: the sum of their own."""
    total = sum(int.from_bytes(hashlib.sha256(line.encode()).digest()) for line in lines)
    return (total % 2**256).to_bytes(32)
