"""The questions of queries/ and plain SPARQL, with answers that are easy to compare."""

from __future__ import annotations

from kg import queries
from kg.rdf.vocab import PREFIXES
from kg.store.base import Solutions, Value
from kg.store.embedded import EmbeddedStore

HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


def rows(store: EmbeddedStore, sparql: str) -> list[tuple[str, ...]]:
    """The answer to a query, sorted; terms of the ontology by their local names."""
    answer = store.query(HEAD + sparql)
    assert isinstance(answer, Solutions)
    return sorted(tuple(map(_local, row)) for row in answer.rows)


def asked(store: EmbeddedStore, question: str, /, **values: str) -> list[dict[str, str]]:
    """The answer to a question of queries/, row by row. ``from_`` stands for ``from``, which is Python's."""
    answer = store.query(queries.question(question).bound({key.rstrip("_"): value for key, value in values.items()}))
    assert isinstance(answer, Solutions)
    return [dict(zip(answer.variables, map(_local, row), strict=True)) for row in answer.rows]


def _local(value: Value | None) -> str:
    return "" if value is None else str(getattr(value, "value", value)).rpartition("#")[2]
