"""A report without what people called wrong: never used, as if it had never been read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from kg.ids import article_name, report_name
from kg.model import EventReport, Report, RoleReport


def by_article(wrong: Iterable[str]) -> dict[str, frozenset[str]]:
    """Last part of an article's IRI → those of its wrong reports: ``article/ID#person-x`` by ``ID``."""
    found: dict[str, set[str]] = {}
    for each in wrong:
        article, _, name = each.removeprefix("article/").partition("#")
        found.setdefault(article, set()).add(name)
    return {article: frozenset(names) for article, names in found.items()}


def used(report: Report, wrong: Mapping[str, Set[str]]) -> Report:
    """The report without its entities, roles and events that are wrong (``by_article``).

    A role goes with its person, its body and its territory: without them it says something else. An event only loses
    the part of a wrong entity, and goes where all who took part are wrong.
    """
    names = wrong.get(article_name(report.article))
    if not names:
        return report
    gone = frozenset(entity.key for entity in report.entities if report_name(entity.key) in names)
    return replace(
        report,
        entities=tuple(entity for entity in report.entities if entity.key not in gone),
        roles=tuple(r for r in report.roles if report_name(r.key) not in names and not _named(r) & gone),
        events=tuple(_without((e for e in report.events if report_name(e.key) not in names), gone)),
    )


def _named(role: RoleReport) -> set[str | None]:
    return {role.person, role.body, role.territory}


def _without(events: Iterable[EventReport], gone: Set[str]) -> Iterator[EventReport]:
    for event in events:
        participants = tuple(p for p in event.participants if p.entity not in gone)
        if event.participants and not participants:
            continue
        yield replace(
            event,
            participants=participants,
            places=tuple(place for place in event.places if place not in gone),
            attributions=tuple(
                replace(a, via=None if a.via in gone else a.via) for a in event.attributions if a.entity not in gone
            ),
        )
