"""Countries under all their names, and the gazetteer."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale

from kg.lang import pack
from kg.resolve import countries
from kg.resolve.names import fold

ID = pack.load("id")
COUNTRIES = ID.table("countries")["country"]
PLACES = ID.table("places")

SAME_NAME = {"Djibouti"}
"""Capitals whose name is their country's."""


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Indonesia", "ID"),
        ("RI", "ID"),
        ("NKRI", "ID"),
        ("Republik Indonesia", "ID"),
        ("Korut", "KP"),
        ("DPRK", "KP"),
        ("Republik Rakyat Demokratik Korea", "KP"),
        ("Korsel", "KR"),
        ("Amerika", "US"),
        ("AS", "US"),
        ("USA", "US"),
        ("United States", "US"),
        ("Cina", "CN"),
        ("Tiongkok", "CN"),
        ("RRC", "CN"),
        ("RRT", "CN"),
        ("Inggris Raya", "GB"),
        ("Britania Raya", "GB"),
        ("UK", "GB"),
        ("UEA", "AE"),
        ("Prancis", "FR"),
        ("Perancis", "FR"),
        ("Suriah", "SY"),
        ("Syria", "SY"),
        ("Mesir", "EG"),
        ("Palestina", "PS"),
        ("Taiwan", "TW"),
        ("Hongkong", "HK"),
        ("Vatikan", "VA"),
        ("Belanda", "NL"),
        ("Türkiye", "TR"),
        ("turki", "TR"),
        ("Timor-Leste", "TL"),
        ("Pantai Gading", "CI"),
        ("Afsel", "ZA"),
        ("Sudan Selatan", "SS"),
    ],
)
def test_a_country_has_many_names(name: str, code: str) -> None:
    assert countries.by_name()[fold(name)][0] == code


@pytest.mark.parametrize(
    "name", ["Korea", "Kongo", "Yerusalem", "Pyongyang", "Moskow", "Uni Soviet", "Uni Eropa", "Jakarta"]
)
def test_what_is_no_country(name: str) -> None:
    assert fold(name) not in countries.by_name()


def test_no_name_means_two_countries() -> None:
    codes: dict[str, set[str]] = {}
    for entry in COUNTRIES:
        for name in (entry["name"], *entry["names"]):
            codes.setdefault(fold(name), set()).add(entry["code"])
    assert {name: found for name, found in codes.items() if len(found) > 1} == {}


def test_the_codes_are_those_of_iso_3166() -> None:
    known = {code for code in Locale("id").territories if re.fullmatch(r"[A-Z]{2}", code)}
    codes = Counter(entry["code"] for entry in COUNTRIES)
    assert set(codes) <= known
    assert set(codes.values()) == {1}
    assert len(codes) >= 195


def test_the_names_of_cldr_lead_to_their_codes() -> None:
    ours = {entry["code"] for entry in COUNTRIES}
    wrong = {
        (code, name)
        for code, name in Locale("id").territories.items()
        if code in ours and countries.by_name().get(fold(name), (code,))[0] != code
    }
    assert wrong == set()


def test_a_capital_is_no_name_of_a_country() -> None:
    taken = [name for name in PLACES["world"]["capitals"] if fold(name) in countries.by_name()]
    assert set(taken) <= SAME_NAME


def _gazetteer() -> list[str]:
    provinces = PLACES["province"]
    of_provinces = [
        name
        for province, table in provinces.items()
        for name in (province, *table["names"], *table["cities"], *table["regencies"])
    ]
    return of_provinces + [n for part in ("indonesia", "world") for names in PLACES[part].values() for n in names]


def test_the_provinces_are_complete() -> None:
    provinces = PLACES["province"].values()
    assert len(provinces) == 38
    assert sum(len(each["cities"]) for each in provinces) == 98
    assert sum(len(each["regencies"]) for each in provinces) == 416


def test_no_list_of_places_says_a_name_twice() -> None:
    lists = [names for part in ("indonesia", "world") for names in PLACES[part].values()]
    lists += [table[kind] for table in PLACES["province"].values() for kind in ("cities", "regencies", "names")]
    assert [name for names in lists for name, count in Counter(names).items() if count > 1] == []


def test_ambiguous_names_are_names_of_the_gazetteer() -> None:
    assert set(PLACES["ambiguous"]["names"]) <= set(_gazetteer())


def test_places_are_written_with_a_capital() -> None:
    assert [name for name in _gazetteer() if not name[0].isupper() or name != name.strip()] == []


@pytest.mark.parametrize("name", ["countries", "dates", "places"])
def test_a_file_of_words_says_how_to_extend_it(name: str) -> None:
    text = (Path(ID.folder) / f"{name}.toml").read_text(encoding="utf-8")
    tomllib.loads(text)
    header = text.split("\n\n", 1)[0]
    assert header.startswith("#")
    assert "To extend" in header


@pytest.mark.parametrize(
    ("code", "items"),
    [
        ("ID", ("Q252",)),
        ("RU", ("Q159",)),
        ("KP", ("Q423",)),
        ("KR", ("Q884",)),
        ("CN", ("Q148",)),
        ("CD", ("Q974",)),
        ("CG", ("Q971",)),
        ("PS", ("Q219060",)),
        ("DK", ("Q35", "Q756617")),
        ("NL", ("Q55", "Q29999")),
    ],
)
def test_a_country_has_its_item_of_wikidata(code: str, items: tuple[str, ...]) -> None:
    assert countries.items()[code] == items


def test_every_country_has_an_item_of_its_own() -> None:
    counts = Counter(item for items in countries.items().values() for item in items)
    assert [item for item, count in counts.items() if count > 1 or re.fullmatch("Q[1-9][0-9]*", item) is None] == []
    assert [code for code, items in countries.items().items() if not items] == []
