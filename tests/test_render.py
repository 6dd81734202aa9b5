"""Answers as people and programs read them: tables, CSV, JSON and Turtle."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.errors import BadInput
from kg.rdf.terms import IRI, XSD_DATE, Literal
from kg.rdf.vocab import BASE, RW
from kg.render import WIDTH, render, shortened
from kg.store.base import Answer, Blank, Row, Solutions, Triple, Triples

RATNA = IRI(f"{BASE}person/ratna")
HARD = 'Ratna, "si ratu";\r\nbaris kedua'
ROWS: list[Row] = [
    (Literal(HARD), Literal("2026-03-03", XSD_DATE), RATNA),
    (Literal("pemimpin", None, "id"), None, Blank("b0")),
]


def written(answer: Answer, form: str) -> tuple[str, int]:
    out = io.StringIO()
    count = render(answer, form, BASE, out)
    return out.getvalue(), count


def solutions(rows: list[Row] | None = None) -> Solutions:
    return Solutions(("name", "day", "node"), iter(ROWS if rows is None else rows))


def test_csv_is_that_of_rfc_4180() -> None:
    text, count = written(solutions(), "csv")
    assert count == 2
    assert text.startswith("name,day,node\r\n")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["name", "day", "node"],
        [HARD, "2026-03-03", RATNA.value],
        ["pemimpin", "", "_:b0"],
    ]


def test_json_is_that_of_sparql() -> None:
    found = json.loads(written(solutions(), "json")[0])
    assert found == {
        "head": {"vars": ["name", "day", "node"]},
        "results": {
            "bindings": [
                {
                    "name": {"type": "literal", "value": HARD},
                    "day": {"type": "literal", "value": "2026-03-03", "datatype": XSD_DATE.value},
                    "node": {"type": "uri", "value": RATNA.value},
                },
                {
                    "name": {"type": "literal", "value": "pemimpin", "xml:lang": "id"},
                    "node": {"type": "bnode", "value": "b0"},
                },
            ]
        },
    }


def test_no_rows_still_have_a_head() -> None:
    assert written(solutions([]), "csv") == ("name,day,node\r\n", 0)
    assert json.loads(written(solutions([]), "json")[0])["results"] == {"bindings": []}


def test_a_table_is_aligned_and_leaves_nodes_out() -> None:
    rows: list[Row] = [(Literal("Ratna"), None, RATNA), (Literal("Hadi Kusuma"), None, IRI(f"{RW}Meeting"))]
    text, count = written(Solutions(("name", "nothing", "node"), iter(rows)), "table")
    assert count == 2
    assert text.splitlines() == [
        "name         node",
        "───────────  ───────────────",
        "Ratna        id:person/ratna",
        "Hadi Kusuma  rw:Meeting",
    ]
    text, _ = written(Solutions(("name", "nothing", "nodeIri"), iter(rows)), "table")
    assert "id:person/ratna" not in text


def test_a_cell_has_one_line() -> None:
    assert written(Solutions(("name",), iter([(Literal(HARD),)])), "table")[0].count("\n") == 3


def test_what_does_not_fit_is_a_block_a_row() -> None:
    long = "kata " * 60
    rows: list[Row] = [(Literal(long), Literal("satu; dua"), None)]
    text, _ = written(Solutions(("quotes", "articles", "none"), iter(rows)), "table")
    assert all(len(line) <= WIDTH for line in text.splitlines())
    assert "articles  satu\n          dua\n" in text
    assert " ".join(text.split()).count("kata") == 60


@pytest.mark.parametrize(
    ("form", "text"), [("table", "true\n"), ("csv", "true\n"), ("json", '{"head": {}, "boolean": true}\n')]
)
def test_the_answer_to_an_ask(form: str, text: str) -> None:
    assert written(True, form) == (text, 1)


def test_triples_are_turtle() -> None:
    triples = [Triple(RATNA, IRI(f"{RW}name"), Literal('"R"'))]
    text, count = written(Triples(iter(triples)), "ttl")
    assert (text, count) == (f'<{RATNA.value}> <{RW}name> "\\"R\\"" .\n', 1)


@pytest.mark.parametrize(("answer", "form"), [(Triples(iter(())), "csv"), (solutions(), "ttl"), (True, "docx")])
def test_a_form_that_does_not_fit_is_told(answer: Answer, form: str) -> None:
    with pytest.raises(BadInput, match=r"--format|choose one of"):
        written(answer, form)


def test_iris_are_shortened_by_their_namespace() -> None:
    assert shortened(f"{RW}Meeting", BASE) == "rw:Meeting"
    assert shortened("https://lain.example/x", BASE) == "https://lain.example/x"
