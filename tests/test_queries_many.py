"""A question reads what it asks for: among ten times as many offices it takes about as long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kg import queries
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad, Term, boolean, day, search_form, text
from kg.store.base import Solutions
from kg.store.embedded import EmbeddedStore

FEW, MANY = 500, 5_000
SLOWER = 6.0
"""What is looked up takes as long among MANY as among FEW; what reads all offices takes up to ten times as long."""
DAY = date(2023, 7, 26)
RIVALS = 3
"""Holders of each office."""


def named(iri: IRI, label: str, *more: tuple[IRI, Term]) -> Iterator[tuple[IRI, IRI, Term]]:
    """A node with its label and search form."""
    for predicate, value in ((v.PREF_LABEL, text(label)), (v.HIDDEN_LABEL, search_form(label)), *more):
        yield iri, predicate, value


def office(n: int) -> Iterator[tuple[IRI, IRI, Term]]:
    """An office called "Jabatan 7" and, like all others, "Pejabat"; its body, the country it is for, its holders."""
    post, body, land = (v.resource(v.BASE, f"{kind}/{n}") for kind in ("position", "organization", "place"))
    yield from named(body, f"Badan {n}", (v.TYPE, v.ORGANIZATION))
    yield from named(land, f"Negeri {n}", (v.TYPE, v.PLACE))
    also = search_form("Pejabat")
    seat = ((v.TYPE, v.POSITION), (v.TITLE, text("Pejabat")), (v.HIDDEN_LABEL, also), (v.SINGLE_SEAT, boolean(True)))
    yield from named(post, f"Jabatan {n}", *seat, (v.OF, body), (v.TERRITORY, land))
    for k in range(RIVALS):
        yield from tenure(post, f"{n}-{k}", (v.resource(v.BASE, f"conflict/{n}"), k))


def tenure(post: IRI, name: str, conflict: tuple[IRI, int]) -> Iterator[tuple[IRI, IRI, Term]]:
    """A holder of the office and the report that says so; the first two are the sides of a conflict."""
    article = v.article_iri(f"warta-{name}")
    person, held, report, mention = (
        v.resource(v.BASE, f"person/{name}"), v.resource(v.BASE, f"tenure/{name}"),
        v.report_iri(article, "role"), v.report_iri(article, "text-0-4"),
    )  # fmt: skip
    yield from named(person, f"Orang {name}", (v.TYPE, v.PERSON), (v.ATTESTED_BY, report))
    bounds = (v.EARLIEST_START, v.LATEST_START, v.EARLIEST_END, v.LATEST_END)
    yield from ((held, bound, day(DAY)) for bound in bounds)
    yield from (
        (held, v.TYPE, v.TENURE), (held, v.HOLDER, person), (held, v.POSITION_OF, post),
        (held, v.ACTING, boolean(False)), (held, v.ATTESTED_BY, report),
        (report, v.IN_ARTICLE, article), (report, v.STATUS, v.STATUSES["current"]), (report, v.LATEST, day(DAY)),
        (report, v.MENTION, mention), (mention, v.ANCHOR_OF, text(f"Orang {name}")),
        (article, v.ARTICLE_ID, text(name)),
    )  # fmt: skip
    clash, side = conflict
    if side < 2:
        kind = "holder" if name.startswith("7-") else "status"
        yield from ((clash, v.KIND, text(kind)), (clash, v.SIDE, report), (clash, v.PREF_LABEL, text("Sengketa")))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[EmbeddedStore, EmbeddedStore]]:
    def filled(path: Path, count: int) -> EmbeddedStore:
        store, graph = EmbeddedStore(path), v.resolved_graph()
        store.extend(Quad(*statement, graph) for n in range(count) for statement in office(n))
        return store

    folder = tmp_path_factory.mktemp("many")
    found = filled(folder / "few", FEW), filled(folder / "many", MANY)
    yield found
    for store in found:
        store.close()


@pytest.mark.parametrize(
    ("name", "values", "count"),
    [
        ("who-held", {"position": "jabatan 7", "date": str(DAY)}, RIVALS),
        ("who-held", {"position": "jabatan 7", "of": "badan 7", "date": str(DAY)}, RIVALS),
        ("who-held", {"position": "jabatan 7", "of": "badan 8", "date": str(DAY)}, 0),
        ("who-held", {"position": "jabatan 7", "date": "2023-07-25"}, 0),
        ("who-held", {"position": "pejabat", "of": "badan 7", "date": str(DAY)}, RIVALS),
        ("career", {"person": "orang 7-1"}, 1),
        ("holders", {"position": "jabatan 7"}, RIVALS),
        ("holders", {"of": "badan 7"}, RIVALS),
        ("holders", {"position": "pejabat", "of": "badan 7"}, RIVALS),
        ("holders", {"territory": "negeri 7"}, RIVALS),
        ("roles-changed", {"person": "orang 7-1"}, 2),
        ("roles-changed", {"person": "orang 7-1", "from": "2024"}, 0),
        ("conflicts", {"kind": "holder"}, 2),
        ("spellings", {"name": "orang 7-1"}, 1),
        ("timeline", {"person": "orang 7-1"}, 1),
        ("timeline", {"position": "jabatan 7", "of": "badan 7"}, RIVALS),
        ("timeline", {"position": "pejabat", "of": "badan 7"}, RIVALS),
        ("timeline", {"about": "id:person/7-1"}, 1),
    ],
)
def test_a_question_does_not_read_all_offices(
    name: str, values: dict[str, str], count: int, stores: tuple[EmbeddedStore, EmbeddedStore]
) -> None:
    sparql = queries.question(name).bound(values)
    few, many = (seconds(store, sparql, count) for store in stores)
    assert many < SLOWER * few


def seconds(store: EmbeddedStore, sparql: str, count: int) -> float:
    """The least of some times that the answer takes: what else runs on the machine only adds to it."""
    times = []
    for _ in range(5):
        began = time.process_time()
        answer = store.query(sparql)
        assert isinstance(answer, Solutions)
        assert sum(1 for _ in answer.rows) == count
        times.append(time.process_time() - began)
    return min(times)
