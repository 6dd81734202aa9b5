"""What is left of a report when something in it is wrong."""

from __future__ import annotations

import pytest
from reports_by_hand import PAGES, reports

from kg.model import Report
from kg.resolve.wrong import by_article, used


def left(article: str, *wrong: str) -> tuple[Report, Report]:
    report = next(r for r in reports() if r.article == article)
    return report, used(report, by_article(f"article/{article}#{name}" for name in wrong))


def test_a_wrong_entity_takes_along_its_offices_but_no_event_that_others_are_in() -> None:
    whole, part = left("pagi-1", "person-sergei-shoigu", "place-pyongyang")
    assert {e.key for e in whole.entities} - {e.key for e in part.entities} == {
        "person:sergei-shoigu",
        "place:pyongyang",
    }
    assert {r.person for r in part.roles} == {"person:kim-jong-un", "person:vladimir-putin"}
    letter, meeting = part.events
    assert (meeting.type, [p.entity for p in meeting.participants], meeting.places) == (
        "Meeting",
        ["person:kim-jong-un"],
        (),
    )
    assert [p.entity for p in letter.participants] == ["person:vladimir-putin", "person:kim-jong-un"]


def test_a_wrong_body_takes_along_its_offices() -> None:
    _, part = left("malam-4", "organization-dewan-keamanan-rusia")
    assert sorted(role.title for role in part.roles) == ["Menteri Pertahanan", "Menteri Pertahanan"]


def test_a_wrong_source_is_no_source() -> None:
    _, part = left("siang-2", "place-amerika-serikat")
    (claim,) = (event for event in part.events if event.type == "Transfer")
    assert [a.entity for a in claim.attributions] == ["place:korut"]


@pytest.mark.parametrize("kind", ["roles", "events"])
def test_a_wrong_role_or_event_goes_alone(kind: str) -> None:
    gone = getattr(left("pagi-1")[0], kind)[0].key
    whole, part = left("pagi-1", gone)
    other = {"roles": "events", "events": "roles"}[kind]
    assert [each.key for each in getattr(whole, kind) if each.key != gone] == [e.key for e in getattr(part, kind)]
    assert (whole.entities, getattr(whole, other)) == (part.entities, getattr(part, other))


def test_other_articles_are_left_alone() -> None:
    wrong = by_article(["article/lain#person-sergei-shoigu"])
    assert all(used(page.report(), wrong) == page.report() for page in PAGES)
