"""The command ``kg``: data on stdout, logs and progress on stderr, exit status 0 only where all went well.

Exit status 1: what was given is at fault (an article, a file, a value, a store), other articles went on; 2: the
installation, what is in the graph folder, or how the command was called; 130: Ctrl-C.
Everything heavy is imported by the command that needs it, so that ``kg --help`` is quick.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any, Final, cast

import typer

from kg import __version__
from kg.cli import articles, decisions, exports, links, questions, serving, validation
from kg.cli.app import app, told
from kg.errors import Broken, RiwayatError

__all__ = ["app", "articles", "decisions", "exports", "links", "main", "questions", "serving", "validation"]

WrongUse: Final[type[BaseException]] = typer.BadParameter.__mro__[2]
"""Every fault in how a command was called: click's, or the one that newer typers bring along."""
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


def main() -> None:
    """Runs one command; every fault is told in one message, and gives the exit status."""
    status = 0
    try:
        result = app(standalone_mode=False)
        status = result if isinstance(result, int) else 0
        if status == INTERRUPTED:  # typer says so, and keeps the exception to itself
            raise KeyboardInterrupt
        sys.stdout.flush()
    except RiwayatError as error:
        status = told(str(error), error.exit_status)
    except WrongUse as error:
        cast("Any", error).show(sys.stderr)
        status = Broken.exit_status
    except (typer.Abort, KeyboardInterrupt):
        status = told("interrupted after the last whole step; the same command goes on from there", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        status = told(f"{error}; check disk, path and rights", Broken.exit_status)
    except Exception as error:  # noqa: BLE001 (the last line: no traceback reaches a user)
        status = told(f"fault in kg itself: {type(error).__name__}: {error}; please report it", Broken.exit_status)
    sys.exit(status)


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    """Runs before every command."""
    if show:
        typer.echo(f"riwayat {__version__}")
        raise typer.Exit
