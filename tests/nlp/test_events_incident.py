"""Day and place of attacks and deaths that an article tells apart from them (kg.nlp.events_incident)."""

from __future__ import annotations

import pytest
from events_read import read, readings, told

STABBED = "[Ian Falk|person] menusuk [Rangga Putra|person]. "


@pytest.mark.parametrize(
    "rest",
    [
        "Peristiwa itu terjadi di [Solo|place], Rabu (4/3/2026).",
        "Kejadiannya bermula di [Solo|place] pada Rabu (4/3/2026).",
        "Insiden yang dialami korban itu terjadi pada Rabu (4/3/2026) di [Solo|place].",
    ],
)
def test_what_is_told_of_the_incident_holds_for_the_attack(rest: str) -> None:
    (found,) = readings(STABBED + rest, "Attack")
    assert found >= {"date=2026-03-04", "place=Solo"}


def test_a_day_right_after_the_incident_is_its_day() -> None:
    (found,) = readings("[Seno Aji|person] tewas. Belum jelas penyebab kebakaran pada Rabu (4/3/2026) itu.", "Death")
    assert "date=2026-03-04" in found


@pytest.mark.parametrize(
    "text",
    [
        STABBED + "Peristiwa itu disesalkan warga [Solo|place].",
        STABBED + "Peristiwa serupa terjadi pada 2019.",
        "[Ian Falk|person] ditahan. Peristiwa itu terjadi pada Rabu (4/3/2026).",
    ],
    ids=["nothing told", "no day", "no attack"],
)
def test_of_others_it_tells_nothing(text: str) -> None:
    events, names = read(text)
    assert events
    assert not any(part.startswith(("date=", "place=")) for event in events for part in told(event, names))
