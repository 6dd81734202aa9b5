"""Every sentence behind a person, an office, a tenure, an event, a conflict, a report or an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from kg import queries
from kg.errors import BadInput
from kg.rdf.terms import IRI, Literal
from kg.rdf.vocab import article_iri, resource
from kg.store.base import Row, Solutions, Store, Value

INSTEAD: Final = """
PREFIX rw: <https://w3id.org/riwayat/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT DISTINCT ?other WHERE {
  # parameters
  ?about (owl:sameAs|^owl:sameAs)+ ?other .
  ?other rw:attestedBy ?report .
  FILTER NOT EXISTS { ?about rw:attestedBy ?own }
} ORDER BY ?other LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Source:
    """One passage of one article, and what is read from it."""

    article: str
    outlet: str | None
    published: str | None
    """ISO date."""
    says: str
    """``mention``, the status of an office, or the factuality of an event."""
    field: str
    """``text`` or ``title``: what the offsets count in."""
    begin: int
    end: int
    quote: str
    sentence: str | None
    """None for mentions after the first of an article from which nothing more is read."""
    rules: str
    confidence: float | None
    report: str
    """IRI of the report."""


def explain(path: Path, about: str) -> Iterator[Source]:
    """The sources of an IRI in the graph of a folder, by day and article.

    The IRI may be shortened: ``id:person/...``, ``person/...``, or the bare id of an article. Raises BadInput
    where the graph knows nothing of it.
    """
    from kg.build import base_of, reader

    store = reader(path)
    try:
        yield from sources(store, full(about, base_of(path)))
    finally:
        store.close()


def sources(store: Store, about: IRI) -> Iterator[Source]:
    """The sources of an IRI in a store, or of the identity that stands for it now. Raises BadInput without any."""
    nothing = True
    for source in chain(_sources(store, about), *(_sources(store, other) for other in _instead(store, about))):
        nothing = False
        yield source
    if nothing:
        find = "find IRIs with: kg query spellings, kg query career, kg query events"
        raise BadInput(f"{about.value}: nothing in this graph rests on it or is called so; {find}")


def standing(store: Store, about: IRI) -> IRI:
    """The IRI to ask for: that of the identity which people made of an old one, else the same."""
    return next(iter(_instead(store, about)), about)


def full(about: str, base: str) -> IRI:
    """The IRI that somebody means. Raises BadInput where it cannot be one."""
    given = about.strip().removeprefix("<").removesuffix(">")
    try:
        if ":" in given:
            return IRI(queries.expanded(given, base))
        if "#" in given:
            return IRI(base + given)
        return resource(base, given) if "/" in given else article_iri(given, base)
    except ValueError as error:
        raise BadInput(f"{about}: {error}; give an IRI, or its part after {base}") from error


def _sources(store: Store, about: IRI) -> Iterator[Source]:
    answer = store.query(queries.with_values(queries.question("evidence").sparql, {"about": about}))
    assert isinstance(answer, Solutions)
    yield from (_source(row, answer.variables) for row in answer.rows)


def _instead(store: Store, about: IRI) -> list[IRI]:
    """The identity that was decided to be the same as one which is in the graph no more."""
    answer = store.query(queries.with_values(INSTEAD, {"about": about}))
    assert isinstance(answer, Solutions)
    return [row[0] for row in answer.rows if isinstance(row[0], IRI)]


def _source(row: Row, variables: tuple[str, ...]) -> Source:
    cell = dict(zip(variables, map(_text, row), strict=True))
    return Source(
        article=cell["article"] or "",
        outlet=cell["outlet"],
        published=cell["published"],
        says=cell["says"] or "",
        field=cell["field"] or "",
        begin=int(cell["begin"] or 0),
        end=int(cell["end"] or 0),
        quote=cell["quote"] or "",
        sentence=cell["sentence"],
        rules=cell["rules"] or "",
        confidence=float(cell["confidence"]) if cell["confidence"] else None,
        report=cell["reportIri"] or "",
    )


def _text(value: Value | None) -> str | None:
    if value is None:
        return None
    return value.value if isinstance(value, IRI | Literal) else value.label
