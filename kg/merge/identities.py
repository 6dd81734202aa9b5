"""Which entities are one, from the keys that changed articles have and the ids that changed decisions are about."""

from __future__ import annotations

from collections.abc import Iterable, Set

from kg.ids import digest
from kg.merge.about import About
from kg.merge.senses import Sense, Senses
from kg.merge.variants import Variants
from kg.merge.writing import Writing
from kg.rdf import resolved
from kg.resolve import doubts, matching
from kg.resolve.blocking import loose
from kg.resolve.decisions import Decisions
from kg.resolve.doubts import Doubt
from kg.resolve.features import other_given_name
from kg.resolve.matching import Votes
from kg.resolve.policy import MatchingPolicy
from kg.resolve.senses import Part
from kg.store.registry import Registry
from kg.store.registry.entities import Name


class Identities:
    """The step that gives every entity its identity, and says which identities may be one."""

    def __init__(
        self, registry: Registry, writing: Writing, policy: MatchingPolicy, decisions: Decisions, base: str
    ) -> None:
        """Takes where reports are and identities go."""
        self._changes = registry.changes
        self._entities = registry.entities
        self._leads = registry.leads
        self._writing = writing
        self._policy = policy
        self._base = base
        self._about = About(registry, decisions, base)
        self._variants = Variants(registry, policy, self._about)
        self._senses = Senses(registry, policy, self._about)

    def run(self) -> None:
        """From marked keys to parents, from the roots they lead to now and led to before to identities and doubts."""
        for bearer in self._changes.taken("bearer"):
            identity, iri, key = bearer.split("\n")
            self._writing.change(resolved.bearer(identity, iri, key, self._base), here=False)
        self._note_leads()
        for key in self._changes.marked("key"):
            self._changes.mark("root", self._entities.root(key))
            self._entities.set_parent(key, self._parent(key))
        for key in self._changes.taken("mate"):
            if not self._changes.is_marked("key", key):
                self._compare(key)
        for key in self._changes.taken("key"):
            self._changes.mark("root", key)
        for root in self._changes.taken("root"):
            if (above := self._entities.root(root)) != root:
                self._mark_doubts(self._leads.set_doubts(_under(root), ()))
                self._changes.mark("root", above)
            else:
                self._split(root)
        for identity in self._changes.taken("identity"):
            self._write(identity)
        for one, other in self._changes.taken_pairs("doubt"):
            self._doubt(one, other)

    def _note_leads(self) -> None:
        """Notes leads that came or went; what is compared with a marked lead is marked as its mate.

        Those that decisions are about, or tie to marked leads, are marked themselves.
        """
        for key in self._changes.marked("key"):
            stands = self._entities.leads(key)
            if stands != self._leads.known(key):
                self._mark_doubts(self._leads.doubts(key))
                self._mark_mates(self._variants.mates(key))
                if stands:
                    self._leads.put(key, matching.own_id(key), loose(key))
                else:
                    self._leads.drop(key)
                self._mark_mates(self._variants.turned(key, came=stands))
        for key in self._changes.marked("key"):
            self._mark_mates(self._variants.mates(key))
        for about in self._changes.taken("decided"):
            if lead := self._about.lead(about):
                self._changes.mark("key", lead)
        for lead in sorted(set(self._about.partners())):
            self._changes.mark("key", lead)

    def _mark_mates(self, mates: Iterable[str]) -> None:
        for mate in mates:
            self._changes.mark("mate", mate)

    def _compare(self, key: str) -> None:
        """Gives a lead that another one is compared with anew its parent; what is under it changes with that alone."""
        parent = self._parent(key)
        if parent != self._entities.parent(key):
            self._changes.mark("root", self._entities.root(key))
            self._entities.set_parent(key, parent)
            self._changes.mark("root", key)

    def _mark_doubts(self, pairs: Iterable[tuple[str, str]]) -> None:
        for one, other in pairs:
            self._changes.mark_pair("doubt", one, other)

    def _parent(self, key: str) -> str | None:
        """The fuller key that a key belongs to: by the votes of articles, else by what speaks for a variant."""
        votes = {
            lead: Votes(one, self._entities.told_apart(key, lead))
            for lead, one in self._entities.vouched(key)
            if frozenset((key, lead)) not in self._about.forbidden and self._enough(key, lead, one)
        }
        parent = matching.parent(votes)
        if not self._leads.known(key):
            return parent
        variant, found = self._variants.fuller(key)
        self._mark_doubts(self._leads.set_doubts(key, [(key, other, s.sum, s.spoke) for other, s in found]))
        return parent or variant

    def _enough(self, short: str, lead: str, votes: int) -> bool:
        """False where few articles use a full name for one with another given name.

        An article that takes a wife for her husband must not take all of his to her.
        """
        if not other_given_name(short, lead, self._policy):
            return True
        return votes >= self._policy.given_share * self._entities.articles(short)

    def _split(self, root: str) -> None:
        """Gives the entities under a root, and under those that decisions tie to it, their identities."""
        roots = self._about.tied.get(root, frozenset((root,)))
        found, pairs = self._senses.of(roots)
        single = {part.only for sense in found for part in sense.parts if part.only}
        for sense in found:
            self._changes.mark("identity", sense.id)
            for part in sense.parts:
                self._identify(part, sense, single)
        for each in roots:
            rows = [(_key(one), _key(other), s.sum, s.spoke) for one, other, s in pairs[each]]
            self._mark_doubts(self._leads.set_doubts(_under(each), rows))
            for lead in self._entities.below(each):
                self._mark_doubts(self._leads.doubts(lead))

    def _identify(self, part: Part, sense: Sense, single: Set[Name | tuple[()]]) -> None:
        """Gives the entities of a part their identity; what they were before is marked."""
        if part.only:
            moved = self._entities.moved_alone(*part.only, sense.id)
        else:
            moved = [m for m in self._entities.moved(part.lead, part.facets, sense.id) if m[:2] not in single]
        for article, key, before, iri in moved:
            if before is not None:
                self._changes.mark("identity", before)
                self._writing.change(resolved.bearer(before, iri, key, self._base), here=False)
            self._entities.identify(article, key, sense.id)
            self._writing.change(resolved.bearer(sense.id, iri, key, self._base), here=True)

    def _write(self, identity: str) -> None:
        """An identity as its bearers make it, or that nothing bears it any more."""
        spellings = self._entities.spellings(identity)
        if not spellings:
            self._entities.set_label(identity, None)
            self._writing.put(identity, ())
            return
        lead = self._leads.of(identity.partition("--")[0])
        assert lead is not None, "an identity is named after one of its leads"
        label = self._about.labels.get(identity)
        found = matching.identity(identity, lead, spellings, label)
        if self._entities.label(identity) not in {None, found.label}:
            self._entities.mark_bearers(identity)
        self._entities.set_label(identity, found.label)
        self._writing.put(identity, resolved.entity(found, self._base), resolved.OF_ENTITY)

    def _doubt(self, one: str, other: str) -> None:
        """A pair that may be one, unless it is one by now or somebody has decided on it."""
        found = self._leads.doubt(one, other)
        first, second = sorted((self._identity(one), self._identity(other))) if found else ("", "")
        if found is None or first == second or frozenset((first, second)) in self._about.settled:
            self._writing.put(_owner(one, other), ())
            return
        doubt = Doubt(
            about=(first, second),
            names=(self._entities.label(first) or first, self._entities.label(second) or second),
            key=digest(one, other),
            score=doubts.share(found[0], self._policy),
            reasons=doubts.reasons(found[1], self._policy),
        )
        self._writing.put(_owner(one, other), resolved.doubt(doubt, self._base))

    def _identity(self, key: str) -> str:
        """The identity that a side of a doubt has now: that of a lead, or of some facets of one."""
        lead, _, facets = key.partition("\t")
        return (
            self._entities.identity_of(*self._entities.first(lead, facets))
            if facets
            else self._entities.identity_of_lead(lead)
        )


def _key(part: Part) -> str:
    return f"{part.lead}\t{part.facets}"


def _under(root: str) -> str:
    return f"senses of {root}"


def _owner(one: str, other: str) -> str:
    return f"doubt of {one} and {other}"
