"""Whom or what somebody means: an id of kg.resolve.decisions, from an IRI, an id or a name in any spelling."""

from __future__ import annotations

from typing import Final

from kg import queries
from kg.errors import BadInput
from kg.rdf.terms import IRI, Literal, search_form
from kg.resolve.decisions import is_item, kind
from kg.store.base import Solutions, Store

LISTED: Final = 8
"""How many of those that a name can mean are listed."""
NAMED: Final = """
PREFIX rw: <https://w3id.org/riwayat/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?iri ?label WHERE {
  # parameters
  VALUES ?class { rw:Person rw:Organization rw:Place }
  ?iri skos:hiddenLabel ?name ; a ?class ; skos:prefLabel ?label .
} ORDER BY ?label ?iri
"""


def meant(given: str, store: Store, base: str) -> str:
    """The id that is meant, or the IRI of an item of the world; an id need not be in the graph.

    Raises BadInput where a name means nobody or several.
    """
    word = given.strip().removeprefix("<").removesuffix(">")
    word = word.removeprefix("id:") if kind(word.removeprefix("id:")) else word
    about = word.removeprefix(base)
    if kind(about) or is_item(about):
        return about
    found = _called(word, store)
    if len(found) == 1:
        return found[0][0].removeprefix(base)
    if not found:
        find = "give its IRI or id; kg query spellings shows the names, kg explain the reports"
        raise BadInput(f"{given}: nobody and nothing in this graph is called so; {find}")
    several = "; ".join(f"{iri.removeprefix(base)} ({label})" for iri, label in found[:LISTED])
    more = f"; and {len(found) - LISTED} more" if len(found) > LISTED else ""
    raise BadInput(f"{given}: means several, give the id of one: {several}{more}")


def _called(name: str, store: Store) -> list[tuple[str, str]]:
    """(IRI, label) of all that have a name."""
    try:
        sought = search_form(name)
    except ValueError:
        return []
    answer = store.query(queries.with_values(NAMED, {"name": sought}))
    assert isinstance(answer, Solutions)
    return [
        (iri.value, label.value) for iri, label in answer.rows if isinstance(iri, IRI) and isinstance(label, Literal)
    ]
