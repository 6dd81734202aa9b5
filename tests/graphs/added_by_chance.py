"""Graphs that people may add, made by chance, with terms that no report of ours holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
from hypothesis import strategies as st

from kg.index import Index, folder
from kg.rdf.vocab import BASE
from kg.store.documents import sorted_lines

XSD = "http://www.w3.org/2001/XMLSchema#"
GRAPHS = ("", "http://x.example/catatan", "urn:x-example:gazetir", f"{BASE}catatan", "http://x.example/a%20b?q#z")
NODES = tuple(
    ox.NamedNode(iri)
    for iri in (
        *("http://x.example/", "urn:x:1", "mailto:a@x.example", BASE, f"{BASE}person/sergei-shoigu"),
        *(f"{BASE}{path}" for path in ("http://y.example/", "//y.example", "a/../b", "?q", "#f", "a:b", "artikel/x#y")),
        *("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://x.example/日本"),
    )
)
TEXTS = (
    "",
    "a",
    'kata "kutip"\n\\ dan\r\ttab',
    "\x00\x07\x7f\ufffe",
    "日本😀",
    "  ",
    "abc",
    "01",
    "+1.50",
    "true",
    "1e5",
)
KINDS = ("integer", "decimal", "boolean", "double", "date", "dateTime", "duration", "string", "int")

literals = st.one_of(
    st.builds(ox.Literal, st.sampled_from(TEXTS)),
    st.builds(
        lambda text, lang: ox.Literal(text, language=lang), st.sampled_from(TEXTS), st.sampled_from(["id", "en-gb"])
    ),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)),
        st.sampled_from([*TEXTS, "9" * 40, "00" + "9" * 30, "2026-13-45", "2026-11-28", "P1Y0M"]),
        st.sampled_from(KINDS),
    ),
)
triples = st.builds(ox.Triple, st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(NODES) | literals)


def lines(some: list[ox.Triple]) -> list[bytes]:
    """Triples as the lines of an added graph."""
    store = ox.Store()
    store.extend(ox.Quad(each.subject, each.predicate, each.object) for each in some)
    return sorted_lines(store, ox.DefaultGraph())


contents = st.lists(triples, max_size=6).map(lines)
changes = st.dictionaries(st.sampled_from(GRAPHS), contents, max_size=4)


def change(path: Path, made: Mapping[str, list[bytes] | None]) -> None:
    """Changes added graphs of a graph folder."""
    with Index(folder(path)) as index:
        index.change_added(made)
        index.settle()
