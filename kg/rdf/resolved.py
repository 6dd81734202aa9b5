"""The resolved graph: what all articles together say. Every node points back to the reports that it rests on.

IRIs are made of names and of digests of content, so that equal reports give equal quads in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kg.config import LANGUAGE
from kg.ids import digest
from kg.lang import pack as packs
from kg.lang.offices import short_forms
from kg.rdf import vocab as v
from kg.rdf.graph import tenure_bounds
from kg.rdf.terms import IRI, TRUE, Quad, Term, boolean, day, decimal, search_form, text, when
from kg.resolve import countries
from kg.resolve.clashes import Clash
from kg.resolve.doubts import Doubt
from kg.resolve.events import Happened
from kg.resolve.matching import Identity
from kg.resolve.offices import Position
from kg.resolve.tenures import Tenure

NAMED: Final = 4
"""Participants that an event's label names; the others are counted."""

Statement = tuple[IRI, Term]


def report_iri(article: str, key: str) -> str:
    """The IRI of a report, from that of its article and its key."""
    return v.report_iri(IRI(article), key).value


def graph_iri(base: str) -> str:
    """The IRI of the resolved graph."""
    return v.resolved_graph(base).value


def entity(identity: Identity, base: str) -> Iterator[Quad]:
    """A person, organization or place with all its spellings; which reports attest it is said one by one (`bearer`)."""

    def statements() -> Iterator[Statement]:
        yield v.TYPE, v.ENTITY_CLASSES[identity.type]
        if identity.country:
            yield from _country(identity.country)
        yield v.PREF_LABEL, text(identity.label)
        for spelling in identity.spellings:
            if spelling != identity.label:
                yield v.ALT_LABEL, text(spelling)
        for name in (identity.label, *identity.spellings):
            yield v.HIDDEN_LABEL, search_form(name)

    return _node(v.resource(base, identity.id), statements(), base)


OF_ENTITY: Final = (v.TYPE, v.PREF_LABEL, v.ALT_LABEL, v.HIDDEN_LABEL, v.ISO_CODE, v.EXACT_MATCH)
"""The predicates that `entity` writes."""


OF_TENURE: Final = (
    *(
        v.TYPE,
        v.HOLDER,
        v.POSITION_OF,
        v.ACTING,
        v.INFERRED,
        v.MEMBER_DURING,
        v.HAS_BEGINNING,
        v.HAS_END,
        v.IN_XSD_DATE,
    ),
    *(v.EARLIEST_START, v.LATEST_START, v.EARLIEST_END, v.LATEST_END),
    *(v.PREF_LABEL, v.KIND, v.ABOUT, v.SIDE),
)
"""The predicates that `tenures` and `conflict` write."""


def bearer(identity: str, article: str, key: str, base: str) -> Quad:
    """That an entity of an article, which it names by IRI and key, is of an identity."""
    report = v.report_iri(IRI(article), key)
    return Quad(v.resource(base, identity), v.ATTESTED_BY, report, v.resolved_graph(base))


def _country(code: str) -> Iterator[Statement]:
    """What holds of a country without asking anybody: its code, and its item of Wikidata."""
    yield v.TYPE, v.COUNTRY
    yield v.ISO_CODE, text(code)
    for item in countries.items()[code][:1]:
        yield v.EXACT_MATCH, v.wikidata(item)


def position(found: Position, base: str) -> Iterator[Quad]:
    """An office, whoever holds it."""

    def statements() -> Iterator[Statement]:
        yield v.TYPE, v.POSITION
        yield v.PREF_LABEL, text(found.label, LANGUAGE)
        yield v.TITLE, text(found.title, LANGUAGE)
        for name in (found.title, found.label, *_short(found)):
            yield v.HIDDEN_LABEL, search_form(name)
        if found.body:
            yield v.OF, v.resource(base, found.body.id)
        if found.territory:
            yield v.TERRITORY, v.resource(base, found.territory.id)
        yield v.SINGLE_SEAT, boolean(found.single)

    return _node(v.resource(base, found.id), statements(), base)


def _short(found: Position) -> Iterator[str]:
    """The short forms by which an office is looked up, alone and with its body: ``menhan``, ``menhan rusia``."""
    for form in short_forms(found.title, packs.load(LANGUAGE)):
        yield form
        yield replace(found, title=form).label


def tenures(holder: str, position_id: str, found: Iterable[Tenure], base: str) -> Iterator[Quad]:
    """The stretches of time that a person holds a position, without the reports that they rest on."""
    for tenure in found:
        subject = _tenure_iri(holder, position_id, tenure, base)
        yield from _node(subject, _tenure(subject, holder, position_id, tenure, base), base)
        if tenure.certain:
            yield from _interval(subject, tenure.certain, base)


def event(happened: Happened, labels: Mapping[str, str], base: str) -> Iterator[Quad]:
    """An event, and where its reports disagree. `labels` has its type and all who take part."""
    yield from _node(v.resource(base, happened.id), _event(happened, labels, base), base)
    label = _event_label(happened, labels)
    days = happened.days_apart()
    shown = " / ".join(sorted({told.date.iso for told in days if told.date}))
    for kind, sides, what in (
        ("date", days, shown),
        ("place", happened.countries_apart(), "tempat"),
        ("factuality", happened.doubted(), "faktualitas"),
    ):
        if sides:
            reports = tuple(sorted(told.report for told in sides))
            yield from conflict(kind, Clash((happened.id,), reports, f"{label}: {what}"), base)


def conflict(kind: str, clash: Clash, base: str) -> Iterator[Quad]:
    """Reports that cannot all be right."""

    def statements() -> Iterator[Statement]:
        yield v.TYPE, v.CONFLICT
        yield v.PREF_LABEL, text(clash.label, LANGUAGE)
        yield v.KIND, text(kind)
        for about in clash.about:
            yield v.ABOUT, v.resource(base, about)
        for side in clash.sides:
            yield v.SIDE, IRI(side)

    name = digest(kind, *clash.about, *clash.sides)
    return _node(v.resource(base, f"conflict/{kind}-{name}"), statements(), base)


def doubt(found: Doubt, base: str) -> Iterator[Quad]:
    """Two identities that may be one, and what speaks for and against it."""

    def statements() -> Iterator[Statement]:
        yield v.TYPE, v.DOUBT
        yield v.PREF_LABEL, text(" / ".join(found.names), LANGUAGE)
        for about in found.about:
            yield v.ABOUT, v.resource(base, about)
        yield v.SCORE, decimal(found.score)
        for reason in found.reasons:
            yield v.REASON, text(reason, LANGUAGE)

    return _node(v.resource(base, f"doubt/{found.key}"), statements(), base)


def _node(subject: IRI, statements: Iterable[Statement], base: str) -> Iterator[Quad]:
    graph = v.resolved_graph(base)
    for predicate, value in dict.fromkeys(statements):
        yield Quad(subject, predicate, value, graph)


def rests_on(holder: str, position_id: str, found: Iterable[Tenure], base: str) -> Iterator[tuple[str, IRI, str]]:
    """The reports that tenures rest on: (IRI of the tenure, how it rests on the report, IRI of the report)."""
    for tenure in found:
        subject = _tenure_iri(holder, position_id, tenure, base).value
        for attestation in tenure.attestations:
            for report in attestation.reports:
                yield subject, v.ATTESTED_BY, report
                if attestation.inferred:
                    yield subject, v.FILLED_IN, report
        for report in tenure.bounds.reports:
            yield subject, v.BOUNDED_BY, report


def resting(tenure: str, how: IRI, report: str, base: str) -> Quad:
    """That a tenure rests on a report."""
    return Quad(IRI(tenure), how, IRI(report), v.resolved_graph(base))


def _tenure_iri(holder: str, position_id: str, tenure: Tenure, base: str) -> IRI:
    """Named after its first report: a tenure keeps its IRI when later articles attest it too."""
    first = tenure.attestations[0].reports[0]
    name = digest(holder, position_id, tenure.acting, first)
    return v.resource(base, f"tenure/{holder.partition('/')[2]}-{name}")


def _tenure(subject: IRI, holder: str, position_id: str, tenure: Tenure, base: str) -> Iterator[Statement]:
    yield v.TYPE, v.TENURE
    yield v.HOLDER, v.resource(base, holder)
    yield v.POSITION_OF, v.resource(base, position_id)
    yield v.ACTING, boolean(tenure.acting)
    yield from tenure_bounds(tenure.bounds)
    if tenure.inferred:
        yield v.INFERRED, TRUE
    if tenure.certain:
        yield v.MEMBER_DURING, _part(subject, "certain")


def _interval(tenure: IRI, certain: tuple[date, date], base: str) -> Iterator[Quad]:
    interval, begin, end = (_part(tenure, name) for name in ("certain", "begin", "end"))
    ends = [(v.TYPE, v.PROPER_INTERVAL), (v.HAS_BEGINNING, begin), (v.HAS_END, end)]
    yield from _node(interval, ends, base)
    for instant, value in zip((begin, end), certain, strict=True):
        yield from _node(instant, [(v.TYPE, v.INSTANT), (v.IN_XSD_DATE, day(value))], base)


def _part(subject: IRI, name: str) -> IRI:
    return IRI(f"{subject.value}#{name}")


def _event(happened: Happened, labels: Mapping[str, str], base: str) -> Iterator[Statement]:
    yield v.TYPE, v.EVENT
    yield v.TYPE, v.rw(happened.reports[0].type)
    yield v.PREF_LABEL, text(_event_label(happened, labels), LANGUAGE)
    for role, identity in happened.participants:
        yield v.rw(role), v.resource(base, identity)
        yield v.PARTICIPANT, v.resource(base, identity)
    for place in happened.places:
        yield v.PLACE_OF, v.resource(base, place)
    if happened.date:
        if literal := when(happened.date):
            yield v.DATE, literal
        yield v.EARLIEST, day(happened.date.earliest)
        yield v.LATEST, day(happened.date.latest)
    yield v.FACTUALITY, v.FACTUALITIES[happened.factuality]
    for stance, source in happened.sources:
        yield v.STANCES[stance], v.resource(base, source)
        yield v.ATTRIBUTED_TO, v.resource(base, source)
    for thing in sorted({told.thing for told in happened.reports if told.thing}):
        yield v.THING, text(thing, LANGUAGE)
    for told in happened.reports:
        yield v.ATTESTED_BY, IRI(told.report)


def _event_label(happened: Happened, labels: Mapping[str, str]) -> str:
    """``Pertemuan: Kim Jong-un, Sergei Shoigu (Pyongyang, 2023-07-26)``."""
    kind = labels.get(happened.reports[0].type, happened.reports[0].type)
    who = _named([labels[identity] for _, identity in happened.participants])
    where = [labels[place] for place in happened.places[:1]]
    detail = ", ".join([*where, *([happened.date.iso] if happened.date else [])])
    label = f"{kind}: {who}" if who else kind
    return f"{label} ({detail})" if detail else label


def _named(names: Sequence[str]) -> str:
    some = sorted(set(names))
    more = f", +{len(some) - NAMED}" if len(some) > NAMED else ""
    return ", ".join(some[:NAMED]) + more
