"""Coreference inside one article: all names of one person, organization or place become one chain.

Fuller names found a chain, shorter ones join it: a part of a name, an abbreviation, a spelling or a slip of the
keyboard. Whether two names can be one is decided by kg/nlp/same_name.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.ids import slug
from kg.lang.pack import Pack
from kg.model import ENTITY_TYPES, EntityType
from kg.nlp.layers import Chain, Name
from kg.nlp.same_name import Form, Matcher, matcher

if TYPE_CHECKING:
    from spacy.tokens import Doc


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
    words = matcher(pack)
    brackets = _brackets(doc, names)
    found: list[Chain] = []
    for kind in ENTITY_TYPES:
        mine = [name for name in names if name.type == kind]
        found.extend(_chain(cluster, doc, kind) for cluster in _clusters(doc, mine, words, brackets))
    return tuple(sorted(_distinct(found), key=lambda chain: chain.names[0]))


def _clusters(doc: Doc, names: Sequence[Name], words: Matcher, brackets: dict[str, str]) -> list[_Cluster]:
    """Clusters of names of one type, grown from the fullest form to the barest."""
    by_form: dict[Form, list[Name]] = {}
    for name in names:
        by_form.setdefault(words.form(doc[name.start : name.end].text, name.type), []).append(name)
    ordered = sorted(by_form, key=lambda form: (-form.fullness, by_form[form][0], form.text))
    clusters: list[_Cluster] = []
    for form in ordered:
        home = _home(form, by_form[form][0].start, clusters, (words, brackets))
        if home is None:
            home = _Cluster([])
            clusters.append(home)
        home.forms.append(form)
        home.names.extend(by_form[form])
    return clusters


def _home(
    form: Form, token: int, clusters: Sequence[_Cluster], knowledge: tuple[Matcher, dict[str, str]]
) -> _Cluster | None:
    """The cluster that a form belongs to: the surest kind of match, of several the one named last before it."""
    words, brackets = knowledge
    ranked = []
    for index, cluster in enumerate(clusters):
        sureness = max(
            2.0 * (brackets.get(form.text) == other.text or brackets.get(other.text) == form.text)
            or words.sureness(form, other)
            for other in cluster.forms
        )
        if sureness:
            ranked.append((-sureness, cluster.distance(token), index))
    return clusters[min(ranked)[2]] if ranked else None


def _brackets(doc: Doc, names: Sequence[Name]) -> dict[str, str]:
    """What stands in brackets right after a name, with that name: ``KPK`` → ``Komisi Pemberantasan Korupsi``."""
    found: dict[str, str] = {}
    for left, right in pairwise(names):
        opened = right.start - left.end == 1 and doc[left.end].text == "("
        closed = right.end < len(doc) and doc[right.end].text == ")"
        if opened and closed and left.type == right.type:
            found.setdefault(doc[right.start : right.end].text, doc[left.start : left.end].text)
    return found


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
