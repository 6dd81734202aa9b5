"""Genres of articles, and trigger words that mean something else in them (kg.nlp.genre)."""

from __future__ import annotations

import pytest
from events_read import read

from kg.lang import pack
from kg.nlp.genre import genres

MATCH = "Laga semifinal itu berakhir imbang. Pelatih memuji kiper dan para pemain. Gol kedua lahir dari penalti. "
WAR = "Pasukan itu bergerak sejak malam. Warga mengungsi ke kota. Pemerintah meminta bantuan dari luar. "
ATTACK = "[Ostland|place] menyerang [Westland|place]."


@pytest.mark.parametrize(("text", "expected"), [(MATCH, {"sport"}), (WAR, set()), ("", set()), ("2-1 (45')", set())])
def test_genre(text: str, expected: set[str]) -> None:
    assert genres(text.lower().replace(".", " .").split(), pack.load()) == expected


@pytest.mark.parametrize(("text", "attacks"), [(WAR + ATTACK, 1), (MATCH + ATTACK, 0)])
def test_sides_of_a_match_make_no_war(text: str, attacks: int) -> None:
    assert sum(event.type == "Attack" for event in read(text)[0]) == attacks
