"""What two names, without any context, say about being one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "different", "doubtful"]
Manner = Literal["equal", "known", "variant", "order", "initials", "abbreviation", "subset", "typo", "level", "other"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names are alike, and whether that makes them one for whoever knows the news."""

    verdict: Verdict
    manner: Manner
    """``equal``: written alike but for case and accents; ``known``: the tables of names say so; ``variant``: spellings
    of one name; ``order``: the same words in another order; ``initials``: words of one are initials in the other;
    ``abbreviation``: one is made of the first letters of the other; ``subset``: the words of one are some of the
    other's; ``typo``: within one letter; ``level``: a place with and without the word for its kind; ``other``."""


EQUAL = Likeness("same", "equal")
DIFFERENT = Likeness("different", "other")
"""Nothing in common that counts."""
