"""The table of ``ontology/alignments.ttl``: which events, offices and organizations have which code of PLOVER."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg import ontology
from kg.config import LANGUAGE
from kg.errors import Broken
from kg.lang import pack as packs
from kg.lang.bodies import PLAIN
from kg.rdf import vocab as v
from kg.resolve import countries
from kg.resolve.names import fold

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

PLOVER: Final = "https://w3id.org/riwayat/plover#"
FILE: Final = "alignments.ttl"
_SIGNS: Final = ".,()"


@dataclass(frozen=True, slots=True)
class Told:
    """What decides on the code of an event, from one report of it: sense, words, and who has which part."""

    type: str
    sense: str
    words: frozenset[str]
    """Trigger words, lower case, with and without enclitics."""
    about: frozenset[str]
    """Words of what it is about."""
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Coding:
    """One line of the table of events. A set that is empty asks for nothing."""

    type: str
    event: str | None
    mode: str | None
    doers: frozenset[str]
    senses: frozenset[str]
    words: frozenset[str]
    about: frozenset[str]
    roles: frozenset[str]

    @property
    def conditions(self) -> int:
        """How many things it asks for."""
        return sum(map(bool, (self.senses, self.words, self.about, self.roles)))

    def holds(self, told: Told) -> bool:
        """True where every condition has one of what it asks for."""
        pairs = (
            (self.senses, {told.sense}),
            (self.words, told.words),
            (self.about, told.about),
            (self.roles, told.roles),
        )
        return self.type == told.type and all(not asked or asked & there for asked, there in pairs)


@dataclass(frozen=True, slots=True)
class Names:
    """Codes by name, in lower case."""

    beginnings: Mapping[str, str]
    """Whole words that names begin with."""
    whole: Mapping[str, str]

    def of(self, name: str) -> str | None:
        """The code of the longest beginning of a name that has one, else of the whole name."""
        words = [word.strip(_SIGNS) for word in name.lower().split()]
        begins = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next((self.beginnings[each] for each in begins if each in self.beginnings), self.whole.get(name.lower()))


@dataclass(frozen=True, slots=True)
class Codebook:
    """The whole table."""

    codings: tuple[Coding, ...]
    contexts: Mapping[str, str]
    """Factuality → context."""
    sides: Mapping[str, str]
    """Role → ``source`` or ``recipient``."""
    offices: Names
    """Sectors of offices, whatever their body."""
    head_offices: Names
    """Sectors of offices of a country."""
    bodies: Names
    """Sectors of organizations."""
    actors: Names
    """Actor codes of organizations."""
    alpha3: Mapping[str, str]
    """ISO 3166 code of two letters → of three."""
    regions: Mapping[str, str]
    """Folded name of a place, without the word for its kind → actor code of its country."""

    def codings_of(self, told: Told) -> tuple[Coding, ...]:
        """The codings of an event as a report tells it: those with most conditions, or the one that gives no code."""
        found = [coding for coding in self.codings if coding.holds(told)]
        most = max((coding.conditions for coding in found), default=0)
        best = [coding for coding in found if coding.conditions == most]
        without = [coding for coding in best if coding.event is None]
        return tuple(without or best)

    def country(self, name: str) -> str | None:
        """The code of three letters of the country that a name means."""
        return self.alpha3.get(countries.code(name) or "")

    def place(self, name: str) -> str | None:
        """The code of three letters of the country that a place is, or lies in as the gazetteer has it."""
        return self.country(name) or self.regions.get(_region(name))

    def is_country(self, code: str | None) -> bool:
        """True for the code of a country; the others are those of organizations of many countries."""
        return code in self.alpha3.values()


@lru_cache(maxsize=1)
def load() -> Codebook:
    """The table of the installation. Raises Broken where it is missing or malformed."""
    from rdflib import Graph
    from rdflib.plugins.parsers.notation3 import BadSyntax

    path = ontology.folder("ontology") / FILE
    try:
        return _Reader(Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")).codebook()
    except BadSyntax as error:
        raise Broken(f"ontology: {path}:{error.lines + 1}: {error.message}; mend the line") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Broken(f"ontology: cannot read {path}: {error}; reinstall riwayat") from error


class _Reader:
    """Turns the graph of the file into the table."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def codebook(self) -> Codebook:
        sectors = self._members("Sector")
        return Codebook(
            codings=tuple(self._codings()),
            contexts={self._local(self._one(c, "closeMatch")): self._notation(c) for c in self._members("Context")},
            sides={self._local(role): str(side) for role, side in self.graph.subject_objects(_plover("side"))},
            offices=self._names(sectors, "office"),
            head_offices=self._names(sectors, "headOffice"),
            bodies=self._names(sectors, "body", "table"),
            actors=self._names(self._members("ActorCode"), "body", "table"),
            regions=self._regions(),
            alpha3=dict(pair.split() for pair in self._words(_plover("countries"), "alpha3")),
        )

    def _codings(self) -> Iterator[Coding]:
        coded = set()
        for node in self._members("Coding"):
            event, mode = (self.graph.value(node, _plover(name)) for name in ("event", "mode"))
            coded.add(self._local(self._one(node, "codes")))
            yield Coding(
                type=self._local(self._one(node, "codes")),
                event=self._notation(event) if event else None,
                mode=self._notation(mode) if mode else None,
                doers=self._locals(node, "doer"),
                senses=frozenset(self._words(node, "sense")),
                words=frozenset(self._words(node, "word")),
                about=frozenset(self._words(node, "about")),
                roles=self._locals(node, "with"),
            )
        none: frozenset[str] = frozenset()
        for each in ontology.load().types:
            if each.name not in coded:
                yield Coding(each.name, each.notation, None, none, none, none, none, none)

    def _names(self, members: Iterable[Node], own: str, table: str | None = None) -> Names:
        codes: dict[str, str] = {}
        whole: dict[str, str] = {}
        for member in members:
            for word in self._words(member, own):
                if codes.setdefault(word, self._notation(member)) != self._notation(member):
                    raise Broken(f"ontology: {FILE}: {word!r} has two codes; take one out")
            for name in self._words(member, table) if table else ():
                whole |= dict.fromkeys(_bodies(name), self._notation(member))
        return Names(codes, whole)

    def _regions(self) -> dict[str, str]:
        return {
            _region(place): self._notation(member)
            for member in self._members("ActorCode")
            for name in self._words(member, "gazetteer")
            for place in _places(name)
        }

    def _members(self, of: str) -> list[Node]:
        from rdflib import RDF

        return sorted(self.graph.subjects(RDF.type, _plover(of)), key=str)

    def _words(self, node: Node, name: str) -> list[str]:
        texts = sorted(str(text) for text in self.graph.objects(node, _plover(name)))
        return [word for text in texts for word in text.split(", ")]

    def _locals(self, node: Node, name: str) -> frozenset[str]:
        return frozenset(self._local(each) for each in self.graph.objects(node, _plover(name)))

    def _one(self, node: Node, name: str) -> Node:
        from rdflib import SKOS

        found = self.graph.value(node, SKOS.closeMatch if name == "closeMatch" else _plover(name))
        if found is None:
            raise Broken(f"ontology: {FILE}: {node} has no {name}; mend the block")
        return found

    def _notation(self, node: Node) -> str:
        from rdflib import SKOS

        found = self.graph.value(node, SKOS.notation)
        if found is None:
            raise Broken(f"ontology: {FILE}: {node} has no skos:notation; mend the block")
        return str(found)

    @staticmethod
    def _local(node: Node) -> str:
        return str(node).removeprefix(v.RW)


def _bodies(name: str) -> list[str]:
    """The names of a table of ``bodies.toml``, in lower case. Raises Broken where there is no such table."""
    table = packs.load(LANGUAGE).table("bodies")
    found = [each for full, others in table.get(name, {}).items() for each in (full, *others)]
    found += table[PLAIN].get(name, [])
    if not found or name == PLAIN:
        raise Broken(f"ontology: {FILE}: bodies.toml has no table {name!r}; name another")
    return [each.lower() for each in found]


def _region(name: str) -> str:
    """``Kabupaten Sleman`` → ``sleman``."""
    head, _, rest = fold(name).partition(" ")
    return rest if rest and head in packs.load(LANGUAGE).table("names")["heads"]["place"] else fold(name)


def _places(name: str) -> Iterator[str]:
    """The regions, cities and regencies of a table of ``places.toml``."""
    for region, entry in packs.load(LANGUAGE).table("places")[name].items():
        yield region
        for places in entry.values():
            yield from places


def _plover(name: str) -> Node:
    from rdflib import URIRef

    return URIRef(PLOVER + name)
