"""The senses of the names under some roots: which entities of articles are one, under which id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.ids import digest
from kg.merge.about import About
from kg.merge.variants import card
from kg.resolve import matching, senses
from kg.resolve.blocking import rank
from kg.resolve.decisions import is_report
from kg.resolve.features import Card, Score, Side
from kg.resolve.policy import MatchingPolicy
from kg.resolve.senses import Part
from kg.store.registry import Registry
from kg.store.registry.entities import Entities, Name

Parts = list[Part]
"""Of one sense, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What is one: its id and its parts."""

    id: str
    lead: str
    """The lead that its id is made of."""
    parts: Parts


@dataclass(frozen=True, slots=True)
class Split:
    """The senses without decisions, and the pairs of them that may be one."""

    senses: list[Parts]
    doubts: tuple[tuple[Part, Part, Score], ...]
    """A part of either sense."""


class Senses:
    """Splits what is under some roots into senses."""

    def __init__(self, registry: Registry, policy: MatchingPolicy, about: About) -> None:
        """Takes where entities are, the features, and what people decided."""
        self._entities = registry.entities
        self._policy = policy
        self._about = about
        self._single = {part.only: part for about_ in _reports(about) if (part := about.entity(about_))}
        self._weights: dict[Part, int] = {}

    def of(self, roots: Iterable[str]) -> tuple[list[Sense], dict[str, tuple[tuple[Part, Part, Score], ...]]]:
        """The senses of what is under roots that decisions tie together, and by root the doubts between them."""
        self._weights = {}
        ordered = sorted(roots)
        splits = [self._split(root) for root in ordered]
        base = [parts for split in splits for parts in split.senses]
        named = self._named(base)
        pairs = sorted({pair for root in ordered for pair in self._about.by_root.get(root, ())})
        if pairs:
            meant = [(verdict, self._meant(pair, named)) for verdict, pair in pairs]
            same = [two for verdict, two in meant if verdict == "same" and all(two)]
            apart = [two for verdict, two in meant if verdict == "different" and all(two)]
            named = self._named(senses.decided(base, same, apart))
        return named, {root: split.doubts for root, split in zip(ordered, splits, strict=True)}

    def _split(self, root: str) -> Split:
        """The senses under one root by what articles say."""
        cards = [card(counted) for lead in self._entities.below(root) for counted in self._entities.counted(lead)]
        self._weights.update({_part(each): each.articles for each in cards})
        if matching.kind(root) not in senses.SPLIT or not root.startswith(f"{matching.kind(root)}:"):
            return Split(self._with_singles([list(map(_part, cards))]), ())
        sides, rest = senses.sides(root, cards)
        found = senses.split(sides, self._shared, self._policy)
        if len(found.groups) < 2:
            return Split(self._with_singles([list(map(_part, cards))]), ())
        groups = [[_part(each) for side in group for each in side.cards] for group in found.groups]
        homes = _Homes(self._entities, found.groups)
        for part, home in (placed for each in rest for placed in homes.of(_part(each))):
            groups[home].append(part)
        doubts = tuple((groups[i][0], groups[j][0], score) for i, j, score in found.doubts)
        return Split(self._with_singles(groups), doubts)

    def _with_singles(self, groups: list[Parts]) -> list[Parts]:
        """Takes the entities that decisions name out of their cards: each is a part of its own."""
        placed = {part.only for parts in groups for part in parts if part.only}
        for parts in groups:
            whole = {(part.lead, part.facets) for part in parts if not part.only}
            single = (p for name, p in sorted(self._single.items()) if name not in placed)
            parts.extend(part for part in single if (part.lead, part.facets) in whole)
            parts.sort(key=lambda part: (bool(part.only), -self._weights.get(part, 1), part))
        return [parts for parts in groups if parts]

    def _shared(self, one: Side, other: Side) -> int:
        """How many persons and bodies articles name with both sides, from the smaller one."""
        few, many = sorted((one, other), key=lambda side: sum(each.articles for each in side.cards))
        company = {lead for each in few.cards for lead in self._entities.company(each.lead, each.facets.text())}
        met = (any(self._entities.meets(c.lead, lead, c.facets.text()) for c in many.cards) for lead in sorted(company))
        return sum(1 for _ in islice(filter(None, met), self._policy.company))

    def _meant(self, pair: tuple[str, str], named: Sequence[Sense]) -> tuple[frozenset[Part], frozenset[Part]]:
        """The parts that each id of a decision is about; what both have is of the narrower one."""
        one, other = (self._parts(about, named) for about in pair)
        if one == other:
            return frozenset(), frozenset()
        return (one - other, other) if len(one) > len(other) else (one, other - one)

    def _parts(self, about: str, named: Sequence[Sense]) -> frozenset[Part]:
        """The entity of an article; the sense with this id; else what has the lead, and the office, that it names."""
        if part := self._about.entity(about):
            return frozenset({part})
        whole = [part for sense in named if sense.id == about for part in sense.parts if not part.only]
        if whole:
            return frozenset(whole)
        lead, name = self._about.lead(about), about.partition("--")[2]
        parts = (part for sense in named for part in sense.parts if not part.only and part.lead == lead)
        return frozenset(part for part in parts if not name or name in senses.facet_names(part.facets))

    def _named(self, groups: Iterable[Parts]) -> list[Sense]:
        """Gives senses their ids: the largest of a lead has its own, the others an office after it."""
        taken: dict[str, Parts] = {}
        found = []
        for parts in sorted(groups, key=lambda parts: (-self._articles(parts), parts[0])):
            lead = self._lead(parts)
            about = matching.own_id(lead)
            if about in taken:
                weights = {part: self._weights.get(part, 1) for part in parts}
                name = senses.suffix(weights, taken[about]) or self._digest(parts)
                about = f"{about}--{name}"
            if about in taken:
                about = f"{about}-{self._digest(parts)}"
            taken[about] = parts
            found.append(Sense(about, lead, parts))
        return found

    def _lead(self, parts: Parts) -> str:
        """The fullest of the leads that many articles have: of those with most words the one of most articles."""
        articles = Counter[str]()
        for part in parts:
            articles[part.lead] += self._weights.get(part, 1)
        least = max(articles.values()) * self._policy.naming_share
        usual = (lead for lead in articles if articles[lead] >= least)
        return max(usual, key=lambda lead: (rank(lead)[:2], articles[lead], rank(lead)))

    def _articles(self, parts: Parts) -> int:
        return sum(self._weights.get(part, 1) for part in parts)

    def _digest(self, parts: Parts) -> str:
        """Names a sense after its first article."""
        first = min(part.only or self._entities.first(part.lead, part.facets) for part in parts)
        return digest(*first, length=8)


class _Homes:
    """Where what contradicts nothing belongs, among senses that contradict each other."""

    def __init__(self, entities: Entities, groups: Sequence[Sequence[Side]]) -> None:
        """Takes the senses, the largest first."""
        self._entities = entities
        self._cards = [[each for side in group for each in side.cards] for group in groups]
        self._names = [{n for each in cards for n in senses.facet_names(each.facets.text())} for cards in self._cards]
        self._days = [senses.days(cards) for cards in self._cards]
        few = {(each.lead, each.facets.text()) for cards in self._cards[1:] for each in cards}
        self._company = sorted({lead for each in sorted(few) for lead in entities.company(*each)})
        self._known: dict[str, list[int]] = {}

    def of(self, part: Part) -> Iterator[tuple[Part, int]]:
        """A part with the place of its sense, and those of its entities that belong elsewhere.

        By an office, else by whom its articles name, else by their day, else it is of the largest sense. Only articles
        that name somebody of a smaller sense, or are of its time, are looked at one by one.
        """
        held = senses.facet_names(part.facets)
        offices = [home for home, names in enumerate(self._names) if names & held]
        yield part, offices[0] if len(offices) == 1 else 0
        if len(offices) == 1:
            return
        dated = self._dated(part)
        met = {name for lead in self._company for name in self._entities.named_with(part.lead, part.facets, lead)}
        for name in sorted(met | dated.keys()):
            if home := self._nearest(name, dated.get(name, 0)):
                yield Part(part.lead, part.facets, name), home

    def _nearest(self, name: Name, otherwise: int) -> int:
        """The sense that most of the persons and bodies of an article are named with."""
        counts = Counter(home for lead in self._entities.named_beside(name) for home in self._meeting(lead))
        homes = [home for home in counts if counts[home] == max(counts.values())]
        return homes[0] if len(homes) == 1 else otherwise

    def _meeting(self, lead: str) -> list[int]:
        """The senses whose articles name a person or body too."""
        if lead not in self._known:
            told = [[(each.lead, each.facets.text()) for each in cards] for cards in self._cards]
            named = lead.startswith(("person:", "organization:"))
            self._known[lead] = [
                home
                for home, cards in enumerate(told)
                if named and any(self._entities.meets(of, lead, facets) for of, facets in cards)
            ]
        return self._known[lead]

    def _dated(self, part: Part) -> dict[Name, int]:
        """The entities of a time that only one of the smaller senses has."""
        found = {}
        for home, days in enumerate(self._days):
            others = [other for other in self._days if other is not days]
            if home and days and not any(senses.meet(days, other) for other in others):
                first, last = (day.isoformat() for day in days)
                names = self._entities.between(part.lead, part.facets, first, last)
                found.update(dict.fromkeys(names, home))
        return found


def _part(each: Card) -> Part:
    return Part(each.lead, each.facets.text())


def _reports(about: About) -> list[str]:
    pairs = (*about.decisions.same, *about.decisions.different)
    return sorted({each for pair in pairs for each in pair if is_report(each)})
