"""Competency questions CQ01, 02, 05, 06, 08, 10 and 11 of ../shared/gold/competency.md on the five seed articles."""

from __future__ import annotations

import pytest
from asking import asked, rows

from kg.store.embedded import EmbeddedStore

pytestmark = pytest.mark.slow


def spellings(store: EmbeddedStore, kind: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for iri, name in rows(store, f"SELECT ?e ?name WHERE {{ ?e a rw:{kind} ; skos:prefLabel|skos:altLabel ?name }}"):
        found.setdefault(iri.rpartition("/")[2], set()).add(name)
    return found


OFFICES = """SELECT ?holder ?position ?article ?start ?end ?latest WHERE {
  ?tenure a rw:Tenure ; rw:holder ?h ; rw:position ?p ; rw:attestedBy/rw:inArticle/rw:articleId ?article .
  ?h skos:prefLabel ?holder . ?p skos:prefLabel ?position .
  OPTIONAL { ?tenure rw:earliestStart ?start }
  OPTIONAL { ?tenure rw:earliestEnd ?end }
  OPTIONAL { ?tenure rw:latestEnd ?latest }
}"""


def offices(store: EmbeddedStore, holder: str) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for name, position, article, *bounds in rows(store, OFFICES):
        if name == holder:
            office = found.setdefault(position, {"articles": set(), "bounds": set()})
            office["articles"].add(article)
            office["bounds"] |= {" ".join(bounds)}
    return found


def test_cq01_eight_persons(seeds: EmbeddedStore) -> None:
    found = spellings(seeds, "Person")
    assert len(found) == 8
    for full in ("Kang Sun-nam", "Li Hongzhong", "Vladimir Putin", "Xi Jinping", "Wang Yajun", "Alexander Matsegora"):
        assert any(full in names for names in found.values()), full
    assert {"Kang Sun-nam", "Kang Sun Nam"} <= found["kang-sun-nam"]


def test_cq02_spellings_of_shoigu(seeds: EmbeddedStore) -> None:
    found = spellings(seeds, "Person")["sergei-shoigu"]
    assert found == {"Sergei Shoigu", "Sergey Shoigu", "Shoigu", "Shiogu", "Shougu"}


def test_cq05_countries_and_capitals(seeds: EmbeddedStore) -> None:
    found = spellings(seeds, "Place")
    assert found["korea-utara"] == {"Korea Utara", "Korut", "DPRK"}
    assert found["china"] == {"China", "Cina", "Tiongkok"}
    assert found["amerika-serikat"] == {"Amerika Serikat", "AS", "Amerika"}
    for apart in ("pyongyang", "beijing", "washington", "moskow", "kremlin", "gedung-putih"):
        assert len(found[apart]) == 1


def test_cq06_offices_of_shoigu(seeds: EmbeddedStore) -> None:
    found = offices(seeds, "Sergei Shoigu")
    minister = found["Menteri Pertahanan Rusia"]
    assert minister["articles"] == {f"seed-00{n}" for n in range(5)}
    assert minister["bounds"] == {" 2023-07-27 2024-09-14"}, "no start; the end lies between the two dates"
    secretary = found["Sekretaris Dewan Keamanan Rusia"]
    assert secretary["articles"] == {"seed-004"}
    assert secretary["bounds"] == {" 2024-09-14 "}
    assert set(found) == {"Menteri Pertahanan Rusia", "Sekretaris Dewan Keamanan Rusia"}


def test_cq08_presidents(seeds: EmbeddedStore) -> None:
    putin, xi, kim = (offices(seeds, name) for name in ("Vladimir Putin", "Xi Jinping", "Kim Jong-un"))
    assert {"seed-001", "seed-003", "seed-004"} <= putin["Presiden Rusia"]["articles"]
    assert xi["Presiden China"] == {"articles": {"seed-001", "seed-003"}, "bounds": {" 2023-07-27 "}}
    assert kim["Presiden Korea Utara"]["articles"] == {"seed-001"}
    assert kim["Pemimpin Korea Utara"]["articles"] >= {"seed-000", "seed-002", "seed-003", "seed-004"}
    presidents = {name for name, position, *_ in rows(seeds, OFFICES) if position.startswith("Presiden")}
    assert presidents == {"Vladimir Putin", "Xi Jinping", "Kim Jong-un"}
    sides = (
        "SELECT ?kind WHERE { ?c a rw:Conflict ; rw:about/skos:prefLabel 'Presiden Korea Utara'@id ; rw:kind ?kind }"
    )
    assert ("title",) in rows(seeds, sides)


def test_cq10_envoys(seeds: EmbeddedStore) -> None:
    assert set(offices(seeds, "Alexander Matsegora")) == {"Duta Besar Rusia untuk Korea Utara"}
    wang = offices(seeds, "Wang Yajun")
    assert [position for position in wang if position.startswith("Utusan Khusus")]
    assert all(office["articles"] == {"seed-003"} for office in wang.values())
    starts = rows(
        seeds,
        "SELECT ?s WHERE { ?t rw:holder/skos:prefLabel ?n ; rw:earliestStart ?s ; rw:latestStart ?l"
        " FILTER(STR(?n) = 'Wang Yajun') }",
    )
    assert [start for (start,) in starts if start.startswith("2023")]


def test_cq11_a_minister_in_a_month(seeds: EmbeddedStore) -> None:
    office = {"position": "Menteri Pertahanan", "of": "Korea Utara"}
    (kang,) = asked(seeds, "who-held", **office, date="2023-07-27")
    assert (kang["certainty"], kang["holder"]) == ("certain", "Kang Sun-nam")
    assert (kang["latestStart"], kang["earliestEnd"], kang["latestEnd"]) == ("2023-07-26", "2023-07-27", "")
    assert {told.split()[-1] for told in kang["attested"].split("; ")} == {f"seed-00{n}" for n in range(4)}
    assert [row["certainty"] for row in asked(seeds, "who-held", **office, date="2024-09-14")] == ["possible"]


def test_menhan_and_menteri_pertahanan_are_one_post(seeds: EmbeddedStore) -> None:
    for position in ("menhan", "Menhan Rusia", "MENTERI PERTAHANAN", "Menteri Pertahanan Rusia"):
        found = asked(seeds, "who-held", position=position, of="rusia", date="2023-07-26")
        assert [row["office"] for row in found] == ["Menteri Pertahanan Rusia"], position
    (minister, _) = asked(seeds, "career", person="Shoigu")
    assert minister["attested"].endswith("2024-09-14 former seed-004 (filled in)"), "kepala pertahanan"


def test_nobody_is_known_after_a_farewell(seeds: EmbeddedStore) -> None:
    office = {"position": "Menteri Pertahanan", "of": "Rusia"}
    assert [row["holder"] for row in asked(seeds, "who-held", **office, date="2023-07-26")] == ["Sergei Shoigu"]
    assert asked(seeds, "who-held", **office, date="2024-09-14") == []


def test_cq08_where_the_articles_disagree(seeds: EmbeddedStore) -> None:
    sides = asked(seeds, "conflicts", kind="title")
    assert {(row["says"], row["article"]) for row in sides} >= {
        ("Presiden", "seed-001"), ("Pemimpin", "seed-000"), ("Pemimpin", "seed-002"), ("Pemimpin", "seed-003"),
    }  # fmt: skip
    assert all("Kim" in row["quotes"] for row in sides)
