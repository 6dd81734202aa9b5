"""Links: which item of the world (Wikidata, or another SPARQL endpoint) an identity of ours is.

`kg link` proposes them, a person may confirm or refuse them by a decision about our id and the item's IRI. A link whose
identity is not in the graph sleeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.model import ENTITY_TYPES
from kg.resolve.decisions import Decision, Decisions, is_item

BY_PERSON: Final = "decision"
"""What a link is matched by that a person confirmed."""
_IDENTITY = re.compile(rf"({'|'.join(ENTITY_TYPES)})/[A-Za-z0-9._~%-]+")


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One identity as one item. Raises ValueError where it says nothing that can be used."""

    id: str
    """Last part of the identity's IRI: ``person/sergei-shoigu``."""
    item: str
    """The item's IRI: ``http://www.wikidata.org/entity/Q7747``."""
    sure: bool
    """False where it waits for a person: nothing rests on it until then."""
    confidence: float
    """How sure the match is, from 0 to 1."""
    by: tuple[str, ...]
    """The features that speak for it and against it, as ``kg/link/policy.toml`` names them."""
    endpoint: str
    on: date
    """The day on which the endpoint said so."""
    shown: str = ""
    """What the endpoint calls the item, for people."""

    def __post_init__(self) -> None:
        if _IDENTITY.fullmatch(self.id) is None:
            raise ValueError(f"id = {self.id!r}: is no id; give e.g. person/ahmad-yani")
        if not is_item(self.item):
            raise ValueError(f"item = {self.item!r}: is no IRI; give e.g. http://www.wikidata.org/entity/Q252")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence = {self.confidence}: is not between 0 and 1")


def each_once(links: Iterable[Link]) -> tuple[Link, ...]:
    """The last word on each pair of id and item, sorted: after a merge a file may tell of a pair twice."""
    last: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=lambda one: (one.on, one)):
        last[link.id, link.item] = link
    return tuple(sorted(last.values()))


def in_force(links: Iterable[Link], decisions: Decisions) -> tuple[Link, ...]:
    """The links that hold: the sure ones that nobody refused, and those that somebody confirmed. Sorted.

    What is said of an id holds of all ids that decisions make one with it; the graph says which of them it has.
    """
    said, ids = verdicts(decisions), _ids_of_one(decisions)
    known = {(link.id, link.item): link for link in each_once(links)}
    found = [link for pair, link in known.items() if link.sure and pair not in said]
    for pair, one in said.items():
        if one.verdict == "same":
            link = known.get(pair) or Link(*pair, sure=True, confidence=1, by=(), endpoint="", on=one.on)
            found.append(replace(link, sure=True, confidence=1.0, by=(BY_PERSON,), endpoint="", on=one.on))
    spread = [replace(link, id=one) for link in found for one in ids.get(link.id, {link.id})]
    return _best(link for link in spread if _unrefused(link, said))


def waiting(links: Iterable[Link], decisions: Decisions) -> tuple[Link, ...]:
    """The links that wait for a person: doubtful ones that nobody has confirmed or refused, of identities without one.

    Sorted by identity, the surest first.
    """
    said = verdicts(decisions)
    settled = {one for (one, _), decision in said.items() if decision.verdict == "same"}
    found = [k for k in each_once(links) if not k.sure and k.id not in settled and (k.id, k.item) not in said]
    return tuple(sorted(found, key=lambda link: (link.id, -link.confidence, link.item)))


def verdicts(decisions: Decisions) -> dict[tuple[str, str], Decision]:
    """(id, item) → what somebody said of the two, or of an id that is one with it."""
    ids = _ids_of_one(decisions)
    of_items = [one for one in decisions.made if one.of_item]
    return {(each, one.about[0]): one for one in of_items for each in ids.get(one.about[1], {one.about[1]})}


def _unrefused(link: Link, said: Mapping[tuple[str, str], Decision]) -> bool:
    one = said.get((link.id, link.item))
    return one is None or one.verdict == "same"


def _best(links: Iterable[Link]) -> tuple[Link, ...]:
    """Of the items that an endpoint has for one identity the surest; whatever a person confirmed. Sorted."""
    best: dict[tuple[str, str, str], Link] = {}
    for link in sorted(links, key=lambda one: (one.confidence, one.item, one)):
        confirmed = link.item if link.by == (BY_PERSON,) else ""
        best[link.id, link.endpoint, confirmed] = link
    return each_once(best.values())


def _ids_of_one(decisions: Decisions) -> dict[str, set[str]]:
    """Id → all ids that decisions make one with it, itself too."""
    found: dict[str, set[str]] = {}
    for pair in decisions.same:
        together = set(pair).union(*(found.get(one, ()) for one in pair))
        found.update(dict.fromkeys(together, together))
    return found
