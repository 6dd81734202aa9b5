"""Event records for political scientists in the form of PLOVER: JSON Lines, one event a line.

The fields are PLOVER's own where it has one (``event``, ``mode``, ``context``, ``source``, ``recipient``,
``event_loc``, ``cite_info``); what it has none for keeps our name (``factuality``, ``claimed_by``, ``denied_by``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Final

from kg import ontology
from kg.config import LANGUAGE
from kg.export.nodes import Happening, Node, Nodes, article_of, articles, happenings
from kg.export.plover_actors import Actor, Actors, Days
from kg.export.plover_codes import Coding, Told, load
from kg.lang import pack as packs
from kg.rdf import vocab as v
from kg.store.embedded import EmbeddedStore

SOURCE: Final = "source"
RECIPIENT: Final = "recipient"
RULE_PREFIX: Final = "event:"
"""How the rule of an event report begins; the name of the trigger group follows."""

Json = dict[str, object]


def write(store: EmbeddedStore, base: str, stream: IO[bytes]) -> int:
    """Writes the events of a store, sorted by IRI; returns their number."""
    records, count = _Records(Nodes(store, base)), 0
    for event in happenings(records.nodes):
        stream.write(json.dumps(records.record(event), ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


class _Records:
    """Makes the record of an event."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes, self.codes = nodes, load()
        self.actors = Actors(nodes, self.codes)
        self.senses = {group.name: group.sense for each in ontology.load().types for group in each.groups}
        self.enclitics: list[str] = packs.load(LANGUAGE).table("events")["enclitics"]

    def record(self, event: Happening) -> Json:
        """One line of the export."""
        reports = [self.nodes.told(iri) for iri in event.reports]
        cited = [self._citation(article, reports) for article in articles(event.node)]
        codings = sorted({c for report in reports for c in self._codings(event, report)}, key=_order)
        days = _days(event, cited)
        node = event.node
        return {
            "id": node.iri,
            "event": _distinct(coding.event for coding in codings),
            "mode": _distinct(coding.mode for coding in codings),
            "context": _distinct([self.codes.contexts.get(event.factuality)]),
            "factuality": event.factuality,
            "date": _date(event),
            "date_earliest": node.one(v.EARLIEST),
            "date_latest": node.one(v.LATEST),
            "offices_on": "/".join(dict.fromkeys(days)) if days else None,
            **self._sides(event, codings, days),
            "event_loc": [self._place(iri) for iri in event.places],
            "claimed_by": self._speakers(node.all(v.CLAIMED_BY), days),
            "denied_by": self._speakers(node.all(v.DENIED_BY), days),
            "reported_by": self._speakers(node.all(v.REPORTED_BY), days),
            "type": event.type,
            "label": node.name(),
            "thing": list(node.all(v.THING)),
            "cite_info": cited,
        }

    def _codings(self, event: Happening, report: Node) -> tuple[Coding, ...]:
        group = (report.one(v.RULE) or "").removeprefix(RULE_PREFIX)
        told = Told(
            type=event.type,
            sense=self.senses.get(group, event.type),
            words=frozenset(self._forms(self._text(iri) for iri in report.all(v.EVIDENCE))),
            about=frozenset(" ".join(report.all(v.THING)).lower().split()),
            roles=frozenset(role for role, _ in event.parts),
        )
        return self.codes.codings_of(told)

    def _forms(self, texts: Iterable[str]) -> Iterator[str]:
        """Trigger words as the table has them: lower case, without enclitics."""
        for text in texts:
            form = " ".join(text.lower().split())
            yield form
            yield from (form.removesuffix(end) for end in self.enclitics if form.endswith(end))

    def _text(self, passage: str) -> str:
        return self.nodes.told(passage).one(v.ANCHOR_OF) or ""

    def _sides(self, event: Happening, codings: list[Coding], days: Days | None) -> Json:
        """Sources and recipients, each once on a side, with all roles that they have there."""
        doers = {role for coding in codings for role in coding.doers}
        sides: dict[str, dict[str, list[str]]] = {SOURCE: {}, RECIPIENT: {}}
        for role, iri in event.parts:
            side = SOURCE if role in doers else self.codes.sides.get(role, SOURCE)
            sides[side].setdefault(iri, []).append(role)
        return {
            side: [{**_actor(self.actors.on(iri, days)), "role": roles} for iri, roles in sorted(parts.items())]
            for side, parts in sides.items()
        }

    def _speakers(self, iris: Iterable[str], days: Days | None) -> list[Json]:
        return [_actor(self.actors.on(iri, days)) for iri in iris]

    def _place(self, iri: str) -> Json:
        place = self.actors.on(iri, None)
        return {"name": place.name, "cc3": place.code, "identifier_id": iri}

    def _citation(self, article: str, reports: list[Node]) -> Json:
        """An article with what it says of the event."""
        about, own = self.nodes.told(article), [r for r in reports if article_of(r.iri) == article]
        return {
            "citation": about.one(v.ARTICLE_ID),
            "publication": about.one(v.OUTLET),
            "date": about.one(v.ISSUED),
            "title": about.one(v.TITLE_OF_WORK),
            "url": about.one(v.URL) or about.one(v.URL_TEXT),
            "language": about.one(v.LANGUAGE),
            "factuality": _distinct(_code(report) for report in own),
            "text": _distinct(sentence for report in own for sentence in self.nodes.sentences(report)),
        }


def _actor(actor: Actor) -> Json:
    return {
        "actor_text": actor.name,
        "identifier_id": actor.iri,
        "kind": actor.kind,
        "code": actor.code,
        "sector": list(actor.sectors),
        "office": list(actor.offices),
    }


def _date(event: Happening) -> str | None:
    """The day of an event, where it is known to the day."""
    first, last = event.node.one(v.EARLIEST), event.node.one(v.LATEST)
    return first if first == last else None


def _days(event: Happening, cited: list[Json]) -> Days | None:
    """The days on which offices count: the event's; without a date those of its articles, as queries/ has it."""
    first, last = event.node.one(v.EARLIEST), event.node.one(v.LATEST)
    if first and last:
        return first, last
    issued = sorted(str(each["date"]) for each in cited if each["date"])
    return (issued[0], issued[-1]) if issued else None


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _code(report: Node) -> str | None:
    return (report.one(v.FACTUALITY) or "").removeprefix(v.RW)


def _order(coding: Coding) -> tuple[str, str]:
    return coding.event or "", coding.mode or ""
