"""Chains of the names of one article: what the article itself says is one (kg.nlp.coreference)."""

from __future__ import annotations

import pytest
from marked import marked

from kg.lang import pack
from kg.nlp import coreference, pipeline

ID = pack.load("id")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[Ratna Wijaya|person] (41) alias [Nana|person] ditahan. [Nana|person] diam. [Bagus|person] pergi.",
            ["Bagus", "Nana|Ratna Wijaya"],
        ),
        ("[Nana|person], sapaan [Wijaya|person], hadir. [Ratna Wijaya|person] pergi.", ["Nana|Ratna Wijaya|Wijaya"]),
        ("[Ratna Wijaya|person] ([RW|person]) hadir. [RW|person] pergi.", ["RW|Ratna Wijaya"]),
        ("[RW|person] ([Ratna Wijaya|person]) hadir.", ["RW|Ratna Wijaya"]),
        ("[Ratna Wijaya|person] ([Bagus Santika|person]) hadir.", ["Bagus Santika", "Ratna Wijaya"]),
        ("[Bagus Santika|person] atau [Ratna|person] menang.", ["Bagus Santika", "Ratna"]),
        ("[Bagus Santika|person] atau [BS|person] menang.", ["BS|Bagus Santika"]),
        ("[Ratna Wijaya|person] hadir. Pria yang akrab disapa [Nana|person] itu diam.", ["Nana|Ratna Wijaya"]),
        (
            "[Ratna Wijaya|person] dan [Bagus Santika|person] hadir. Pria yang akrab disapa [Yoyo|person] itu diam.",
            ["Bagus Santika", "Ratna Wijaya", "Yoyo"],
        ),
        (
            "[Ratna Wijaya|person] dan [Bagus Santika|person] hadir. Pria yang akrab disapa [Santi|person] itu diam.",
            ["Bagus Santika|Santi", "Ratna Wijaya"],
        ),
        (
            "[Badan Kopi Raya|organization] ([World Coffee Board|organization]/[WCB|organization]) rapat.",
            ["Badan Kopi Raya|WCB|World Coffee Board"],
        ),
        ("[Badan Kopi Raya|organization] atau [BKR|organization] rapat.", ["BKR|Badan Kopi Raya"]),
        ("[Badan Kopi Raya|organization] atau [KPK|organization] rapat.", ["Badan Kopi Raya", "KPK"]),
        (
            "[Dewan Komisioner Otoritas Jasa Keuangan|organization] ([OJK|organization]) rapat.",
            ["Dewan Komisioner Otoritas Jasa Keuangan", "OJK"],
        ),
        (
            "[Pengadilan Negeri (PN) Solo|organization] sepi. [PN Solo|organization] tutup.",
            ["PN Solo|Pengadilan Negeri (PN) Solo"],
        ),
    ],
)
def test_what_the_article_says_is_one(text: str, expected: list[str]) -> None:
    doc, given = marked(pipeline.load(ID), text)
    names = sorted(name for chain in given for name in chain.names)
    found = coreference.chains(doc, names, ID)
    assert sorted("|".join(sorted({doc[n.start : n.end].text for n in chain.names})) for chain in found) == expected
