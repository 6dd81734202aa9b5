"""Answers of queries as text: a table for people, CSV and JSON as SPARQL 1.1 lays them out, Turtle.

W3C: SPARQL 1.1 Query Results CSV and TSV Formats; SPARQL 1.1 Query Results JSON Format.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import textwrap
from collections.abc import Iterator
from typing import Final, TextIO

from kg.errors import BadInput
from kg.rdf.terms import IRI, Literal
from kg.rdf.vocab import PREFIXES
from kg.store.base import Answer, Solutions, Triples, Value

FORMATS: Final = ("table", "csv", "json", "ttl")
WIDTH: Final = 120
"""Columns of a table on something that is no terminal."""
GAP: Final = 2
LINK: Final = "Iri"
"""How the names of columns end that hold an IRI for the next question; people read the names beside them."""
LIST: Final = ";"
"""What parts the values of one cell in the queries that come with kg."""


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
    """A table where it fits, else one block a row; columns of IRIs and empty ones are left out of both."""
    rows = [[_cell(value, base) for value in row] for row in answer.rows]
    shown = [n for n, name in enumerate(answer.variables) if not name.endswith(LINK) and any(row[n] for row in rows)]
    if not rows:
        return 0
    head = [answer.variables[n] for n in shown]
    cells = [[row[n] for n in shown] for row in rows]
    width = shutil.get_terminal_size((WIDTH, 24)).columns if out.isatty() else WIDTH
    sizes = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    if sum(sizes) + GAP * len(sizes) <= width:
        out.writelines(_lines(head, cells, sizes))
    else:
        out.writelines(line for row in cells for line in _block(head, row, width))
    return len(rows)


def _lines(head: list[str], cells: list[list[str]], sizes: list[int]) -> Iterator[str]:
    for row in (head, ["─" * size for size in sizes], *cells):
        padded = (cell.ljust(size) for cell, size in zip(row, sizes, strict=True))
        yield (" " * GAP).join(padded).rstrip() + "\n"


def _block(head: list[str], row: list[str], width: int) -> Iterator[str]:
    """One row, a line for each column, long values and lists on lines of their own."""
    indent = max(map(len, head)) + GAP
    for name, value in zip(head, row, strict=True):
        parts = [part.strip() for part in value.split(LIST)] if value else []
        lines = [line for part in parts for line in textwrap.wrap(part, max(width - indent, GAP)) or [""]]
        for number, line in enumerate(lines):
            yield f"{name if not number else '':{indent}}{line}\n"
    yield "\n"


def _turtle(answer: Triples, out: TextIO) -> int:
    count = 0
    for triple in answer.triples:
        count += 1
        out.write(f"{triple.subject} {triple.predicate} {triple.object} .\n")
    return count


def shortened(iri: str, base: str | None = None) -> str:
    """An IRI with a prefix: ``id:person/sergei-shoigu`` where the base is known, ``rw:Meeting``."""
    spaces: Iterator[tuple[str, str]] = iter([*([("id", base)] if base else []), *PREFIXES.items()])
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in spaces if iri.startswith(space)), iri)


def _cell(value: Value | None, base: str) -> str:
    """A value on one line: quotes can have line breaks."""
    return shortened(value.value, base) if isinstance(value, IRI) else " ".join(_plain(value).split())


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
