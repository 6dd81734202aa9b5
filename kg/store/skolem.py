"""Names for the blank nodes that an update made, from what is said about them: the same for the same statements.

Colour refinement (Weisfeiler and Leman): a node's colour is made from its statements and the colours of the nodes in
them, until that tells no more apart. Nodes that stay alike are told apart one by one, whichever comes first; that
matters to nobody, since what is said about them is alike too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.ids import digest

MOST_ALIKE = 1_000
"""So many nodes that hang together are told apart one by one; the names of further ones depend on chance."""


class Said(NamedTuple):
    """A statement as N-Triples terms, in a graph; its blank nodes begin with ``_:``."""

    subject: str
    predicate: str
    object: str
    graph: str


Arrow = tuple[bool, str, str, str]
"""Whether a statement goes out from a node, its predicate, its graph, and what stands at its other end."""


def names(statements: Iterable[Said], made_by: str) -> dict[str, str]:
    """Blank node → a name for it. `made_by` tells those of one request from those of another that says the same."""
    arrows: dict[str, list[Arrow]] = {}
    for s, p, o, g in statements:
        for node, out, other in ((s, True, o), (o, False, s)):
            if _is_blank(node):
                arrows.setdefault(node, []).append((out, p, g, other))
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for part in _connected(arrows):
        colours = _told_apart({node: arrows[node] for node in part})
        whole = digest(*sorted(colours.values()), length=64)
        taken[whole] = taken.get(whole, 0) + 1
        for node, colour in colours.items():
            found[node] = digest(made_by, whole, taken[whole], colour, length=20)
    return found


def _is_blank(term: str) -> bool:
    return term.startswith("_:")


def _connected(arrows: Mapping[str, list[Arrow]]) -> list[list[str]]:
    """The nodes that statements tie together, part by part."""
    parts, seen = [], set[str]()
    for first in sorted(arrows):
        if first in seen:
            continue
        part = [first]
        seen.add(first)
        for node in part:  # grows while it is walked
            near = {other for *_, other in arrows[node] if _is_blank(other)} - seen
            part.extend(sorted(near))
            seen |= near
        parts.append(part)
    return parts


def _told_apart(arrows: Mapping[str, list[Arrow]]) -> dict[str, str]:
    """A colour of its own for each node of one part."""
    colours = _refined(arrows, dict.fromkeys(arrows, ""))
    for number in range(MOST_ALIKE):
        alike: dict[str, list[str]] = {}
        for node, colour in colours.items():
            alike.setdefault(colour, []).append(node)
        several = {colour: nodes for colour, nodes in alike.items() if len(nodes) > 1}
        if not several:
            return colours
        one = several[min(several)][0]
        colours = _refined(arrows, {**colours, one: digest(colours[one], number)})
    return {node: digest(colour, number) for number, (node, colour) in enumerate(sorted(colours.items()))}


def _refined(arrows: Mapping[str, list[Arrow]], colours: dict[str, str]) -> dict[str, str]:
    several = len(set(colours.values()))
    while True:
        colours = {node: _colour(node, arrows[node], colours) for node in arrows}
        if (now := len(set(colours.values()))) == several or now == len(arrows):
            return colours
        several = now


def _colour(node: str, arrows: Iterable[Arrow], colours: Mapping[str, str]) -> str:
    seen = sorted(f"{out} {p} {g} {colours[o] if _is_blank(o) else o}" for out, p, g, o in arrows)
    return digest(colours[node], *seen)
