"""Names, countries and kinds of organizations as FollowTheMoney sorts them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kg.errors import Broken
from kg.export.nodes import Node, Nodes
from kg.export.plover_actors import Actors
from kg.export.plover_codes import load
from kg.model import EntityType
from kg.rdf import vocab as v


@dataclass(frozen=True, slots=True)
class Aliases:
    """The names of one node. ``weak`` ones do not tell it apart: a single word of a person's name."""

    name: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    short: tuple[str, ...]
    """Abbreviations of an organization."""


def aliases(node: Node, kind: EntityType) -> Aliases:
    """The names of a person or organization."""
    name, others = node.name(), node.all(v.ALT_LABEL)
    if kind == "person":
        weak = tuple(each for each in others if " " not in each)
        return Aliases(name, tuple(each for each in others if each not in weak), weak, ())
    short = tuple(each for each in others if each.isupper() and " " not in each)
    return Aliases(name, tuple(each for each in others if each not in short), (), short)


@dataclass(frozen=True, slots=True)
class Body:
    """What kind of organization something is, and of which country."""

    schema: str
    topic: str | None
    country: str | None
    """ISO 3166, two letters, lower case."""


class Bodies:
    """Tells public bodies from other organizations, and the countries of bodies and places."""

    def __init__(self, nodes: Nodes) -> None:
        self._codes = load()
        self._actors = Actors(nodes, self._codes)
        self._alpha2 = {three: two.lower() for two, three in self._codes.alpha3.items()}

    def of(self, body: Node) -> Body:
        """The kind of an organization, by its names."""
        actor = self._actors.on(body.iri, None)
        sector = next(iter(actor.sectors), "")
        country = self._alpha2.get(actor.code or "")
        return Body(table()["schema"].get(sector, "Organization"), table()["topic"].get(sector), country)

    def country(self, node: Node) -> str | None:
        """The country that a place is or lies in, or that an organization is of."""
        return self._alpha2.get(self._actors.on(node.iri, None).code or "")


@lru_cache(maxsize=1)
def table() -> Mapping[str, Mapping[str, Any]]:
    """``ftm.toml``. Raises Broken where it cannot be read."""
    path = files("kg.export") / "ftm.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Broken(f"{path}: cannot be read ({error}); reinstall riwayat") from error
