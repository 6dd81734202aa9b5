"""How often an event that is read so is right, by how much its article tells of it."""

from __future__ import annotations

from typing import Final

from kg.nlp.events_merge import Draft

RIGHT: Final = (
    (0.45, 0.45, 0.50, 0.62),
    (0.49, 0.56, 0.72, 0.88),
    (0.74, 0.88, 0.90, 0.98),
)
"""Shares of right events: of nobody, one and more who take part, by how many of a day, a place and a second mention are
told. Counted by ../shared/eval/score.py on 765 events of gold/train and training/events/practice, November 2026; on the
69 of two participants or more that were read on gold/dev and seeds .82 to 1.00, on the 61 of one .56 to .86."""


def confidence(event: Draft) -> float:
    """The share of events like this one that are right."""
    told = (event.date is not None, bool(event.places), len(event.triggers) > 1)
    return RIGHT[min(len(event.keys), 2)][sum(told)]
