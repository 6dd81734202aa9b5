"""Which event reports tell of one event, and what the event is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Factuality, When
from kg.resolve import policy
from kg.resolve.events import Happened, Told
from kg.resolve.joining import blocks, compatible, match, split

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


def public(article: str, *who: str, kind: str = "peringatan", **more: object) -> Told:
    return told(article, *who, type="PublicEvent", sense=kind, **more)  # type: ignore[arg-type]


def visit(article: str, *who: str, **more: object) -> Told:
    plain = told(article, type="Visit", sense="Visit", **more)  # type: ignore[arg-type]
    return replace(plain, participants=tuple(("visitor", each) for each in who))


def legal(article: str, *who: str, sense: str = "arrest", **more: object) -> Told:
    return told(article, *who, type="LegalAction", sense=sense, **more)  # type: ignore[arg-type]


def death(article: str, *who: str, **more: object) -> Told:
    plain = told(article, type="Death", sense="Death", **more)  # type: ignore[arg-type]
    return replace(plain, participants=tuple(("deceased", each) for each in who))


RAYA, PARIS, FRANCE, ISTANA = "place/raya", "place/paris", "place/prancis", "place/istana-negara"
PRESIDENT, SON, GUEST, CABINET = "person/a", "person/b", "person/c", "organization/kabinet"
KPK, BUDI, SITI = "organization/kpk", "person/budi", "person/siti"
IRAN, STATES = "place/iran", "place/amerika-serikat"
SEVENTY = frozenset({"70 perang", "70 raya"})
DEAL = {"type": "Agreement", "sense": "deal"}

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
    "a stay abroad": (
        visit("a", PRESIDENT, when="2026-05-26", places=(PARIS, FRANCE)),
        visit("b", PRESIDENT, SON, when="2026-05-28", places=(PARIS, FRANCE)),
    ),
    "a visit in company that reports name in part": (
        visit("a", PRESIDENT, SON, places=(FRANCE,)),
        visit("b", PRESIDENT, GUEST, places=(FRANCE,)),
    ),
    "a country's delegation and who holds its office": (
        visit("a", "place/rusia", "place/china", when="2023-07-26", places=("place/x",)),
        visit("b", SHOIGU, when="2023-07-26", places=("place/x",), offices=frozenset({(SHOIGU, "place/rusia")})),
    ),
    "a country's delegation and its leader": (
        visit("a", "place/rusia", "place/china", when="2023-07-26", places=("place/x",)),
        visit("b", "place/china", KIM, places=("place/x",)),
    ),
    "an anniversary with guests that reports name in part": (
        public("a", KIM, places=(RAYA,), occasions=SEVENTY),
        public("b", SHOIGU, places=(RAYA,), occasions=SEVENTY),
    ),
    "an anniversary that a report a year later looks back to": (
        public("a", KIM, when="2023-07-27", occasions=SEVENTY),
        public("b", KIM, out="2024-09-14", occasions=SEVENTY),
    ),
    "an anniversary that a later report gives a wrong year": (
        public("a", KIM, when="2023-07-27", occasions=SEVENTY),
        public("b", KIM, when="2024-07", out="2024-09-14", occasions=SEVENTY),
    ),
    "a death told of again years later": (death("a", BUDI, when="2023-07-26"), death("b", BUDI, out="2026-05-01")),
    "a death with other victims": (death("a", BUDI, SITI, when="2023-07-26"), death("b", BUDI, KIM)),
    "a death on two days": (death("a", BUDI, when="2023-07-26"), death("b", BUDI, when="2023-07-20")),
    "a strike of one day": (
        told("a", IRAN, STATES, type="Attack", sense="Attack", when="2023-07-26"),
        told("b", IRAN, STATES, type="Attack", sense="Attack", when="2023-07-26"),
    ),
    "one deal of two countries": (told("a", IRAN, STATES, **DEAL), told("b", IRAN, STATES, **DEAL)),
    "a parade in other words": (
        public("a", RAYA, kind="parade", places=("place/x",)),
        public("b", RAYA, kind="parade", thing="pawai", places=("place/x",)),
    ),
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
    "the cabinet week by week": (
        told("a", PRESIDENT, CABINET, when="2026-05-13", out="2026-05-13", places=(ISTANA,)),
        told("b", PRESIDENT, CABINET, when="2026-05-20", out="2026-05-20", places=(ISTANA,)),
    ),
    "the cabinet week by week, once without a day": (
        told("a", PRESIDENT, CABINET, when="2026-05-13", out="2026-05-13", places=(ISTANA,)),
        told("b", PRESIDENT, CABINET, out="2026-05-20", places=(ISTANA,)),
    ),
    "guests of one day in one palace": (
        told("a", PRESIDENT, SON, when="2026-05-13", places=(ISTANA,)),
        told("b", PRESIDENT, GUEST, when="2026-05-13", places=(ISTANA,)),
    ),
    "arrests by one body, day by day": (
        legal("a", KPK, BUDI, when="2026-05-13"),
        legal("b", KPK, SITI, when="2026-05-14"),
    ),
    "arrests by one body on one day": (
        legal("a", KPK, BUDI, when="2026-05-13", places=("place/jakarta",)),
        legal("b", KPK, SITI, when="2026-05-13", places=("place/jakarta",)),
    ),
    "arrests by one body without names": (legal("a", KPK), legal("b", KPK)),
    "arrest and trial of one person": (legal("a", KPK, BUDI), legal("b", KPK, BUDI, sense="trial")),
    "a minister's towns on neighbouring days": (
        visit("a", PRESIDENT, when="2026-05-13", places=("place/bandung",)),
        visit("b", PRESIDENT, when="2026-05-14", places=("place/surabaya",)),
    ),
    "a minister's towns without days": (
        visit("a", PRESIDENT, places=("place/bandung",)),
        visit("b", PRESIDENT, places=("place/surabaya",)),
    ),
    "one town, a week between": (
        visit("a", PRESIDENT, out="2026-05-13", places=("place/bandung",)),
        visit("b", PRESIDENT, out="2026-05-21", places=("place/bandung",)),
    ),
    "one town, two days between": (
        visit("a", PRESIDENT, when="2026-05-13", places=("place/bandung",)),
        visit("b", PRESIDENT, when="2026-05-15", places=("place/bandung",)),
    ),
    "stays abroad, a week between": (
        visit("a", PRESIDENT, when="2026-05-13", places=(PARIS, FRANCE)),
        visit("b", PRESIDENT, when="2026-05-20", places=(PARIS, FRANCE)),
    ),
    "two ministers of one country": (
        visit("a", BUDI, when="2023-07-26", places=("place/x",), offices=frozenset({(BUDI, "place/rusia")})),
        visit("b", SITI, when="2023-07-26", places=("place/x",), offices=frozenset({(SITI, "place/rusia")})),
    ),
    "a delegation and a minister elsewhere": (
        visit("a", "place/rusia", when="2023-07-26", places=("place/x",)),
        visit("b", BUDI, when="2023-07-26", places=("place/y",), offices=frozenset({(BUDI, "place/rusia")})),
    ),
    "delegations of one sender": (
        replace(visit("a", places=(FRANCE,)), participants=(("sender", PRESIDENT), ("visitor", BUDI))),
        replace(visit("b", places=(FRANCE,)), participants=(("sender", PRESIDENT), ("visitor", SITI))),
    ),
    "guests of one host": (
        replace(visit("a", BUDI, places=(FRANCE,)), participants=(("host", PRESIDENT), ("visitor", BUDI))),
        replace(visit("b", SITI, places=(FRANCE,)), participants=(("host", PRESIDENT), ("visitor", SITI))),
    ),
    "strikes of one war": (
        told("a", IRAN, STATES, type="Attack", sense="Attack"),
        told("b", IRAN, STATES, type="Attack", sense="Attack"),
    ),
    "strikes of three countries at two places": (
        told("a", IRAN, STATES, "place/israel", type="Attack", sense="Attack", places=("place/x",)),
        told("b", IRAN, STATES, "place/israel", type="Attack", sense="Attack", places=("place/y",)),
    ),
    "deaths of two by one hand": (
        replace(death("a"), participants=(("attacker", KIM), ("deceased", BUDI))),
        replace(death("b"), participants=(("attacker", KIM), ("deceased", SITI))),
    ),
    "deals of two countries, weeks between": (
        told("a", IRAN, STATES, out="2026-05-01", **DEAL),
        told("b", IRAN, STATES, out="2026-05-14", **DEAL),
    ),
    "an anniversary and its exhibition": (
        public("a", KIM, places=(RAYA,), occasions=SEVENTY),
        public("b", KIM, places=(RAYA,), occasions=SEVENTY, kind="pameran"),
    ),
    "anniversaries of two numbers": (
        public("a", KIM, when="2023-07-27", places=(RAYA,), occasions=SEVENTY),
        public("b", KIM, out="2024-09-14", places=(RAYA,), occasions=frozenset({"71 perang", "71 raya"})),
    ),
    "anniversaries of two things that share a word": (
        public("a", KIM, when="2023-03-01", occasions=frozenset({"50 persatuan", "50 mawar"})),
        public("b", KIM, out="2023-07-27", occasions=frozenset({"50 persatuan", "50 melati"})),
    ),
    "days of one anniversary": (
        public("a", KIM, when="2023-07-20", places=(RAYA,), occasions=SEVENTY),
        public("b", KIM, when="2023-07-27", places=(RAYA,), occasions=SEVENTY),
    ),
    "ceremonies of one day in two towns": (
        public("a", BUDI, when="2025-08-17", places=("place/bandung",)),
        public("b", SITI, when="2025-08-17", places=("place/sleman",)),
    ),
}


@pytest.mark.parametrize(("a", "b"), APART.values(), ids=APART)
def test_apart(a: Told, b: Told) -> None:
    assert not match(a, b, WEIGHTS)
    assert not match(b, a, WEIGHTS)


def test_blocks_stay_small() -> None:
    """Ministers of one country, each in towns of their own: only what one of them does in a month is compared."""
    journeys = [
        visit(f"{n}", f"person/{n % 40}", when=f"2026-{n % 12 + 1:02}-10", places=(f"place/{n}",),
              offices=frozenset({(f"person/{n % 40}", "place/indonesia")}))
        for n in range(480)
    ]  # fmt: skip
    shared = Counter(key for told in journeys for key in blocks(told, WEIGHTS))
    assert max(shared.values()) <= 480 / 40


DAYS = st.dates(date(2023, 1, 1), date(2024, 2, 1))
REPORTS = st.builds(
    told,
    st.uuids().map(str),
    st.sampled_from([KIM, SHOIGU, PUTIN, "place/rusia"]),
    st.sampled_from([KIM, SHOIGU, PUTIN]),
    when=st.none() | DAYS.map(str) | DAYS.map(lambda d: f"{d:%Y-%m}") | DAYS.map(lambda d: f"{d:%Y}"),
    out=st.none() | DAYS.map(str),
    type=st.sampled_from(["Meeting", "Visit", "PublicEvent", "Attack"]),
    places=st.sampled_from([(), (FRANCE,), (PARIS, FRANCE), ("place/x",)]),
    offices=st.sampled_from([frozenset(), frozenset({(SHOIGU, "place/rusia")})]),
    occasions=st.sampled_from([frozenset(), SEVENTY, frozenset({"70 perang"}), frozenset({"71 perang"})]),
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
        alone = [t for t in event if not t.occasions]
        assert all(compatible(a, b, WEIGHTS) for a in alone for b in alone) or len(alone) < len(event)


def test_days_part_what_other_reports_join() -> None:
    first, second = told("a", when="2023-07-26"), told("b", when="2023-07-29")
    near = told("c", places=("place/x",), out="2023-07-30")
    events = split([first, replace(second, places=("place/x",)), near], WEIGHTS)
    assert [[t.article for t in event] for event in events] == [["a"], ["b", "c"]]


@pytest.mark.parametrize("when", ["0001", "9999", "0001/9999", "0001-01-01"])
def test_the_ends_of_the_calendar(when: str) -> None:
    assert compatible(
        public("a", KIM, when=when, occasions=SEVENTY), public("b", when=when, occasions=SEVENTY), WEIGHTS
    )
    blocks(told("a", when=when), WEIGHTS)
    assert compatible(told("a", when=when), told("b", when=when), WEIGHTS)


def test_a_look_back_is_dated_by_the_anniversary() -> None:
    plain, dated = public("a", KIM), public("b", KIM, when="2023-07-27", occasions=SEVENTY)
    late = public("c", KIM, out="2024-09-14", occasions=SEVENTY)
    (event,) = split([late, plain, dated], WEIGHTS)
    assert [t.article for t in event] == ["a", "b", "c"]
    assert [t.article for t in Happened("e", (dated, replace(late, date=When.parse("2024-07")))).days_apart()] == [
        "b",
        "c",
    ]


def test_parties_of_one_article_that_another_joins() -> None:
    russians, chinese = (
        visit("a", SHOIGU, places=("place/x",)),
        visit("a", KIM, places=("place/x",), report="http://x.example/a#2"),
    )
    both = visit("b", SHOIGU, KIM, when="2023-07-26", places=("place/x",))
    assert len(split([russians, chinese, both], WEIGHTS)) == 1
    again = replace(russians, report="http://x.example/a#3")
    events = split([russians, again, chinese, both], WEIGHTS)
    assert sorted(len(event) for event in events) == [1, 3], "two visits of one person in one article are two"


def test_two_meetings_of_a_year_take_in_what_is_nearest() -> None:
    first, second = told("a", when="2023-05-26", out="2023-05-27"), told("b", when="2023-07-26")
    events = split([first, second, told("c", places=("place/x",))], WEIGHTS)
    assert [[t.article for t in event] for event in events] == [["a"], ["b", "c"]]


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
        (["1953-07-27", "2023-07-27"], "2023-07-27"),
        (["1953-07-27", None], "1953-07-27"),
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
