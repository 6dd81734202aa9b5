"""Words that say that two names are one (kg.nlp.naming)."""

from __future__ import annotations

import pytest

from kg.lang import pack
from kg.nlp import pipeline
from kg.nlp.naming import namings

ID = pack.load("id")


@pytest.mark.parametrize(
    ("text", "said", "backward"),
    [
        ("Polisi menahan Ratna Wijaya alias Nana di Solo.", "alias", False),
        ("Ratna Wijaya atau yang akrab disapa Nana hadir.", "atau yang akrab disapa", True),
        ("Nana, sapaan akrab Ratna Wijaya, hadir.", ", sapaan akrab", False),
        ("Nana, sapaan akrabnya, hadir.", ", sapaan akrabnya,", True),
        ("Penyanyi bernama asli Ratna Wijaya itu hadir.", "bernama asli", True),
        ("Kata Nana, begitu ia akrab disapa, pasar ramai.", ", begitu ia akrab disapa,", True),
        ("Ia memenuhi panggilan polisi.", "panggilan", False),
    ],
)
def test_namings(text: str, said: str, backward: bool) -> None:
    doc = pipeline.load(ID)(text)
    found = list(namings(doc, ID))
    assert [(doc[naming.start : naming.end].text, naming.backward) for naming in found] == [(said, backward)]


@pytest.mark.parametrize(
    "text", ["Ratna disapa Nana di pasar.", "Ratna, Nana, dan Dewi hadir.", "Ia dipanggil polisi."]
)
def test_who_is_greeted_or_summoned_gets_no_other_name(text: str) -> None:
    assert not list(namings(pipeline.load(ID)(text), ID))
