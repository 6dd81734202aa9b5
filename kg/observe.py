"""Doc → Report: runs the readers over one Doc and writes down what they found with offsets in the article.

This is the last place that knows spaCy: a Report holds text, offsets and entity keys only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.ids import digest
from kg.lang.pack import Pack
from kg.model import (
    Article,
    Attribution,
    EntityReport,
    EventReport,
    Evidence,
    Mention,
    Participation,
    Report,
    RoleReport,
    Span,
)
from kg.nlp import anaphora, coreference, dates, entities, events, headline, titles
from kg.nlp.boilerplate import Reading
from kg.nlp.layers import Chain, Happening, Role
from kg.nlp.titles_on_day import on_days
from kg.nlp.titles_turns import Turns

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

    from kg.ontology import Ontology


class Observer:
    """Reads Docs of one language with one ontology. Stateless: the same Doc gives the same Report."""

    def __init__(self, pack: Pack, ontology: Ontology, producer: str) -> None:
        """Takes what all articles share; `producer` names the versions that read them."""
        self.pack = pack
        self.ontology = ontology
        self.producer = producer
        self._events = events.Reader(ontology, pack)

    def observe(self, article: Article, reading: Reading, doc: Doc) -> Report:
        """What one article says."""
        headline.mark(doc, reading.headline_end)
        chains = coreference.chains(doc, entities.names(doc, self.pack), self.pack)
        found = dates.dates(doc, article.published, self.pack)
        clauses = titles.clauses(doc, chains, found, self.pack, article.published)
        roles = titles.told(clauses, self.pack)
        referring = anaphora.with_anaphors(doc, chains, roles, self.pack)
        happenings = self._events.happenings(doc, referring, roles, found, article.published)
        told = Turns(clauses, self.pack, roles).settled(happenings)
        page = _Page(reading, doc)
        return Report(
            article=article.id,
            digest=article_digest(article),
            producer=self.producer,
            language=self.pack.code,
            title=article.title,
            published=article.published,
            published_inferred=article.published_inferred,
            sitename=article.sitename,
            url=article.url,
            entities=tuple(sorted((page.entity(c) for c in chains), key=lambda e: e.key)),
            roles=_unique_roles(page.role(r) for r in on_days(doc, told, happenings, article.published)),
            events=tuple(sorted((page.event(h) for h in happenings), key=lambda e: e.key)),
        )


def article_digest(article: Article) -> str:
    """SHA-256 of all that was read of an article: another digest is another article to read."""
    published: date | None = article.published
    return digest(
        article.id,
        article.text,
        article.title,
        published,
        article.sitename,
        article.url,
        article.title_begin,
        length=64,
    )


class _Page:
    """One Doc with its way back to the article's offsets."""

    def __init__(self, reading: Reading, doc: Doc) -> None:
        self.reading = reading
        self.doc = doc

    def entity(self, chain: Chain) -> EntityReport:
        first = min(chain.names)
        return EntityReport(
            key=chain.key,
            type=chain.type,
            name=chain.name,
            mentions=tuple(sorted({self._mention(name.start, name.end) for name in chain.names})),
            evidence=(self._evidence(first.start, first.end, first.rule, first.confidence),),
        )

    def role(self, role: Role) -> RoleReport:
        key = digest(role.person, role.title, role.body, role.territory, role.status, role.date)
        return RoleReport(
            key=f"role-{key}",
            person=role.person,
            title=role.title,
            body=role.body,
            territory=role.territory,
            status=role.status,
            date=role.date,
            evidence=(self._evidence(role.start, role.end, role.rule, role.confidence),),
            single=role.single,
            start=role.began,
            end=role.ended,
        )

    def event(self, event: Happening) -> EventReport:
        evidence = {self._evidence(start, end, event.rule, event.confidence) for start, end in event.triggers}
        when = event.date
        key = digest(event.type, *event.triggers, *event.participants, *event.places)
        return EventReport(
            key=f"event-{key}",
            type=event.type,
            participants=tuple(sorted(Participation(role, chain) for role, chain in event.participants)),
            places=event.places,
            date=when.when if when else None,
            factuality=event.factuality,
            attributions=tuple(sorted({Attribution(*a) for a in event.attributions}, key=_attribution_order)),
            thing=event.thing,
            evidence=tuple(sorted(evidence)),
            date_evidence=self._evidence(when.start, when.end, when.rule, event.confidence) if when else None,
            sense=event.sense,
        )

    def _mention(self, start: int, end: int) -> Mention:
        tokens = self.doc[start:end]
        return Mention(*self._quoted(tokens))

    def _evidence(self, start: int, end: int, rule: str, confidence: float) -> Evidence:
        tokens = self.doc[start:end]
        sentence = _trimmed(self.doc[tokens[0].sent.start : tokens[-1].sent.end])
        span, quote = self._quoted(tokens)
        sentence_span, sentence_quote = self._quoted(sentence)
        return Evidence(
            span=span,
            quote=quote,
            sentence=sentence_span,
            sentence_quote=sentence_quote,
            rule=rule,
            confidence=round(confidence, 3),
        )

    def _quoted(self, tokens: Tokens) -> tuple[Span, str]:
        """Where tokens stand in the article, and its words there (a line break may be a space in the Doc)."""
        begin, end = tokens.start_char, tokens.end_char
        return self.reading.span(begin, end), self.reading.quote(begin, end)


def _trimmed(tokens: Tokens) -> Tokens:
    """A sentence without the white space at its ends."""
    start, end = tokens.start, tokens.end
    while end - 1 > start and tokens.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and tokens.doc[start].is_space:
        start += 1
    return tokens.doc[start:end]


def _attribution_order(attribution: Attribution) -> tuple[str, str, str]:
    return attribution.entity, attribution.stance, attribution.via or ""


def _unique_roles(roles: Iterable[RoleReport]) -> tuple[RoleReport, ...]:
    """One report for each key, with the evidence of all that have it."""
    found: dict[str, RoleReport] = {}
    for role in roles:
        same = found.get(role.key)
        evidence = sorted({*same.evidence, *role.evidence}) if same else role.evidence
        found[role.key] = replace(same or role, evidence=tuple(evidence))
    return tuple(found[key] for key in sorted(found))
