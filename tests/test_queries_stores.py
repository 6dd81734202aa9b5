"""Every question gives the same rows in Oxigraph, rdflib, Virtuoso and comunica, with the description and without.

What they make of the same rows in another way is JOINED and UNORDERED, and stands in README.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import comunica_served
import pytest
import rdflib
from reports_by_hand import ASKED, reports
from virtuoso_served import LOADER, Virtuoso

from kg import build, queries
from kg.description import described
from kg.rdf.terms import Quad, nquads
from kg.store.base import Solutions, Store, Value, iri, literal
from kg.store.embedded import EmbeddedStore
from kg.store.http import Credentials
from kg.store.remote import Endpoint, RemoteStore

Answer = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""Variables, and the rows of terms in N-Triples; nothing is an empty cell."""
Engine = Callable[[str], Answer]

JOINED = {"in_comunica": ("; ", " | ")}
"""How an engine's cells of several values are joined, whose values come in another order.

comunica 4.5 sorts by one column after the other and forgets the sort before, so ORDER BY of two columns is that of the
first alone.
"""
UNORDERED = {"in_comunica", "in_virtuoso"}
"""Engines whose rows come in another order: comunica as above; Virtuoso sorts empty cells last, SPARQL first."""
# Virtuoso writes booleans as "1" and "0" and its JSON says "typed-literal": `literal` brings both to the usual form.

FOUND = [
    ("who-held", {"position": "bupati", "date": "2024-03-01"}),
    ("who-held", {"position": "menteri pertahanan", "date": "2024-03-01"}),
    ("who-held", {"position": "menteri pertahanan", "of": "rusia", "date": "2024-09-15"}),
    ("visits", {"visitor": "shoigu", "place": "rusia"}),
    ("transfers", {"recipient": "rusia"}),
    ("denied-claims", {"participant": "korut", "source": "korut"}),
    ("told", {"event": "id:event/meeting-dea9247ada45"}),
]
"""Values that some engine answered otherwise: by an EXISTS in an EXISTS, an unbound variable, a sub-SELECT."""


def asked() -> Iterator[tuple[str, dict[str, str]]]:
    """Each question with all its values, and those of FOUND."""
    yield from ((name, ASKED.get(name, {})) for name in queries.names())
    yield from FOUND


def asked_otherwise() -> Iterator[tuple[str, dict[str, str]]]:
    """Each question with none of its values and with each alone, beside what it needs."""
    for question in queries.questions():
        needed = {p.name for p in question.parameters if p.required}
        values = ASKED.get(question.name, {})
        chosen = {frozenset(needed), *(frozenset({*needed, name}) for name in values)} - {frozenset(values)}
        for names in sorted(chosen, key=sorted):
            yield question.name, {name: values[name] for name in sorted(names)}


def shown(case: tuple[str, dict[str, str]]) -> str:
    return f"{case[0]}({', '.join(case[1])})"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "graph"
    build.add(lambda _: reports(), path)
    return path


@pytest.fixture(scope="module")
def oxigraph(graph: Path) -> Iterator[Engine]:
    """The embedded store, without the description: what all others are held against."""
    store = build.reader(graph)
    yield lambda sparql: answered(store, sparql)
    store.close()


@pytest.fixture(scope="module")
def exported(graph: Path) -> list[Quad]:
    """The graph with its description, as others get it."""
    store = described(graph)
    found = list(store.quads())
    store.close()
    return found


@pytest.fixture(scope="module")
def with_description(exported: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    store = EmbeddedStore(tmp_path_factory.mktemp("described"))
    store.extend(exported)
    yield lambda sparql: answered(store, sparql)
    store.close()


@pytest.fixture(scope="module")
def in_rdflib(exported: list[Quad]) -> Engine:
    union = rdflib.Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o, _ in exported), format="nt")

    def ask(sparql: str) -> Answer:
        found = union.query(sparql)
        rows = [tuple(map(cell, row)) for row in found]  # type: ignore[arg-type]
        return tuple(map(str, found.vars or ())), [tuple(map(written, row)) for row in rows]

    return ask


@pytest.fixture(scope="module")
def in_virtuoso(exported: list[Quad], virtuoso_running: Virtuoso) -> Engine:
    """Virtuoso, loaded by its Graph Store Protocol."""
    virtuoso_running.clear()
    url = virtuoso_running.url
    credentials = Credentials("digest", LOADER, virtuoso_running.password)
    store = RemoteStore(Endpoint(f"{url}/sparql-auth", f"{url}/sparql-graph-crud-auth"), credentials)
    store.extend(exported)
    anybody = RemoteStore(Endpoint(f"{url}/sparql"), Credentials())
    return lambda sparql: answered(anybody, sparql)


@pytest.fixture(scope="module")
def in_comunica(exported: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("comunica")
    (folder / "graph.nq").write_text("".join(nquads(exported)), encoding="utf-8")
    with comunica_served.served(folder, folder / "graph.nq") as url:
        store = RemoteStore(Endpoint(url), Credentials())
        yield lambda sparql: answered(store, sparql)


@pytest.fixture(params=["with_description", "in_rdflib", "in_virtuoso", "in_comunica"])
def engine(request: pytest.FixtureRequest) -> tuple[str, Engine]:
    return request.param, request.getfixturevalue(request.param)


@pytest.mark.parametrize("case", list(asked()), ids=shown)
def test_all_engines_give_the_same_rows(
    case: tuple[str, dict[str, str]], engine: tuple[str, Engine], oxigraph: Engine
) -> None:
    name, ask = engine
    sparql = queries.question(case[0]).bound(case[1])
    assert usual(name, ask(sparql)) == usual(name, oxigraph(sparql))


@pytest.mark.parametrize("case", list(asked_otherwise()), ids=shown)
def test_virtuoso_gives_the_same_rows_for_any_values(
    case: tuple[str, dict[str, str]], in_virtuoso: Engine, oxigraph: Engine
) -> None:
    sparql = queries.question(case[0]).bound(case[1])
    assert usual("in_virtuoso", in_virtuoso(sparql)) == usual("in_virtuoso", oxigraph(sparql))


def usual(engine: str, answer: Answer) -> Answer:
    """An answer without what engines differ in."""
    variables, rows = answer
    for joint in JOINED.get(engine, ()):
        rows = [tuple(joint.join(sorted(cell.strip('"').split(joint))) for cell in row) for row in rows]
    return variables, sorted(rows) if engine in UNORDERED else rows


def answered(store: Store, sparql: str) -> Answer:
    found = store.query(sparql)
    assert isinstance(found, Solutions)
    return found.variables, [tuple(map(written, row)) for row in found.rows]


def written(value: Value | None) -> str:
    return "" if value is None else str(value)


def cell(node: object) -> Value | None:
    """A term of rdflib as one of ours."""
    if isinstance(node, rdflib.Literal):
        return literal(str(node), str(node.datatype) if node.datatype else None, node.language)
    return None if node is None else iri(str(node))
