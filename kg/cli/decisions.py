"""The commands with which people have the last word: review, same, differ, rename, wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import GRAPH, Graph, app, base_of, log, opened
from kg.errors import BadInput

if TYPE_CHECKING:
    from kg.resolve.decisions import Verdict
    from kg.review.deciding import Outcome
    from kg.review.items import Source

One = Annotated[str, typer.Argument(metavar="A", help="IRI, id (person/ahmad-yani) or name.")]
Other = Annotated[str, typer.Argument(metavar="B", help="The other.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept with the decision.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides; else $RIWAYAT_BY, git, login.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take the decision back.")]


@app.command()
def review(
    listed: Annotated[bool, typer.Option("--list", help="Only print what is doubtful.")] = False,
    form: Annotated[str, typer.Option("--format", "-f", help="Of the list: table or json.")] = "table",
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="The N most valuable.")] = None,
    by: By = None,
    graph: Graph = GRAPH,
) -> int:
    """Go through doubtful pairs, the most valuable first, with the evidence of both sides, and decide on them."""
    from kg.review import dialogue

    if listed:
        _list(form, limit, graph)
        return 0
    faults: list[str] = []

    def decide(verdict: Verdict, about: tuple[str, str], why: str) -> None:
        try:
            outcome = _decided(verdict, about, (why, by, ""), graph)
        except BadInput as error:
            faults.append(str(error))
            log(str(error))
        else:
            log(f"{about[0]} and {about[1]} {'are one' if verdict == 'same' else 'are two'}; {_moved(outcome)}")

    talk = dialogue.Talk(sys.stdin, typer.echo, lambda text: typer.echo(text, nl=False, err=True), decide)
    done = dialogue.review(graph, _sources(graph), talk, limit)
    log(f"{done.decided - len(faults)} decided, {done.skipped} skipped, {done.left} left")
    return 1 if faults else 0


@app.command()
def same(a: One, b: Other, why: Why = "", by: By = None, undo: Undo = False, graph: Graph = GRAPH) -> None:
    """Decide that two persons, organizations or places are one (or confirm a link: B is the IRI of an item)."""
    first, second, outcome = _pair("same", (a, b), (why, by, undo), graph)
    both = outcome.now.get(first, ()), outcome.now.get(second, ())
    if undo:
        log(f"{first} and {second}: the decision is taken back; {_moved(outcome)}")
    elif both[0] == both[1] and len(both[0]) == 1:
        (one,) = both[0]
        log(f"{first} and {second} are one: {one} ({outcome.labels[one]}); {_moved(outcome)}")
    else:
        log(f"{first} and {second} are one from now on")
    _waiting(outcome, (first, second))


@app.command()
def differ(a: One, b: Other, why: Why = "", by: By = None, undo: Undo = False, graph: Graph = GRAPH) -> None:
    """Decide that two persons, organizations or places are two (or refuse a link: B is the IRI of an item)."""
    first, second, outcome = _pair("different", (a, b), (why, by, undo), graph)
    if undo:
        log(f"{first} and {second}: the decision is taken back; {_moved(outcome)}")
    else:
        now = sorted({one for about in (first, second) for one in outcome.now.get(about, ())})
        shown = ", ".join(f"{one} ({outcome.labels[one]})" for one in now)
        log(f"{first} and {second} are two{': ' if shown else ''}{shown}; {_moved(outcome)}")
    _waiting(outcome, (first, second))


@app.command()
def rename(
    a: One,
    label: Annotated[str | None, typer.Argument(metavar="LABEL", help="The name to show.")] = None,
    why: Why = "",
    by: By = None,
    undo: Undo = False,
    graph: Graph = GRAPH,
) -> None:
    """Decide under which name a person, organization or place is shown."""
    from kg.review.deciding import undo as undone

    (about,) = _meant((a,), graph)
    if undo:
        outcome = undone(graph, "name", (about,))
    elif label is None or not label.strip():
        raise BadInput(f"{a}: give the name to show, or --undo")
    else:
        outcome = _decided("name", (about,), (why, by, " ".join(label.split())), graph)
    log(f"{about} is called {', '.join(outcome.labels[one] for one in outcome.now[about]) or label or 'as before'}")
    _waiting(outcome, (about,))


@app.command()
def wrong(
    report: Annotated[str, typer.Argument(metavar="IRI", help="A report of an article: article/ID#role-...")],
    why: Why = "",
    by: By = None,
    undo: Undo = False,
    graph: Graph = GRAPH,
) -> None:
    """Decide that what one article says (a person, role or event in it) is never used; kg explain shows its IRI."""
    from kg.resolve.decisions import is_report
    from kg.review.deciding import undo as undone

    (about,) = _meant((report,), graph)
    if not is_report(about):
        raise BadInput(f"{report}: is no report of an article; kg explain {about} shows the reports it rests on")
    if undo:
        log(f"{about} is used again: {_counted(-undone(graph, 'wrong', (about,)).left_out)} back")
        return
    outcome = _decided("wrong", (about,), (why, by, ""), graph)
    log(f"{about} is never used: {_counted(outcome.left_out)} left out, with what refers to it")
    if not outcome.left_out:
        log(f"{about}: is not in the graph, or was left out before; the decision waits for its article")


def _sources(graph: Path) -> tuple[Source, ...]:
    """Where doubtful things come from; a new source of items goes in here."""
    from kg.review.doubts import Doubts
    from kg.review.links import Links

    return (Doubts(), Links(graph))


def _list(form: str, limit: int | None, graph: Path) -> None:
    from kg.render import render
    from kg.review import dialogue, showing

    if form not in {"table", "json"}:
        raise BadInput(f"no format {form!r}; choose table or json")
    found = dialogue.waiting(graph, _sources(graph), limit)
    if form == "json":
        typer.echo(json.dumps([showing.as_json(*each) for each in found], ensure_ascii=False, indent=1))
    elif not render(showing.as_table(found), form, base_of(graph), sys.stdout):
        log("nothing is doubtful")


def _pair(
    verdict: Verdict, given: tuple[str, str], how: tuple[str, str | None, bool], graph: Path
) -> tuple[str, str, Outcome]:
    """The ids meant, and what deciding on them, or undoing that, changed."""
    from kg.review.deciding import undo as undone

    why, by, undo = how
    first, second = _meant(given, graph)
    if first == second:
        apart = f"kg explain {first} shows the reports (article/ID#...), decisions.toml has the ids that were joined"
        raise BadInput(
            f"{given[0]} and {given[1]}: both are {first} already; to tell two apart give other ids: {apart}"
        )
    if undo:
        return first, second, undone(graph, verdict, (first, second))
    return first, second, _decided(verdict, (first, second), (why, by, ""), graph)


def _meant(given: Iterable[str], graph: Path) -> list[str]:
    from kg.review.naming import meant

    base = base_of(graph)
    with opened(graph, None) as store:
        return [meant(each, store, base) for each in given]


def _decided(verdict: Verdict, about: tuple[str, ...], how: tuple[str, str | None, str], graph: Path) -> Outcome:
    """What a decision of today changed; the decisions that it stands above are told."""
    from kg.resolve.decisions import Decision
    from kg.review.author import author
    from kg.review.deciding import decide

    why, by, label = how
    try:
        one = Decision(verdict, about, author(by), date.today(), " ".join(why.split()), label)
    except ValueError as error:
        raise BadInput(str(error)) from error
    outcome = decide(graph, one)
    for other in outcome.gone:
        log(f"in the place of: {other}")
    for other in outcome.overruled:
        log(f"holds no longer: {other}")
    return outcome


def _moved(outcome: Outcome) -> str:
    return f"{_counted(outcome.moved)} moved"


def _counted(reports: int) -> str:
    return f"{reports} report" if reports == 1 else f"{reports} reports"


def _waiting(outcome: Outcome, ids: Iterable[str]) -> None:
    for about in ids:
        if outcome.asleep(about):
            log(f"{about}: is not in the graph; decisions on it wait for its articles")
