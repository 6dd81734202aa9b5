"""Names that the article itself gives (kg.nlp.entities_stated)."""

from __future__ import annotations

import pytest
from marked import marked

from kg.lang import pack
from kg.model import EntityType
from kg.nlp import pipeline
from kg.nlp.entities_known import well_known
from kg.nlp.entities_stated import branches, filial, generic, stated
from kg.nlp.layers import Name

ID = pack.load("id")


def read(text: str) -> tuple[list[tuple[str, EntityType]], list[tuple[str, EntityType]], frozenset[str]]:
    """What is stated, the names once joined, and the terms of a text with the names that the model may have found."""
    doc, chains = marked(pipeline.load(ID), text)
    found = sorted(name for chain in chains for name in chain.names)

    def said(names: list[Name]) -> list[tuple[str, EntityType]]:
        return [(doc[name.start : name.end].text, name.type) for name in names]

    joined = list(branches(doc, list(filial(doc, found, ID)), well_known(ID)))
    return said(list(stated(doc, found, ID))), said(joined), generic(doc, found, well_known(ID))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Polisi menahan [Ratna Wijaya|person] alias Nana Dewi di Solo.", [("Nana Dewi", "person")]),
        ("Polisi menahan [Ratna Wijaya|person] (41) alias [Nana|place].", [("Nana", "person")]),
        ("[IK|person] (19) alias Kiki ditahan.", [("Kiki", "person")]),
        ("Nana, sapaan akrab [Ratna Wijaya|person], hadir.", [("Nana", "person")]),
        ("Pria yang akrab disapa [Nana|organization] itu hadir.", [("Nana", "person")]),
        ("Pria bernama [Ratna|person] Wijaya alias [Nana|person] hadir.", [("Ratna Wijaya", "person")]),
        ("[Ratna Wijaya|person] (RW) hadir.", [("RW", "person")]),
        ("[Ratna Wijaya|person] (45) hadir.", []),
        ("[Ratna Wijaya|person] (PDIP) hadir.", []),
        ("[Ratna Wijaya|person] (Jawa Barat II) hadir.", []),
        ("[PT Semesta Kopi Tbk|organization] (WXYZ) untung.", [("WXYZ", "organization")]),
        ("[Badan Kopi Raya|organization] ([BKR|person]) rapat.", [("BKR", "organization")]),
        ("[Kantor Kementerian Kopi Raya|place] (KKR) sepi.", []),
        ("[Sekolah Rakyat|organization] alias gratis dibuka.", []),
        ("[Solo|place], yang dulu dikenal sebagai [Sala|place], ramai.", []),
        ("Menurut [Kabar Solo|organization], pemilik nama asli [Ratna Wijaya|person] hadir.", []),
    ],
)
def test_names_that_the_article_gives(text: str, expected: list[tuple[str, EntityType]]) -> None:
    assert read(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Ahmad bin|person] [Wirakusuma|person] hadir.", ["Ahmad bin Wirakusuma"]),
        ("[Ahmad|person] bin Ir [Wirakusuma|person] hadir.", ["Ahmad bin Ir Wirakusuma"]),
        (
            "[Ratna|person] binti [Bagus Santika|person] hadir. [Bagus Santika|person] senang.",
            ["Ratna", "Bagus Santika", "Bagus Santika"],
        ),
        ("[Pengadilan Negeri|organization] (PN) [Solo|place] sepi.", ["Pengadilan Negeri (PN) Solo"]),
        ("[Pondok Pesantren|place] (Ponpes) [Waluya|person] sepi.", ["Pondok Pesantren (Ponpes) Waluya"]),
        ("[Dinas Sosial|organization] (Dinsos) [Solo|place] sepi.", ["Dinas Sosial (Dinsos) Solo"]),
        ("[Kementerian Kesehatan|organization] (Kemenkes) [RI|place] rapat.", ["Kementerian Kesehatan", "RI"]),
        ("[Badan Kopi Raya|organization] (BKR) [Ratna|person] rapat.", ["Badan Kopi Raya", "Ratna"]),
        ("[PT Kopi Raya|organization] (KR) [Solo|place] untung.", ["PT Kopi Raya", "Solo"]),
    ],
)
def test_names_that_are_one(text: str, expected: list[str]) -> None:
    assert [said for said, _ in read(text)[1]] == expected


def test_what_a_well_known_term_is_short_for_is_no_name() -> None:
    text = "[Badan Usaha Milik Negara|organization] (BUMN) dan [Kementerian Usaha Mikro|organization] (UMKM) rapat."
    assert read(text)[2] == {"Badan Usaha Milik Negara"}
