"""Report → the quads of one article graph: what the article says, and the words in which it says so.

The graph depends on the Report alone, never on other articles: that makes forgetting an article exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import EntityReport, EventReport, Evidence, Report, RoleReport, Span, When
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, TRUE, Quad, Term, day, decimal, integer, text, when
from kg.resolve.bounds import Bounds, said


def tenure_bounds(bounds: Bounds) -> Iterator[tuple[IRI, Term]]:
    """The four bounds of a start and an end, those that are known."""
    for predicate, bound in (
        (v.EARLIEST_START, bounds.earliest_start),
        (v.LATEST_START, bounds.latest_start),
        (v.EARLIEST_END, bounds.earliest_end),
        (v.LATEST_END, bounds.latest_end),
    ):
        if bound:
            yield predicate, day(bound.day)


def article_quads(report: Report, base: str) -> Iterator[Quad]:
    """The named graph of one article, in the order of its report, no quad twice."""
    yield from _ArticleGraph(report, base).quads()


class _ArticleGraph:
    """Collects the quads of one report; passages that several facts share are written once."""

    def __init__(self, report: Report, base: str) -> None:
        self.report = report
        self.article = v.article_iri(report.article, base)
        self.quotes: dict[Span, str] = {}
        self.types: dict[Span, set[IRI]] = {}
        self.sentences: dict[Span, set[Span]] = {}

    def quads(self) -> Iterator[Quad]:
        yield from self._node(self.article, self._article())
        for entity in self.report.entities:
            yield from self._node(self._report(entity.key), self._entity(entity))
        for role in self.report.roles:
            yield from self._node(self._report(role.key), self._role(role))
        for event in self.report.events:
            yield from self._node(self._report(event.key), self._event(event))
        for span in sorted(self.quotes):
            yield from self._node(v.passage_iri(self.article, span), self._passage(span))
        for field in sorted({span.field for span in self.quotes}):
            yield from self._node(v.context_iri(self.article, field), [(v.TYPE, v.CONTEXT)])

    def _node(self, subject: IRI, statements: Iterable[tuple[IRI, Term]]) -> Iterator[Quad]:
        for predicate, value in dict.fromkeys(statements):
            yield Quad(subject, predicate, value, self.article)

    def _report(self, key: str) -> IRI:
        return v.report_iri(self.article, key)

    def _article(self) -> Iterator[tuple[IRI, Term]]:
        report = self.report
        yield v.TYPE, v.ARTICLE
        yield v.ARTICLE_ID, text(report.article)
        if report.title:
            yield v.TITLE_OF_WORK, text(report.title, report.language)
        if report.published:
            yield v.ISSUED, day(report.published)
            if report.published_inferred:
                yield v.ISSUED_INFERRED, TRUE
        if report.sitename:
            yield v.OUTLET, text(report.sitename)
        if report.url:
            address = v.web_iri(report.url)
            yield (v.URL, address) if address else (v.URL_TEXT, text(report.url))
        yield v.LANGUAGE, text(report.language)
        yield v.DIGEST, text(report.digest)
        yield v.PRODUCER, text(report.producer)

    def _entity(self, entity: EntityReport) -> Iterator[tuple[IRI, Term]]:
        yield v.TYPE, v.ENTITY_REPORT
        yield v.IN_ARTICLE, self.article
        yield v.ENTITY_TYPE, v.ENTITY_CLASSES[entity.type]
        yield v.NAME, text(entity.name)
        for spelling in entity.names:
            yield v.SPELLING, text(spelling)
        for mention in entity.mentions:
            yield v.MENTION, self._quoted(mention.span, mention.quote, v.MENTION_CLASS)
        yield from self._evidence(entity.evidence)

    def _role(self, role: RoleReport) -> Iterator[tuple[IRI, Term]]:
        yield v.TYPE, v.ROLE_REPORT
        yield v.IN_ARTICLE, self.article
        yield v.PERSON_OF, self._report(role.person)
        yield v.TITLE, text(role.title, self.report.language)
        if role.body:
            yield v.BODY, self._report(role.body)
        if role.territory:
            yield v.TERRITORY, self._report(role.territory)
        yield v.STATUS, v.STATUSES[role.status]
        published = self.report.published
        attested = role.date or (When.day(published) if published else None)
        yield from _bounds(attested, v.EARLIEST, v.LATEST)
        yield from tenure_bounds(said(role.start, role.end))
        yield from self._evidence(role.evidence)

    def _event(self, event: EventReport) -> Iterator[tuple[IRI, Term]]:
        yield v.TYPE, v.EVENT_REPORT
        yield v.IN_ARTICLE, self.article
        yield v.EVENT_TYPE, v.rw(event.type)
        for part in event.participants:
            yield v.rw(part.role), self._report(part.entity)
            yield v.PARTICIPANT, self._report(part.entity)
        for place in event.places:
            yield v.PLACE_OF, self._report(place)
        if event.date and (literal := when(event.date)):
            yield v.DATE, literal
        yield from _bounds(event.date, v.EARLIEST, v.LATEST)
        yield v.FACTUALITY, v.FACTUALITIES[event.factuality]
        yield from self._attributions(event)
        if event.thing:
            yield v.THING, text(event.thing, self.report.language)
        yield from self._evidence(event.evidence)
        if event.date_evidence:
            yield v.DATE_EVIDENCE, self._told(event.date_evidence)

    def _attributions(self, event: EventReport) -> Iterator[tuple[IRI, Term]]:
        for attribution in event.attributions:
            source = self._report(attribution.entity)
            yield v.STANCES[attribution.stance], source
            yield v.ATTRIBUTED_TO, source
            if attribution.via:
                yield v.VIA, self._report(attribution.via)

    def _evidence(self, evidence: tuple[Evidence, ...]) -> Iterator[tuple[IRI, Term]]:
        """The passages a report rests on, the rules that read them, and the surest reading's confidence."""
        for each in evidence:
            yield v.EVIDENCE, self._told(each)
        for rule in sorted({each.rule for each in evidence}):
            yield v.RULE, text(rule)
        if evidence:
            yield v.CONFIDENCE, decimal(max(each.confidence for each in evidence))

    def _told(self, evidence: Evidence) -> IRI:
        self._quoted(evidence.sentence, evidence.sentence_quote, v.SENTENCE)
        self.sentences.setdefault(evidence.span, set()).add(evidence.sentence)
        return self._quoted(evidence.span, evidence.quote, v.PASSAGE)

    def _quoted(self, span: Span, quote: str, kind: IRI) -> IRI:
        self.quotes[span] = quote
        self.types.setdefault(span, set()).add(kind)
        return v.passage_iri(self.article, span)

    def _passage(self, span: Span) -> Iterator[tuple[IRI, Term]]:
        for kind in sorted(self.types[span]):
            yield v.TYPE, kind
        yield v.BEGIN_INDEX, integer(span.begin)
        yield v.END_INDEX, integer(span.end)
        yield v.ANCHOR_OF, text(self.quotes[span])
        yield v.REFERENCE_CONTEXT, v.context_iri(self.article, span.field)
        for sentence in sorted(self.sentences.get(span, ())):
            yield v.IN_SENTENCE, v.passage_iri(self.article, sentence)


def _bounds(stretch: When | None, first: IRI, last: IRI) -> Iterator[tuple[IRI, Term]]:
    if stretch:
        yield first, day(stretch.earliest)
        yield last, day(stretch.latest)
