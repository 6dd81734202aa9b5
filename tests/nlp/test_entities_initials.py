"""Persons named by initials (kg.nlp.entities_initials)."""

from __future__ import annotations

import pytest

from kg.lang import pack
from kg.nlp import pipeline
from kg.nlp.entities_initials import initials

KNOWN = frozenset({"AS", "RI"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Polisi menangkap remaja berinisial IK di rumahnya. IK mengaku bersalah.", ["IK", "IK"]),
        ("Pelaku SF (46) dan AH (27) ditahan.", ["SF", "AH"]),
        ("Mereka berinisial MAM, NN, I dan S yang ditahan.", ["MAM", "NN", "I", "S"]),
        ("Tersangka S menyerahkan diri. Korban ditemui S di pasar.", ["S", "S"]),
        ("Tersangka AS ditahan di kapal milik AS.", ["AS"]),
        ("Komisi I DPR memanggil saksi.", []),
        ("Terdakwa II hadir dalam sidang.", []),
        ("Tersangka M Febryan ditahan.", []),
        ("Saksi M menyebut dana Rp 61 M kepada hakim.", ["M"]),
        ("Tiga tersangka itu adalah MM, NR, dan SO.", ["MM", "NR", "SO"]),
        ("Lima orang lainnya yakni B, CD Alias EF, dan GH ditahan.", ["B", "CD", "EF", "GH"]),
        ("Tiga lembaga itu adalah BBK, BPK, dan KPU.", []),
        ("Tersangka berinisial TW dan PT Lestari digugat.", ["TW"]),
        ("KPK (2025) memeriksa BPK.", []),
    ],
)
def test_initials_of_persons(text: str, expected: list[str]) -> None:
    words = pack.load()
    doc = pipeline.load(words).make_doc(text)
    assert [doc[name.start : name.end].text for name in initials(doc, KNOWN, words)] == expected
