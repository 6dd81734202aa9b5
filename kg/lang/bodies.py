"""Organizations under all their names: ministries, agencies, courts, parties, international bodies, media."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import Broken
from kg.lang.pack import Pack

PLAIN = "plain"
"""The table of ``bodies.toml`` that lists names of bodies with one name only."""


def names(pack: Pack) -> Iterator[tuple[str, ...]]:
    """The names of each well-known organization, the full one first, from ``bodies.toml``.

    Raises Broken where the table cannot be understood.
    """
    yield from (named for _, named in tables(pack))


def tables(pack: Pack) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The same, each with the table that it stands in ("ministries").

    Raises Broken where the table cannot be understood.
    """
    table = pack.table("bodies")
    try:
        for kind, bodies in table.items():
            for name, others in bodies.items():
                if kind == PLAIN:
                    yield from ((kind, (each,)) for each in others)
                else:
                    yield kind, (name, *others)
    except (AttributeError, TypeError) as error:
        raise Broken(f"language pack: bodies.toml has a table of another form ({error}); mend it") from error
