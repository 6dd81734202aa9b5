"""Who says, claims or denies what: speech verbs before and after quotations, "menurut", "dikutip dari"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.lang.pack import Pack
from kg.nlp.layers import Chain, Saying

if TYPE_CHECKING:
    from spacy.tokens import Doc


def sayings(doc: Doc, chains: Sequence[Chain], pack: Pack) -> tuple[Saying, ...]:
    """Every stretch of text that someone says, claims or denies, in order."""
    return ()
