"""Names for the blank nodes that an update made, from what is said about them: the same for the same statements.

Colour refinement (Weisfeiler and Leman): a node's colour is made from its statements and the colours of the nodes in
them, until that tells no more apart. Nodes that stay alike are told apart one by one, whichever comes first; that
matters to nobody, since what is said about them is alike too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
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
        whole = digest(*sorted(_colour(node, arrows[node], colours) for node in part), length=64)
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
            near = _near(arrows, [node]) - seen
            part.extend(sorted(near))
            seen |= near
        parts.append(part)
    return parts


def _told_apart(arrows: Mapping[str, list[Arrow]]) -> dict[str, str]:
    """A colour of its own for each node of one part."""
    colours, rounds = dict.fromkeys(arrows, ""), count()
    _refine(arrows, colours, set(arrows), rounds)
    for number in range(MOST_ALIKE):
        alike: dict[str, list[str]] = {}
        for node, colour in colours.items():
            alike.setdefault(colour, []).append(node)
        several = {colour: nodes for colour, nodes in alike.items() if len(nodes) > 1}
        if not several:
            return colours
        one = several[min(several)][0]
        colours[one] = digest(colours[one], number)
        _refine(arrows, colours, _near(arrows, [one]), rounds)
    return {node: digest(colour, number) for number, (node, colour) in enumerate(sorted(colours.items()))}


def _refine(
    arrows: Mapping[str, list[Arrow]], colours: dict[str, str], touched: set[str], rounds: Iterator[int]
) -> None:
    """Colours nodes anew until no colour falls apart any more, looking only at those near to nodes that have a new one.

    The most of a colour keep it (Hopcroft). So a list of n nodes, which falls apart from its ends, costs n steps and
    not n times n. The number of the round is part of a new colour: what comes to it at different times is not alike.
    """
    sizes = Counter(colours.values())
    while touched:
        now, apart = next(rounds), dict[str, dict[str, list[str]]]()
        for node in touched:
            new = digest(now, _colour(node, arrows[node], colours))
            apart.setdefault(colours[node], {}).setdefault(new, []).append(node)
        changed: list[str] = []
        for colour, parts in apart.items():
            whole = sum(map(len, parts.values())) == sizes[colour]
            keeps = min(parts, key=lambda new: (-len(parts[new]), new)) if whole else None
            for new in parts.keys() - {keeps}:
                sizes[colour] -= len(parts[new])
                sizes[new] = len(parts[new])
                colours.update(dict.fromkeys(parts[new], new))
                changed += parts[new]
        touched = _near(arrows, changed)


def _near(arrows: Mapping[str, list[Arrow]], nodes: Iterable[str]) -> set[str]:
    return {other for node in nodes for *_, other in arrows[node] if _is_blank(other)}


def _colour(node: str, arrows: Iterable[Arrow], colours: Mapping[str, str]) -> str:
    seen = sorted(f"{out} {p} {g} {colours[o] if _is_blank(o) else o}" for out, p, g, o in arrows)
    return digest(colours[node], *seen)
