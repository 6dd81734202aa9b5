"""The command ``kg``: data on stdout, logs and progress on stderr, exit status 0 only where all went well.

Exit status 1: an input was at fault and the rest went on; 2: the installation, the graph folder or the call is at
fault. Everything heavy is imported by the command that needs it, so that ``kg --help`` is quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

import typer

from kg import __version__
from kg.errors import BadInput, Broken, RiwayatError
from kg.model import ENTITY_TYPES

if TYPE_CHECKING:
    from kg.build import Progress, Summary
    from kg.queries import Question
    from kg.store.base import Store

app = typer.Typer(
    help="Knowledge graphs from Indonesian news: who held which office when, who met whom, who claims it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Graph = Annotated[Path, typer.Option("--graph", "-g", metavar="DIR", help="The graph folder.")]
GRAPH = Path("graph")
WrongUse: Final[type[BaseException]] = typer.BadParameter.__mro__[2]
"""Every fault in how a command was called: click's, or the one that newer typers bring along."""
NO_ROWS = "no rows: "
UNION = "an endpoint must answer from the union of its graphs: oxigraph serve --union-default-graph, see README.md"
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


def main() -> None:
    """Runs one command; every fault is told in one message, and gives the exit status."""
    status = 0
    try:
        result = app(standalone_mode=False)
        status = result if isinstance(result, int) else 0
        sys.stdout.flush()
    except RiwayatError as error:
        status = _told(str(error), error.exit_status)
    except WrongUse as error:
        cast("Any", error).show(sys.stderr)
        status = Broken.exit_status
    except (typer.Abort, KeyboardInterrupt):
        status = _told("interrupted; the graph is as it was after the last whole step", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        status = _told(f"{error}; check disk, path and rights", Broken.exit_status)
    except Exception as error:  # noqa: BLE001 (the last line: no traceback reaches a user)
        status = _told(f"fault in kg itself: {type(error).__name__}: {error}; please report it", Broken.exit_status)
    sys.exit(status)


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    """Runs before every command."""
    if show:
        typer.echo(f"riwayat {__version__}")
        raise typer.Exit


@app.command()
def build(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders; - is JSONL on stdin.")],
    graph: Graph = GRAPH,
    base: Annotated[str | None, typer.Option(help="Base of the IRIs of a new graph.")] = None,
) -> int:
    """Read articles (.txt, .html, .jsonl) into a graph; what is in it already is replaced where it changed."""
    from kg import build as building

    with _progress("reading") as step:
        done = building.build(paths, graph, step, base)
    _summarise(done, graph)
    return 1 if done.skipped else 0


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
    base = DEFAULT_BASE if endpoint else _base(graph)
    asked = question.bound(values, base)
    with _store(graph, endpoint) as store:
        count = render(store.query(asked), form, base, sys.stdout)
    if form == "table" and not count:
        _log(f"{NO_ROWS}{question.silence}" + (f"; {UNION}" if endpoint else ""))


@app.command()
def export(
    form: Annotated[
        str,
        typer.Option("--format", "-f", help="ttl, trig, nt, nq, jsonld; graphml (Gephi, networkx); plover (JSONL)."),
    ] = "ttl",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else stdout.")] = None,
    graph: Graph = GRAPH,
) -> None:
    """Write the graph as RDF, GraphML or event records: the same bytes for the same articles."""
    from kg import export as exporting

    if output is None or str(output) == "-":
        count = exporting.export(graph, form, sys.stdout.buffer)
    else:
        count = exporting.export_file(graph, form, output)
    _log(f"{count} {exporting.ITEMS[form]}")


@app.command()
def load(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address for the Graph Store Protocol or SPARQL Update.")],
    graph: Graph = GRAPH,
) -> int:
    """Send the graph to a remote store, article graph by article graph; user and password come from the environment."""
    from kg.store.load import load as send
    from kg.store.remote import Endpoint, RemoteStore

    with _store(graph, None) as store, _counting("sending") as step:
        done = send(store, RemoteStore(Endpoint.of(url)), _base(graph), step)
    _log(f"{done.quads} quads in {done.graphs} graphs sent and counted")
    for name in done.strange:
        _log(f"{name}: is there but not in this graph; delete it there if its article was forgotten")
    return 1 if done.strange else 0


@app.command()
def forget(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE_ID...", help="Ids of the articles.")],
    graph: Graph = GRAPH,
) -> int:
    """Remove articles and all that rests on them alone: the graph is as if they had never been read."""
    from kg import build as building

    absent = building.forget(articles, graph)
    _log(f"{len(set(articles)) - len(absent)} articles forgotten")
    for article in absent:
        _log(f"{article}: no such article; kg query articles shows the ids")
    return 1 if absent else 0


@app.command()
def explain(
    about: Annotated[str, typer.Argument(metavar="IRI", help="A person, office, tenure, event, conflict, article.")],
    graph: Graph = GRAPH,
) -> None:
    """Show every sentence behind something in the graph, with outlet, date and offsets."""
    from kg.explain import explain as sources

    for source in sources(graph, about):
        where = f"{source.article} {source.field}[{source.begin}:{source.end}]"
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
    _log(f"{output} written")


@app.command()
def validate(
    graph: Graph = GRAPH,
    reason: Annotated[bool, typer.Option("--reason", help="Let HermiT check consistency; takes a Java.")] = False,
) -> int:
    """Check the graph against the SHACL shapes, and the ontology itself."""
    from kg import validate as checking

    problems = checking.check_ontology(reason)
    with _store(graph, None) as store:
        violations = checking.validate_quads(store.quads())
    for problem in (*problems, *violations):
        typer.echo(str(problem))
    faults = sum(not problem.startswith(checking.NOTE) for problem in problems) + len(violations)
    _log("the ontology is sound and the graph keeps its shapes" if not faults else f"{faults} faults")
    return 1 if faults else 0


@app.command()
def verify(graph: Graph = GRAPH) -> int:
    """Check every sum of the graph folder, and that the index agrees with the reports."""
    from kg import build as building

    faults = 0
    for problem in building.verify(graph):
        typer.echo(problem)
        faults += 1
    _log("every sum is right and the index agrees" if not faults else f"{faults} faults")
    return 1 if faults else 0


@app.command()
def rebuild(graph: Graph = GRAPH) -> None:
    """Make the index of a graph anew from its reports."""
    from kg import build as building

    building.rebuild(graph)
    _log("the index is made anew")


def _log(message: str) -> None:
    typer.echo(f"kg: {message}", err=True)


def _told(message: str, status: int) -> int:
    _log(message)
    return status


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


def _base(graph: Path) -> str:
    from kg.build import base_of

    return base_of(graph)


@contextmanager
def _store(graph: Path, endpoint: str | None) -> Iterator[Store]:
    """The store to ask: a remote one, else the index of the graph folder."""
    store: Store
    if endpoint:
        from kg.store.remote import Endpoint, RemoteStore

        store = RemoteStore(Endpoint(endpoint))
    else:
        from kg.build import reader

        store = reader(graph)
    try:
        yield store
    finally:
        store.close()


def _summarise(done: Summary, graph: Path) -> None:
    for skipped in done.skipped:
        _log(f"skipped {skipped}")
    counts = ", ".join(f"{done.totals[kind]} {kind}s" for kind in ENTITY_TYPES)
    _log(f"{done.read} articles read, {done.unchanged} unchanged, {len(done.skipped)} skipped in {done.seconds:.1f} s")
    _log(
        f"{graph} holds {done.totals['articles']} articles: {counts}, "
        f"{done.totals['offices']} offices, {done.totals['events']} events"
    )


@contextmanager
def _progress(what: str) -> Iterator[Progress | None]:
    """A bar on stderr where it is a terminal."""
    with _counting(what) as step:
        yield lambda item: step(str(getattr(item, "article", "") or getattr(item, "source", "")))


@contextmanager
def _counting(what: str) -> Iterator[Callable[[str], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda name: bar.update(task, advance=1, description=f"{what} {name[:40]}")


if __name__ == "__main__":
    main()
