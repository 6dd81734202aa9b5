"""The command that answers over HTTP: serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import GRAPH, Graph, app, base_of, log


@app.command()
def serve(
    graph: Graph = GRAPH,
    host: Annotated[str, typer.Option(help="Address to listen on; others than loopback are open to others.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free.")] = 7878,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer queries, each one at a time.")] = 2,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may take.")] = 30.0,
    name: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Another name it is called by.")] = None,
    cors: Annotated[list[str] | None, typer.Option(metavar="ORIGIN", help="Let pages of this origin ask.")] = None,
    writable: Annotated[
        bool, typer.Option("--writable", help="Let whoever has the token add graphs and change those.")
    ] = False,
    token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The token's file; else RIWAYAT_SERVE_TOKEN.")
    ] = None,
    log_queries: Annotated[bool, typer.Option("--log-queries", help="Log the text of queries.")] = False,
) -> None:
    """Answer SPARQL over HTTP: loopback, and read-only unless --writable; Ctrl-C ends it."""
    from dataclasses import replace

    from kg import build
    from kg.server import authority, limits
    from kg.server.pool import Pool
    from kg.server.serving import run
    from kg.server.settings import Settings

    called, pages = tuple(name or ()), tuple(cors or ())
    token, warning = authority.token(token_file) if writable else ("", None)
    if warning:
        log(warning)
    if writable and build.create(graph):
        log(f"{graph} was not there: an empty graph has been made")
    settings = Settings(graph, base_of(graph), host, port, called, pages, token, log_queries)
    most = replace(limits.load(), workers=workers, seconds=timeout)
    run(Pool(graph, most), settings, lambda url: log(f"serving {graph} at {url}/sparql; Ctrl-C ends it"))
