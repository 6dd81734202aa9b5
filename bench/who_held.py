"""Seconds that questions on offices take on a graph of many tenures.

    python bench/who_held.py [FOLDER] [TENURES]

Builds the graph from reports made by chance (bench/tenures.py), through the registry and the merge as `kg build` does.
A FOLDER that holds a graph already is asked as it is, so give the same TENURES. Each question is asked with
values of many tenures, in this process; loading the query file counts, starting Python does not.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

import asking
import timed
from tenures import SEED, Term, World

from kg import build
from kg.store.embedded import EmbeddedStore

TENURES: Final = 100_000
Values = Callable[[Term], dict[str, str] | None]


def _day(term: Term) -> str:
    return str(term.attested[0][0] + timedelta(30))


def _label(term: Term) -> str:
    return f"{term.office.title} {term.office.body.spellings[0]}"


def _of(term: Term) -> str:
    return term.office.body.spellings[-1].lower()


CASES: Final[tuple[tuple[str, str, Values], ...]] = (
    ("who-held", "title, of, date", lambda t: {"position": t.office.title, "of": _of(t), "date": _day(t)}),
    ("who-held", "title with body, date", lambda t: {"position": _label(t), "date": _day(t)}),
    ("who-held", "title, date", lambda t: {"position": t.office.title.lower(), "date": _day(t)}),
    ("who-held", "nobody: title, other body", lambda t: {"position": t.office.title, "of": "Contoh", "date": _day(t)}),
    ("career", "person", lambda t: {"person": t.person.lower()}),
    ("career", "last name", lambda t: {"person": t.person.split()[-1]}),
    ("holders", "title, of", lambda t: {"position": t.office.title, "of": _of(t)}),
    ("holders", "title", lambda t: {"position": t.office.title}),
    ("holders", "of", lambda t: {"of": _of(t)}),
    (
        "holders",
        "of, territory",
        lambda t: {"of": _of(t), "territory": t.office.territory.spellings[-1]} if t.office.territory else None,
    ),
    ("roles-changed", "person", lambda t: {"person": t.person}),
    ("roles-changed", "person, a year", lambda t: {"person": t.person, "from": _day(t)[:4], "to": _day(t)[:4]}),
    ("roles-changed", "a day", lambda t: {"from": _day(t), "to": _day(t)}),
    ("conflicts", "holder", lambda t: {"kind": "holder"}),
    ("conflicts", "title", lambda t: {"kind": "title"}),
    ("timeline", "person", lambda t: {"person": t.person}),
    ("timeline", "title, of", lambda t: {"position": t.office.title, "of": _of(t)}),
    ("spellings", "name", lambda t: {"name": t.person}),
    ("met", "person", lambda t: {"person": t.person}),
    ("events", "participant", lambda t: {"participant": t.person}),
    ("told", "participant", lambda t: {"participant": t.person}),
)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    world = World(int(sys.argv[2]) if len(sys.argv) > 2 else TENURES)
    with tempfile.TemporaryDirectory() as folder:
        graph = path or Path(folder) / "graph"
        if not (graph / "manifest.json").exists():
            seconds = timed.seconds(lambda: build.add(lambda _: world.reports(), graph))
            print(f"built in {seconds:.0f} s", flush=True)
        store = build.reader(graph)
        try:
            print(f"{_tenures(store)} tenures, {len(store)} quads", flush=True)
            asking.ask_all(store, ((name, parameters, _values(world, values)) for name, parameters, values in CASES))
        finally:
            store.close()


def _values(world: World, values: Values) -> Iterator[dict[str, str]]:
    """The values of tenures by chance; a question that takes the same ones is asked again."""
    chance = Random(SEED)
    while True:
        given = values(chance.choice(world.terms))
        if given is not None:
            yield given


def _tenures(store: EmbeddedStore) -> int:
    return asking.rows(store, "SELECT ?t WHERE { ?t a <https://w3id.org/riwayat/ontology#Tenure> }")


if __name__ == "__main__":
    main()
