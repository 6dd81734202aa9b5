"""What a SPARQL text is, told from its tokens."""

from __future__ import annotations

import time

import pytest

from kg.store import scanning


@pytest.mark.parametrize(
    ("sparql", "form"),
    [
        ("select * {}", "SELECT"),
        ("# ASK\nPREFIX ask: <http://describe/>\nCONSTRUCT{}WHERE{}", "CONSTRUCT"),
        ("BASE<a:>ASK{}", "ASK"),
        ("DESCRIBE<a:b>", "DESCRIBE"),
        ("PREFIX:<a:>PREFIX a-b:<http://b/>DESCRIBE :x", "DESCRIBE"),
        ("INSERT DATA {}", None),
        ("INSERT { ?s ?p 1 } WHERE { SELECT * { ?s ?p ?o } }", None),
        ("PREFIX a: <a:> DELETE WHERE { ASK a:b 1 }", None),
        ("", None),
    ],
)
def test_the_form_of_a_query_stands_at_its_head(sparql: str, form: str | None) -> None:
    assert scanning.form(sparql) == form


@pytest.mark.parametrize("piece", ["a.", "<a", "<'", "'''\\'", '"""\\"', "e:a.", "_:a.", "# \n", "@a-", "1.", "(?a<b "])
def test_no_head_of_a_query_takes_long_to_read(piece: str) -> None:
    """It is read in the process that serves all clients."""
    began = time.process_time()
    assert scanning.form(piece * 100_000) is None
    assert time.process_time() - began < 0.5
