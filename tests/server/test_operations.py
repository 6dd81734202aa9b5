"""What an update writes, read from its text."""

from __future__ import annotations

import pytest

from kg.server.operations import Unclear, cut, read
from kg.store.update import Operation

PREFIXED = "PREFIX e: <http://e/>\n"


def operations(sparql: str) -> list[Operation]:
    return [read(sparql, piece) for piece in cut(sparql)]


@pytest.mark.parametrize(
    ("sparql", "writes"),
    [
        ("INSERT DATA { <a:s> <a:p> 1 }", [("DEFAULT",)]),
        ("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } GRAPH e:h { <a:s> <a:p> 'GRAPH <a:x> { }' } }",
         [("<a:g>", "e:h")]),
        ("INSERT DATA { <a:s> <a:p> 1 . GRAPH <a:g> { } }", [("DEFAULT", "<a:g>")]),
        ("DELETE DATA { GRAPH <a:g> { <a:s> <a:p> 1 } } ; INSERT DATA { <a:s> <a:p> 1 }", [("<a:g>",), ("DEFAULT",)]),
        ("delete where { graph <a:g> { ?s ?p ?o } }", [("<a:g>",)]),
        ("WITH <a:g> DELETE { ?s ?p 1 } INSERT { GRAPH <a:h> { ?s ?p 2 } } WHERE { ?s ?p 1 }", [("<a:g>", "<a:h>")]),
        ("INSERT { ?s ?p 2 } USING <a:u> USING NAMED e:n WHERE { GRAPH ?g { ?s ?p 1 } }", [("DEFAULT",)]),
        ("INSERT { ?s ?p 2 } { ?s ?p 1 { ?s ?p ?o } }", [("DEFAULT",)]),
        ("CLEAR SILENT GRAPH <a:g> ; DROP DEFAULT; CREATE GRAPH e:n", [("<a:g>",), ("DEFAULT",), ("e:n",)]),
        ("CLEAR ALL; DROP NAMED", [("ALL",), ("NAMED",)]),
        ("ADD <a:g> TO <a:h>; COPY DEFAULT TO GRAPH <a:h>; MOVE SILENT GRAPH <a:g> TO DEFAULT",
         [("<a:h>",), ("<a:h>",), ("<a:g>", "DEFAULT")]),
        ("# CLEAR ALL ;\nINSERT DATA { <a:s> <a:p> ';CLEAR ALL' }", [("DEFAULT",)]),
        ("PREFIX e: <http://e/> INSERT DATA { e:s e:p 1 } ; PREFIX f: <http://f/> CREATE GRAPH f:g ;",
         [("DEFAULT",), ("f:g",)]),
        ("", []),
        ("PREFIX e: <http://e/>", []),
    ],
)  # fmt: skip
def test_what_is_written(sparql: str, writes: list[tuple[str, ...]]) -> None:
    assert [operation.writes for operation in operations(sparql)] == writes


def test_where_is_taken_apart_from_what_is_written() -> None:
    (one,) = operations(f"{PREFIXED}DELETE {{ ?s e:p 1 }} INSERT {{ ?s e:p [] }} WHERE {{ ?s e:p ?o {{ ?o a e:T }} }}")
    assert one.template == "DELETE { ?s e:p 1 } INSERT { ?s e:p [] } "
    assert one.where == "{ ?s e:p ?o { ?o a e:T } }"
    assert (one.prologue, one.dataset, one.blank) == (PREFIXED, False, True)
    (two,) = operations("DELETE WHERE { ?s ?p ?o }")
    assert (two.template, two.where, two.blank) == ("DELETE { ?s ?p ?o } ", "{ ?s ?p ?o }", False)
    assert [
        each.dataset for each in operations("INSERT { } USING <a:u> WHERE { } ; WITH <a:g> INSERT { } WHERE { }")
    ] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { GRAPH ?g { <a:s> <a:p> 1 } }",
        "INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p 2 } }",
        "INSERT DATA { GRAPHe:g { <a:s> <a:p> 1 } }",
        "INSERT { ?s ?p 1 } USINGe:g WHERE { ?s ?p 1 }",
        "INSERTDATA { <a:s> <a:p> 1 }",
        "WITHe:g DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }",
        "SELECT * { ?s ?p ?o }",
        "DROP ?g",
    ],
)
def test_what_is_unclear_is_refused(sparql: str) -> None:
    with pytest.raises(Unclear):
        operations(sparql)


def test_a_piece_knows_its_place() -> None:
    assert [piece.place for piece in cut("CLEAR ALL;\n  PREFIX e: <a:>\n  DROP e:g ; DROP e:h")] == [
        (1, 1),
        (3, 3),
        (3, 14),
    ]
