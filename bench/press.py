"""Articles as the press writes them, made by chance: each one from its number alone, by frequencies in press.toml.

A few things stand in every second article, most persons in one only. Names follow Zipf's law (rank r is named as
1/(r+2)); namesakes, typos, short names and abbreviations come as they do in the press. So many articles a day: more
articles are more days, so that what one month tells does not grow.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, count
from pathlib import Path
from random import Random
from typing import Final, Generic, TypeVar

from tenures import Body, Office, Page, World

from kg.lang import pack
from kg.model import Report, Status

SEED: Final = 6
TENURES: Final = 5_000
"""Of bench/tenures.py: they give 1,500 offices and 2,000 persons who hold them in turn."""
FIRST_DAY, ARTICLES_A_DAY, TERM_DAYS = date(2021, 1, 1), 50, 1_000
BODY_TABLES: Final = ("state", "agencies", "ministries", "parties", "others", "business")
STORIES: Final = 5
"""Big stories a day."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is in an office on some day."""

    person: str
    office: Office


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: its type, who takes part, and where."""

    kind: str
    who: tuple[str, ...]
    place: str


class Often(Generic[T]):
    """Draws the first of some things far more often than the last."""

    def __init__(self, some: Sequence[T]) -> None:
        self.some = some
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(some))))

    def draw(self, chance: Random, number: int) -> list[T]:
        """Different things, as many as asked for or fewer."""
        return list(dict.fromkeys(chance.choices(self.some, cum_weights=self._weights, k=number)))


class Press:
    """What there is to write about, and the articles that do."""

    def __init__(self) -> None:
        world = World(TENURES)
        self.words = tomllib.loads((Path(__file__).parent / "press.toml").read_text(encoding="utf-8"))
        self.names, self.persons = world.words["names"], world.persons
        self.home = next(body for body in world.bodies["country"] if body.spellings[0] == self.words["home"])
        cabinet = [Office(title, self.home, None, True) for title in self.words["cabinet"]]
        self.offices = [*cabinet, *(o for o in world.offices if o.body != self.home and o.territory is None)]
        self.ranks = Often(range(len(self.offices)))
        regional = [body for of in ("agency", "police", "parliament", "company") for body in world.bodies[of]]
        self.bodies = Often([*_known_bodies(), *regional])
        self.places = Often([body for of in ("country", "region") for body in world.bodies[of] if body != self.home])

    def reports(self, entities: int) -> Iterator[Report]:
        """Articles until so many entities have been named."""
        for number in count():
            report = self.article(number)
            yield report
            entities -= len(report.entities)
            if entities <= 0:
                return

    def article(self, number: int) -> Report:
        """Any article."""
        article = _Article(self, number, f"warta-{number}")
        ranks = self.ranks.draw(article.chance, article.chance.choice(self.words["counts"]["holders"]))
        return article.report(ranks, article.chance.random() < self.words["shares"]["home"])

    def of_the_day(self, number: int) -> Report:
        """An article on the president, two ministers and somebody new, with two events."""
        return _Article(self, number, f"istana-{number}").report([0, 2, 3], home=True, events=2)

    def holder(self, rank: int, number: int) -> Holder:
        """Who is in the office of a rank on the day of an article."""
        turn = number // ARTICLES_A_DAY // TERM_DAYS
        return Holder(self.persons[(turn * len(self.offices) + rank) % len(self.persons)], self.offices[rank])

    def name(self, chance: Random) -> str:
        """Anybody's name."""
        middle = [] if chance.random() < 0.15 else [chance.choice(self.names["middle"])]
        return " ".join([chance.choice(self.names["given"]), *middle, chance.choice(self.names["last"])])

    def story(self, number: int) -> Happening:
        """One of the big stories of an article's day, the same for all articles that tell it."""
        chance = Random(f"{SEED} {number // ARTICLES_A_DAY} {Random(f'{SEED} {number} story').randrange(STORIES)}")
        who = [self.holder(rank, number).person for rank in self.ranks.draw(chance, 6)]
        return self.happening(chance, who, self.places.draw(chance, 1)[0].spellings[0])

    def happening(self, chance: Random, who: Sequence[str], place: str) -> Happening:
        """An event of some of those named; of a type that so many can take part in."""
        kinds = [kind for kind, told in self.words["events"].items() if len(told["roles"]) <= len(who)]
        kind = chance.choice(kinds)
        return Happening(kind, tuple(who[: len(self.words["events"][kind]["roles"])]), place)


class _Article:
    """One article while it is written: what it names, then its roles and events, then the page with all of them."""

    def __init__(self, press: Press, number: int, name: str) -> None:
        self.press, self.number, self.name, self.chance = press, number, name, Random(f"{SEED} {name}")
        self.shares, self.counts = press.words["shares"], press.words["counts"]
        self.day = FIRST_DAY + timedelta(number // ARTICLES_A_DAY)
        self.sentences: list[str] = []
        self.named: dict[str, tuple[str, ...]] = {}
        """Kind and spellings of each entity, by its usual name."""
        self.roles: list[tuple[str, str, str, Status]] = []
        self.events: list[tuple[str, Happening]] = []

    def report(self, ranks: Sequence[int], home: bool, events: int | None = None) -> Report:
        """The report of an article on who is in the offices of some ranks, and on whom and what chance adds."""
        holders = [self.press.holder(rank, self.number) for rank in ranks]
        told = [self.press.story(self.number)] if events is None and self._by_chance("story") else []
        if home:
            self._place(self.press.home)
        for holder in holders:
            self._holder(holder, home)
        for _ in range(self.chance.choice(self.counts["passers_by"])):
            self._person(self.press.name(self.chance))
        for body in self.press.bodies.draw(self.chance, self.chance.choice(self.counts["bodies"])):
            self._body(body)
        for body in self.press.places.draw(self.chance, self.chance.choice(self.counts["places"])):
            self._place(body)
        for happening in (*told, *self._own(events or 1)):
            self._tell(happening)
        return self._page()

    def _by_chance(self, share: str) -> bool:
        return self.chance.random() < self.shares[share]

    def _own(self, number: int) -> Iterator[Happening]:
        """Events of those whom the article names, in one of its places."""
        persons = [name for name, (kind, *_) in self.named.items() if kind == "o"]
        places = [name for name, (kind, *_) in self.named.items() if kind == "t"]
        for _ in range(number if persons else 0):
            self.chance.shuffle(persons)
            yield self.press.happening(self.chance, persons, self.chance.choice(places))

    def _holder(self, holder: Holder, home: bool) -> None:
        office, person = holder.office, holder.person
        status: Status = "former" if self._by_chance("former") else "current"
        body = self._place(office.body) if office.body.kind == "t" and office.body != self.press.home else None
        body = body or (self._body(office.body) if office.body.kind == "l" else self.press.home.spellings[0] * home)
        says = f"{'mantan ' * (status == 'former')}{office.title} {body}".strip()
        if not self._person(person, before=f"{says} "):
            return
        of = f"{office.title}{f' @ {body}' if body else ''}{'!' if office.single else ''}"
        self.roles.append((says, person, of, status))

    def _person(self, name: str, before: str = "") -> bool:
        """Names a person, with the office before the name where there is one; False where the name stands already."""
        if name in self.named:
            return False
        last = name.rsplit(maxsplit=1)[-1]
        full = _mistyped(name, self.chance) if self._by_chance("typo") else name
        spellings = (last,) if before and self._by_chance("only_brief") else (full,)
        self.sentences.append(f"{before}{spellings[0]} hadir dalam rapat.")
        if before and spellings != (last,) and self._by_chance("brief"):
            self.sentences.append(f"{last} berpidato.")
            spellings = (full, last)
        self.named[name] = ("o", *spellings)
        return True

    def _body(self, body: Body) -> str:
        """Names a body, under its name, its abbreviation or both; gives the name to call it by."""
        full, short = body.spellings[0], body.spellings[-1]
        if full in self.named:
            return self.named[full][1]
        if full == short or not self._by_chance("only_short"):
            spellings = (full, short) if full != short and self._by_chance("abbreviated") else (full,)
        else:
            spellings = (short,)
        shown = spellings[0] if len(spellings) == 1 else f"{full} ({short})"
        self.sentences.append(f"{shown} mengumumkan hal itu.")
        self.named[full] = ("l", *spellings)
        return spellings[0]

    def _place(self, place: Body) -> str:
        name = place.spellings[0]
        if name not in self.named:
            self.sentences.append(f"Hujan turun di {name}.")
            self.named[name] = ("t", name)
        return name

    def _tell(self, happening: Happening) -> None:
        for person in happening.who:
            self._person(person)
        self._place(Body("t", (happening.place,)))
        first, *others = [self.named[person][1] for person in happening.who]
        words = f"{self.press.words['events'][happening.kind]['words']} {' '.join(others)}".strip()
        quote = f"{first} {words} di {happening.place}"
        self.sentences.append(f"{quote}.")
        self.events.append((quote, happening))

    def _page(self) -> Report:
        page = Page(self.name, self.day.isoformat(), "Warta Contoh", " ".join(self.sentences))
        for kind, *spellings in self.named.values():
            page.names(kind, *spellings)
        shown = {name: spellings[0] for name, (_, *spellings) in self.named.items()}
        for quote, person, of, status in self.roles:
            page.role(quote, shown[person], of, status)
        for quote, told in self.events:
            roles = self.press.words["events"][told.kind]["roles"]
            parts = dict(zip((shown[person] for person in told.who), roles, strict=True))
            page.event(quote, told.kind, parts, when=str(self.day), place=told.place)
        return page.report()


def _mistyped(name: str, chance: Random) -> str:
    """A name in which two letters next to each other have changed places."""
    at = chance.randrange(1, len(name) - 2)
    return name if " " in name[at : at + 2] else f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"


def _known_bodies() -> Iterator[Body]:
    """Bodies of Indonesia under their name and their usual abbreviation."""
    tables = pack.load().table("bodies")
    for table in BODY_TABLES:
        for full, others in tables[table].items():
            if full.replace(" ", "").isalpha():
                yield Body("l", (full, *others[:1]))
