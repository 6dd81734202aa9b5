"""The features of a match between an identity of ours and an item; ``policy.toml`` gives each its weight.

A feature is true or false of one identity, one item and the number of items that bear its name. The sum of the weights
of those that are true, in log-odds, gives the confidence (logistic function; Fellegi and Sunter, A Theory for Record
Linkage, 1969, add the evidence of single fields in this way).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kg.errors import Broken
from kg.link.identities import Office, Subject
from kg.link.items import HeldOffice, Item
from kg.link.offices import Likeness, compared, country_items
from kg.link.policy import Policy


@dataclass(frozen=True, slots=True)
class Match:
    """An identity of ours beside an item, one of several that bear its name."""

    ours: Subject
    item: Item
    rivals: int
    """How many other items of the type bear a name of the identity."""
    policy: Policy


@dataclass(frozen=True, slots=True)
class Scored:
    """A match with its features and their sum in log-odds."""

    item: Item
    features: tuple[str, ...]
    log_odds: float

    @property
    def confidence(self) -> float:
        """How sure it is, from 0 to 1, to three places."""
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, self.log_odds)))), 3)


def scored(match: Match) -> Scored:
    """The features that hold of a match, by name, and their sum. Raises Broken for a weight that has no feature."""
    weights = match.policy.weights[match.ours.type]
    if unknown := sorted(weights.keys() - FEATURES.keys()):
        raise Broken(f"kg/link/policy.toml: no feature is called {', '.join(unknown)}; mend it or reinstall riwayat")
    found = tuple(sorted(name for name in weights if FEATURES[name](match)))
    return Scored(match.item, found, round(sum(weights[name] for name in found), 6))


def _label(match: Match) -> bool:
    """A name of ours is the item's label."""
    return "label" in match.item.by


def _alias(match: Match) -> bool:
    """Names of ours are other names of the item, none is its label."""
    return not _label(match)


def _more_spellings(match: Match) -> bool:
    """The item bears several names of ours: full form and abbreviation, two spellings."""
    return match.item.names > 1


def _one_word(match: Match) -> bool:
    """No name of ours that was looked up has more than one word."""
    return all(" " not in name for name in match.ours.names)


def _only_one(match: Match) -> bool:
    """No other item of the type bears a name of ours."""
    return match.rivals == 0


def _office(match: Match) -> bool:
    """The item holds or held an office of ours: its title, of the same country or body."""
    return bool(_shared(match, Likeness.SAME))


def _office_title(match: Match) -> bool:
    """An office of the item has the title of one of ours, but it is not told of what; and none agrees fully."""
    return not _office(match) and bool(_shared(match, Likeness.TITLE))


def _office_elsewhere(match: Match) -> bool:
    """The only offices that agree in title are of another country or body."""
    return not _office(match) and not _office_title(match) and bool(_shared(match, Likeness.ELSEWHERE))


def _in_office_then(match: Match) -> bool:
    """In the same office, the item's time in it and the days on which the press attests ours overlap."""
    return any(_overlap(ours, theirs, match) is True for ours, theirs in _shared(match, Likeness.SAME))


def _out_of_office_then(match: Match) -> bool:
    """Of the offices that agree none was held by the item on the days on which the press attests ours."""
    told = [_overlap(ours, theirs, match) for ours, theirs in _shared(match, Likeness.SAME)]
    return bool(told) and all(each is False for each in told)


def _citizen(match: Match) -> bool:
    """The item is a citizen of a country that we know an office of."""
    return any(country_items(code) & match.item.countries for code in _countries(match.ours))


def _citizen_elsewhere(match: Match) -> bool:
    """The item is a citizen of other countries than those that we know offices of."""
    return bool(match.item.countries and _countries(match.ours)) and not _citizen(match)


def _dead_before(match: Match) -> bool:
    """The item died before the last day on which the press attests ours in office."""
    last = max((day for office in match.ours.offices for day in office.days), default=None)
    return bool(last and match.item.died and match.item.died.last + _tolerance(match) < last)


def _too_young(match: Match) -> bool:
    """The item was not yet grown up on the first day on which the press attests ours in office."""
    first = min((day for office in match.ours.offices for day in office.days), default=None)
    return bool(first and match.item.born and first.year - match.item.born.first.year < match.policy.results.youngest)


def _no_office(match: Match) -> bool:
    """We know no office of the person: nothing but the name can be checked."""
    return not match.ours.offices


def _of_country(match: Match) -> bool:
    """The country that a name of ours names is that of the item."""
    return bool(match.ours.country and country_items(match.ours.country) & match.item.countries)


def _of_another_country(match: Match) -> bool:
    """The country that a name of ours names is not that of the item."""
    return bool(match.ours.country and match.item.countries) and not _of_country(match)


def _dissolved_before(match: Match) -> bool:
    """The body was dissolved before the last day on which the press attests somebody in an office of it."""
    return _dead_before(match)


FEATURES: Final[dict[str, Callable[[Match], bool]]] = {
    feature.__name__.removeprefix("_"): feature
    for feature in (
        _label,
        _alias,
        _more_spellings,
        _one_word,
        _only_one,
        _office,
        _office_title,
        _office_elsewhere,
        _in_office_then,
        _out_of_office_then,
        _citizen,
        _citizen_elsewhere,
        _dead_before,
        _too_young,
        _no_office,
        _of_country,
        _of_another_country,
        _dissolved_before,
    )
}
"""Every feature by its name in ``policy.toml``."""


def _shared(match: Match, likeness: Likeness) -> list[tuple[Office, HeldOffice]]:
    """The pairs of offices, ours and the item's, that agree so far."""
    pairs = ((ours, theirs) for ours in match.ours.offices for theirs in match.item.offices)
    return [pair for pair in pairs if compared(*pair) is likeness]


def _overlap(ours: Office, theirs: HeldOffice, match: Match) -> bool | None:
    """Whether two stretches of time meet; None where one side tells none."""
    if not ours.days or (theirs.start is None and theirs.end is None):
        return None
    first, last = min(ours.days), max(ours.days)
    begun = theirs.start is None or theirs.start.first - _tolerance(match) <= last
    ended = theirs.end is not None and theirs.end.last + _tolerance(match) < first
    return begun and not ended


def _tolerance(match: Match) -> timedelta:
    return timedelta(days=match.policy.results.days)


def _countries(subject: Subject) -> Iterable[str]:
    return {office.country for office in subject.offices if office.country}
