"""A report and a resolved graph made by hand, right in every shape."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.model import (
    Attribution,
    EntityReport,
    EventReport,
    Evidence,
    Mention,
    Participation,
    Report,
    RoleReport,
    Span,
    When,
)
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad, Term, boolean, day, text

TITLE = "Ratna Wijaya Bertemu Hadi Kusuma di Ambon"
TEXT = (
    "Menteri Perikanan Ratna Wijaya bertemu Hadi Kusuma di Ambon pada Selasa (3/3/2026). "
    "Kabar itu dibantah Badan Laut Nusantara."
)


def span(quote: str, begin: int = 0) -> Span:
    """Where a quote stands in TEXT."""
    at = TEXT.index(quote, begin)
    return Span("text", at, at + len(quote))


def evidence(quote: str, rule: str = "rule-a", confidence: float = 0.9) -> Evidence:
    """A quote with its sentence."""
    where = span(quote)
    first = TEXT.index(". ") + 1
    sentence = Span("text", 0, first) if where.begin < first else Span("text", first + 1, len(TEXT))
    return Evidence(where, quote, sentence, TEXT[sentence.begin : sentence.end], rule, confidence)


def entity(type_: str, name: str) -> EntityReport:
    """An entity with its mentions in title and text."""
    found = [Mention(span(name), name)]
    if name in TITLE:
        found.append(Mention(Span("title", TITLE.index(name), TITLE.index(name) + len(name)), name))
    key = f"{type_}:{name.lower().replace(' ', '-')}"
    return EntityReport(key, type_, name, tuple(sorted(found)))  # type: ignore[arg-type]


@pytest.fixture
def report() -> Report:
    """One article with four entities, one role and one event."""
    role = RoleReport(
        key="role-0123456789ab",
        person="person:ratna-wijaya",
        title="Menteri Perikanan",
        body="organization:badan-laut-nusantara",
        territory="place:ambon",
        status="current",
        date=None,
        evidence=(evidence("Menteri Perikanan Ratna Wijaya"),),
        single=True,
        start=When.month(2025, 3),
        end=When.year(2027),
    )
    event = EventReport(
        key="event-0123456789ab",
        type="Meeting",
        participants=(
            Participation("agent", "person:ratna-wijaya"),
            Participation("counterpart", "person:hadi-kusuma"),
        ),
        places=("place:ambon",),
        date=When.day(date(2026, 3, 3)),
        factuality="denied",
        attributions=(
            Attribution("organization:badan-laut-nusantara", "denies", "person:hadi-kusuma"),
            Attribution("person:hadi-kusuma", "claims"),
        ),
        thing="kabar",
        evidence=(evidence("bertemu", "rule-b", 0.7), evidence("dibantah", "rule-c", 0.85)),
        date_evidence=evidence("Selasa (3/3/2026)"),
    )
    return Report(
        article="contoh/1",
        digest="0" * 64,
        producer="riwayat 0.1.0",
        language="id",
        title=TITLE,
        published=date(2026, 3, 4),
        published_inferred=True,
        sitename="Harian Contoh",
        url="https://contoh.example/berita/1",
        entities=(
            entity("organization", "Badan Laut Nusantara"),
            entity("person", "Hadi Kusuma"),
            entity("person", "Ratna Wijaya"),
            entity("place", "Ambon"),
        ),
        roles=(role,),
        events=(event,),
    )


Node = Callable[..., IRI]


class Resolved:
    """Collects the quads of a resolved graph."""

    def __init__(self) -> None:
        self.graph = v.resolved_graph()
        self.quads: list[Quad] = []

    def node(self, path: str, *statements: tuple[IRI, Term]) -> IRI:
        """A node with its statements."""
        subject = v.resource(v.BASE, path)
        self.quads += [Quad(subject, predicate, value, self.graph) for predicate, value in statements]
        return subject


@pytest.fixture
def resolved() -> list[Quad]:
    """A resolved graph with every kind of node."""
    made, one, two = Resolved(), v.resource(v.BASE, "article/a#x"), v.resource(v.BASE, "article/b#x")
    seen = (v.ATTESTED_BY, one)
    person = made.node(
        "person/ratna",
        (v.TYPE, v.PERSON),
        (v.PREF_LABEL, text("Ratna")),
        (v.ALT_LABEL, text("R")),
        (v.HIDDEN_LABEL, text("ratna")),
        (v.HIDDEN_LABEL, text("r")),
        seen,
    )
    country = made.node(
        "place/laut",
        (v.TYPE, v.PLACE),
        (v.TYPE, v.COUNTRY),
        (v.PREF_LABEL, text("Laut")),
        (v.HIDDEN_LABEL, text("laut")),
        seen,
    )
    position = made.node(
        "position/menteri-laut",
        (v.TYPE, v.POSITION),
        (v.PREF_LABEL, text("Menteri Perikanan Laut", "id")),
        (v.HIDDEN_LABEL, text("menteri perikanan")),
        (v.TITLE, text("Menteri Perikanan", "id")),
        (v.OF, country),
        (v.SINGLE_SEAT, boolean(True)),
    )
    begin = made.node("tenure/1#begin", (v.TYPE, v.INSTANT), (v.IN_XSD_DATE, day(date(2026, 1, 2))))
    end = made.node("tenure/1#end", (v.TYPE, v.INSTANT), (v.IN_XSD_DATE, day(date(2026, 1, 3))))
    certain = made.node("tenure/1#certain", (v.TYPE, v.PROPER_INTERVAL), (v.HAS_BEGINNING, begin), (v.HAS_END, end))
    tenure = made.node(
        "tenure/1",
        (v.TYPE, v.TENURE),
        (v.HOLDER, person),
        (v.POSITION_OF, position),
        (v.EARLIEST_START, day(date(2026, 1, 1))),
        (v.LATEST_START, day(date(2026, 1, 2))),
        (v.EARLIEST_END, day(date(2026, 1, 3))),
        (v.LATEST_END, day(date(2026, 1, 4))),
        (v.ACTING, boolean(False)),
        (v.MEMBER_DURING, certain),
        seen,
    )
    made.node(
        "event/1",
        (v.TYPE, v.EVENT),
        (v.TYPE, v.rw("Meeting")),
        (v.PREF_LABEL, text("Pertemuan", "id")),
        (v.rw("agent"), person),
        (v.PARTICIPANT, person),
        (v.PLACE_OF, country),
        (v.EARLIEST, day(date(2026, 3, 3))),
        (v.LATEST, day(date(2026, 3, 4))),
        (v.FACTUALITY, v.FACTUALITIES["actual"]),
        seen,
    )
    made.node(
        "conflict/1",
        (v.TYPE, v.CONFLICT),
        (v.PREF_LABEL, text("Dua tanggal", "id")),
        (v.ABOUT, tenure),
        (v.KIND, text("date")),
        (v.SIDE, one),
        (v.SIDE, two),
    )
    return made.quads
