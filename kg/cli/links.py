"""The command that ties a graph to the world: link."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, get_args

import typer

from kg.cli.app import GRAPH, Graph, app, counting, log
from kg.errors import BadInput
from kg.model import EntityType


@app.command()
def link(
    endpoint: Annotated[
        str | None, typer.Option(metavar="URL", help="SPARQL endpoint in Wikidata's shape; else Wikidata itself.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="person, organization or place; else the first two.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Look up N of each type at most.")] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask again what the cache knows.")] = False,
    graph: Graph = GRAPH,
) -> int:
    """Find which items of Wikidata persons and organizations are: sure ones for the graph, others for kg review."""
    from kg import link as linking

    types = _types(kind)
    wanted = linking.Asked(endpoint or linking.ENDPOINT, types, limit, refresh)
    with counting("looking up") as step:
        done = linking.link(graph, wanted, datetime.now(UTC).date(), step)
    for reason in done.failed:
        log(reason)
    log(f"{done.looked_up} looked up with {done.queries} queries: {done.sure} linked, {done.doubtful} for kg review")
    if done.waiting:
        log(f"{done.waiting} could not be looked up; run the same command again later: it goes on from there")
    return 1 if done.waiting else 0


def _types(kind: str | None) -> tuple[EntityType, ...]:
    known: tuple[EntityType, ...] = get_args(EntityType)
    if kind is None:
        return ("person", "organization")
    if kind not in known:
        raise BadInput(f"--type {kind}: give one of {', '.join(known)}")
    return tuple(each for each in known if each == kind)
