"""Seconds that questions on events take on a graph of many, and that its exports take.

    python bench/events_asked.py [FOLDER] [ARTICLES]

Builds the graph from reports made by chance, through the registry and the merge as `kg build` does. A FOLDER that holds
a graph already is asked as it is, so give the same ARTICLES. Each article tells of three events; one in three of them
is told by the next article too.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

import asking
import timed
from tenures import World

from kg import build
from kg.export import export
from kg.lang import pack
from kg.model import Factuality, Report, Stance

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from reports_by_hand import Page

SEED: Final = 5
ARTICLES: Final = 20_000
EVENTS_OF_AN_ARTICLE: Final = 3
FIRST_DAY, DAYS = date(2015, 1, 1), 4_000
PERSONS: Final = 2_500
"""Tenures that tenures.py makes persons of, which gives two persons for five."""

KINDS: Final = (
    ("Meeting", "bertemu", ("agent", "counterpart"), ()),
    ("Visit", "menyambut", ("visitor", "host"), ()),
    ("Transfer", "mengirim kepada", ("giver", "recipient"), ("surat", "bantuan", "senjata")),
    ("Agreement", "sepakat dengan", ("party", "party"), ("perjanjian dagang", "nota kesepahaman")),
)
"""Type, words, roles and things."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event: what two persons do on a day, and who claims it."""

    kind: int
    who: tuple[str, str]
    day: date
    place: str
    thing: str | None
    says: tuple[Factuality, tuple[str, ...]]

    @property
    def words(self) -> str:
        return f"{self.who[0]} {KINDS[self.kind][1]} {self.who[1]}"

    def sentence(self) -> str:
        claims = f" menurut {' dan '.join(self.says[1])}" if self.says[1] else ""
        return f"{self.words} di {self.place}{claims}."


def told(articles: int) -> Iterator[list[Told]]:
    """The events of each article, by chance from a fixed seed."""
    chance = Random(SEED)
    persons = World(PERSONS).persons
    countries = [each["name"] for each in pack.load().table("countries")["country"]]
    before: list[Told] = []
    for number in range(articles):
        day = FIRST_DAY + timedelta(number * DAYS // articles)
        again = [each for each in before if chance.random() < 1 / 3]
        before = [*again, *(_one(chance, persons, countries, day) for _ in range(EVENTS_OF_AN_ARTICLE - len(again)))]
        yield before


def _one(chance: Random, persons: Sequence[str], countries: Sequence[str], day: date) -> Told:
    kind = chance.randrange(len(KINDS))
    first, second = chance.sample(range(len(persons)), 2)
    # The first persons are in the news far more often than the last.
    who = persons[int(first**2 / len(persons))], persons[second]
    things = KINDS[kind][3]
    factuality: Factuality = chance.choices(("actual", "planned", "claimed", "denied"), (80, 10, 5, 5))[0]
    claims = tuple(chance.sample(countries, 2)) if factuality in {"claimed", "denied"} else ()
    thing = chance.choice(things) if things else None
    return Told(kind, who, day, chance.choice(countries), thing, (factuality, claims))


def reports(articles: int) -> Iterator[Report]:
    """What each article says."""
    for number, some in enumerate(told(articles)):
        events = list({event.words: event for event in some if event.who[0] != event.who[1]}.values())
        if not events:
            continue
        day = max(event.day for event in events)
        page = Page(f"warta-{number}", str(day), "Warta Contoh", " ".join(event.sentence() for event in events))
        for name in dict.fromkeys(name for event in events for name in event.who):
            page.names("o", name)
        for name in dict.fromkeys(name for event in events for name in (event.place, *event.says[1])):
            page.names("t", name)
        for event in events:
            _add(page, event)
        yield page.report()


def _add(page: Page, event: Told) -> None:
    type_, _, roles, _ = KINDS[event.kind]
    factuality, claims = event.says
    stances: dict[str, Stance] = dict(zip(claims, ("claims", "denies"), strict=False)) if claims else {}
    page.event(
        event.words,
        type_,
        dict(zip(event.who, roles, strict=True)),
        when=str(event.day),
        place=event.place,
        thing=event.thing,
        says=(factuality, stances),
    )


Values = Callable[[Told], dict[str, str] | None]


def _only(type_: str, values: Values) -> Values:
    return lambda event: values(event) if KINDS[event.kind][0] == type_ else None


CASES: Final[tuple[tuple[str, str, Values], ...]] = (
    ("events", "participant", lambda e: {"participant": e.who[0]}),
    (
        "events",
        "participant, a month",
        lambda e: {"participant": e.who[0], "from": str(e.day)[:7], "to": str(e.day)[:7]},
    ),
    ("events", "type, place", lambda e: {"type": KINDS[e.kind][0], "place": e.place}),
    ("events", "a day", lambda e: {"from": str(e.day), "to": str(e.day)}),
    ("events", "type, a month", lambda e: {"type": KINDS[e.kind][0], "from": str(e.day)[:7], "to": str(e.day)[:7]}),
    ("events", "participant, thing", lambda e: {"participant": e.who[0], "thing": e.thing} if e.thing else None),
    ("told", "participant", lambda e: {"participant": e.who[0]}),
    ("told", "type, participant", lambda e: {"type": KINDS[e.kind][0], "participant": e.who[0]}),
    ("told", "a day", lambda e: {"from": str(e.day), "to": str(e.day)}),
    ("met", "person", _only("Meeting", lambda e: {"person": e.who[0]})),
    ("met", "person, with", _only("Meeting", lambda e: {"person": e.who[0], "with": e.who[1]})),
    ("visits", "visitor", _only("Visit", lambda e: {"visitor": e.who[0]})),
    ("visits", "place", _only("Visit", lambda e: {"place": e.place})),
    ("visits", "visitor, place", _only("Visit", lambda e: {"visitor": e.who[0], "place": e.place})),
    ("transfers", "giver", _only("Transfer", lambda e: {"giver": e.who[0]})),
    ("transfers", "giver, recipient", _only("Transfer", lambda e: {"giver": e.who[0], "recipient": e.who[1]})),
    ("transfers", "recipient, thing", _only("Transfer", lambda e: {"recipient": e.who[1], "thing": str(e.thing)})),
    ("agreements", "party", _only("Agreement", lambda e: {"party": e.who[0]})),
    ("denied-claims", "participant", lambda e: {"participant": e.who[0]} if e.says[1] else None),
    ("denied-claims", "source", lambda e: {"source": e.says[1][0]} if e.says[1] else None),
    ("corroborated", "three articles", lambda e: {"articles": "3"}),
    ("network", "a month", lambda e: {"from": str(e.day)[:7], "to": str(e.day)[:7]}),
)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    articles = int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        graph = path or Path(folder) / "graph"
        if not (graph / "manifest.json").exists():
            seconds = timed.seconds(lambda: build.add(lambda _: reports(articles), graph))
            print(f"built in {seconds:.0f} s", flush=True)
        store = build.reader(graph)
        try:
            count = asking.rows(store, "SELECT ?e WHERE { ?e a <https://w3id.org/riwayat/ontology#Event> }")
            print(f"{count} events, {len(store)} quads", flush=True)
            asking.ask_all(store, ((name, parameters, _values(articles, values)) for name, parameters, values in CASES))
        finally:
            store.close()
        for name in ("graphml", "plover"):
            print(f"{name:15} {timed.seconds(partial(export, graph, name, io.BytesIO())):.0f} s", flush=True)


def _values(articles: int, values: Values) -> Iterator[dict[str, str]]:
    """The values of events by chance."""
    chance, events = Random(SEED), [event for some in told(articles) for event in some]
    while True:
        given = values(chance.choice(events))
        if given is not None:
            yield given


if __name__ == "__main__":
    main()
