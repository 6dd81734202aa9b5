"""Offices attested for the day of a fresh event of the same sentence."""

from __future__ import annotations

from datetime import date

import pytest

from kg import ontology
from kg.lang import pack
from kg.model import Article
from kg.nlp import pipeline
from kg.observe import Observer

ID = pack.load("id")
FRESH = "Menteri Luar Negeri Rusia Sergei Lavrov bertemu Menlu Sugiono di Jakarta, Selasa (3/3/2026)."
OLD = "Menteri Luar Negeri Rusia Sergei Lavrov bertemu Menlu Sugiono di Jakarta, Senin (2/6/2025)."
PLANNED = "Menteri Luar Negeri Rusia Sergei Lavrov akan bertemu Menlu Sugiono di Jakarta, Jumat (6/3/2026)."

SWORN_IN = "Menteri Luar Negeri Rusia Sergei Lavrov dilantik di Moskow, Selasa (3/3/2026)."
ELECTED = "Ketua Umum PSSI Sergei Lavrov terpilih di Jakarta, Selasa (3/3/2026)."
DISMISSED = "Menteri Luar Negeri Rusia Sergei Lavrov hadir. Lavrov dicopot di Moskow, Selasa (3/3/2026)."


def attested(text: str) -> set[str]:
    observer = Observer(ID, ontology.load(), "test")
    article = Article("a", text, None, date(2026, 3, 5))
    ((_, reading, doc),) = pipeline.docs(pipeline.load(ID), [article], ID)
    report = observer.observe(article, reading, doc)
    return {role.date.iso if role.date else "article" for role in report.roles if "lavrov" in role.person}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (FRESH, {"article", "2026-03-03"}),
        (OLD, {"article"}),
        (PLANNED, {"article"}),
        (SWORN_IN, {"article", "2026-03-03"}),
        (ELECTED, {"article"}),
        (DISMISSED, {"article"}),
    ],
)
def test_the_day_of_a_fresh_event_attests_the_office(text: str, days: set[str]) -> None:
    assert attested(text) == days
