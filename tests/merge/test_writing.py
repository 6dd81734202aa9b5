"""The resolved graph is written by difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kg.config import DEFAULT_BASE
from kg.merge.writing import Writing
from kg.model import When
from kg.rdf import resolved
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad, text
from kg.resolve.attestations import Attestation
from kg.resolve.clashes import Clash
from kg.resolve.matching import Identity
from kg.resolve.policy import load
from kg.resolve.tenures import tenures
from kg.store.embedded import EmbeddedStore
from kg.store.registry import Registry

GRAPH = resolved.graph_iri(DEFAULT_BASE)
LAND = Identity("place/indonesia", "place", "Indonesia", ("Indonesia", "RI"), "ID")


class Counted(EmbeddedStore):
    """A store that knows what was written to it."""

    written: list[str]

    def extend(self, quads: Iterable[Quad]) -> None:
        """Adds quads and notes them."""
        quads = list(quads)
        self.written += [f"+ {quad.object}" for quad in quads]
        super().extend(quads)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Removes quads and notes them."""
        quads = list(quads)
        self.written += [f"- {quad.object}" for quad in quads]
        super().remove(quads)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Counted]:
    made = Counted(tmp_path / "quads")
    made.written = []
    yield made
    made.close()


@pytest.fixture
def writing(store: Counted, tmp_path: Path) -> Iterator[Writing]:
    with Registry(tmp_path / "registry.sqlite") as registry:
        yield Writing(registry.changes, store, DEFAULT_BASE)


def node(name: str, *labels: str) -> list[Quad]:
    return [Quad(v.resource(DEFAULT_BASE, name), v.ALT_LABEL, text(label), IRI(GRAPH)) for label in labels]


def written(writing: Writing, store: Counted) -> list[str]:
    store.written = []
    writing.flush()
    return sorted(store.written)


def test_only_what_differs_is_written(writing: Writing, store: Counted) -> None:
    writing.put("a", [*node("person/a", "satu", "dua"), *node("person/b", "tiga")])
    assert written(writing, store) == ['+ "dua"', '+ "satu"', '+ "tiga"']
    writing.put("a", [*node("person/a", "satu", "dua"), *node("person/b", "tiga")])
    assert written(writing, store) == []
    writing.put("a", node("person/a", "satu", "empat"))
    assert written(writing, store) == ['+ "empat"', '- "dua"', '- "tiga"']
    writing.put("a", ())
    assert written(writing, store) == ['- "empat"', '- "satu"']
    assert list(store.quads()) == []


def test_who_bears_an_identity_comes_and_goes_by_itself(writing: Writing, store: Counted) -> None:
    bearers = [resolved.bearer(LAND.id, f"{DEFAULT_BASE}article/a{n}", "place:ri", DEFAULT_BASE) for n in range(9)]
    writing.put(LAND.id, resolved.entity(LAND, DEFAULT_BASE), resolved.OF_ENTITY)
    for bearer in bearers:
        writing.change(bearer, here=True)
    writing.flush()
    writing.put(LAND.id, resolved.entity(LAND, DEFAULT_BASE), resolved.OF_ENTITY)
    writing.change(bearers[0], here=False)
    assert written(writing, store) == [f"- {bearers[0].object}"]
    writing.change(bearers[1], here=False)
    writing.change(bearers[1], here=True)
    writing.flush()
    assert {q.object for q in store.quads(GRAPH, predicate=v.ATTESTED_BY.value)} == {q.object for q in bearers[1:]}
    writing.put(LAND.id, ())
    writing.flush()
    assert list(store.quads()) == []


def test_all_predicates_of_an_entity_are_known() -> None:
    assert {quad.predicate for quad in resolved.entity(LAND, DEFAULT_BASE)} <= set(resolved.OF_ENTITY)


def test_an_owner_knows_what_its_nodes_are_made_of(tmp_path: Path) -> None:
    with Registry(tmp_path / "registry.sqlite") as registry:
        made_of = registry.changes.made_of
        assert [made_of("a", now) for now in (b"x", b"x", b"y", None, b"y")] == [None, b"x", b"x", b"y", None]


def test_all_predicates_of_a_tenure_are_known() -> None:
    day = When.day(date(2024, 5, 12))
    attested = Attestation(
        day, "current", ("https://w3id.org/riwayat/id/article/a#role-1",), inferred=True, start=day, end=day
    )
    (tenure,) = tenures([attested], load().tenures)
    written = [
        *resolved.tenures("person/a", "position/b", [tenure], DEFAULT_BASE),
        *resolved.conflict("bounds", Clash(("person/a",), attested.reports, "Menteri"), DEFAULT_BASE),
    ]
    assert {quad.predicate for quad in written} <= set(resolved.OF_TENURE)
    assert {how for _, how, _ in resolved.rests_on("person/a", "position/b", [tenure], DEFAULT_BASE)} >= {
        v.ATTESTED_BY,
        v.FILLED_IN,
    }
