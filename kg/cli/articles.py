"""The commands that make a graph of articles and look after it: build, forget, verify, rebuild."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import GRAPH, Graph, app, log, progress
from kg.model import ENTITY_TYPES

if TYPE_CHECKING:
    from kg.build import Summary


@app.command()
def build(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders; - is JSONL on stdin.")],
    graph: Graph = GRAPH,
    base: Annotated[str | None, typer.Option(help="Base of the IRIs of a new graph.")] = None,
) -> int:
    """Read articles (.txt, .html, .jsonl) into a graph; what is in it already is replaced where it changed."""
    from kg import build as building

    with progress("reading") as step:
        done = building.build(paths, graph, step, base)
    _summarise(done, graph)
    return 1 if done.skipped else 0


@app.command()
def forget(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE_ID...", help="Ids of the articles.")],
    graph: Graph = GRAPH,
) -> int:
    """Remove articles and all that rests on them alone: the graph is as if they had never been read."""
    from kg import build as building

    absent = building.forget(articles, graph)
    log(f"{len(set(articles)) - len(absent)} articles forgotten")
    for article in absent:
        log(f"{article}: no such article; kg query articles shows the ids")
    return 1 if absent else 0


@app.command()
def verify(graph: Graph = GRAPH) -> int:
    """Check every sum of the graph folder, and that the index agrees with the reports."""
    from kg import build as building

    faults = 0
    for problem in building.verify(graph):
        typer.echo(problem)
        faults += 1
    log("every sum is right and the index agrees" if not faults else f"{faults} faults")
    return 1 if faults else 0


@app.command()
def rebuild(graph: Graph = GRAPH) -> None:
    """Make the index of a graph anew from its reports."""
    from kg import build as building

    building.rebuild(graph)
    log("the index is made anew")


def _summarise(done: Summary, graph: Path) -> None:
    for skipped in done.skipped:
        log(f"skipped {skipped}")
    counts = ", ".join(f"{done.totals[kind]} {kind}s" for kind in ENTITY_TYPES)
    log(f"{done.read} articles read, {done.unchanged} unchanged, {len(done.skipped)} skipped in {done.seconds:.1f} s")
    log(
        f"{graph} holds {done.totals['articles']} articles: {counts}, "
        f"{done.totals['offices']} offices, {done.totals['events']} events"
    )
