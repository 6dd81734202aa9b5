"""Event records have the shape that is written here, say what the graph says, and code what the table says."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reports_by_hand import Page

from kg import build
from kg.export import export
from kg.export.nodes import Nodes
from kg.export.plover_actors import Actors
from kg.export.plover_codes import load
from kg.lang import pack
from kg.rdf import vocab as v
from kg.store.embedded import EmbeddedStore

SAMPLES = Path(__file__).parents[2] / "samples"
Record = dict[str, Any]
Check = Callable[[Any], bool]


def text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def maybe(check: Check) -> Check:
    return lambda value: value is None or check(value)


def some(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def matches(pattern: str) -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def fields(**checks: Check) -> Check:
    return lambda value: list(value) == list(checks) and all(check(value[key]) for key, check in checks.items())


DAY = matches(r"\d{4}-\d\d-\d\d")
FACTUALITY = matches("actual|planned|claimed|denied")
SPEAKER = {
    "actor_text": text,
    "identifier_id": matches("https://.+/(person|organization|place)/.+"),
    "kind": matches("person|organization|place|country"),
    "code": maybe(matches("[A-Z]{3}")),
    "sector": some(matches("[A-Z]{3}")),
    "office": some(text),
}
ACTOR = fields(**SPEAKER, role=some(text))
RECORD = fields(
    id=matches("https://.+/event/.+"),
    event=some(matches("[A-Z]+")),
    mode=some(matches("[a-z-]+")),
    context=some(matches("future")),
    factuality=FACTUALITY,
    date=maybe(DAY),
    date_earliest=maybe(DAY),
    date_latest=maybe(DAY),
    offices_on=maybe(matches(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?")),
    source=some(ACTOR),
    recipient=some(ACTOR),
    event_loc=some(fields(name=text, cc3=maybe(matches("[A-Z]{3}")), identifier_id=text)),
    claimed_by=some(fields(**SPEAKER)),
    denied_by=some(fields(**SPEAKER)),
    reported_by=some(fields(**SPEAKER)),
    type=text,
    label=text,
    thing=some(text),
    cite_info=some(
        fields(
            citation=text,
            publication=maybe(text),
            date=maybe(DAY),
            title=maybe(text),
            url=maybe(text),
            language=maybe(text),
            factuality=some(FACTUALITY),
            text=some(text),
        )
    ),
)


def written(path: Path) -> bytes:
    stream = io.BytesIO()
    export(path, "plover", stream)
    return stream.getvalue()


def records(path: Path) -> list[Record]:
    return [json.loads(line) for line in written(path).decode().split("\n")[:-1]]


def one(path: Path, type_: str, factuality: str = "actual") -> Record:
    (found,) = (each for each in records(path) if (each["type"], each["factuality"]) == (type_, factuality))
    return found


def actors(found: list[Record]) -> list[tuple[object, ...]]:
    return [(a["actor_text"], a["code"], "+".join(a["sector"]), " ".join(a.get("role", []))) for a in found]


def test_every_event_has_one_line_of_this_shape(small: Path, store: EmbeddedStore) -> None:
    found = records(small)
    assert [record["id"] for record in found] == Nodes(store, v.BASE).instances(v.EVENT)
    assert [record for record in found if not RECORD(record)] == []
    assert all(record["cite_info"] and all(cited["text"] for cited in record["cite_info"]) for record in found)


def test_the_same_reports_give_the_same_bytes(small: Path, reversed_graph: Path) -> None:
    assert written(small) == written(reversed_graph)


def test_a_meeting(small: Path) -> None:
    met = one(small, "Meeting")
    assert (met["event"], met["mode"], met["context"], met["date"]) == (["CONSULT"], [], [], "2023-07-26")
    assert actors(met["source"]) == [
        ("Kim Jong-un", None, "", "counterpart"),
        ("Sergei Shoigu", None, "", "agent"),
    ], "the articles attest their offices from the day after on"
    assert met["recipient"] == []
    assert met["event_loc"] == [
        {"name": "Pyongyang", "cc3": None, "identifier_id": f"{v.BASE}place/pyongyang"},
    ]
    assert [(c["citation"], c["publication"], c["date"], c["factuality"]) for c in met["cite_info"]] == [
        ("pagi-1", "Kabar Pagi", "2023-07-27", ["actual"]),
        ("siang-2", "Siaran Siang", "2023-07-28", ["actual"]),
    ]
    (sentence,) = met["cite_info"][0]["text"]
    assert sentence.startswith("Menteri Pertahanan Rusia Sergei Shoigu bertemu pemimpin Korea Utara Kim Jong-un")


def test_what_is_planned_says_so(small: Path) -> None:
    planned = one(small, "Meeting", "planned")
    assert planned["context"] == ["future"]
    assert actors(planned["source"]) == [
        ("Kang Sun-nam", None, "", "counterpart"),
        ("Sergei Shoigu", "RUS", "GOV", "agent"),
    ]
    assert planned["source"][1]["office"] == ["Menteri Pertahanan Rusia"]


def test_a_claim_that_is_denied_has_both_sides(small: Path) -> None:
    supplied = one(small, "Transfer", "denied")
    assert (supplied["event"], supplied["context"], supplied["date"]) == (["AID"], [], None)
    assert supplied["offices_on"] == "2023-07-28"
    assert actors(supplied["source"]) == [("Korea Utara", "PRK", "", "giver")]
    assert actors(supplied["recipient"]) == [("Rusia", "RUS", "", "recipient")]
    assert actors(supplied["claimed_by"]) == [("Amerika Serikat", "USA", "", "")]
    assert actors(supplied["denied_by"]) == [("Korea Utara", "PRK", "", "")]


def test_a_letter_has_no_code_but_is_there(small: Path) -> None:
    letter = one(small, "Transfer")
    assert (letter["event"], letter["mode"], letter["thing"]) == ([], [], ["surat"])
    assert [(a["actor_text"], a["role"]) for a in letter["source"]] == [
        ("Sergei Shoigu", ["bearer"]),
        ("Vladimir Putin", ["giver"]),
    ]


def test_who_resigns_acts(small: Path) -> None:
    resigned = one(small, "Departure")
    assert (resigned["event"], resigned["mode"]) == (["RETREAT"], ["resign"])
    assert actors(resigned["source"]) == [("Siti Rahma", None, "", "leaver")]
    assert (resigned["date"], resigned["date_earliest"], resigned["date_latest"]) == (None, "2024-03-01", "2024-03-31")


@pytest.mark.parametrize(
    ("days", "sectors", "offices"),
    [
        (("2023-07-27", "2023-07-28"), ("GOV",), ("Menteri Pertahanan Rusia",)),
        (("2023-07-01", "2023-07-01"), (), ()),
        (("2024-03-01", "2024-03-01"), (), ()),
        (("2023-07-28", "2024-09-14"), (), ()),
        (("2024-09-14", "2024-09-14"), (), ("Sekretaris Dewan Keamanan Rusia",)),
        (None, (), ()),
    ],
    ids=["certain", "before", "between", "longer than certain", "no sector of that body", "no day"],
)
def test_sectors_are_those_of_offices_certainly_held(
    days: tuple[str, str] | None, sectors: tuple[str, ...], offices: tuple[str, ...], store: EmbeddedStore
) -> None:
    shoigu = Actors(Nodes(store, v.BASE), load()).on(f"{v.BASE}person/sergei-shoigu", days)
    assert (shoigu.sectors, shoigu.offices) == (sectors, offices)


def test_a_trigger_word_counts_with_its_enclitic(tmp_path: Path) -> None:
    page = Page("warta-1", "2026-03-05", None, "Siti Rahma meneleponnya Budi Santosa.")
    page.names("o", "Siti Rahma").names("o", "Budi Santosa")
    page.event("meneleponnya", "Meeting", {"Siti Rahma": "agent", "Budi Santosa": "counterpart"})
    build.add(lambda _: [page.report()], tmp_path / "graph")
    assert one(tmp_path / "graph", "Meeting")["mode"] == ["phone"]


@pytest.mark.slow
@pytest.mark.skipif(not (pack.load().model_path / "meta.json").is_file(), reason="no trained model; run: make model")
def test_the_samples(tmp_path: Path) -> None:
    build.build([str(SAMPLES)], tmp_path / "graph")
    found = records(tmp_path / "graph")
    assert [record for record in found if not RECORD(record)] == []
    coded = {
        (code, actor["actor_text"], actor["code"], "+".join(actor["sector"]))
        for record in found
        for code in record["event"]
        for actor in record["source"]
        if record["date"]
    }
    assert {
        ("CONSULT", "Kim Jong-un", "PRK", "GOV"),
        ("CONSULT", "Sergei Shoigu", "RUS", "GOV"),
        ("COERCE", "Komisi Pemberantasan Korupsi", "IDN", "COP"),
        ("SUPPORT", "Vladimir Putin", "RUS", "GOV"),
    } <= coded
