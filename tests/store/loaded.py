"""Graphs that tests load into stores, and what stands there then."""

from __future__ import annotations

from kg.rdf.terms import IRI, TRUE, XSD, Literal, Quad, Term, decimal, integer, text
from kg.store.embedded import EmbeddedStore
from kg.store.target import Target

BASE = "http://a.example/id/"
P = IRI("http://a.example/p")
NASTY = 'kutip " garis \\ baris\nbaru\r\t } INSERT <x> \u2028 \U0001f600 é'


def values(name: str) -> tuple[Term, ...]:
    """What stores write in their own ways, and what their parsers stumble over."""
    return text(NASTY, "id"), text(name), decimal(0.125), TRUE, integer(7), Literal("1.5E0", IRI(XSD + "double"))


def article(name: str, *more: Quad) -> list[Quad]:
    graph = IRI(f"{BASE}article/{name}")
    return [*(Quad(graph, P, value, graph) for value in values(name)), *more]


def emptied(target: Target) -> Target:
    target.drop(target.graphs("http://"))
    return target


def there(target: Target) -> set[Quad]:
    return {quad for name in target.graphs(BASE) if not name.endswith("loaded") for quad in target.store.quads(name)}


def here(source: EmbeddedStore) -> set[Quad]:
    return set(source.quads())
