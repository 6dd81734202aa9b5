"""Competency questions on events of ../shared/gold/competency.md on the five seed articles, judged as that file says.

A question that is not yet right is marked with the sentence that is not yet read.
"""

from __future__ import annotations

import pytest
from asking import asked, rows

from kg.store.embedded import EmbeddedStore

pytestmark = pytest.mark.slow

KIM, SHOIGU, KANG, LI, PUTIN, XI = (
    "Kim Jong-un", "Sergei Shoigu", "Kang Sun-nam", "Li Hongzhong", "Vladimir Putin", "Xi Jinping",
)  # fmt: skip
JULY = {"from_": "2023-07", "to": "2023-07"}
Row = dict[str, str]


def seed(*numbers: int) -> str:
    """The ids of articles as the questions list them."""
    return "; ".join(f"seed-00{number}" for number in numbers)


def listed(text: str) -> set[str]:
    """The names of a column that lists them, without their roles."""
    return {each.partition(" (")[0] for each in text.split("; ") if each}


def one(found: list[Row]) -> Row:
    assert len(found) == 1, found
    return found[0]


def nodes(found: list[Row]) -> set[str]:
    return {row["eventIri"] for row in found}


def test_cq12_whom_kim_met(seeds: EmbeddedStore) -> None:
    found = asked(seeds, "met", person=KIM, **JULY)
    shoigu = one([row for row in found if row["counterpart"] == SHOIGU])
    li = one([row for row in found if row["counterpart"] == LI])
    assert (shoigu["date"], shoigu["places"], shoigu["factuality"]) == ("2023-07-26", "Pyongyang", "actual")
    assert shoigu["articles"] == seed(0, 1, 2, 3)
    assert (li["articles"], li["factuality"]) == (seed(1, 3), "actual")
    assert li["date"] in {"", "2023-07", "2023-07-26", "2023-07-26/2023-07-27"}
    assert len(nodes(found)) == 2
    assert {row["counterpart"] for row in found} <= {SHOIGU, LI, "China", "Rusia"}


def test_cq13_talks_of_the_ministers(seeds: EmbeddedStore) -> None:
    found = asked(seeds, "met", person=SHOIGU, with_=KANG)
    talks = one(found)
    assert (talks["date"], talks["articles"]) == ("2023-07-26", seed(0, 2, 3))
    assert listed(talks["places"]) <= {"Pyongyang", "Korea Utara"}
    told = asked(seeds, "told", type="Meeting", participant=KANG)
    assert set().union(*(listed(row["participants"]) for row in told)) <= {
        "Sergey Shoigu", "Sergei Shoigu", "Kang Sun-nam", "Kang Sun Nam",
    }  # fmt: skip


def test_cq15_the_day_of_the_meeting(seeds: EmbeddedStore) -> None:
    meeting = one(asked(seeds, "met", person=KIM, with_=SHOIGU, **JULY))
    assert (meeting["date"], meeting["factuality"]) == ("2023-07-26", "actual")
    told = asked(seeds, "told", event=f"id:{meeting['eventIri'].partition('/id/')[2]}")
    assert {row["article"] for row in told if row["date"] == "2023-07-26"} >= {"seed-000", "seed-003"}
    assert not any(row["factuality"] == "planned" for row in told)
    later = [row for row in told if row["date"] not in {"", "2023-07-26"}]
    assert {row["article"] for row in later} <= {"seed-001", "seed-002"}, "variants of the day of the report"


def test_cq16_who_travelled(seeds: EmbeddedStore) -> None:
    found = asked(seeds, "visits")
    summer = [row for row in found if row["articles"] != "seed-004"]
    shoigu = one([row for row in summer if SHOIGU in listed(row["visitors"])])
    li = one([row for row in summer if LI in listed(row["visitors"])])
    assert len(nodes(summer)) == len(nodes([shoigu, li])), "no third node of the trips"
    assert (shoigu["date"], shoigu["factuality"], li["date"], li["factuality"]) == ("2023-07-26", "actual") * 2
    assert "Pyongyang" in shoigu["places"] and "Pyongyang" in li["places"]
    autumn = one([row for row in found if row["date"] == "2024-09-13"])
    assert (listed(autumn["visitors"]) - {"Rusia"}, autumn["places"]) == ({SHOIGU}, "Pyongyang")
    assert not any(listed(row["visitors"]) & {KIM, XI, KANG} for row in found)


def test_cq18_the_letter(seeds: EmbeddedStore) -> None:
    letter = one(asked(seeds, "transfers", giver=PUTIN, thing="surat"))
    assert (letter["givers"], letter["bearers"], letter["recipients"]) == (PUTIN, SHOIGU, KIM)
    assert (letter["articles"], letter["factuality"]) == (seed(1, 2, 3), "actual")
    assert letter["date"] in {"", "2023-07", "2023-07-26"}
    assert listed(letter["places"]) <= {"Pyongyang", "Korea Utara"}


def test_cq20_consensus(seeds: EmbeddedStore) -> None:
    found = asked(seeds, "agreements", party=KIM)
    assert len(nodes(found)) == 2
    assert all({KIM, SHOIGU} <= listed(row["parties"]) for row in found)
    summer, autumn = sorted(found, key=lambda row: row["articles"])
    assert (summer["date"], summer["articles"], autumn["articles"]) == ("2023-07-26", seed(0, 3), seed(4))
    assert not any("senjata" in row["things"] for row in found)
    assert nodes(asked(seeds, "agreements", party=SHOIGU)) == nodes(found), "he signed no treaty"


def test_cq21_the_exhibition(seeds: EmbeddedStore) -> None:
    tour = one(asked(seeds, "events", type="PublicEvent", thing="pameran"))
    assert tour["articles"] == seed(0, 1, 2, 3, 4)
    assert listed(tour["participants"]) == {KIM, SHOIGU, "Kementerian Pertahanan Korea Utara"}
    assert tour["date"] in {"", "2023-07", "2023-07-26", "2023-07-27", "2023-07-26/2023-07-27"}
    assert listed(tour["places"]) <= {"Pyongyang", "Korea Utara"}


def test_cq22_the_commemoration(seeds: EmbeddedStore) -> None:
    found = asked(seeds, "events", type="PublicEvent", thing="peringatan")
    feast = one([row for row in found if not row["date"].startswith("1953")])
    assert (feast["date"], feast["factuality"]) == ("2023-07-27", "actual")
    assert set(feast["articles"].split("; ")) >= {"seed-000", "seed-001", "seed-002", "seed-003"}
    assert listed(feast["participants"]) >= {SHOIGU, LI}
    assert not listed(feast["participants"]) & {PUTIN, XI}
    assert {"Korea Utara", "Pyongyang"} & (listed(feast["places"]) | listed(feast["participants"]))
    assert nodes([feast]) != nodes(asked(seeds, "events", type="PublicEvent", thing="pameran"))


def test_cq24_the_wreath(seeds: EmbeddedStore) -> None:
    wreath = one(asked(seeds, "events", type="PublicEvent", participant=KIM, to="2023-07-25"))
    assert (wreath["date"], wreath["articles"]) == ("2023-07-25", seed(3))
    assert listed(wreath["participants"]) == {KIM}
    assert "Pyongyang" not in wreath["places"] and wreath["places"]
    assert asked(seeds, "events", type="Death") == []


def test_cq25_june_2024(seeds: EmbeddedStore) -> None:
    june = {"from_": "2024-06", "to": "2024-06"}
    found = asked(seeds, "events", place="Pyongyang", **june)
    assert {(row["what"], row["date"], row["articles"]) for row in found} == {
        ("Agreement", "2024-06", seed(4)), ("Meeting", "2024-06", seed(4)),
    }  # fmt: skip
    assert all(PUTIN in row["participants"] and not listed(row["participants"]) & {SHOIGU, XI} for row in found)
    assert nodes(asked(seeds, "agreements", **june)) <= nodes(found)


def test_cq26_the_alleged_supply(seeds: EmbeddedStore) -> None:
    found = [
        row
        for row in asked(seeds, "denied-claims", participant="Korea Utara")
        if "Korea Utara (giver)" in row["participants"]
    ]
    told = {row["article"]: (listed(row["claimants"]), listed(row["deniers"])) for row in found}
    assert told == {
        "seed-001": ({"Gedung Putih"}, {"Korea Utara"}),
        "seed-002": ({"Amerika Serikat"}, {"Korea Utara"}),
        "seed-004": ({"Amerika Serikat", "Ukraina"}, {"Moskow", "Pyongyang"}),
    }
    assert all("Rusia (recipient)" in row["participants"] and row["factuality"] == "denied" for row in found)


THREE = {
    "exhibition": ("PublicEvent", {"thing": "pameran"}, {0, 1, 2, 3, 4}),
    "commemoration": ("PublicEvent", {"thing": "peringatan"}, {0, 1, 2, 3, 4}),
    "parade": ("PublicEvent", {"thing": "parade"}, {0, 3, 4}),
    "visit": ("Visit", {"participant": SHOIGU}, {0, 1, 2, 3, 4}),
    "meeting": ("Meeting", {"participant": KIM}, {0, 1, 2, 3}),
    "talks": ("Meeting", {"participant": KANG}, {0, 2, 3}),
    "letter": ("Transfer", {"participant": PUTIN}, {1, 2, 3}),
}
NOT_YET = {
    "parade": "seed-003's and seed-000's are not read as parades; seed-004's look back has no day",
}


def numbers(row: Row, column: str) -> set[int]:
    return {int(article[-1]) for article in row[column].split("; ")}


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.xfail(strict=True, reason=NOT_YET[n])) if n in NOT_YET else n for n in THREE],
)
def test_cq29_what_three_articles_tell(name: str, seeds: EmbeddedStore) -> None:
    kind, about, wanted = THREE[name]
    found = {row["eventIri"]: numbers(row, "told") for row in asked(seeds, "corroborated", articles="3")}
    told = [found[row["eventIri"]] for row in asked(seeds, "events", type=kind, **about) if row["eventIri"] in found]
    assert any(some <= wanted and len(wanted - some) <= 1 for some in told), told
    assert name != "exhibition" or any(4 in some for some in told)


def test_cq29_the_years_stay_apart(seeds: EmbeddedStore) -> None:
    found = asked(seeds, "corroborated", articles="2")
    assert found and not any(row["date"].startswith("2024") for row in found)
    assert all("pameran" in thing for thing in _looked_back_to(seeds))


def _looked_back_to(seeds: EmbeddedStore) -> list[str]:
    """What seed-004 tells together with others."""
    return [row["things"] for row in asked(seeds, "events") if {4} < numbers(row, "articles")]


NOWHERE = [
    ("spellings", {"name": "Haryo Jati"}), ("spellings", {"name": "Iman Firdaus"}),
    ("spellings", {"name": "Nguyen Tuyet"}), ("spellings", {"name": "sya"}), ("spellings", {"name": "ahm"}),
    ("spellings", {"name": "Niger"}), ("spellings", {"name": "Kim Il Sung"}),
    ("spellings", {"name": "Sinead O’Connor"}), ("spellings", {"name": "Shuhada Sadaqat"}),
    ("events", {"type": "Attack"}), ("events", {"type": "Death"}), ("events", {"type": "LegalAction"}),
    ("events", {"type": "Departure"}),
    ("events", {"type": "Meeting", "place": "Jakarta"}), ("events", {"type": "Meeting", "place": "Moskow"}),
    *(("events", {"participant": medium}) for medium in
      ("Kompas.tv", "Kompas TV", "Bisnis.com", "Associated Press", "Reuters", "Yonhap", "NK News", "KCNA")),
    ("who-held", {"position": "Menteri Pertahanan", "of": "Rusia", "date": "2024-09-14"}),
    ("visits", {"visitor": PUTIN, **JULY}), ("visits", {"visitor": XI, **JULY}),
    ("transfers", {"giver": SHOIGU, "thing": "senjata"}), ("transfers", {"giver": LI, "thing": "senjata"}),
    ("denied-claims", {"participant": "China"}), ("denied-claims", {"participant": LI}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "values"), NOWHERE, ids=str)
def test_cq30_what_must_not_be_there(question: str, values: dict[str, str], seeds: EmbeddedStore) -> None:
    assert asked(seeds, question, **values) == []


WAR = """SELECT ?event ?person WHERE {
  ?event a rw:Event ; rw:latest|rw:date ?day ; rw:participant ?person . ?person a rw:Person
  FILTER (STR(?day) < "2000")
}"""


def test_cq30_nobody_takes_part_in_the_war(seeds: EmbeddedStore) -> None:
    assert rows(seeds, WAR) == []
