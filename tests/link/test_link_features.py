"""What speaks for a match and against it, one made-up pair after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.link import identities
from kg.link.features import FEATURES, Match, scored
from kg.link.identities import Office, Subject
from kg.link.items import HeldOffice, Item, Span
from kg.link.offices import Likeness, compared
from kg.link.policy import load
from kg.link.proposing import Said, each_item_once, proposed
from kg.resolve.links import Link

WD = "http://www.wikidata.org/entity/"
DAY = date(2026, 11, 28)
SAID = Said("https://contoh.example/sparql", DAY)


def day(value: str) -> Span | None:
    return Span.of(value)


def held(*labels: str, country: str | None = None, start: str = "", end: str = "") -> HeldOffice:
    where = frozenset({WD + country}) if country else frozenset[str]()
    return HeldOffice(frozenset(labels), where, day(start), day(end))


def office(title: str, *bodies: str, country: str | None = None, days: tuple[str, ...] = ()) -> Office:
    """An office; of a whole country where that is given."""
    held = tuple(map(date.fromisoformat, days))
    return Office(title, frozenset(bodies), frozenset(), country, bool(country), held)


ENVOY = Office("Duta Besar", frozenset({"rusia"}), frozenset({"korut", "korea utara"}), "RU")
ITEM = Item(WD + "Q9101", frozenset({"label"}), 1, "Rahmat Hadi", "", frozenset(), None, None, ())
MINISTER = Subject("person/rahmat-hadi", "person", ("Rahmat Hadi",), (
    office("Menteri Pertahanan", "indonesia", "ri", country="ID", days=("2019-03-01", "2021-04-01")),
))  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "theirs", "likeness"),
    [
        (office("Menteri Pertahanan", "rusia", country="RU"), held("Menteri Pertahanan Rusia"), Likeness.SAME),
        (office("Menteri Pertahanan", "rusia", country="RU"), held("Minister of Defense of Russia"), Likeness.SAME),
        (
            office("Menteri Pertahanan", "rusia", country="RU"),
            held("Minister for Defence", country="Q159"),
            Likeness.SAME,
        ),
        (office("Menteri Pertahanan", "rusia", country="RU"), held("Minister of Defence"), Likeness.TITLE),
        (office("Menteri Pertahanan", "rusia", country="RU"), held("Menteri Pertahanan Ukraina"), Likeness.ELSEWHERE),
        (
            office("Menteri Pertahanan", "rusia", country="RU"),
            held("Minister of Defence", country="Q212"),
            Likeness.ELSEWHERE,
        ),
        (office("Menteri Pertahanan", "rusia", country="RU"), held("Wakil Menteri Pertahanan Rusia"), Likeness.NONE),
        (office("Presiden", "rusia", country="RU"), held("President of Russia", country="Q159"), Likeness.SAME),
        (
            office("Presiden", "rusia", country="RU"),
            held("President of the Senate", country="Q159"),
            Likeness.ELSEWHERE,
        ),
        (office("Presiden", "belanda", country="NL"), held("President", country="Q29999"), Likeness.SAME),
        (office("Gubernur", "jawa barat", "jabar"), held("gubernur Jawa Barat", country="Q252"), Likeness.SAME),
        (office("Gubernur", "jawa barat", "jabar"), held("gubernur Jawa Timur", country="Q252"), Likeness.ELSEWHERE),
        (office("Menhan"), held("Perdana Menteri"), Likeness.NONE),
        (office("Wali Kota", "surabaya"), held("Wali Kota Bandung", country="Q252"), Likeness.ELSEWHERE),
        (office("Wali Kota", "surabaya"), held("Wali Kota Surabaya", country="Q252"), Likeness.SAME),
        (ENVOY, held("Duta Besar Rusia untuk Korea Utara", country="Q159"), Likeness.SAME),
        (ENVOY, held("Ambassador of Russia to North Korea"), Likeness.SAME),
        (ENVOY, held("Ambassador to North Korea", country="Q159"), Likeness.SAME),
        (ENVOY, held("Ambassador of Russia to Japan", country="Q159"), Likeness.ELSEWHERE),
        (
            office("Kapolri", "polri", country="ID"),
            held("Kepala Kepolisian Negara Republik Indonesia", country="Q252"),
            Likeness.SAME,
        ),
    ],
)
def test_offices_agree_by_title_and_body(ours: Office, theirs: HeldOffice, likeness: Likeness) -> None:
    assert compared(ours, theirs) is likeness


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("1955-05-21T00:00:00Z", "1955-05-21", "1955-05-21"),
        ("1955-01-01T00:00:00Z", "1955-01-01", "1955-12-31"),
        ("2024-05-12", "2024-05-12", "2024-05-12"),
    ],
)
def test_a_day_is_known_as_well_as_the_endpoint_knows_it(value: str, first: str, last: str) -> None:
    assert Span.of(value) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", ["", "-0043-01-01T00:00:00Z", "1955-00-00T00:00:00Z", "http://x.example/unknown"])
def test_what_is_no_day_bounds_nothing(value: str) -> None:
    assert Span.of(value) is None


MINISTRY = held(
    "Menteri Pertahanan Indonesia", country="Q252", start="2019-02-01T00:00:00Z", end="2022-01-01T00:00:00Z"
)


@pytest.mark.parametrize(
    ("item", "there", "absent"),
    [
        ({"offices": (MINISTRY,)}, {"label", "only_one", "office", "in_office_then"}, {"office_title", "no_office"}),
        ({"offices": (held("Menteri Pertahanan"),)}, {"office_title"}, {"office", "in_office_then"}),
        ({"offices": (held("Menteri Pertahanan Malaysia", country="Q833"),)}, {"office_elsewhere"}, {"office"}),
        ({"offices": (replace(MINISTRY, start=day("2024-10-21")),)}, {"out_of_office_then"}, {"in_office_then"}),
        ({"offices": (replace(MINISTRY, start=day("2021-04-20")),)}, {"in_office_then"}, {"out_of_office_then"}),
        ({"offices": (replace(MINISTRY, start=None, end=None),)}, {"office"}, {"in_office_then", "out_of_office_then"}),
        ({"countries": frozenset({WD + "Q252"})}, {"citizen"}, {"citizen_elsewhere"}),
        ({"countries": frozenset({WD + "Q833"})}, {"citizen_elsewhere"}, {"citizen"}),
        ({"died": day("2020-01-01T00:00:00Z")}, {"dead_before"}, set()),
        ({"died": day("2020-06-01T00:00:00Z")}, {"dead_before"}, set()),
        ({"died": day("2021-03-20T00:00:00Z")}, set(), {"dead_before"}),
        ({"died": day("2021-01-01T00:00:00Z")}, set(), {"dead_before"}),
        ({"born": day("2010-01-01T00:00:00Z")}, {"too_young"}, set()),
        ({"born": day("1960-01-01T00:00:00Z")}, set(), {"too_young"}),
        ({"by": frozenset({"alias"}), "names": 2}, {"alias", "more_spellings"}, {"label"}),
    ],
)  # fmt: skip
def test_features_of_a_person(item: dict[str, object], there: set[str], absent: set[str]) -> None:
    match = Match(MINISTER, replace(ITEM, **item), 0, load())  # type: ignore[arg-type]
    found = set(scored(match).features)
    assert there <= found
    assert not absent & found


@pytest.mark.parametrize(
    ("names", "item", "there"),
    [
        (("Kementerian Pertahanan Rusia",), {"countries": frozenset({WD + "Q159"})}, {"of_country", "only_one"}),
        (("Kementerian Pertahanan Rusia",), {"countries": frozenset({WD + "Q212"})}, {"of_another_country"}),
        (("Badan Contoh Nasional",), {"countries": frozenset({WD + "Q212"})}, set()),
        (("BCN",), {}, {"one_word"}),
    ],
)
def test_features_of_a_body(names: tuple[str, ...], item: dict[str, object], there: set[str]) -> None:
    ours = Subject("organization/x", "organization", names)
    found = set(scored(Match(ours, replace(ITEM, **item), 0, load())).features)  # type: ignore[arg-type]
    assert there <= found
    assert ("of_country" in found) == ("of_country" in there)
    assert ("of_another_country" in found) == ("of_another_country" in there)


def test_every_weight_has_a_feature_and_every_feature_a_weight() -> None:
    weighed = {name for weights in load().weights.values() for name in weights}
    assert weighed == FEATURES.keys()
    assert all(feature.__doc__ for feature in FEATURES.values())


def test_nobody_is_linked_by_name_alone() -> None:
    """A person without an office is never sure, however few bear the name."""
    stranger = replace(MINISTER, offices=())
    assert [link.sure for link in proposed(stranger, [ITEM], SAID, load())] in ([], [False])


@pytest.mark.parametrize(
    ("items", "sure"),
    [
        ([replace(ITEM, offices=(MINISTRY,))], [True]),
        ([replace(ITEM, offices=(MINISTRY,)), replace(ITEM, iri=WD + "Q2")], [True]),
        ([replace(ITEM, offices=(MINISTRY,)), replace(ITEM, iri=WD + "Q2", offices=(MINISTRY,))], [False, False]),
        ([replace(ITEM, offices=(MINISTRY,), died=day("2001-02-03"))], []),
        ([], []),
    ],
)
def test_sure_is_what_is_well_ahead(items: list[Item], sure: list[bool]) -> None:
    assert [link.sure for link in proposed(MINISTER, items, SAID, load())] == sure


def test_two_identities_with_one_item_are_for_a_person_to_say() -> None:
    one, other, third = (
        Link(f"person/{name}", WD + item, True, 0.9, ("label",), SAID.endpoint, DAY)
        for name, item in (("a", "Q1"), ("b", "Q1"), ("c", "Q2"))
    )
    assert each_item_once([one, third, other]) == (replace(one, sure=False), replace(other, sure=False), third)


@pytest.mark.parametrize(
    ("title", "parts", "country", "national"),
    [
        ("Menteri Pertahanan", [("body", "rusia", "RU"), ("body", "federasi rusia", "RU")], "RU", True),
        ("Kapolri", [("body", "polri", "")], "ID", True),
        ("Duta Besar", [("body", "rusia", "RU"), ("territory", "korea utara", "KP")], "RU", False),
        ("Gubernur", [("body", "jawa barat", "")], "ID", False),
        ("Sekretaris", [("body", "dewan keamanan rusia", "")], "RU", False),
        ("Ketua", [("body", "badan contoh", "")], None, False),
        ("Bupati", [], None, False),
    ],
)
def test_whose_people_hold_an_office(
    title: str, parts: list[tuple[str, str, str]], country: str | None, national: bool
) -> None:
    found = identities.office(title, parts, ())
    assert (found.country, found.national) == (country, national)
