"""The features that speak for or against two sides being one. Each is a function of a pair; policy.toml has its weight.

A side is a lead (all that articles say under one name), or some cards of one. A feature gives how far it speaks, from
0 (not at all) to 1 (in full). The sum of weights decides: see ``[matching]`` in policy.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import product
from typing import Final

from rapidfuzz.distance import OSA

from kg.resolve import regions
from kg.resolve.facets import Facets, Post
from kg.resolve.names import Likeness, compare
from kg.resolve.names_likeness import DIFFERENT
from kg.resolve.policy import MatchingPolicy

LONG_VARIANT: Final = 0.4
"""What a long name counts that is spelt otherwise: with all the company it is one, with less a doubt (set by hand)."""

FAR: Final = 0.5
"""Similarity under which words are plainly others: "wijaya" and "wibowo" have 0.33, "shoigu" and "shiogu" 0.83."""

PAIRS_AT_HAND: Final = 2_000
"""Pairs of names kept at hand: several features ask of one pair."""

Days = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, slots=True)
class Card:
    """Entities of articles with one lead and the same facets."""

    lead: str
    facets: Facets
    days: Days | None
    """Of those articles that have a date."""
    articles: int


@dataclass(frozen=True)
class Side:
    """What is compared: a lead key and the cards that are looked at under it."""

    lead: str
    cards: tuple[Card, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the name; nothing of a key that is no name."""
        kind, _, name = self.lead.partition(":")
        return tuple(name.partition("|")[0].split()) if kind in {"person", "organization"} else ()

    @cached_property
    def posts(self) -> frozenset[Post]:
        """Every office, in any status."""
        return frozenset(post for card in self.cards for post in card.facets.posts)

    @cached_property
    def seats(self) -> Mapping[tuple[str, str], Days]:
        """(kind of region, its name) → the days for which the side is attested as its head."""
        held: dict[tuple[str, str], Days] = {}
        for card in self.cards:
            for post in card.facets.posts:
                if post.region and card.days and post.status in {"current", "acting"}:
                    seat = post.level, post.region
                    held[seat] = _spanned(card.days, held.get(seat, card.days))
        return held

    @cached_property
    def countries(self) -> Mapping[str, frozenset[str]]:
        """Country → the titles of its offices that the side holds or held."""
        held: dict[str, frozenset[str]] = {}
        for post in self.posts:
            if post.country:
                held[post.country] = held.get(post.country, frozenset()) | {post.title}
        return held

    @cached_property
    def died(self) -> date | None:
        """The last day by which the death was told."""
        return min((card.days[0] for card in self.cards if card.facets.dead and card.days), default=None)

    @cached_property
    def serving(self) -> date | None:
        """The last day for which the side is attested in an office."""
        held = [card for card in self.cards if any(post.status == "current" for post in card.facets.posts)]
        return max((card.days[1] for card in held if card.days and not card.facets.dead), default=None)


@dataclass(frozen=True)
class Pair:
    """Two sides of one type, and what articles say of both."""

    one: Side
    other: Side
    shared: int = 0
    """Persons and bodies that articles name with the one and with the other."""
    apart: int = 0
    """Articles that name both, as two things."""

    @property
    def likeness(self) -> Likeness:
        """How the two names are alike, where they are not the same."""
        return _likeness(self.one.lead, self.other.lead)


Feature = Callable[[Pair, MatchingPolicy], float]


def full_name(pair: Pair, _: MatchingPolicy) -> float:
    """Name: the same name of two words or more. One word is a part of a name and says nothing by itself."""
    return float(pair.one.lead == pair.other.lead and len(pair.one.words) > 1)


def long_name(pair: Pair, policy: MatchingPolicy) -> float:
    """Name: the same name of three words or more, which few persons share; less of it where it is spelt otherwise."""
    if _shorter(pair) < 3:
        return 0.0
    return 1.0 if pair.one.lead == pair.other.lead else LONG_VARIANT * spelling(pair, policy)


def known_name(pair: Pair, policy: MatchingPolicy) -> float:
    """Name: two names that mean one thing for whoever knows the news (names.compare), none an abbreviation.

    Of a person no part of the other of two words, but for "Muhammad" and the like: "Wang Yi" is no "Wang Zhi Yi".
    """
    told = pair.likeness.verdict == "same" and pair.likeness.manner != "abbreviation"
    return float(told and not _cut_short(pair, policy))


def spelling(pair: Pair, _: MatchingPolicy) -> float:
    """Name: what may be a slip, another spelling or another order of the words."""
    return float(pair.likeness.verdict == "doubtful" and pair.likeness.manner in {"typo", "variant", "order"})


def part(pair: Pair, policy: MatchingPolicy) -> float:
    """Name: two or more words that are a part of the fuller name."""
    doubtful = pair.likeness.verdict == "doubtful" and pair.likeness.manner in {"subset", "level"}
    cut = doubtful or (pair.likeness.verdict == "same" and _cut_short(pair, policy))
    return float(cut and _shorter(pair) > 1)


def given_name(pair: Pair, policy: MatchingPolicy) -> float:
    """Name: the fuller one has another given name before the whole of the other, as a wife's or a child's has."""
    one, other = pair.one.lead, pair.other.lead
    return float(other_given_name(one, other, policy) or other_given_name(other, one, policy))


def initials(pair: Pair, _: MatchingPolicy) -> float:
    """Name: an abbreviation of the other name, which no article puts beside it; a third where others fit as well."""
    if pair.likeness.verdict == "same":
        return float(pair.likeness.manner == "abbreviation")
    return 1 / 3 if pair.likeness.manner in {"initials", "abbreviation"} else 0.0


def office(pair: Pair, _: MatchingPolicy) -> float:
    """Office: the same title of the same body; half of it where many hold such an office."""
    held = {(post.title, post.body): post.single for post in pair.one.posts if post.body}
    both = [held[post.title, post.body] for post in pair.other.posts if (post.title, post.body) in held]
    return max((1.0 if single else 0.5 for single in both), default=0.0)


def country(pair: Pair, _: MatchingPolicy) -> float:
    """Country: offices that only a country's own people hold, of one country."""
    return float(bool(pair.one.countries.keys() & pair.other.countries.keys()))


def company(pair: Pair, policy: MatchingPolicy) -> float:
    """Co-mentions: persons and bodies that articles name with the one and with the other."""
    return min(1.0, pair.shared / policy.company)


def other_country(pair: Pair, policy: MatchingPolicy) -> float:
    """Country: such offices of two countries; a quarter for one title of a state, likely a misreading."""
    one, other = pair.one.countries, pair.other.countries
    if not one or not other or one.keys() & other.keys():
        return 0.0
    titles = frozenset[str]().union(*one.values()) & frozenset[str]().union(*other.values())
    return 0.25 if any(title.startswith(policy.national_titles) for title in titles) else 1.0


def other_seat(pair: Pair, policy: MatchingPolicy) -> float:
    """Office and time: heads of two regions of one kind within one term of office."""
    reach = timedelta(days=policy.term_days)
    for (seat, days), (rival, others) in product(pair.one.seats.items(), pair.other.seats.items()):
        near = days[0] <= others[1] + reach and others[0] <= days[1] + reach
        if seat[0] == rival[0] and near and regions.rivals(seat[1], rival[1]):
            return 1.0
    return 0.0


def after_death(pair: Pair, policy: MatchingPolicy) -> float:
    """Alive: one is told to hold an office long after the death of the other was told."""
    reach = timedelta(days=policy.alive_days)
    ends = ((pair.one.died, pair.other.serving), (pair.other.died, pair.one.serving))
    return float(any(died and serving and serving > died + reach for died, serving in ends))


def told_apart(pair: Pair, _: MatchingPolicy) -> float:
    """Co-mentions: some article names both, as two things."""
    return float(pair.apart > 0)


FEATURES: Final[dict[str, Feature]] = {
    feature.__name__: feature
    for feature in (
        full_name,
        long_name,
        known_name,
        spelling,
        part,
        given_name,
        initials,
        office,
        country,
        company,
        other_country,
        other_seat,
        after_death,
        told_apart,
    )
}


OF_NAMES: Final = ("known_name", "spelling", "part", "initials")
"""Those that look at two names alone: where none of them speaks, two leads are two."""


def names_speak(pair: Pair, policy: MatchingPolicy) -> bool:
    """True where the names may be one's."""
    return any(FEATURES[name](pair, policy) for name in OF_NAMES)


@dataclass(frozen=True, slots=True)
class Score:
    """The sum of the weights, and the features that spoke."""

    sum: float
    spoke: tuple[str, ...]
    """Names of features, the weightiest first."""


def score(pair: Pair, policy: MatchingPolicy) -> Score:
    """How far two sides are one by all features of the policy."""
    counted = {name: weighed.weight * FEATURES[name](pair, policy) for name, weighed in policy.features.items()}
    spoke = sorted((name for name in counted if counted[name]), key=lambda name: (-abs(counted[name]), name))
    return Score(round(sum(counted.values()), 3), tuple(spoke))


def other_given_name(short: str, full: str, policy: MatchingPolicy) -> bool:
    """True where the fuller of two leads of persons has other words before all of the shorter, which is a full name.

    Words that many bear before the name they go by ("Muhammad") are no other name.
    """
    name = short.removeprefix("person:")
    if name == short or " " not in name or not full.endswith(f" {name}"):
        return False
    return not set(full.removeprefix("person:").removesuffix(name).split()) <= policy.first_names


def _cut_short(pair: Pair, policy: MatchingPolicy) -> bool:
    """True where the name of a person has two words of the fuller one, and what it lacks tells persons apart."""
    short, full = sorted((pair.one.words, pair.other.words), key=len)
    lacking = set(full) - set(short)
    person = pair.one.lead.startswith("person:")
    return person and len(short) < 3 and set(short) < set(full) and not lacking <= policy.first_names


def _shorter(pair: Pair) -> int:
    """The number of words of the shorter name."""
    return min(len(pair.one.words), len(pair.other.words))


def _far(one: list[str], other: list[str]) -> bool:
    """True where the words that two names do not share are plainly others; it only spares comparing them by tables."""
    rest, others = [w for w in one if w not in other], [w for w in other if w not in one]
    if not rest or not others or min(map(len, (*rest, *others))) == 1:
        return False
    return OSA.normalized_similarity("".join(rest), "".join(others)) < FAR


@lru_cache(maxsize=PAIRS_AT_HAND)
def _likeness(one: str, other: str) -> Likeness:
    """How the names of two leads are alike; leads of two types, countries or no names are not."""
    (kind, name), (other_kind, other_name) = (lead.split(":", 1) for lead in sorted((one, other)))
    (body, _, of), (other_body, _, of_other) = name.partition("|"), other_name.partition("|")
    if kind != other_kind or of != of_other or one == other:
        return DIFFERENT
    if kind == "person":
        return DIFFERENT if _far(body.split(), other_body.split()) else compare(body, other_body, "person")
    return compare(body, other_body, "organization") if kind == "organization" else DIFFERENT


def _spanned(one: Days, other: Days) -> Days:
    return min(one[0], other[0]), max(one[1], other[1])
