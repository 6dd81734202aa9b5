"""Every line is a valid entity of FollowTheMoney, loses nothing in its library, and says what the graph says."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import reports_by_hand
from reports_by_hand import Page

from kg import build
from kg.export import export
from kg.export.ftm import common
from kg.export.ftm_names import table
from kg.export.nodes import Nodes
from kg.index import folder
from kg.rdf import vocab as v
from kg.resolve.links import Link
from kg.store import links
from kg.store.embedded import EmbeddedStore

SAMPLES = Path(__file__).parents[2] / "samples"
Entities = dict[str, dict[str, Any]]


def written(path: Path) -> bytes:
    stream = io.BytesIO()
    export(path, "ftm", stream)
    return stream.getvalue()


def entities(path: Path) -> Entities:
    found = [json.loads(line) for line in written(path).decode().split("\n")[:-1]]
    assert len({each["id"] for each in found}) == len(found), "an id is given twice"
    return {each["id"]: each for each in found}


def faults(found: Entities) -> list[str]:
    """What the library of FollowTheMoney would refuse, lose or find no entity for."""
    ftm = pytest.importorskip(
        "followthemoney", reason="followthemoney is not installed: pip install '.[ftm]' (takes ICU)"
    )
    problems = []
    for each in found.values():
        schema = ftm.model.get(each["schema"])
        try:
            schema.validate(each)
        except ftm.exc.InvalidData as error:
            problems.append(f"{each['id']}: {error.errors}")
        proxy = ftm.EntityProxy.from_dict(each, cleaned=False)
        for name, values in each["properties"].items():
            if sorted(proxy.get(name)) != values:
                problems.append(f"{each['id']}: {name}: {values} is read as {proxy.get(name)}")
            if wanted := schema.get(name).range:
                given = [found.get(value, {}).get("schema") for value in values]
                problems += [f"{each['id']}: {name}: {g}" for g in given if not g or not ftm.model.get(g).is_a(wanted)]
    return problems


GUESTS = [f"Tokoh{number} {'Nama' * 30}" for number in range(5)]
LONG = Page("panjang", "2024-01-05", "Kabar", f"Rapat dihadiri {', '.join(GUESTS)}.")
for guest in GUESTS:
    LONG.names("o", guest)
LONG.event("Rapat", "Meeting", dict.fromkeys(GUESTS, "agent"))

ODD = (
    Page("berita/aneh 1", None, None, "Ketua RT Ahmad «Aji» Nûr, 張偉 dan M. Þór hadir.")
    .names("o", "Ahmad «Aji» Nûr")
    .names("o", "張偉")
    .names("o", "M. Þór")
    .role("Ketua RT Ahmad «Aji» Nûr", "Ahmad «Aji» Nûr", "Ketua RT"),
    LONG,
)


def test_the_small_world_is_valid(small: Path) -> None:
    assert faults(entities(small)) == []


def test_odd_names_and_ids_are_valid(tmp_path: Path) -> None:
    build.add(lambda _: [page.report() for page in ODD], tmp_path / "graph")
    found = entities(tmp_path / "graph")
    assert faults(found) == []
    (meeting,) = (each for each in found.values() if each["schema"] == "Event")
    assert len(meeting["properties"]["name"][0]) == table()["longest"]["name"]


@pytest.mark.slow
def test_the_samples_are_valid(tmp_path: Path) -> None:
    build.build([str(SAMPLES)], tmp_path / "graph")
    found = entities(tmp_path / "graph")
    assert faults(found) == []
    kinds = {each["schema"] for each in found.values()}
    assert kinds == {
        "Article",
        "Documentation",
        "Event",
        "Occupancy",
        "Organization",
        "Person",
        "Position",
        "PublicBody",
    }


def test_the_same_reports_give_the_same_bytes(small: Path, reversed_graph: Path) -> None:
    assert written(small) == written(reversed_graph)


def test_nothing_of_the_graph_is_left_out(small: Path, store: EmbeddedStore) -> None:
    found, nodes = entities(small), Nodes(store, v.BASE)
    for kind, schema in ((v.PERSON, "Person"), (v.POSITION, "Position"), (v.TENURE, "Occupancy"), (v.EVENT, "Event")):
        assert len(nodes.instances(kind)) == sum(each["schema"] == schema for each in found.values()), schema


def test_a_person(small: Path) -> None:
    shoigu = entities(small)["person-sergei-shoigu"]
    assert shoigu["schema"] == "Person"
    assert shoigu["properties"] == {"alias": ["Sergey Shoigu"], "name": ["Sergei Shoigu"], "weakAlias": ["Shoigu"]}


def test_a_linked_person_has_its_item(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    build.add(lambda _: reports_by_hand.reports(), path)
    item = "http://www.wikidata.org/entity/Q1234567"
    said = Link("person/sergei-shoigu", item, True, 0.97, ("label",), "http://localhost/query", date(2026, 11, 28))
    links.write(folder(path).links_path, [said])
    assert entities(path)["person-sergei-shoigu"]["properties"]["wikidataId"] == ["Q1234567"]


def test_an_office_of_a_country_and_who_held_it(small: Path) -> None:
    found = entities(small)
    minister = found["position-menteri-pertahanan-place-rusia"]["properties"]
    assert (minister["country"], minister["numberOfSeats"]) == (["ru"], ["1"])
    (tenure,) = (
        each["properties"]
        for each in found.values()
        if each["schema"] == "Occupancy"
        and each["properties"]["holder"] == ["person-sergei-shoigu"]
        and each["properties"]["post"] == ["position-menteri-pertahanan-place-rusia"]
    )
    assert tenure["status"] == ["ended"]
    assert "startDate" not in tenure, "an article attests an office, it does not start it"
    assert tenure["date"][0] == "2023-07-27"
    assert "latestEnd 2024-" in tenure["description"][0]
    assert len(tenure["proof"]) >= 2


def test_a_denied_claim_says_so(small: Path) -> None:
    (claim,) = (
        each["properties"]
        for each in entities(small).values()
        if each["schema"] == "Event" and "denied" in each["properties"]["keywords"]
    )
    assert claim["keywords"] == ["Transfer", "denied"]
    assert claim["summary"] == ["denied; claimed by Amerika Serikat; denied by Korea Utara"]
    assert claim["country"] == ["kp", "ru"]


def test_documents_stand_behind_everybody(small: Path) -> None:
    found = entities(small)
    told = [each["properties"] for each in found.values() if each["schema"] == "Documentation"]
    named = {each["entity"][0] for each in told}
    assert {each["id"] for each in found.values() if each["schema"] in {"Person", "Event"}} <= named
    assert all(found[each["document"][0]]["schema"] == "Article" for each in told)


@pytest.mark.parametrize(
    ("first", "last", "shared"),
    [
        ("2024-05-12", "2024-05-12", "2024-05-12"),
        ("2024-05-01", "2024-05-31", "2024-05"),
        ("2024-05-01", "2024-06-30", "2024"),
        ("2023-12-31", "2024-01-01", None),
        (None, "2024-01-01", None),
        ("2024-01-01", None, None),
    ],
)
def test_a_date_is_as_precise_as_its_bounds_agree(first: str | None, last: str | None, shared: str | None) -> None:
    assert common(first, last) == shared
