"""What all commands share: the application, the option for the graph folder, logs, progress and the store to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.build import Progress
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


def log(message: str) -> None:
    """Says something on stderr."""
    typer.echo(f"kg: {message}", err=True)


def told(message: str, status: int) -> int:
    """Says something on stderr; returns the exit status that goes with it."""
    log(message)
    return status


def base_of(graph: Path) -> str:
    """The base of a graph's IRIs."""
    from kg.build import base_of

    return base_of(graph)


@contextmanager
def opened(graph: Path, endpoint: str | None) -> Iterator[Store]:
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


@contextmanager
def progress(what: str) -> Iterator[Progress | None]:
    """A bar on stderr where it is a terminal."""
    with counting(what) as step:
        yield lambda item: step(str(getattr(item, "article", "") or getattr(item, "source", "")))


@contextmanager
def counting(what: str) -> Iterator[Callable[[str], None]]:
    """A bar on stderr that counts what is named to it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda name: bar.update(task, advance=1, description=f"{what} {name[:40]}")
