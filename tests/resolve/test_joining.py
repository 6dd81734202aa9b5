"""Which event reports tell of one event, and what the event is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Factuality, When
from kg.resolve import policy
from kg.resolve.events import Happened, Told, blocks, compatible, match, split

WEIGHTS = policy.load().events
KIM, SHOIGU, PUTIN = "person/kim-jong-un", "person/sergei-shoigu", "person/vladimir-putin"


def told(article: str, *who: str, when: str | None = None, out: str | None = "2023-07-27", **more: object) -> Told:
    """A report of a meeting."""
    plain = Told(
        article=article,
        report=f"http://x.example/{article}#event",
        type="Meeting",
        sense="Meeting",
        participants=tuple(sorted(("agent", each) for each in who or (KIM, SHOIGU))),
        places=(),
        date=When.parse(when) if when else None,
        published=date.fromisoformat(out) if out else None,
        factuality="actual",
        sources=(),
        thing=None,
        words=frozenset(),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def letter(article: str, *who: str, thing: str = "surat", **more: object) -> Told:
    return told(article, *who, type="Transfer", sense="Transfer", thing=thing, words=frozenset(thing.split()), **more)  # type: ignore[arg-type]


ONE = {
    "two persons": (told("a"), told("b")),
    "neighbouring days": (told("a", when="2023-07-26"), told("b", when="2023-07-27")),
    "neighbouring months": (told("a", when="2023-07-31"), told("b", when="2023-08-01")),
    "a day in a month": (told("a", when="2023-07-26"), told("b", when="2023-07")),
    "a day in a year": (told("a", when="2023-07-26"), told("b", when="2023", out="2024-09-14")),
    "a plan and what came of it": (
        told("a", factuality="planned", out="2023-07-20"),
        told("b", when="2023-07-26"),
    ),
    "one person, one day, one place, out together": (
        told("a", KIM, when="2023-07-26", places=("place/x",)),
        told("b", KIM, when="2023-07-26", places=("place/x",)),
    ),
    "one person and one thing, out together": (letter("a", KIM), letter("b", KIM)),
    "visits of one person": (
        told("a", SHOIGU, type="Visit"),
        told("b", SHOIGU, type="Visit", places=("place/korea-utara",)),
    ),
    "a place in a country": (
        told("a", SHOIGU, type="Visit", places=("place/pyongyang",)),
        told("b", SHOIGU, type="Visit", places=("place/korea-utara",)),
    ),
    "others came along": (
        told("a", KIM, SHOIGU, PUTIN, when="2023-07-26", places=("place/x",)),
        told("b", KIM, SHOIGU, "person/li", when="2023-07-26", places=("place/x",)),
    ),
    "no dates at all": (told("a", out=None), told("b", out=None)),
}


@pytest.mark.parametrize(("a", "b"), ONE.values(), ids=ONE)
def test_one(a: Told, b: Told) -> None:
    assert match(a, b, WEIGHTS)
    assert match(b, a, WEIGHTS)
    assert blocks(a, WEIGHTS) & blocks(b, WEIGHTS)


APART = {
    "one article": (told("a"), told("a", report="http://x.example/a#other")),
    "other types": (told("a"), told("b", type="Visit")),
    "other senses": (told("a", sense="arrest"), told("b", sense="trial")),
    "other days": (told("a", when="2023-07-26"), told("b", when="2023-07-28")),
    "other years": (told("a"), told("b", out="2024-09-14")),
    "one person": (told("a", KIM), told("b", KIM)),
    "visits to two places": (
        told("a", SHOIGU, type="Visit", places=("place/pyongyang",)),
        told("b", SHOIGU, type="Visit", places=("place/kazan",)),
    ),
    "one person with another each": (
        told("a", KIM, SHOIGU, when="2023-07-26", places=("place/x",)),
        told("b", KIM, PUTIN, when="2023-07-26", places=("place/x",)),
    ),
    "one country with another each": (
        told("a", "place/rusia", "place/china", when="2023-07-26", places=("place/x",)),
        told("b", "place/rusia", "place/india", when="2023-07-26", places=("place/x",)),
    ),
    "other things": (letter("a", KIM, SHOIGU), letter("b", KIM, SHOIGU, thing="senjata")),
    "dated and dateless": (told("a"), told("b", out=None)),
}


@pytest.mark.parametrize(("a", "b"), APART.values(), ids=APART)
def test_apart(a: Told, b: Told) -> None:
    assert not match(a, b, WEIGHTS)
    assert not match(b, a, WEIGHTS)


DAYS = st.dates(date(2023, 1, 1), date(2024, 2, 1))
REPORTS = st.builds(
    told,
    st.uuids().map(str),
    st.sampled_from([KIM, SHOIGU, PUTIN]),
    st.sampled_from([KIM, SHOIGU, PUTIN]),
    when=st.none() | DAYS.map(str) | DAYS.map(lambda d: f"{d:%Y-%m}") | DAYS.map(lambda d: f"{d:%Y}"),
    out=st.none() | DAYS.map(str),
)


@given(REPORTS, REPORTS)
def test_what_matches_shares_a_block(a: Told, b: Told) -> None:
    assert match(a, b, WEIGHTS) == match(b, a, WEIGHTS)
    if match(a, b, WEIGHTS):
        assert blocks(a, WEIGHTS) & blocks(b, WEIGHTS)


@given(st.lists(REPORTS, min_size=1, max_size=7), st.randoms())
def test_a_split_depends_on_no_order_and_keeps_all(some: list[Told], chance: object) -> None:
    events = split(some, WEIGHTS)
    assert sorted(t.report for event in events for t in event) == sorted(t.report for t in some)
    shuffled = list(some)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(split(shuffled, WEIGHTS), key=str) == sorted(events, key=str)
    for event in events:
        assert all(compatible(a, b, WEIGHTS) for a in event for b in event)


def test_days_part_what_other_reports_join() -> None:
    first, second = told("a", when="2023-07-26"), told("b", when="2023-07-29")
    near = told("c", places=("place/x",), out="2023-07-30")
    events = split([first, replace(second, places=("place/x",)), near], WEIGHTS)
    assert [[t.article for t in event] for event in events] == [["a"], ["b", "c"]]


@pytest.mark.parametrize("when", ["0001", "9999", "0001/9999", "0001-01-01"])
def test_the_ends_of_the_calendar(when: str) -> None:
    blocks(told("a", when=when), WEIGHTS)
    assert compatible(told("a", when=when), told("b", when=when), WEIGHTS)


def test_persons_part_what_a_third_report_joins() -> None:
    both = [told("a", KIM, SHOIGU, when="2023-07-26"), told("b", PUTIN, SHOIGU, when="2023-07-26")]
    events = split([*both, told("c", SHOIGU, when="2023-07-26")], WEIGHTS)
    assert sorted(len(event) for event in events) == [1, 2]


# What an event is made of


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        (["2023-07-26", "2023-07-27", "2023-07-26"], "2023-07-26"),
        (["2023-07", "2023-07-26", None], "2023-07-26"),
        (["2023", "2023-07"], "2023-07"),
        (["2023-07-26", "2023-07-27"], "2023-07-26"),
        ([None], None),
    ],
)
def test_the_date_that_most_agree_on(whens: list[str | None], expected: str | None) -> None:
    happened = Happened("e", tuple(told(str(n), when=when) for n, when in enumerate(whens)))
    assert (happened.date.iso if happened.date else None) == expected


@pytest.mark.parametrize(
    ("reports", "overall", "doubted"),
    [
        (["actual"], "actual", 0),
        (["planned", "actual"], "actual", 0),
        (["planned"], "planned", 0),
        (["planned", "claimed"], "claimed", 0),
        (["claimed", "denied"], "denied", 0),
        (["actual", "actual", "denied"], "actual", 3),
        (["actual", "claimed", "denied"], "denied", 3),
    ],
)
def test_factuality(reports: list[Factuality], overall: Factuality, doubted: int) -> None:
    happened = Happened("e", tuple(told(str(n), factuality=f) for n, f in enumerate(reports)))
    assert happened.factuality == overall
    assert len(happened.doubted()) == doubted


def test_everybody_has_the_role_that_most_reports_give() -> None:
    giver, taker = (("giver", PUTIN), ("recipient", KIM)), (("giver", KIM), ("recipient", PUTIN))
    reports = tuple(told(str(n), participants=p) for n, p in enumerate((giver, giver, taker)))
    assert Happened("e", reports).participants == giver
    assert len(Happened("e", reports[1:]).participants) == 4


def test_the_most_specific_places() -> None:
    inner, outer = "place/pyongyang", "place/korea-utara"
    assert Happened("e", (told("a", places=(inner, outer)), told("b", places=(outer,)))).places == (inner,)
    assert Happened("e", (told("a", places=(inner,)), told("b", places=(outer,)))).places == (outer, inner)
    assert Happened("e", (told("a", places=(inner, outer)), told("b", places=(outer, inner)))).places == (
        outer,
        inner,
    )


def test_disagreements() -> None:
    days = Happened("e", (told("a", when="2023-07-26"), told("b", when="2023-07-27"), told("c", when="2023-07")))
    assert [t.article for t in days.days_apart()] == ["a", "b"]
    countries = Happened("e", (told("a", places=("place/rusia",)), told("b", places=("place/china",)), told("c")))
    assert [t.article for t in countries.countries_apart()] == ["a", "b"]
    assert (
        Happened("e", (told("a", places=("place/kazan",)), told("b", places=("place/china",)))).countries_apart() == ()
    )
