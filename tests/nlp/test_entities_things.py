"""Makes of vehicles and titles of works are no names (kg.nlp.entities_things)."""

from __future__ import annotations

import pytest
from marked import marked

from kg.lang import pack
from kg.nlp import pipeline
from kg.nlp.entities_known import well_known
from kg.nlp.entities_things import nameless

ID = pack.load("id")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Polisi menyita mobil [Toyota|organization] Fortuner.", []),
        ("Menurut [Toyota|organization], laba naik.", ["Toyota"]),
        ("Ia naik [Pajero Sport|person] ke [Solo|place].", ["Solo"]),
        ("Ia naik sepeda motor [Honda|organization] ke [Solo|place].", ["Solo"]),
        ("[Honda Wijaya|person] hadir.", ["Honda Wijaya"]),
        ("Mesin pesawat [Garudeya|person] mati. [Garudeya|person] lalu jatuh.", []),
        ("Ban motor [Wijaya|person] bocor. [Ratna Wijaya|person] jatuh.", ["Wijaya", "Ratna Wijaya"]),
        ("Ban motor [Ratna Wijaya|person] bocor.", ["Ratna Wijaya"]),
        ("Ia naik pesawat [Rusia|place].", ["Rusia"]),
        ("Ia naik mobil [KPK|organization].", ["KPK"]),
        ("Mereka melihat pameran bertajuk [Ostland Weaponry Fair|organization] di [Solo|place].", ["Solo"]),
        ('Buku berjudul "[Sang Penjaga|person]" terbit.', []),
        ("Diskusi bertema [Indonesia|place] digelar.", ["Indonesia"]),
        ("Penulis [Sang Penjaga|person] hadir.", ["Sang Penjaga"]),
    ],
)
def test_makes_and_titles_name_nothing(text: str, expected: list[str]) -> None:
    doc, chains = marked(pipeline.load(ID), text)
    found = sorted(name for chain in chains for name in chain.names)
    assert [doc[name.start : name.end].text for name in nameless(doc, found, well_known(ID))] == expected
