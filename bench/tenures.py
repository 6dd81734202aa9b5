"""Articles that tell of tenures, made by chance from a fixed seed: who held which office, several articles each.

Offices are the titles of kg/lang/id with countries, regions and bodies of regions; a few titles and bodies have many
offices, most have few. Some holders act only, some are called former later, some starts are told.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Final, TypeVar

from kg.lang import pack
from kg.model import Report, Status, When

HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))
from reports_by_hand import Page  # noqa: E402

SEED: Final = 4
TENURES_OF_A_PERSON, TENURES_OF_AN_OFFICE = 2.5, 10 / 3
ROLES_OF_AN_ARTICLE: Final = 4
FIRST_DAY, DAYS = date(2005, 1, 1), 7_900

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Body:
    """What an office belongs to; all its spellings, the usual one first."""

    kind: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """Title and body, and where an envoy is sent."""

    title: str
    body: Body
    territory: Body | None
    single: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office for some days, and the days of the articles that say so."""

    person: str
    office: Office
    acting: bool
    begin: date
    attested: tuple[tuple[date, Status], ...]


class World:
    """Persons, offices and their holders."""

    def __init__(self, tenures: int) -> None:
        self.chance = Random(SEED)
        self.words = tomllib.loads((HERE / "tenures.toml").read_text(encoding="utf-8"))
        self.bodies = self._bodies()
        self.persons = self._persons(round(tenures / TENURES_OF_A_PERSON))
        self.offices = self._offices(round(tenures / TENURES_OF_AN_OFFICE))
        self.terms = [self._term(office, seat) for office, seat in self._seats(tenures)]

    def reports(self) -> Iterator[Report]:
        """The reports of all articles: one tells of some holders on its day."""
        told = sorted(
            ((day, number, status) for number, term in enumerate(self.terms) for day, status in term.attested)
        )
        for day, some in groupby(told, key=lambda each: each[0]):
            roles = [(self.terms[number], status) for _, number, status in some]
            for begin in range(0, len(roles), ROLES_OF_AN_ARTICLE):
                name = f"warta-{day:%Y%m%d}-{begin // ROLES_OF_AN_ARTICLE}"
                yield self._article(name, day, roles[begin : begin + ROLES_OF_AN_ARTICLE])

    def _article(self, name: str, day: date, roles: Sequence[tuple[Term, Status]]) -> Report:
        roles = list({term.person: (term, status) for term, status in roles}.values())
        lasts = [term.person.split()[-1] for term, _ in roles]
        briefly = [last for last in lasts if lasts.count(last) == 1 and self.chance.random() < 0.3]
        bodies = {body.spellings[0]: (body.kind, self.chance.choice(body.spellings)) for body in _bodies_of(roles)}
        named = {usual: spelling for usual, (_, spelling) in bodies.items()}
        sentences = [f"{_says(term, status, named)} hadir dalam rapat." for term, status in roles]
        page = Page(
            name, day.isoformat(), "Warta Contoh", " ".join([*sentences, *(f"{last} berpidato." for last in briefly)])
        )
        for kind, spelling in dict.fromkeys(bodies.values()):
            page.names(kind, spelling)
        for term, status in roles:
            last = term.person.split()[-1]
            page.names("o", term.person, *([last] if last in briefly else []))
            self._role(page, term, status, named)
        if len(roles) > 1 and self.chance.random() < 0.1:
            page.event(
                "rapat", "Meeting", {roles[0][0].person: "agent", roles[1][0].person: "counterpart"}, when=str(day)
            )
        return page.report()

    def _role(self, page: Page, term: Term, status: Status, named: dict[str, str]) -> None:
        office = term.office
        where = f" > {named[office.territory.spellings[0]]}" if office.territory else ""
        quote = f"{office.title} @ {named[office.body.spellings[0]]}{where}{'!' if office.single else ''}"
        page.role(_says(term, status, named), term.person, quote, status)
        if status == "current" and page.published == term.attested[0][0] and self.chance.random() < 0.2:
            page.roles[-1] = replace(page.roles[-1], start=When.day(term.begin))
            page.event(_says(term, status, named), "Appointment", {term.person: "appointee"}, when=str(term.begin))

    def _bodies(self) -> dict[str, list[Body]]:
        countries = [
            Body("t", (each["name"], *(name for name in each["names"] if name.replace(" ", "").isalpha())))
            for each in pack.load().table("countries")["country"]
        ]
        regions = [
            Body("t", (name,))
            for province in pack.load().table("places")["province"].values()
            for name in (*province["cities"], *province["regencies"])
        ]
        kinds = {"country": countries, "region": regions}
        return {
            of: [
                body
                for kind in some
                for body in kinds.get(kind) or [Body("l", (f"{kind} {r.spellings[0]}",)) for r in regions]
            ]
            for of, some in self.words["bodies"].items()
        }

    def _persons(self, count: int) -> list[str]:
        names, found = self.words["names"], {}
        while len(found) < count:
            middle = [] if self.chance.random() < 0.15 else [self.chance.choice(names["middle"])]
            parts = [self.chance.choice(names["given"]), *middle, self.chance.choice(names["last"])]
            found[" ".join(parts)] = None
        return list(found)

    def _offices(self, count: int) -> list[Office]:
        titles = [
            (title, line.get("of", group["of"]), bool(line.get("single", group.get("single"))), bool(line.get("envoy")))
            for group in pack.load().table("titles").values()
            if isinstance(group, dict) and "titles" in group
            for title, line in group["titles"].items()
        ]
        self.chance.shuffle(titles)
        for some in self.bodies.values():
            self.chance.shuffle(some)
        found: dict[Office, None] = {}
        while len(found) < count:
            title, of, single, envoy = self._often(titles)
            territory = self._often(self.bodies["country"]) if envoy else None
            body = self._often(self.bodies[of])
            if territory != body:
                found[Office(title, body, territory, single)] = None
        return list(found)

    def _often(self, some: Sequence[T]) -> T:
        """One of some things, the first ones far more often than the last."""
        return some[int(len(some) * self.chance.random() ** 2)]

    def _seats(self, count: int) -> Iterator[tuple[Office, tuple[int, int]]]:
        """Offices, each with the number of its term and of how many; one term at the least."""
        extra = [0] * len(self.offices)
        for _ in range(count - len(self.offices)):
            extra[self.chance.randrange(len(extra))] += 1
        for office, more in zip(self.offices, extra, strict=True):
            for number in range(more + 1):
                yield office, (number, more + 1)

    def _term(self, office: Office, seat: tuple[int, int]) -> Term:
        """Terms of one seat follow each other, a few of them clash; those of many seats lie anywhere."""
        number, of = seat
        length = DAYS // of
        early = length // 2 if self.chance.random() < 0.03 else 0
        day = max(0, number * length - early) if office.single else self.chance.randrange(DAYS - length + 1)
        begin = FIRST_DAY + timedelta(day)
        acting = self.chance.random() < 0.05
        days = sorted(self.chance.sample(range(length), self.chance.choice((1, 1, 2, 2, 3))))
        attested: list[tuple[date, Status]] = [
            (begin + timedelta(day), "acting" if acting else "current") for day in days
        ]
        if self.chance.random() < 0.1:
            attested.append((begin + timedelta(length + self.chance.randrange(400)), "former"))
        return Term(self.chance.choice(self.persons), office, acting, begin, tuple(attested))


def _bodies_of(roles: Sequence[tuple[Term, Status]]) -> Iterator[Body]:
    for term, _ in roles:
        yield term.office.body
        if term.office.territory:
            yield term.office.territory


def _says(term: Term, status: Status, named: dict[str, str]) -> str:
    office = term.office
    before = {"former": "Mantan ", "acting": "Plt "}.get(status, "")
    where = f" untuk {named[office.territory.spellings[0]]}" if office.territory else ""
    return f"{before}{office.title} {named[office.body.spellings[0]]}{where} {term.person}"
