"""What a picture of tenures shows: tenures with their bounds, the reports behind each, and who disagrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, Literal, cast, get_args

from kg import queries
from kg.errors import BadInput
from kg.explain import full
from kg.model import Status
from kg.rdf.terms import IRI
from kg.rdf.terms import Literal as Value
from kg.render import shortened
from kg.store.base import Solutions, Store

Kind = Literal["person", "position"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
NAMED: Final = 5
"""How many of the persons that a name can mean are listed."""

_IRI = re.compile(r"<.*>|(?:id|https?):\S+|(?:person|position)/\S+")

Row = Mapping[str, str]
"""A row of the query, by column; what is unbound is left out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose offices, or the holders of which office, somebody wants to see."""

    name: str
    """A person in any spelling, an office with or without its body, or the IRI of either."""
    kind: Kind | None = None
    """None: whichever the name is."""
    of: str | None = None
    """The body or country of an office."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """One report that somebody holds an office: what it says, and the days it is true of."""

    status: Status
    first: date | None
    last: date | None
    article: str
    said_start: date | None = None
    """Earliest start that the report itself gives."""
    said_end: date | None = None
    """Latest end that the report itself gives."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Reports that cannot all be right."""

    iri: str
    matter: str
    label: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one office over one stretch of time."""

    iri: str
    holder: str
    office: str
    acting: bool
    inferred: bool
    earliest_start: date | None
    latest_start: date | None
    earliest_end: date | None
    latest_end: date | None
    attestations: tuple[Attestation, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def bounds(self) -> tuple[date, ...]:
        """The bounds that are known, in order."""
        every = (self.earliest_start, self.latest_start, self.earliest_end, self.latest_end)
        return tuple(bound for bound in every if bound)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day that is known of it: bounds, then days of reports."""
        told = (day for a in self.attestations for day in (a.first, a.last) if day)
        return (*self.bounds, *told)

    @property
    def start_inferred(self) -> bool:
        """True where the earliest start follows from other tenures: no report of this one gives it."""
        said = {a.said_start for a in self.attestations}
        said |= {a.first for a in self.attestations if a.status == "future"}
        return self.inferred and self.earliest_start is not None and self.earliest_start not in said

    @property
    def end_inferred(self) -> bool:
        """True where the latest end follows from other tenures: no report of this one gives it."""
        said = {a.said_end for a in self.attestations}
        said |= {a.last for a in self.attestations if a.status == "former"}
        return self.inferred and self.latest_end is not None and self.latest_end not in said

    @property
    def office_inferred(self) -> bool:
        """True where it is the office that was filled in, and no bound."""
        return self.inferred and not self.start_inferred and not self.end_inferred


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that one picture shows."""

    kind: Kind
    title: str
    tenures: tuple[Tenure, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts on its tenures, in the order in which they are numbered."""
        found = {c.iri: c for tenure in self.tenures for c in tenure.conflicts}
        return tuple(sorted(found.values(), key=lambda c: (c.matter, c.label, c.iri)))

    @property
    def articles(self) -> int:
        """How many articles it rests on."""
        return len({a.article for tenure in self.tenures for a in tenure.attestations})


def kind(given: str | None) -> Kind | None:
    """What somebody says a name is. Raises BadInput for any other word."""
    for each in KINDS:
        if given == each:
            return each
    if given is not None:
        raise BadInput(f"--as {given}: choose one of {', '.join(KINDS)}")
    return None


def read(store: Store, asked: Asked, base: str) -> Timeline:
    """What the graph knows of what is asked. Raises BadInput where that is nothing, or not one thing."""
    kind, rows = _meant(store, asked, base)
    tenures = [_tenure(list(some)) for _, some in groupby(rows, key=lambda row: row["tenureIri"])]
    tenures.sort(key=lambda t: (t.office if kind == "position" else "", *_order(t)))
    return Timeline(kind, _title(kind, rows), tuple(tenures))


def _meant(store: Store, asked: Asked, base: str) -> tuple[Kind, list[Row]]:
    if asked.of and asked.kind == "person":
        raise BadInput("--of names the body of a position; leave it out, or choose --as position")
    found = _by_iri(store, asked, base) if _IRI.fullmatch(asked.name.strip()) else _by_name(store, asked, base)
    if len(found) > 1:
        raise BadInput(f"{asked.name} is a person and a position; choose with --as person or --as position")
    for kind, rows in found.items():
        if kind == "person":
            _one_person(asked.name, rows, base)
        return kind, rows
    raise BadInput(_unknown(asked))


def _by_name(store: Store, asked: Asked, base: str) -> dict[Kind, list[Row]]:
    kinds: tuple[Kind, ...] = (asked.kind,) if asked.kind else ("position",) if asked.of else KINDS
    found = {}
    for kind in kinds:
        values = {kind: asked.name} | ({"of": asked.of} if asked.of else {})
        if rows := _rows(store, values, base):
            found[kind] = rows
    return found


def _by_iri(store: Store, asked: Asked, base: str) -> dict[Kind, list[Row]]:
    about = full(asked.name, base).value
    rows = _rows(store, {"about": about} | ({"of": asked.of} if asked.of else {}), base)
    kind: Kind = "person" if any(row["holderIri"] == about for row in rows) else "position"
    return {kind: rows} if rows and asked.kind in (None, kind) else {}


def _one_person(name: str, rows: Iterable[Row], base: str) -> None:
    persons = {row["holderIri"]: row["holder"] for row in rows}
    if len(persons) > 1:
        listed = [f"{shortened(iri, base)} ({label})" for iri, label in sorted(persons.items())]
        more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
        raise BadInput(f"{name} can be {len(listed)} persons; name one by IRI: {', '.join(listed[:NAMED])}{more}")


def _unknown(asked: Asked) -> str:
    of = f" of {asked.of}" if asked.of else ""
    kind = {"person": "person with an office", "position": "position", None: "person with an office and no position"}
    return (
        f"{asked.name}{of}: no {kind[asked.kind]} of this graph is called so; "
        "find names with: kg query spellings --param type=person, and positions with: kg query holders"
    )


def _rows(store: Store, values: Mapping[str, str], base: str) -> list[Row]:
    answer = store.query(queries.question("timeline").bound(values, base))
    assert isinstance(answer, Solutions)
    return [
        {name: value.value for name, value in zip(answer.variables, row, strict=True) if isinstance(value, IRI | Value)}
        for row in answer.rows
    ]


def _title(kind: Kind, rows: list[Row]) -> str:
    if kind == "person":
        return rows[0]["holder"]
    labels = sorted({row["office"] for row in rows})
    return labels[0] if len(labels) == 1 else min(row["title"] for row in rows)


def _tenure(rows: list[Row]) -> Tenure:
    """The tenure of its rows: one a report and conflict."""
    row = rows[0]
    reports = {each["reportIri"]: each for each in rows}
    conflicts = {each["conflictIri"]: each for each in rows if "conflictIri" in each}
    return Tenure(
        iri=row["tenureIri"],
        holder=row["holder"],
        office=row["office"],
        acting=row.get("acting") == "true",
        inferred=row.get("inferred") == "true",
        earliest_start=_day(row, "earliestStart"),
        latest_start=_day(row, "latestStart"),
        earliest_end=_day(row, "earliestEnd"),
        latest_end=_day(row, "latestEnd"),
        attestations=tuple(map(_attestation, reports.values())),
        conflicts=tuple(Conflict(iri, c.get("matter", ""), c.get("disagreement", "")) for iri, c in conflicts.items()),
    )


def _attestation(row: Row) -> Attestation:
    return Attestation(
        status=cast(Status, row["status"]),
        first=_day(row, "first"),
        last=_day(row, "last"),
        article=row["article"],
        said_start=_day(row, "saidStart"),
        said_end=_day(row, "saidEnd"),
    )


def _day(row: Row, column: str) -> date | None:
    return date.fromisoformat(row[column]) if column in row else None


def _order(tenure: Tenure) -> tuple[bool, date, str, str, str]:
    """By the day on which a tenure has begun for certain, else by the first day known of it."""
    begun = tenure.latest_start or min(tenure.days, default=None)
    return begun is None, begun or date.min, tenure.holder, tenure.office, tenure.iri
