"""The quads of one article: what the contract of the graph says, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.model import Report, When
from kg.rdf import vocab as v
from kg.rdf.graph import article_quads
from kg.rdf.terms import IRI, Quad, Term, decimal, integer, nquads, text

BASE = "http://x.example/id/"


def values(quads: list[Quad], subject: str, predicate: IRI) -> set[Term]:
    """The objects of a node, named by the part after ``#``."""
    return {q.object for q in quads if q.subject.value.endswith("#" + subject) and q.predicate == predicate}


@pytest.fixture
def quads(report: Report) -> list[Quad]:
    return list(article_quads(report, BASE))


def test_quads_are_the_same_each_time_and_never_twice(report: Report, quads: list[Quad]) -> None:
    assert quads == list(article_quads(report, BASE))
    assert len(set(quads)) == len(quads)


def test_all_quads_lie_in_the_article_graph(report: Report, quads: list[Quad]) -> None:
    article = v.article_iri(report.article, BASE)
    assert {q.graph for q in quads} == {article}
    assert all(q.subject == article or q.subject.value.startswith(article.value + "#") for q in quads)


def test_every_node_that_is_pointed_to_is_described(quads: list[Quad]) -> None:
    subjects = {q.subject for q in quads}
    prefix = quads[0].graph.value + "#"
    pointed = {q.object for q in quads if isinstance(q.object, IRI) and q.object.value.startswith(prefix)}
    assert pointed <= subjects


def test_a_mention_has_offsets_and_exact_text(quads: list[Quad]) -> None:
    (mention,) = {m for m in values(quads, "place-ambon", v.MENTION) if "#text-" in str(m)}
    assert isinstance(mention, IRI)
    node = mention.value.partition("#")[2]
    assert values(quads, node, v.ANCHOR_OF) == {text("Ambon")}
    begin, end = (int(part) for part in node.removeprefix("text-").split("-"))
    assert values(quads, node, v.BEGIN_INDEX) == {integer(begin)}
    assert end - begin == len("Ambon")
    assert values(quads, "text", v.TYPE) == {v.CONTEXT}


def test_a_role_attests_the_day_of_its_article(quads: list[Quad]) -> None:
    role = "role-0123456789ab"
    assert {str(d) for d in values(quads, role, v.EARLIEST)} == {
        '"2026-03-04"^^<http://www.w3.org/2001/XMLSchema#date>'
    }
    assert values(quads, role, v.EARLIEST) == values(quads, role, v.LATEST)
    assert values(quads, role, v.STATUS) == {v.rw("current")}
    bounds = [v.EARLIEST_START, v.LATEST_START, v.EARLIEST_END, v.LATEST_END]
    days = [next(iter(values(quads, role, bound))).value for bound in bounds]
    assert days == ["2025-03-01", "2025-03-31", "2027-01-01", "2027-12-31"]


def test_an_event_names_roles_and_sources_twice_over(quads: list[Quad]) -> None:
    event = "event-0123456789ab"
    ends = {str(p).rpartition("#")[2].rstrip(">") for p in values(quads, event, v.PARTICIPANT)}
    assert ends == {"person-ratna-wijaya", "person-hadi-kusuma"}
    assert values(quads, event, v.rw("agent")) <= values(quads, event, v.PARTICIPANT)
    claimed, denied = values(quads, event, v.CLAIMED_BY), values(quads, event, v.DENIED_BY)
    assert claimed != denied
    assert claimed | denied == values(quads, event, v.ATTRIBUTED_TO)
    assert values(quads, event, v.REPORTED_BY) == set()


def test_a_report_has_the_confidence_of_its_surest_reading(quads: list[Quad]) -> None:
    event = "event-0123456789ab"
    assert values(quads, event, v.CONFIDENCE) == {decimal(0.85)}
    assert values(quads, event, v.RULE) == {text("rule-b"), text("rule-c")}


def test_an_interval_has_bounds_but_no_date(report: Report) -> None:
    stretch = When(date(2026, 3, 3), date(2026, 3, 5))
    quads = list(article_quads(replace(report, events=(replace(report.events[0], date=stretch),)), BASE))
    event = "event-0123456789ab"
    assert values(quads, event, v.DATE) == set()
    assert {d.value for d in values(quads, event, v.LATEST)} == {"2026-03-05"}


def test_what_is_not_known_is_not_written(report: Report) -> None:
    bare = replace(
        report,
        title=None,
        published=None,
        published_inferred=False,
        sitename=None,
        url=None,
        roles=(),
        events=(),
    )
    article = [q for q in article_quads(bare, BASE) if q.subject == q.graph]
    assert {q.predicate for q in article} == {v.TYPE, v.ARTICLE_ID, v.LANGUAGE, v.DIGEST, v.PRODUCER}


def test_an_address_that_is_no_iri_stays_text(report: Report) -> None:
    quads = list(article_quads(replace(report, url="https://x.example/dua kata"), BASE))
    assert not [q for q in quads if q.predicate == v.URL]
    assert [q.object for q in quads if q.predicate == v.URL_TEXT] == [text("https://x.example/dua kata")]


def test_lines_end_and_sort(quads: list[Quad]) -> None:
    lines = list(nquads(quads))
    assert all(line.endswith(" .\n") for line in lines)
    assert len(set(lines)) == len(quads)
