"""The command that checks whether a graph is sound: validate."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kg.cli.app import GRAPH, Graph, app, counting, log, opened
from kg.errors import BadInput

if TYPE_CHECKING:
    from kg.store.embedded import EmbeddedStore
    from kg.validate.findings import Finding
    from kg.validate.report import Report, Sources

_NAMED = re.compile(r"(.*/)(?:article/[^/]+|graph/resolved)")
FORMAT = "text for people, ttl (a validation report of SHACL) or json."


@app.command()
def validate(
    document: Annotated[
        str | None, typer.Argument(metavar="FILE|-", help="RDF (.nq, .trig, .ttl, .nt) to check instead of the graph.")
    ] = None,
    graph: Graph = GRAPH,
    form: Annotated[str, typer.Option("--format", "-f", help=FORMAT)] = "text",
    lang: Annotated[str, typer.Option(help="Language of the report: en or id.")] = "en",
    most: Annotated[int, typer.Option(min=0, metavar="N", help="Facts shown of each rule in the text; 0: all.")] = 20,
    reason: Annotated[bool, typer.Option("--reason", help="Ask HermiT as well; takes a Java.")] = False,
    ontology: Annotated[bool, typer.Option("--ontology", help="Check the ontology alone.")] = False,
    syntax: Annotated[str | None, typer.Option(metavar="nq|nt|trig|ttl", help="Of the file, by its name else.")] = None,
) -> int:
    """Check a graph against the shapes and for contradictions, and the ontology itself: article, sentence and rule."""
    from kg import validate as checking
    from kg.validate.report import Report
    from kg.validate.sentences import told

    if ontology and document is not None:
        raise BadInput(f"--ontology checks the ontology alone; leave it out, or {document}")
    report = Report(form, lang, most)
    found = checking.faults(reason)
    if ontology:
        return _told(report, found, lambda _: ())
    with _store(document, graph, syntax) as store, counting("checking") as step:
        report.base = _base(store)
        unsound = checking.unsound(store, reason, step)
        if len(unsound) == checking.MOST_FOUND:
            log(f"stopped at {len(unsound)} findings, there may be more; mend what comes first, and check again")
        found = sorted([*found, *unsound])
        return _told(report, found, lambda each: told(store, each))


def _told(report: Report, found: Sequence[Finding], sources: Sources) -> int:
    report.write(found, sources, sys.stdout)
    if not any(each.unsound for each in found):
        log("the ontology is sound, the graph keeps its shapes and contradicts nothing")
        return 0
    log(f"unsound facts: {sum(each.unsound for each in found)}")
    return 1


@contextmanager
def _store(document: str | None, graph: Path, syntax: str | None) -> Iterator[EmbeddedStore]:
    """The store of a document, else of the graph folder."""
    if document is None:
        with opened(graph, None) as store:
            yield cast("EmbeddedStore", store)
    else:
        from kg.validate.documents import opened as read

        with read(document, syntax) as aside:
            yield aside


def _base(store: EmbeddedStore) -> str | None:
    """The base of the IRIs of a dataset, told by the names of its graphs; None where none is as kg names them."""
    found = (match[1] for name in store.graphs() if (match := _NAMED.fullmatch(name)))
    return next(found, None)
