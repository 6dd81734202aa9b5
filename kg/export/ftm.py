"""Entities of FollowTheMoney, the data model of OpenSanctions and Aleph: JSON Lines, one entity a line.

Persons, organizations and public bodies, positions and who held them (Occupancy), events, articles, and which article
tells of what (Documentation). Dates are given only as far as all bounds agree on them. The schemata and their
properties: https://followthemoney.tech/explorer/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Final

from kg.export.ftm_names import Aliases, Bodies, aliases, table
from kg.export.nodes import Happening, Node, Nodes, article_of, articles, happenings
from kg.ids import digest, slug
from kg.rdf import vocab as v
from kg.store.embedded import EmbeddedStore

Json = dict[str, object]
Values = dict[str, Iterable[str | None]]

LONGEST_ID: Final = 200
"""Characters of an id in FollowTheMoney."""
BOUNDS: Final = (v.EARLIEST_START, v.LATEST_START, v.EARLIEST_END, v.LATEST_END)

_ID = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.\-]*[0-9a-zA-Z])?")


def write(store: EmbeddedStore, base: str, stream: IO[bytes]) -> int:
    """Writes the entities of a store, kind by kind, sorted by IRI; returns their number."""
    count = 0
    for entity in _Entities(Nodes(store, base)).all():
        stream.write(json.dumps(entity, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


class _Entities:
    """Makes entities of nodes."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes, self.bodies = nodes, Bodies(nodes)

    def all(self) -> Iterator[Json]:
        for article in self.nodes.told_instances(v.ARTICLE):
            yield self._article(self.nodes.told(article))
        for kind, make in (
            (v.PERSON, self._person),
            (v.ORGANIZATION, self._organization),
            (v.POSITION, self._position),
        ):
            for iri in self.nodes.instances(kind):
                node = self.nodes.resolved(iri)
                yield make(node)
                yield from self._documentation(node)
        for iri in self.nodes.instances(v.TENURE):
            yield self._occupancy(self.nodes.resolved(iri))
        for event in happenings(self.nodes):
            yield self._event(event)
            yield from self._documentation(event.node)

    def _article(self, article: Node) -> Json:
        title = article.one(v.TITLE_OF_WORK)
        return self._entity(
            article.iri,
            "Article",
            {
                "title": [title],
                "name": [title or article.one(v.ARTICLE_ID)],
                "publishedAt": [article.one(v.ISSUED)],
                "publisher": [article.one(v.OUTLET)],
                "sourceUrl": [article.one(v.URL)],
                "language": [table()["language"].get(article.one(v.LANGUAGE) or "")],
            },
        )

    def _person(self, person: Node) -> Json:
        return self._entity(person.iri, "Person", self._named(person, aliases(person, "person")))

    def _organization(self, body: Node) -> Json:
        found = self.bodies.of(body)
        more: Values = {"country": [found.country], "topics": [found.topic]}
        return self._entity(body.iri, found.schema, self._named(body, aliases(body, "organization")) | more)

    def _named(self, node: Node, names: Aliases) -> Values:
        return {
            "name": [names.name],
            "alias": names.strong,
            "weakAlias": names.weak,
            "abbreviation": names.short,
            "wikidataId": self.nodes.items(node.iri),
        }

    def _position(self, position: Node) -> Json:
        body = position.one(v.OF)
        of = self.nodes.resolved(body) if body else None
        place = of is not None and v.PLACE.value in of.all(v.TYPE)
        country = self.bodies.country(of) if of else None
        area = of.name() if of and place and v.COUNTRY.value not in of.all(v.TYPE) else None
        return self._entity(
            position.iri,
            "Position",
            {
                "name": [position.name()],
                "weakAlias": [name for name in position.all(v.TITLE) if name != position.name()],
                "organization": [] if place or body is None else [self._id(body)],
                "country": [country],
                "subnationalArea": [area],
                "numberOfSeats": ["1" if position.one(v.SINGLE_SEAT) == "true" else None],
            },
        )

    def _occupancy(self, tenure: Node) -> Json:
        """A tenure. No graph knows what is so today: without a last possible day the status is "unknown"."""
        earliest_start, latest_start, earliest_end, latest_end = (tenure.one(bound) for bound in BOUNDS)
        return self._entity(
            tenure.iri,
            "Occupancy",
            {
                "holder": [self._id(iri) for iri in tenure.all(v.HOLDER)],
                "post": [self._id(iri) for iri in tenure.all(v.POSITION_OF)],
                "startDate": [common(earliest_start, latest_start)],
                "endDate": [common(earliest_end, latest_end)],
                "date": [latest_start, earliest_end],
                "status": ["ended" if latest_end else "unknown"],
                "description": [_bounds(tenure)],
                **self._sources(tenure),
            },
        )

    def _event(self, event: Happening) -> Json:
        node = event.node
        first, last = node.one(v.EARLIEST), node.one(v.LATEST)
        day = common(first, last)
        return self._entity(
            node.iri,
            "Event",
            {
                "name": [node.name()],
                "date": [day],
                "startDate": [None if day else first],
                "endDate": [None if day else last],
                "keywords": [event.type, event.factuality],
                "summary": [self._told(event)],
                "notes": node.all(v.THING),
                **self._parts(event),
                **self._sources(node),
            },
        )

    def _parts(self, event: Happening) -> Values:
        """Who takes part and where. Countries are no entities in FollowTheMoney, but codes of the event."""
        parts = [(role, self.nodes.resolved(iri)) for role, iri in event.parts]
        involved = [(role, self._id(node.iri)) for role, node in parts if v.PLACE.value not in node.all(v.TYPE)]
        places = [self.nodes.resolved(iri) for iri in event.places]
        lands = [node for _, node in parts if v.PLACE.value in node.all(v.TYPE)]
        return {
            "involved": [one for _, one in involved],
            "organizer": [one for role, one in involved if role == "organizer"],
            "location": [place.name() for place in places],
            "country": [self.bodies.country(place) for place in (*lands, *places)],
        }

    def _told(self, event: Happening) -> str:
        """``denied; claimed by Amerika Serikat; denied by Korea Utara``."""
        speakers = ((v.CLAIMED_BY, "claimed by"), (v.DENIED_BY, "denied by"), (v.REPORTED_BY, "reported by"))
        names = ((how, [self.nodes.resolved(iri).name() for iri in event.node.all(p)]) for p, how in speakers)
        return "; ".join([event.factuality, *(f"{how} {', '.join(who)}" for how, who in names if who)])

    def _documentation(self, node: Node) -> Iterator[Json]:
        """Which articles tell of a node, each with the first sentence that does."""
        for report in node.all(v.ATTESTED_BY):
            told = self.nodes.told(report)
            yield self._entity(
                f"{node.iri}#{report}",
                "Documentation",
                {
                    "document": [self._id(article_of(report))],
                    "entity": [self._id(node.iri)],
                    "role": [(told.one(v.FACTUALITY) or "").removeprefix(v.RW) or "names"],
                    "date": [self.nodes.told(article_of(report)).one(v.ISSUED)],
                    "description": islice(filter(None, self.nodes.sentences(told)), 1),
                },
            )

    def _sources(self, node: Node) -> Values:
        told = articles(node)
        urls = (self.nodes.told(article).one(v.URL) for article in told)
        return {"proof": [self._id(article) for article in told], "sourceUrl": urls}

    def _entity(self, iri: str, schema: str, values: Values) -> Json:
        told = {key: _distinct(key, each) for key, each in sorted(values.items())}
        return {
            "id": self._id(iri),
            "schema": schema,
            "properties": {key: each for key, each in told.items() if each},
        }

    def _id(self, iri: str) -> str:
        """The id of a node: ``person-kim-jong-un``. What cannot stand in an id becomes a digest."""
        path = iri.removeprefix(self.nodes.base)
        name = path.replace("/", "-")
        if _ID.fullmatch(name) and len(name) <= LONGEST_ID:
            return name
        return f"{slug(path.partition('#')[0])}-{digest(path)}"


def common(first: str | None, last: str | None) -> str | None:
    """What two days share, as precise as it is: the day, its month, or its year; None where they share no year."""
    if not first or not last:
        return None
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), None)


def _bounds(tenure: Node) -> str:
    """The four bounds in words, those that are known."""
    known = ((bound.value.removeprefix(v.RW), tenure.one(bound)) for bound in BOUNDS)
    return "; ".join(f"{name} {day}" for name, day in known if day)


def _distinct(name: str, values: Iterable[str | None]) -> Sequence[str]:
    longest = table()["longest"].get(name)
    return sorted({value[:longest] for value in values if value})
