"""Coreference inside one article: all names of one person, organization or place become one chain.

Fuller names found a chain, shorter ones join it: a part of a name, an abbreviation, a spelling or a slip of the
keyboard. Whether two names can be one is decided by kg/nlp/same_name.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.ids import slug
from kg.lang.pack import Pack
from kg.model import ENTITY_TYPES, EntityType
from kg.nlp.coreference_stated import stated
from kg.nlp.entities_known import well_known
from kg.nlp.layers import Chain, Name
from kg.nlp.same_name import PART, Form, Matcher, matcher

if TYPE_CHECKING:
    from spacy.tokens import Doc

STATED = 3.5
"""How surely the article's own word joins two names, among the kinds of match of kg/nlp/same_name.py: before a part."""


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """What tells whether two forms are one: the rules of names, and what the article says itself."""

    words: Matcher
    stated: Mapping[str, frozenset[str]]
    """The spellings that the article says are one, by spelling."""
    kinds: frozenset[str]
    """Words that begin the names of many bodies: what is short for them alone is short for each ("DPRD")."""

    def sureness(self, form: Form, other: Form) -> float:
        """How surely two forms name one thing; what is said of one of them holds for what its name is part of."""
        same = self.stated.get(form.text, frozenset())
        if other.text in same:
            return STATED
        return max(self.words.sureness(form, other), self._by_way(form, other), self._by_way(other, form))

    def _by_way(self, form: Form, other: Form) -> float:
        """The same by another name that the article gives the first: "Melki, sapaan Melkiades"."""
        same = self.stated.get(form.text, frozenset()) - {form.text}
        if form.type == "person" and min(len(form.core), len(other.core)) > 1:
            return 0.0  # two full names with a nickname in common
        if other.text.split()[0] in self.kinds:
            return 0.0
        ways = [self.words.form(text, form.type) for text in same]
        near = [way for way in ways if form.type == "person" or len(other.words) <= len(way.words) + 1]
        sureness = max((self.words.sureness(way, other) for way in near), default=0.0)
        return min(sureness, PART) if sureness >= PART else 0.0


@dataclass(slots=True)
class _Cluster:
    """A chain while it grows: its forms, and where they stand."""

    forms: list[Form]
    names: list[Name] = field(default_factory=list)

    def distance(self, token: int) -> tuple[bool, int]:
        """How far its nearest name before a token stands; what comes only after it is farther than all before."""
        before = [token - name.start for name in self.names if name.start <= token]
        return (not before, min(before) if before else min(name.start for name in self.names))


def chains(doc: Doc, names: Sequence[Name], pack: Pack) -> tuple[Chain, ...]:
    """The chains of a Doc's names, sorted by where each first stands."""
    knowledge = _Knowledge(matcher(pack), stated(doc, names, pack), frozenset(well_known(pack).first_words))
    found: list[Chain] = []
    for kind in ENTITY_TYPES:
        mine = [name for name in names if name.type == kind]
        found.extend(_chain(cluster, doc, kind) for cluster in _clusters(doc, mine, knowledge))
    return tuple(sorted(_distinct(found), key=lambda chain: chain.names[0]))


def _clusters(doc: Doc, names: Sequence[Name], knowledge: _Knowledge) -> list[_Cluster]:
    """Clusters of names of one type, grown from the fullest form to the barest."""
    by_form: dict[Form, list[Name]] = {}
    for name in names:
        by_form.setdefault(knowledge.words.form(doc[name.start : name.end].text, name.type), []).append(name)
    ordered = sorted(by_form, key=lambda form: (-form.fullness, by_form[form][0], form.text))
    clusters: list[_Cluster] = []
    for form in ordered:
        home = _home(form, by_form[form][0].start, clusters, knowledge)
        if home is None:
            home = _Cluster([])
            clusters.append(home)
        home.forms.append(form)
        home.names.extend(by_form[form])
    return clusters


def _home(form: Form, token: int, clusters: Sequence[_Cluster], knowledge: _Knowledge) -> _Cluster | None:
    """The cluster that a form belongs to: the surest kind of match, of several the one named last before it."""
    ranked = []
    for index, cluster in enumerate(clusters):
        sureness = max(knowledge.sureness(form, other) for other in cluster.forms)
        if sureness:
            ranked.append((-sureness, cluster.distance(token), index))
    return clusters[min(ranked)[2]] if ranked else None


def _chain(cluster: _Cluster, doc: Doc, kind: EntityType) -> Chain:
    ordered = tuple(sorted(cluster.names))
    fullest = max(cluster.forms, key=lambda form: (form.fullness, len(form.text), form.text))
    return Chain(f"{kind}:{slug(fullest.text)}", kind, fullest.text, ordered)


def _distinct(found: Iterable[Chain]) -> list[Chain]:
    """Chains with keys of their own: a second chain of the same slug takes what tells its spelling apart."""
    taken: dict[str, Chain] = {}
    for chain in sorted(found, key=lambda chain: chain.names[0]):
        key, number = chain.key, 2
        while key in taken:
            key, number = f"{chain.key}-{number}", number + 1
        taken[key] = Chain(key, chain.type, chain.name, chain.names, chain.anaphors)
    return list(taken.values())
