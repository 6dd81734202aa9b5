"""Answers of queries as text: a table for people, CSV and JSON as SPARQL 1.1 lays them out, Turtle.

W3C: SPARQL 1.1 Query Results CSV and TSV Formats; SPARQL 1.1 Query Results JSON Format.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Final, TextIO

from kg.errors import BadInput
from kg.rdf.terms import IRI, Literal
from kg.rdf.vocab import PREFIXES
from kg.store.base import Answer, Solutions, Triples, Value

FORMATS: Final = ("table", "csv", "json", "ttl")
WIDTH: Final = 160
"""Columns of a table on something that is no terminal."""


def render(answer: Answer, form: str, base: str, out: TextIO) -> int:
    """Writes an answer; returns the number of rows or triples. Raises BadInput where the form does not fit it."""
    if form not in FORMATS:
        raise BadInput(f"no format {form!r}; choose one of {', '.join(FORMATS)}")
    if isinstance(answer, Triples):
        if form not in ("ttl", "table"):
            raise BadInput(f"this query gives triples, not rows; write them with --format ttl, not {form}")
        return _turtle(answer, out)
    if form == "ttl":
        raise BadInput("this query gives rows, not triples; use --format table, csv or json")
    if isinstance(answer, bool):
        out.write(f"{json.dumps({'head': {}, 'boolean': answer}) if form == 'json' else str(answer).lower()}\n")
        return 1
    return {"table": _table, "csv": _csv, "json": _json}[form](answer, base, out)


def _csv(answer: Solutions, base: str, out: TextIO) -> int:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(answer.variables)
    count = 0
    for row in answer.rows:
        count += 1
        writer.writerow([_plain(value) for value in row])
        out.write(line.getvalue())
        line.seek(0)
        line.truncate()
    out.write(line.getvalue())
    return count


def _json(answer: Solutions, base: str, out: TextIO) -> int:
    head = json.dumps({"vars": list(answer.variables)}, ensure_ascii=False)
    out.write(f'{{"head": {head}, "results": {{"bindings": [')
    count = 0
    for count, row in enumerate(answer.rows, 1):
        cells = {name: _binding(value) for name, value in zip(answer.variables, row, strict=True) if value is not None}
        out.write(f"{',' if count > 1 else ''}\n{json.dumps(cells, ensure_ascii=False)}")
    out.write("\n]}}\n")
    return count


def _table(answer: Solutions, base: str, out: TextIO) -> int:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = out.isatty()
    console = Console(file=out, width=None if terminal else WIDTH, no_color=not terminal, highlight=False)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in answer.variables:
        table.add_column(Text(name), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(shortened(_plain(v), base) if isinstance(v, IRI) else _plain(v)) for v in row))
    console.print(table)
    return table.row_count


def _turtle(answer: Triples, out: TextIO) -> int:
    count = 0
    for triple in answer.triples:
        count += 1
        out.write(f"{triple.subject} {triple.predicate} {triple.object} .\n")
    return count


def shortened(iri: str, base: str) -> str:
    """An IRI with a prefix: ``id:person/sergei-shoigu``, ``rw:Meeting``."""
    spaces: Iterator[tuple[str, str]] = iter([("id", base), *PREFIXES.items()])
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in spaces if iri.startswith(space)), iri)


def _plain(value: Value | None) -> str:
    if value is None:
        return ""
    return value.value if isinstance(value, IRI | Literal) else str(value)


def _binding(value: Value) -> dict[str, str]:
    if isinstance(value, IRI):
        return {"type": "uri", "value": value.value}
    if not isinstance(value, Literal):
        return {"type": "bnode", "value": value.label}
    found = {"type": "literal", "value": value.value}
    if value.lang:
        found["xml:lang"] = value.lang
    elif value.datatype:
        found["datatype"] = value.datatype.value
    return found
