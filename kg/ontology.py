"""The ontology as the readers use it: event types with their roles, trigger words and example sentences.

Everything comes from the blocks of ``ontology/events.ttl``; no code knows an event type by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import Broken

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

RW = "https://w3id.org/riwayat/ontology#"
KINDS = ("active", "bare", "passive", "noun")


@dataclass(frozen=True, slots=True)
class TriggerGroup:
    """Words that tell of one kind of event and share one grammar: who stands where fills which role."""

    name: str
    type: str
    kind: str
    """``active`` verb, ``bare`` verb of headlines, ``passive`` verb or ``noun``."""
    sense: str
    """Mentions of one sense may tell of one event; mentions of two senses never do (arrest, trial)."""
    forms: tuple[str, ...]
    """Lower-case words or phrases, without enclitics."""
    frame: tuple[tuple[str, str], ...]
    """(function, role): ``subject``, ``object``, ``agent``, ``of`` (complement of a noun) or a preposition."""
    needs: tuple[str, ...]
    """Roles of which a name must fill at least one; ``role:person`` asks for a name of that type."""
    things: tuple[str, ...]
    """Words of which one must follow the trigger; none: anything may."""
    unless: tuple[str, ...]
    """Words none of which may stand in the sentence."""
    not_in: tuple[str, ...]
    """Genres of articles in which the words mean something else."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with marked names (``[Name|person]``) and the reading that must come out."""

    text: str
    expected: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One block of events.ttl."""

    name: str
    labels: tuple[tuple[str, str], ...]
    """(language, label)."""
    notation: str | None
    """PLOVER code where one fits."""
    roles: tuple[str, ...]
    groups: tuple[TriggerGroup, ...]
    kinds: tuple[tuple[str, ...], ...]
    """Words that name one kind of event each, where events of two kinds never are one (exhibition, parade)."""
    setting: str | None
    """``occasion``, ``journey`` or ``part``: of one occasion in an article the events share day and place."""
    place_role: str | None
    """The role of a place that is where it happens if nothing else is told."""
    article_place: bool
    """True where an event without a place is where its article is."""
    examples: tuple[Example, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """The event types, sorted by name."""

    types: tuple[EventType, ...]

    def type(self, name: str) -> EventType:
        """The event type of a local name. Raises KeyError for an unknown one."""
        for each in self.types:
            if each.name == name:
                return each
        raise KeyError(name)


def folder(name: str) -> Path:
    """Where ``ontology`` or ``queries`` lies: inside the installed package, else at the top of the checkout."""
    installed = Path(str(files("kg"))) / "data" / name
    if installed.is_dir():
        return installed
    checkout = Path(str(files("kg"))).parent / name
    if checkout.is_dir():
        return checkout
    raise Broken(f"ontology: neither {installed} nor {checkout} is a folder; reinstall riwayat")


def load() -> Ontology:
    """The ontology of the installation, read once. Raises Broken where events.ttl is missing or malformed."""
    return read(folder("ontology") / "events.ttl")


@lru_cache(maxsize=4)
def read(path: Path) -> Ontology:
    """The event types of one Turtle file. Raises Broken naming file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Broken(f"ontology: cannot read {path}: {error}; reinstall riwayat or mend the file") from error
    return _Reader(path, text).ontology()


class _Reader:
    """Turns the graph of one file into event types, and knows the line of every block for messages."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.graph: Graph = self._parse()

    def _parse(self) -> Graph:
        from rdflib import Graph
        from rdflib.plugins.parsers.notation3 import BadSyntax

        try:
            return Graph().parse(data=self.text, format="turtle")
        except BadSyntax as error:
            line = error.lines + 1
            raise Broken(f"ontology: {self.path}:{line}: {error.message}; mend the line") from error

    def ontology(self) -> Ontology:
        from rdflib import RDFS

        names = sorted(_local(s) for s in self.graph.subjects(RDFS.subClassOf, _rw("Event")))
        if not names:
            raise Broken(f"ontology: {self.path}:1: no subclass of rw:Event; reinstall riwayat")
        return Ontology(tuple(self._type(name) for name in names))

    def _type(self, name: str) -> EventType:
        from rdflib import RDFS, SKOS

        labels = sorted((str(o.language), str(o)) for o in self.graph.objects(_rw(name), RDFS.label))  # type: ignore[attr-defined]
        notations = sorted(str(o) for o in self.graph.objects(_rw(name), SKOS.notation))
        groups = sorted(_local(s) for s in self.graph.subjects(_rw("triggers"), _rw(name)))
        return EventType(
            name=name,
            labels=tuple(labels),
            notation=notations[0] if notations else None,
            roles=tuple(sorted(_local(o) for o in self.graph.objects(_rw(name), _rw("partRole")))),
            groups=tuple(self._group(group, name) for group in groups),
            kinds=tuple(tuple(text.split(", ")) for text in self._texts(name, "kindWords")),
            setting=next(iter(self._texts(name, "setting")), None),
            place_role=next((_local(o) for o in self.graph.objects(_rw(name), _rw("placeRole"))), None),
            article_place=self._texts(name, "articlePlace") == ("true",),
            examples=tuple(self._example(text, name) for text in self._texts(name, "example")),
            counterexamples=self._texts(name, "counterExample"),
        )

    def _group(self, name: str, type_: str) -> TriggerGroup:
        kind = self._one(name, "kind")
        if kind not in KINDS:
            raise self._broken(name, f"rw:kind {kind!r} is none of {', '.join(KINDS)}")
        forms = self._texts(name, "form")
        if not forms or any(form != form.lower() for form in forms):
            raise self._broken(name, "rw:form must be given, in lower case")
        sense = self._texts(name, "sense")
        return TriggerGroup(
            name=name,
            type=type_,
            kind=kind,
            sense=sense[0] if sense else type_,
            forms=forms,
            frame=self._frame(name, type_),
            needs=tuple(" ".join(self._texts(name, "needs")).split()),
            things=self._words(name, "thing"),
            unless=self._words(name, "unless"),
            not_in=self._words(name, "notIn"),
        )

    def _words(self, name: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(word for text in self._texts(name, predicate) for word in text.split(", ")))

    def _frame(self, name: str, type_: str) -> tuple[tuple[str, str], ...]:
        roles = {_local(o) for o in self.graph.objects(_rw(type_), _rw("partRole"))}
        pairs = [pair.partition("=") for pair in self._one(name, "frame").split()]
        for function, equals, role in pairs:
            if not equals or not function or role.partition(":")[0] not in roles | {"place", "-"}:
                raise self._broken(name, f"rw:frame: {function}{equals}{role} names no rw:partRole of {type_}")
        return tuple((function, role) for function, _, role in pairs)

    def _example(self, literal: str, name: str) -> Example:
        text, arrow, expected = literal.partition(" => ")
        if not arrow:
            raise self._broken(name, f"rw:example without ' => ': {literal!r}")
        return Example(text, expected)

    def _one(self, subject: str, predicate: str) -> str:
        values = self._texts(subject, predicate)
        if len(values) != 1:
            raise self._broken(subject, f"needs exactly one rw:{predicate}, has {len(values)}")
        return values[0]

    def _texts(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(str(o) for o in self.graph.objects(_rw(subject), _rw(predicate))))

    def _broken(self, subject: str, message: str) -> Broken:
        lines = self.text.splitlines()
        line = next((n for n, each in enumerate(lines, 1) if each.startswith(f"rw:{subject} ")), 1)
        return Broken(f"ontology: {self.path}:{line}: rw:{subject}: {message}; mend the block")


def _rw(name: str) -> Node:
    from rdflib import URIRef

    return URIRef(RW + name)


def _local(node: Node) -> str:
    return str(node).removeprefix(RW)
