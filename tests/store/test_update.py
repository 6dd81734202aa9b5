"""Updates over a scratch copy: what they make of the graphs that people may write."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.server.operations import cut, read
from kg.store.update import Conflict, Forbidden, Malformed, Outcome, Request, carried_out, parse

BASE = "https://b.example/"
GIVEN = """INSERT DATA {
  GRAPH <https://b.example/article/1> { <https://b.example/p/1> a <http://e/Person> . }
  GRAPH <https://b.example/graph/resolved> { <https://b.example/p/1> <http://e/label> 'Sri' . }
  GRAPH <https://b.example/graph/default> { <http://e/d> <http://e/p> 'default' . }
  GRAPH <http://e/g> { <http://e/s> <http://e/p> 'g' . }
}"""
PREFIXED = "PREFIX e: <http://e/> "


def done(tmp_path: Path, sparql: str, given: str = GIVEN, **dataset: tuple[str, ...]) -> list[Outcome]:
    tmp_path.mkdir(exist_ok=True)
    store = ox.Store(str(tmp_path / "quads"))
    store.update(given)
    del store
    request = Request(tuple(read(sparql, piece) for piece in cut(sparql)), "http://here/sparql", **dataset)
    return carried_out(tmp_path / "quads", request, BASE)


def lines(*some: str) -> list[bytes]:
    return [f"{line} .\n".encode() for line in some]


LABELLED = lines('<https://b.example/p/1> <http://e/l> "Sri"')
DEFAULT = '<http://e/d> <http://e/p> "default"'
G = '<http://e/s> <http://e/p> "g"'


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("INSERT DATA { <x> <http://e/p> 01 }",
         [("", lines(DEFAULT, '<http://here/x> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'))]),
        ("INSERT { GRAPH e:n { ?p e:l ?l } } WHERE { ?p a e:Person ; e:label ?l }", [("http://e/n", LABELLED)]),
        ("INSERT { GRAPH e:n { ?p e:l ?l } } USING e:g WHERE { ?p a e:Person ; e:label ?l }", [("http://e/n", None)]),
        ("INSERT { GRAPH e:n { e:a e:b ?o } } WHERE { VALUES ?o { 'a\\\\n\\'\\\"\\n' 'x'@ID 1.50 UNDEF } }",
         [("http://e/n", lines('<http://e/a> <http://e/b> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
                               '<http://e/a> <http://e/b> "a\\\\n\'\\"\\n"', '<http://e/a> <http://e/b> "x"@id'))]),
        ("INSERT { GRAPH e:n { ?s e:q ?o } } WHERE { GRAPH <https://b.example/graph/default> { ?s e:p ?o } }",
         [("http://e/n", lines('<http://e/d> <http://e/q> "default"'))]),
        ("ADD default TO e:g", [("http://e/g", lines(DEFAULT, G))]),
        ("DELETE WHERE { ?s e:p ?o }", [("", None)]),
        ("DELETE WHERE { GRAPH e:g { ?s e:p ?o } ?p a e:Person }",
         [("", lines(DEFAULT)), ("http://e/g", [])]),
        ("WITH e:g DELETE { ?s ?p ?o } INSERT { ?s e:q ?o } WHERE { ?s ?p ?o }",
         [("http://e/g", lines('<http://e/s> <http://e/q> "g"'))]),
        ("DELETE { GRAPH e:g { ?s ?p ?o } } INSERT { ?s ?p ?o } WHERE { GRAPH e:g { ?s ?p ?o } }",
         [("", lines(DEFAULT, G)), ("http://e/g", [])]),
        ("CLEAR GRAPH e:g", [("http://e/g", [])]),
        ("DROP GRAPH e:g ; CREATE GRAPH e:n", [("http://e/g", None), ("http://e/n", [])]),
        ("DROP SILENT GRAPH e:none", [("http://e/none", None)]),
        ("CLEAR GRAPH e:none", [("http://e/none", None)]),
        ("CLEAR DEFAULT", [("", None)]),
        ("CLEAR ALL", [("", None), ("http://e/g", [])]),
        ("DROP SILENT NAMED", [("", lines(DEFAULT)), ("http://e/g", None)]),
        ("CREATE GRAPH e:n ; DROP ALL", [("", None), ("http://e/g", None), ("http://e/n", None)]),
        ("MOVE e:g TO e:h", [("http://e/g", None), ("http://e/h", lines(G))]),
        ("COPY DEFAULT TO e:g ; MOVE DEFAULT TO e:h",
         [("", None), ("http://e/g", lines(DEFAULT)), ("http://e/h", lines(DEFAULT))]),
        ("ADD <https://b.example/graph/resolved> TO e:h",
         [("http://e/h", lines('<https://b.example/p/1> <http://e/label> "Sri"'))]),
        ("INSERT { } WHERE { }", []),
    ],
)  # fmt: skip
def test_what_an_update_makes(sparql: str, expected: list[Outcome], tmp_path: Path) -> None:
    assert done(tmp_path, PREFIXED + sparql) == expected


def test_the_protocol_names_the_dataset_of_where(tmp_path: Path) -> None:
    sparql = PREFIXED + "INSERT { GRAPH e:n { ?s e:l ?o } } WHERE { ?s ?p ?o }"
    assert done(tmp_path / "a", sparql, using=("http://e/g",)) == [
        ("http://e/n", lines('<http://e/s> <http://e/l> "g"'))
    ]
    named = PREFIXED + "INSERT { GRAPH e:n { ?s e:l ?g } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    only = lines("<http://e/s> <http://e/l> <http://e/g>")
    assert done(tmp_path / "b", named, using_named=("http://e/g",)) == [("http://e/n", only)]
    for clash in ("WITH e:g INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", "INSERT { ?s ?p 1 } USING e:g WHERE { ?s ?p ?o }"):
        with pytest.raises(Malformed, match=r"2\.2\.3"):
            done(tmp_path / "c", PREFIXED + clash, using=("http://e/g",))


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { GRAPH <https://b.example/article/2> { <a> <b> <c> } }",
        "BASE <https://b.example/x/> INSERT DATA { GRAPH <../graph/mine> { <a> <b> <c> } }",
        "PREFIX a: <https://b.example/arti> CLEAR GRAPH a:cle\\/1",
        "MOVE <https://b.example/article/1> TO <http://e/h>",
        "WITH <https://b.example/graph/default> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT DATA { GRAPH <http://e/n> { <a> <b> <c> } } ; DROP GRAPH <https://b.example/article/1>",
    ],
)
def test_graphs_that_kg_makes_are_refused(sparql: str, tmp_path: Path) -> None:
    with pytest.raises(Forbidden, match="kg makes from articles"):
        done(tmp_path, sparql)


def test_all_is_all_where_nothing_is_built(tmp_path: Path) -> None:
    given = "INSERT DATA { <a:s> <a:p> 1 . GRAPH <a:g> { <a:s> <a:p> 1 } }"
    sparql = "DROP ALL ; INSERT DATA { GRAPH <a:n> { <a:s> <a:p> 'n' } }"
    assert done(tmp_path, sparql, given) == [("", None), ("a:g", None), ("a:n", lines('<a:s> <a:p> "n"'))]


@pytest.mark.parametrize("sparql", ["CREATE GRAPH <http://e/g>", "DROP GRAPH <http://e/none>"])
def test_graphs_that_are_not_as_needed(sparql: str, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="SILENT"):
        done(tmp_path, sparql)


BLANK = "INSERT { GRAPH e:n { [] e:of ?p ; e:list (1 2) . _:x e:of ?p } } WHERE { ?p e:label ?l }"


def test_blank_nodes_get_the_same_names_for_the_same_statements(tmp_path: Path) -> None:
    first, second = (done(tmp_path / name, PREFIXED + BLANK) for name in ("a", "b"))
    assert first == second
    ((_, made),) = first
    assert made is not None
    assert len(made) == 7
    assert not any(b"_:" in line for line in made)
    names = {word for line in made for word in line.split() if b"/.well-known/genid/" in word}
    assert len(names) == 4
    ((_, other),) = done(tmp_path / "c", PREFIXED + BLANK + " # another request\n; INSERT DATA { }")
    assert other is not None
    assert other != made


@pytest.mark.parametrize("value", ["<<( <a:s> <a:p> <a:o> )>>", "'x'@id--ltr"])
def test_what_only_rdf_1_2_has_is_refused(value: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"only RDF 1\.1"):
        done(tmp_path, f"INSERT DATA {{ <a:s> <a:p> {value} }}")


@pytest.mark.parametrize(
    ("operation", "prologue", "place"),
    [
        ("INSERT DATA { ?s <a:p> 1 }", "", (1, 15)),
        ("DELETE\nWHRE { }", "PREFIX e: <http://e/>\n", (2, 1)),
        ("CREATE GRAPH f:g", "PREFIX e: <http://e/>\nPREFIX g: <http://e/>\n", (1, 14)),
    ],
)
def test_a_fault_has_its_place(operation: str, prologue: str, place: tuple[int, int]) -> None:
    with pytest.raises(Malformed) as found:
        parse(operation, prologue, None)
    assert found.value.place is not None
    assert found.value.place[0] == place[0]
