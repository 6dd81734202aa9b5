"""The other forms of offices, from ``titles.toml``: "Menhan" and "Minister of Defence" for "Menteri Pertahanan"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.errors import Broken
from kg.lang.pack import Pack


def short_forms(title: str, pack: Pack) -> Iterator[str]:
    """Other forms of a full title, in lower case; a portfolio after the title stays: "kadis pendidikan"."""
    forms, words = _short_forms(pack), title.lower().split()
    for count in range(len(words), 0, -1):
        head = " ".join(words[:count])
        if head in forms:
            yield from (" ".join([form, *words[count:]]) for form in forms[head])
            return


def english(title: str, pack: Pack) -> str | None:
    """The English label of a full title, in lower case; None of a title that is not listed."""
    return _english(pack).get(title.lower())


def at_home(title: str, pack: Pack) -> bool:
    """True for a title that only the pack's home country has: "Kapolri", "Panglima TNI"."""
    return title.lower() in _at_home(pack)


@cache
def _at_home(pack: Pack) -> frozenset[str]:
    """The titles that only the home country has, in lower case."""
    groups = pack.table("titles").values()
    return frozenset(
        form.lower()
        for group in groups
        for form, entry in group["titles"].items()
        if entry.get("home", group.get("home", False))
    )


@cache
def _english(pack: Pack) -> dict[str, str]:
    """Full title → English label, both in lower case. Raises Broken where the table cannot be understood."""
    try:
        return {
            form.lower(): entry["en"].lower()
            for group in pack.table("titles").values()
            for form, entry in group["titles"].items()
            if "en" in entry
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise Broken(f"language pack: titles.toml has an entry of another form ({error}); mend it") from error


@cache
def _short_forms(pack: Pack) -> dict[str, tuple[str, ...]]:
    """Full title → short forms, all in lower case; those of titles that have their body inside are left out.

    Raises Broken where the table cannot be understood.
    """
    try:
        return {
            form.lower(): tuple(short.lower() for short in entry.get("short", ()))
            for group in pack.table("titles").values()
            for form, entry in group["titles"].items()
            if "name" not in entry
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise Broken(f"language pack: titles.toml has an entry of another form ({error}); mend it") from error
