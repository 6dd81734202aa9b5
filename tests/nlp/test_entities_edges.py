"""Where a body's name ends and a person's begins (kg.nlp.entities_edges)."""

from __future__ import annotations

import pytest
from marked import marked

from kg.lang import pack
from kg.nlp import pipeline
from kg.nlp.entities_edges import edged
from kg.nlp.entities_known import well_known
from kg.nlp.titles import title_spans

ID = pack.load("id")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ketua [Fraksi PKB Jayeng Wirakusuma|organization] hadir.", ["Fraksi PKB", "Jayeng Wirakusuma"]),
        ("Komisioner [Kompolnas Jayeng Wirakusuma|organization] hadir.", ["Kompolnas", "Jayeng Wirakusuma"]),
        ("Ketua [DPD PDIP Jayeng|organization] [Wirakusuma|person] hadir.", ["DPD PDIP", "Jayeng Wirakusuma"]),
        ("Ketua [DPD PDIP Bapak|organization] [Jayeng Wirakusuma|person] hadir.", ["DPD PDIP", "Jayeng Wirakusuma"]),
        ("Ketua [KPU Makassar|organization] [Jayeng Wirakusuma|person] hadir.", ["KPU Makassar", "Jayeng Wirakusuma"]),
        ("CEO [Danantara Investment Management|organization] hadir.", ["Danantara Investment Management"]),
        ("Gedung [Kompolnas Jayeng Wirakusuma|organization] sepi.", ["Kompolnas Jayeng Wirakusuma"]),
        (
            "Kasat [Polresta Solo AKP|organization] [Jayeng Wirakusuma|person] hadir.",
            ["Polresta Solo", "Jayeng Wirakusuma"],
        ),
        (
            "[Pendahulu Wirakusuma|organization] ialah [Ratna|person]. [Wirakusuma|person] diam.",
            ["Wirakusuma", "Ratna", "Wirakusuma"],
        ),
        ("[Rekan Wirakusuma|person] diam.", ["Wirakusuma"]),
        ("[Rumah Kopi Raya|organization] sepi.", ["Rumah Kopi Raya"]),
        ("Kata [Direktorat Jenderal|organization] kemarin.", ["Direktorat Jenderal"]),
    ],
)
def test_a_body_ends_where_a_person_begins(text: str, expected: list[str]) -> None:
    doc, chains = marked(pipeline.load(ID), text)
    found = sorted(name for chain in chains for name in chain.names)
    names = edged(doc, found, well_known(ID), title_spans(doc, ID))
    assert [doc[name.start : name.end].text for name in names] == expected
