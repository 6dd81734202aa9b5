"""The commands that hand a graph on: export, load."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import GRAPH, Graph, app, base_of, counting, log


@app.command()
def export(
    form: Annotated[
        str,
        typer.Option(
            "--format", "-f", help="ttl, trig, nt, nq, jsonld; graphml (Gephi, networkx); plover, ftm (JSONL)."
        ),
    ] = "ttl",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else stdout.")] = None,
    graph: Graph = GRAPH,
) -> None:
    """Write the graph as RDF or in the form of other tools: the same bytes for the same articles."""
    from kg import export as exporting

    if output is None or str(output) == "-":
        count = exporting.export(graph, form, sys.stdout.buffer)
    else:
        count = exporting.export_file(graph, form, output)
    log(f"{count} {exporting.ITEMS[form]}")


@app.command()
def load(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address for the Graph Store Protocol or SPARQL Update.")],
    graph: Graph = GRAPH,
) -> int:
    """Send the graph to a remote store, article graph by article graph; user and password come from the environment."""
    from kg.description import described
    from kg.store.load import load as send
    from kg.store.remote import Endpoint, RemoteStore

    with closing(described(graph)) as store, counting("sending") as step:
        done = send(store, RemoteStore(Endpoint.of(url)), base_of(graph), step)
    log(f"{done.quads} quads in {done.graphs} graphs sent and counted")
    for name in done.strange:
        log(f"{name}: is there but not in this graph; delete it there if its article was forgotten")
    return 1 if done.strange else 0


@app.command()
def describe(
    form: Annotated[str, typer.Option("--format", "-f", help="ttl, trig, nt, nq or jsonld.")] = "ttl",
    endpoint: Annotated[
        str | None, typer.Option(metavar="URL", help="The SPARQL service that has the graph, to be named in it.")
    ] = None,
    graph: Graph = GRAPH,
) -> None:
    """Describe the graph in VoID and DCAT: counts by class and property, days, outlets, versions."""
    from kg import export as exporting
    from kg.description import describe as made
    from kg.store import http

    address = None if endpoint is None else http.checked(endpoint)
    exporting.write_graph(made(graph, address), base_of(graph), form, sys.stdout.buffer)
