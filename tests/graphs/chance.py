"""Graphs of reports made by chance from a few names, titles and days, so that they meet often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kg import build
from kg.ids import digest, slug
from kg.index import Index, folder
from kg.model import (
    Attribution,
    EntityReport,
    EntityType,
    EventReport,
    Evidence,
    Mention,
    Participation,
    Report,
    RoleReport,
    Span,
    When,
)
from kg.rdf.terms import nquads
from kg.resolve.decisions import PAIRS, Decision, is_report, kind

ENTITIES: dict[EntityType, tuple[tuple[str, ...], ...]] = {
    "person": (
        ("Sergei Shoigu", "Shoigu"),
        ("Sergey Shoigu",),
        ("Shoigu",),
        ("Kim Jong-un", "Kim"),
        ("Kim Jong Un",),
        ("Rahmat Wijaya Kusuma", "Wijaya Kusuma"),
        ("Wijaya Kusuma",),
        ("Rahmat Widjaya Koesoema", "Kusuma"),
        ("Budi",),
        ("Ahmad Yani",),
        ("Ahmad Yani", "Yani"),
        ("Ahmad Yanni",),
        ("Ahmad Yani Putra",),
    ),
    "organization": (
        ("Komite Kebun Teh", "KKT"),
        ("Komisi Kapal Tangki", "KKT"),
        ("KKT",),
        ("Dewan Keamanan Rusia",),
        ("DPRD",),
        ("Rusia",),
        ("Kementerian Pertahanan", "Kemhan"),
        ("Kementerian Pertahanan Rusia",),
        ("Komite Kebun Tehh",),
    ),
    "place": (
        ("Korea Utara", "Korut"),
        ("DPRK", "Pyongyang"),
        ("Rusia",),
        ("Bogor",),
        ("Kota Bogor", "Bogor"),
        ("Kabupaten Bogor", "Bogor"),
        ("Jalan Merdeka",),
    ),
}
TITLES = (
    "Menteri Pertahanan",
    "menteri pertahanan",
    "Presiden",
    "Pemimpin",
    "Sekretaris",
    "kepala pertahanan",
    "Bupati",
)
ROLES = {
    "Meeting": ("agent", "counterpart"),
    "Transfer": ("giver", "recipient"),
    "LegalAction": ("suspect",),
    "PublicEvent": ("attendee", "organizer"),
    "Visit": ("visitor", "host"),
    "Death": ("attacker", "deceased"),
}
WORDS = ("bertemu", "pertemuan", "surat", "senjata", "peringatan 70 tahun Perang Raya", "HUT ke-70 Raya")
DAYS = tuple(date(2023, 7, 20) + timedelta(days=step) for step in (0, 1, 3, 12, 40, 400))
WHENS = (*map(When.day, DAYS), When.month(2023, 7), When.year(2023), When(DAYS[0], DAYS[2]))


class _Text:
    """A text that grows sentence by sentence, with the evidence that each gives."""

    def __init__(self) -> None:
        self.text = ""

    def sentence(self, quote: str) -> Evidence:
        begin, whole = len(self.text), f"Kata {quote}."
        self.text += f"{whole} "
        span = Span("text", begin + 5, begin + 5 + len(quote))
        return Evidence(span, quote, Span("text", begin, begin + len(whole)), whole, "by-chance", 0.5)


@st.composite
def reports(draw: Any, article: str) -> Report:
    """The report of one article."""
    text = _Text()
    chosen = draw(st.lists(st.sampled_from([(k, n) for k in ENTITIES for n in ENTITIES[k]]), min_size=1, max_size=6))
    found = {entity.key: entity for entity in (_entity(text, kind, names) for kind, names in chosen)}
    keys = sorted(found)
    persons = [key for key in keys if found[key].type == "person"]
    roles = draw(st.lists(_roles(text, persons, keys), max_size=3)) if persons else []
    events = draw(st.lists(_events(text, keys), max_size=3))
    published = draw(st.none() | st.sampled_from(DAYS))
    return Report(
        article=article,
        digest=digest(text.text, published, *roles, *events, length=64),
        producer="by chance",
        language="id",
        title=None,
        published=published,
        published_inferred=False,
        sitename="Kabar",
        url=None,
        entities=tuple(found[key] for key in keys),
        roles=tuple({role.key: role for role in roles}.values()),
        events=tuple({event.key: event for event in events}.values()),
    )


def _entity(text: _Text, kind: EntityType, names: Sequence[str]) -> EntityReport:
    evidence = [text.sentence(name) for name in names]
    mentions = tuple(Mention(each.span, each.quote) for each in evidence)
    return EntityReport(f"{kind}:{slug(names[0])}", kind, names[0], mentions, (evidence[0],))


@st.composite
def _roles(draw: Any, text: _Text, persons: Sequence[str], keys: Sequence[str]) -> RoleReport:
    bodies = [key for key in keys if not key.startswith("person")]
    title = draw(st.sampled_from(TITLES))
    person = draw(st.sampled_from(persons))
    body = draw(st.none() | st.sampled_from(bodies)) if bodies else None
    status = draw(st.sampled_from(["current", "current", "former", "acting", "future"]))
    when, start, end = (draw(st.none() | st.sampled_from(WHENS)) for _ in range(3))
    return RoleReport(
        key=f"role-{digest(person, title, body, status, when)}",
        person=person,
        title=title,
        body=body,
        territory=draw(st.none() | st.sampled_from(bodies)) if bodies else None,
        status=status,
        date=when,
        evidence=(text.sentence(title),),
        single=draw(st.booleans()),
        start=start,
        end=end,
    )


@st.composite
def _events(draw: Any, text: _Text, keys: Sequence[str]) -> EventReport:
    kind = draw(st.sampled_from(sorted(ROLES)))
    taking = draw(st.lists(st.sampled_from(keys), max_size=3, unique=True))
    parts = tuple(sorted(Participation(draw(st.sampled_from(ROLES[kind])), key) for key in taking))
    says = draw(
        st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(["claims", "denies", "reports"])), max_size=2)
    )
    evidence = text.sentence(draw(st.sampled_from(WORDS)))
    return EventReport(
        key=f"event-{digest(kind, *parts, evidence.span)}",
        type=kind,
        participants=parts,
        places=tuple(draw(st.lists(st.sampled_from(keys), max_size=2, unique=True))),
        date=draw(st.none() | st.sampled_from(WHENS)),
        factuality=draw(st.sampled_from(["actual", "actual", "planned", "claimed", "denied"])),
        attributions=tuple(sorted({Attribution(who, how) for who, how in says}, key=str)),
        thing=draw(st.sampled_from([None, "surat", "senjata baru"])),
        evidence=(evidence,),
        sense=draw(st.sampled_from(["", "arrest"])),
    )


def added(some: Iterable[Report], path: Path) -> None:
    """Builds reports into a graph."""
    build.add(lambda _: some, path)


def decide(made: Iterable[Decision], path: Path) -> None:
    """Puts decisions in the place of those a graph has."""
    with Index(folder(path)) as index:
        index.decide(made)
        index.settle()


def dataset(path: Path) -> list[str]:
    """All quads of a graph as sorted N-Quads."""
    store = build.reader(path)
    try:
        return sorted(nquads(store.quads()))
    finally:
        store.close()


DECIDED = (
    *("person/sergei-shoigu", "person/kim-jong-un", "person/rahmat-wijaya-kusuma", "person/wijaya-kusuma"),
    *(
        "person/ahmad-yani",
        "person/ahmad-yanni",
        "person/ahmad-yani--bupati-bogor",
        "person/ahmad-yani--presiden-rusia",
    ),
    *("article/berita-0#person-ahmad-yani", "article/berita-1#person-ahmad-yani"),
    *("article/berita-0#person-shoigu", "article/berita-1#person-wijaya-kusuma", "article/berita-0#person-budi"),
    *("organization/komite-kebun-teh", "organization/komisi-kapal-tangki", "organization/kkt"),
    *("place/bogor", "place/kota-bogor", "place/kabupaten-bogor", "article/berita-1#place-jalan-merdeka"),
)
"""Ids of what these reports give, or may give."""


@st.composite
def decided(draw: Any) -> list[Decision]:
    """Some decisions, each of a day of its own, so that the later one holds."""
    made = []
    for step in range(draw(st.integers(1, 5))):
        verdict = draw(st.sampled_from(["same", "same", "different", "different", "name", "wrong"]))
        first = draw(st.sampled_from([d for d in DECIDED if is_report(d) == (verdict == "wrong") or verdict in PAIRS]))
        others = [d for d in DECIDED if d != first and kind(d) == kind(first)]
        about = (first, draw(st.sampled_from(others))) if verdict in PAIRS else (first,)
        label = draw(st.sampled_from(["Nama Pilihan", "Shoigu"])) if verdict == "name" else ""
        made.append(Decision(verdict, about, "Sri", date(2026, 1, 1) + timedelta(days=step), label=label))
    return made
