"""Types of names told by the words beside them, and short forms that are no names (kg.nlp.entities_beside)."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.lang import pack
from kg.model import EntityType
from kg.nlp import pipeline
from kg.nlp.entities_beside import of_age, terms, told
from kg.nlp.entities_known import well_known
from kg.nlp.layers import Name

ID = pack.load("id")
KNOWN = well_known(ID)


def read(text: str, **names: EntityType) -> tuple[Doc, list[Name]]:
    """A Doc, and the names that the model may have found in it: with "_" for a blank."""
    doc = pipeline.load(ID).make_doc(text)
    found = []
    for said, kind in names.items():
        begin = text.index(said.replace("_", " "))
        span = doc.char_span(begin, begin + len(said))
        assert span is not None
        found.append(Name(span.start, span.end, kind, "model", 0.85))
    return doc, sorted(found)


@pytest.mark.parametrize(
    ("text", "name", "model", "kind"),
    [
        ("Korban Loren Tanoda (31) dirawat.", "Loren_Tanoda", "place", "person"),
        ("Mereka kabur ke kota Krey Tamu di selatan.", "Krey_Tamu", "person", "place"),
        ("Banjir melanda Desa Tirtasono dini hari.", "Tirtasono", "organization", "place"),
        ("Acara di Jakarta (21) itu batal.", "Jakarta", "place", "place"),
        ("Ia warga kota bernama Krey Tamu.", "Krey_Tamu", "person", "person"),
        ("Kebakaran terjadi di Kreytamu, Kenya.", "Kreytamu", "person", "place"),
        ("Mereka bertemu di Kreytamu, Kenya.", "Kreytamu", "organization", "place"),
        ("Mereka bertemu di Kreytamu kemarin.", "Kreytamu", "organization", "organization"),
        ("Token dibeli di KREY kemarin.", "KREY", "person", "person"),
        ("Surat itu dikirim ke Kreytamu.", "Kreytamu", "person", "person"),
    ],
)
def test_what_stands_beside_a_name_tells_its_type(text: str, name: str, model: EntityType, kind: EntityType) -> None:
    doc, found = read(text, **{name: model})
    assert [each.type for each in told(doc, found, KNOWN)] == [kind]


def test_who_has_a_rank_is_a_person() -> None:
    doc, found = read("Menurut Iptu Loren Tanoda api padam.", Loren_Tanoda="organization")
    assert [each.type for each in told(doc, found, KNOWN, {found[0].start})] == ["person"]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Tarif Pungutan Hasil Kebun (PHK) naik.", {}, {"PHK"}),
        ("Ia mengajukan Surat Penawaran Harga dan Jasa (SPHJ) kemarin.", {}, {"SPHJ"}),
        ("Ia bekerja di Gabungan Pekebun Kopi (GPK).", {"Gabungan_Pekebun_Kopi": "organization"}, set()),
        ("Ia bekerja di Badan Kopi Raya (BKR).", {}, set()),
        ("Ia bekerja di kebun (KPK).", {}, set()),
        ("Ia ditahan Komisi Pemberantasan Korupsi (KPK).", {}, set()),
    ],
)
def test_short_forms_of_terms(text: str, names: dict[str, EntityType], expected: set[str]) -> None:
    doc, found = read(text, **names)
    assert terms(doc, found, KNOWN) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Korban ialah Abdul (81) dan Sakina (74).", {"Abdul": "person"}, ["Sakina"]),
        ("Korban ialah Sakina Putri Tanod (7) dan ayahnya.", {}, ["Sakina Putri Tanod"]),
        ("Mereka membaca surat Kahfi hingga ayat (18) saja.", {}, []),
        ("Pelaku SF (46) ditahan.", {}, []),
    ],
)
def test_an_age_stands_after_a_person(text: str, names: dict[str, EntityType], expected: list[str]) -> None:
    doc, found = read(text, **names)
    assert [doc[name.start : name.end].text for name in of_age(doc, found, KNOWN.common | KNOWN.never)] == expected
