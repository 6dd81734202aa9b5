"""The commands that hand a graph on: export, load."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import GRAPH, Graph, app, base_of, counting, log
from kg.errors import BadInput

KINDS = "oxigraph, fuseki, virtuoso, graphdb, rdf4j, blazegraph or neptune; else recognised."


@app.command()
def export(
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="ttl, else trig, nt, nq, jsonld, rdfxml; graphml (Gephi, networkx); plover, ftm (JSONL).",
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else stdout.")] = None,
    bulk: Annotated[
        Path | None, typer.Option("--bulk", metavar="DIR", help="A folder for the bulk loaders of triple stores.")
    ] = None,
    graph: Graph = GRAPH,
) -> None:
    """Write the graph as RDF or in the form of other tools: the same bytes for the same articles."""
    from kg import export as exporting

    if bulk is not None:
        _export_bulk(graph, bulk, {"--output": output, "--format": form})
        return
    form = form or "ttl"
    if output is None or str(output) == "-":
        count = exporting.export(graph, form, sys.stdout.buffer)
    else:
        count = exporting.export_file(graph, form, output)
    log(f"{count} {exporting.ITEMS[form]}")


def _export_bulk(graph: Path, folder: Path, others: Mapping[str, object]) -> None:
    from kg.export.bulk import export_bulk

    for option, value in others.items():
        if value is not None:
            raise BadInput(f"--bulk writes N-Quads to the folder {folder}; leave {option} {value} out, or --bulk")
    made = export_bulk(graph, folder)
    log(f"{made.quads} quads of {made.graphs} graphs in {len(made.parts)} parts; {folder}/README.md tells how to load")


@app.command()
def load(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where the store is: one of its addresses.")],
    graph: Graph = GRAPH,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=KINDS)] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Read every graph back, and send again what differs.")
    ] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove forgotten graphs there, however many.")] = False,
) -> int:
    """Bring a remote store in line with the graph: only what changed is sent.

    Who writes: RIWAYAT_USER and RIWAYAT_PASSWORD (RIWAYAT_AUTH: basic or digest), or RIWAYAT_TOKEN, of the environment.
    """
    from kg.description import opened
    from kg.store.kinds import place
    from kg.store.load import Wish
    from kg.store.load import load as bring
    from kg.store.memory import Memory
    from kg.store.target import Target

    found = place(url, kind)
    log(f"{found.root}: {found.kind.title}, recognised {found.how}")
    store, made = opened(graph)
    with closing(store), counting("sending") as step:
        done = bring(store, Target(found), base_of(graph), step, Wish(verify, prune, Memory.of(made)))
    log(f"{done.sent} graphs sent with {done.quads} quads, all counted, {done.checked} read back; {done.same} stayed")
    if done.amended:
        log(f"{done.amended} of them by what differs, the rest of it stayed")
    if done.removed:
        log(f"{done.removed} graphs removed there that are here no longer")
    for name in done.strange:
        log(f"{name}: is there but was not loaded from this graph; delete it there if nobody needs it")
    return 1 if done.strange else 0


@app.command()
def describe(
    form: Annotated[str, typer.Option("--format", "-f", help="ttl, trig, nt, nq, jsonld or rdfxml.")] = "ttl",
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
