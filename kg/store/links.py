"""The file ``links.toml`` of a graph folder: which items of the world the identities are (kg.resolve.links).

It is read by people and merged by git, one block a link, sorted by identity and item.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from kg.resolve.links import Link, each_once
from kg.store import blocks, segments

NAME: Final = "links.toml"
HEADER: Final = """\
# Which items of the world the identities of this graph are, as kg link found them. Written by: kg link. Edit it or
# merge it in git as you like: the next kg command takes it up. To confirm or refuse a link for good, use kg review:
# what decisions.toml says of an id and an item stands above this file.
#
# id          last part of our IRI; an id that is not in the graph waits until its articles are there
# item        the item's IRI
# sure        true: in the graph as skos:exactMatch; false: waits in kg review
# confidence  from 0 to 1; by: what speaks for and against it (kg/link/policy.toml)
# endpoint    who said so; on: on which day; shown: what it calls the item
"""
FIELDS: Final = {"id": str, "item": str, "sure": bool, "confidence": float, "by": list, "endpoint": str, "on": date}


def read(path: Path) -> tuple[Link, ...]:
    """The links of a file, sorted; none where there is no file. Raises Broken with the line of what is wrong."""
    return each_once(blocks.read(path, "link", _link))


def write(path: Path, links: Iterable[Link]) -> None:
    """Puts links in the place of those in the file, in one rename: the same bytes for the same links."""
    parts = [HEADER, *map(_block, each_once(links))]
    segments.write_durably(path, "\n".join(parts).encode())


def _link(block: dict[str, Any]) -> Link:
    given = {"shown": "", **block}
    if strange := sorted(given.keys() - FIELDS.keys() - {"shown"}):
        raise ValueError(f"{', '.join(strange)}: is no field of a link; they are {', '.join(FIELDS)}, shown")
    if missing := sorted(FIELDS.keys() - given.keys()):
        raise ValueError(f"lacks {', '.join(missing)}")
    for field, kind in {**FIELDS, "shown": str}.items():
        if type(given[field]) is not kind and not (kind is float and type(given[field]) is int):
            raise ValueError(f"{field} = {given[field]!r}: should be a {kind.__name__}")
    if not all(isinstance(each, str) for each in given["by"]):
        raise ValueError(f"by = {given['by']!r}: should be a list of texts")
    return Link(**{**given, "by": tuple(given["by"]), "confidence": float(given["confidence"])})


def _block(link: Link) -> str:
    rows = {
        "id": blocks.quoted(link.id),
        "item": blocks.quoted(link.item),
        "sure": "true" if link.sure else "false",
        "confidence": f"{link.confidence:.3f}",
        "by": f"[{', '.join(map(blocks.quoted, link.by))}]",
        "endpoint": blocks.quoted(link.endpoint),
        "on": link.on.isoformat(),
    }
    if link.shown:
        rows["shown"] = blocks.quoted(link.shown)
    return "\n".join(["[[link]]", *(f"{key} = {value}" for key, value in rows.items()), ""])
