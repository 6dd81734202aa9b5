"""The commands that ask a graph: query, stats, explain, timeline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import GRAPH, Graph, app, base_of, log, opened
from kg.errors import BadInput

if TYPE_CHECKING:
    from kg.queries import Question
    from kg.store.base import Store

NO_ROWS = "no rows: "
UNION = "an endpoint must answer from the union of its graphs: oxigraph serve --union-default-graph, see README.md"


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(metavar="NAME|FILE.rq|-", help="A question by name, or SPARQL.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="K=V", help="A parameter's value.")
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv, json or ttl.")] = "table",
    endpoint: Annotated[str | None, typer.Option(metavar="URL", help="Ask this SPARQL endpoint instead.")] = None,
    graph: Graph = GRAPH,
    listed: Annotated[bool, typer.Option("--list", help="Show the questions that come with kg.")] = False,
) -> None:
    """Ask a graph one of the questions that come with kg (--list shows them), or any SPARQL query."""
    if listed:
        _list()
        return
    if name is None:
        raise BadInput("name a question, a file or - ; kg query --list shows the questions")
    from kg.config import DEFAULT_BASE
    from kg.render import render

    question, values = _question(name), _values(param or [])
    base = DEFAULT_BASE if endpoint else base_of(graph)
    with opened(graph, endpoint) as store:
        asked = question.bound(_standing(question, values, store, base), base)
        count = render(store.query(asked), form, base, sys.stdout)
    if form == "table" and not count:
        log(f"{NO_ROWS}{question.silence}" + (f"; {UNION}" if endpoint else ""))


@app.command()
def stats(
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv or json.")] = "table",
    graph: Graph = GRAPH,
) -> None:
    """Show how much the graph holds, where articles disagree, and how many duplicates are suspected."""
    from kg.render import render
    from kg.stats import stats as measured

    with opened(graph, None) as store:
        render(measured(store), form, base_of(graph), sys.stdout)


@app.command()
def explain(
    about: Annotated[str, typer.Argument(metavar="IRI", help="A person, office, tenure, event, conflict, article.")],
    graph: Graph = GRAPH,
) -> None:
    """Show every sentence behind something in the graph, with outlet, date and offsets."""
    from kg.explain import explain as sources

    base = base_of(graph)
    for source in sources(graph, about):
        where = f"{source.report.removeprefix(base)} {source.field}[{source.begin}:{source.end}]"
        typer.echo(f"{source.published or 'undated'}  {source.outlet or '-'}  {where}  {source.says}  ({source.rules})")
        typer.echo(f"    “{source.quote}”" + (f"  in: {source.sentence}" if source.sentence else ""))


@app.command()
def timeline(
    name: Annotated[str, typer.Argument(metavar="PERSON|POSITION", help="In any spelling, or an IRI.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else stdout.")] = None,
    of: Annotated[str | None, typer.Option(metavar="BODY", help="Country or body of the position.")] = None,
    kind: Annotated[str | None, typer.Option("--as", metavar="person|position", help="What the name is.")] = None,
    graph: Graph = GRAPH,
) -> None:
    """Draw a person's offices, or the holders of an office, over time as an SVG picture that can be printed."""
    from kg import timeline as drawing
    from kg.export import whole_file

    picture = drawing.timeline(graph, drawing.Asked(name, drawing.kind(kind), of))
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(picture)
        return
    with whole_file(output) as stream:
        stream.write(picture)
    log(f"{output} written")


def _list() -> None:
    from kg import queries

    for question in queries.questions():
        typer.echo(f"{question.name}: {question.summary}")
        for parameter in question.parameters:
            typer.echo(f"    {parameter}")


def _question(name: str) -> Question:
    from kg import queries

    if name == "-":
        return queries.parse("stdin", sys.stdin.read())
    if name.endswith(".rq") or "/" in name:
        return queries.from_file(Path(name))
    return queries.question(name)


def _standing(question: Question, values: dict[str, str], store: Store, base: str) -> dict[str, str]:
    """The values, where IRIs of identities that people joined with others are those of the ones that stay."""
    from kg import explain

    iris = {each.name for each in question.parameters if each.type == "iri"} & values.keys()
    return values | {name: explain.standing(store, explain.full(values[name], base)).value for name in sorted(iris)}


def _values(given: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        key, equals, value = each.partition("=")
        if not equals or not key:
            raise BadInput(f"--param {each}: write it as name=value")
        if key in found:
            raise BadInput(f"--param {key}: given twice")
        found[key] = value
    return found
