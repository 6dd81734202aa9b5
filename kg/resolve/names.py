"""Normal forms of names, for comparison only: what is shown is always a spelling that some article has.

Two names with one fold are one thing across articles. `compare` says what two names have to do with each other.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from kg.model import EntityType
from kg.resolve.names_bodies import fold_organization
from kg.resolve.names_bodies_compare import compare_organizations
from kg.resolve.names_letters import fold
from kg.resolve.names_likeness import Likeness
from kg.resolve.names_persons_compare import compare_persons
from kg.resolve.names_places import fold_place
from kg.resolve.names_places_compare import compare_places
from kg.resolve.names_public import fold_person
from kg.resolve.policy import Policy

__all__ = [
    "TABLES",
    "Likeness",
    "abbreviates",
    "compare",
    "fold",
    "fold_organization",
    "fold_person",
    "fold_place",
    "loose_titles",
    "same_person",
]

TABLES = (
    "bodies",
    "body_names",
    "honorifics",
    "names",
    "nicknames",
    "place_names",
    "places",
    "public_persons",
    "roles",
    "spellings",
)
"""The tables of the language pack that names are compared with: a graph resolved by others is resolved anew."""
SAME_WORD = 0.75
"""Similarity from which two words of persons' names may be spellings of one: "shoigu" and "shiogu" have 0.83,
"putin" and "putri" 0.6. Set by hand; it only serves names that one article gives one person."""


def compare(one: str, two: str, kind: EntityType) -> Likeness:
    """Whether two names of one kind mean one thing for whoever knows the news, without any context, in either order."""
    if kind == "person":
        return compare_persons(one, two)
    return compare_organizations(one, two) if kind == "organization" else compare_places(one, two)


def same_person(short: str, full: str) -> bool:
    """True where every word of the shorter name is, but for its spelling, a word of the fuller one."""
    left = full.split()
    for word in short.split():
        best = max(left, key=lambda w: OSA.normalized_similarity(word, w), default="")
        if OSA.normalized_similarity(word, best) < SAME_WORD:
            return False
        left.remove(best)
    return True


def abbreviates(short: str, full: str) -> bool:
    """True where the letters of one word stand, in order, in a fuller name, and not all in one word of it."""
    if " " in short or any(short in word for word in full.split()):
        return False
    letters = iter(full.replace(" ", ""))
    return all(letter in letters for letter in short)


def loose_titles(title: str, policy: Policy) -> tuple[str, ...]:
    """The offices that a loose title of the press may stand for; nothing for a proper title."""
    return policy.loose_titles.get(fold(title), ())
