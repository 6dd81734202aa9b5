"""Namesakes: how the articles under one name are told apart by what they say, and by what people decided.

Only cards that can contradict each other are compared (national offices, heads of regions, deaths); those alike are
one side. The strongest pairs come together first, and two that exclude each other never do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from kg.ids import slug
from kg.model import EntityType
from kg.resolve import countries
from kg.resolve.facets import Post, parse
from kg.resolve.features import Card, Days, Pair, Score, Side, score
from kg.resolve.names import fold
from kg.resolve.policy import MatchingPolicy

SPLIT: tuple[EntityType, ...] = ("person",)
"""The types whose names are told apart by what articles say; any other is one thing until people say otherwise."""

Name = tuple[str, str]
"""(article, entity key)."""


Group = tuple[Side, ...]


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """What goes to one sense as a whole: the entities of a lead with the same facets, or one of them."""

    lead: str
    facets: str
    only: Name | tuple[()] = ()
    """The entity; empty for all that are no part of their own."""


@dataclass(frozen=True, slots=True)
class Split:
    """Sides that are one, in groups, and pairs of groups that may be one too."""

    groups: tuple[Group, ...]
    """The one with most articles first."""
    doubts: tuple[tuple[int, int, Score], ...]


def sides(root: str, cards: Iterable[Card]) -> tuple[list[Side], list[Card]]:
    """The cards under a root that can contradict others, those alike as one side, and all other cards."""
    found, rest = list(cards), []
    deaths = any(card.facets.dead for card in found)
    alike: dict[str, list[Card]] = {}
    for card in found:
        side = Side(root, (card,))
        told = (sorted(side.countries), sorted(side.seats), card.facets.dead, deaths and side.serving is not None)
        if any(told):
            alike.setdefault(repr(told), []).append(card)
        else:
            rest.append(card)
    return sorted((Side(root, tuple(some)) for some in alike.values()), key=lambda side: _group_order((side,))), rest


def split(found: Sequence[Side], shared: Callable[[Side, Side], int], policy: MatchingPolicy) -> Split:
    """The groups of sides that are one. `shared` counts whom articles name with both; asked where it matters.

    Two groups are compared as wholes: what one report in many says against the others weighs no more than itself.
    """
    groups: list[Group] = [(side,) for side in found]
    told: dict[frozenset[Group], Score] = {}

    def compared(one: Group, other: Group) -> Score:
        key = frozenset((one, other))
        if key not in told:
            told[key] = _score(_joined(one), _joined(other), shared, policy)
        return told[key]

    while best := _best(groups, compared, policy):
        groups = sorted((*(group for group in groups if group not in best), best[0] + best[1]), key=_group_order)
    ordered = sorted(groups, key=_group_order)
    pairs = [(i, j, compared(one, other)) for (i, one), (j, other) in combinations(enumerate(ordered), 2)]
    return Split(tuple(ordered), tuple(pair for pair in pairs if pair[2].sum >= policy.doubt))


def _best(
    groups: Sequence[Group], compared: Callable[[Group, Group], Score], policy: MatchingPolicy
) -> tuple[Group, Group] | None:
    """The two groups that are most likely one, the larger ones of those as likely; None where all are apart."""
    pairs = [(compared(one, other).sum, one, other) for one, other in combinations(groups, 2)]
    one = [
        (-total, -_articles((*a, *b)), _group_order(a), _group_order(b), a, b)
        for total, a, b in pairs
        if total >= policy.same
    ]
    return min(one, key=lambda each: each[:4])[4:] if one else None


def decided(
    base: Sequence[Sequence[Part]],
    same: Iterable[tuple[frozenset[Part], frozenset[Part]]],
    different: Iterable[tuple[frozenset[Part], frozenset[Part]]],
) -> list[list[Part]]:
    """The senses as decisions have them, from those without; each sense's parts weightiest first, as in `base`."""
    apart = {pair for one, other in different for pair in (*product(one, other), *product(other, one))}
    group = {part: {part} for parts in base for part in parts}

    def join(one: Part, other: Part) -> bool:
        if group[one] is not group[other]:
            if any(pair in apart for pair in product(group[one], group[other])):
                return False
            group[one] |= group[other]
            group.update(dict.fromkeys(group[other], group[one]))
        return True

    for sides_of in same:
        for some in (*map(sorted, sides_of), [min(each) for each in sides_of if each]):
            for part in some[1:]:
                join(some[0], part)
    homes = {part: home for home, parts in enumerate(base) for part in parts}
    for parts in base:
        heads: list[Part] = []
        for part in parts:
            elsewhere = part.only and any(homes[other] != homes[part] for other in group[part])
            if not elsewhere and not any(join(head, part) for head in heads):
                heads.append(part)
    order = {part: place for place, part in enumerate(part for parts in base for part in parts)}
    return [sorted(some, key=order.__getitem__) for some in {id(some): some for some in group.values()}.values()]


def days(cards: Iterable[Card]) -> Days | None:
    """The first and the last day of some cards; None where no article has a date."""
    dated = [card.days for card in cards if card.days]
    return (min(first for first, _ in dated), max(last for _, last in dated)) if dated else None


def meet(one: Days, other: Days | None) -> bool:
    """True where two stretches share a day, or one of them is not known."""
    return other is None or (one[0] <= other[1] and other[0] <= one[1])


def facet_names(facets: str) -> frozenset[str]:
    """What a sense with these facets may be called after its name: a slug of each office."""
    return frozenset(map(_named, parse(facets).posts))


def suffix(parts: Mapping[Part, int], others: Iterable[Part]) -> str:
    """The office that tells a sense from the others of its name, as a slug; empty where none does."""
    counts = Counter[str]()
    for part, articles in parts.items():
        counts.update(dict.fromkeys(facet_names(part.facets), articles))
    taken = frozenset[str]().union(*(facet_names(part.facets) for part in others))
    return max((name for name in counts if name not in taken), key=lambda name: (counts[name], name), default="")


def _named(post: Post) -> str:
    name, _, code = post.body.partition(":")[2].partition("|")
    body = " ".join(fold(countries.by_code().get(word, word)) for word in (name, code) if word)
    return slug(f"{post.title} {body}")


def _score(one: Side, other: Side, shared: Callable[[Side, Side], int], policy: MatchingPolicy) -> Score:
    found = score(Pair(one, other), policy)
    return found if found.sum >= policy.same else score(Pair(one, other, shared(one, other)), policy)


def _joined(group: Group) -> Side:
    return Side(group[0].lead, tuple(each for side in group for each in side.cards))


def _articles(group: Iterable[Side]) -> int:
    return sum(each.articles for side in group for each in side.cards)


def _group_order(group: Group) -> tuple[int, str]:
    """The one with most articles first."""
    return -_articles(group), min(repr((each.lead, each.facets.text())) for side in group for each in side.cards)
