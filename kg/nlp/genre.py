"""What kind of article words come from, where that changes what they mean: "menyerang" in sport."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lang.pack import Pack


def genres(words: Sequence[str], pack: Pack) -> frozenset[str]:
    """The genres of an article by its words in lower case (``genres.toml``); none for most."""
    table = pack.table("genres")
    return frozenset(name for name, each in table.items() if _share(words, frozenset(each["words"])) >= each["share"])


def _share(words: Sequence[str], typical: frozenset[str]) -> float:
    letters = [word for word in words if word.isalpha()]
    return sum(word in typical for word in letters) / len(letters) if letters else 0.0
