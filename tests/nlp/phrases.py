"""Title phrases held apart from the rules, read with the model's names and with the marked ones.

Run as a script it prints the figures by kind of phrase: ``python tests/nlp/phrases.py``. It shows no phrase.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import ontology
from kg.ids import slug
from kg.lang import pack
from kg.lang.pack import Pack
from kg.model import Article, EntityType
from kg.nlp import boilerplate, dates, pipeline, titles
from kg.nlp.layers import Chain, Name
from kg.observe import Observer

PHRASES = Path(__file__).with_name("title_phrases.toml")
MARK = re.compile(r"\[([^|\]]+)\|([pob])(?:=([^\]]+))?\]")
TYPES: dict[str, EntityType] = {"p": "person", "o": "organization", "b": "place"}
Names = Mapping[str, set[str]]


@dataclass(frozen=True)
class Phrase:
    """A text with its marks, and the roles that a careful reader finds in it."""

    kind: str
    text: str
    roles: tuple[tuple[str, str, str, str], ...]

    @property
    def plain(self) -> str:
        return MARK.sub(lambda mark: mark[1], self.text)

    @property
    def names(self) -> Names:
        """Each thing's marked spellings, by its full name."""
        found: dict[str, set[str]] = defaultdict(set)
        for mark in MARK.finditer(self.text):
            found[fold(mark[3] or mark[1])] |= {fold(mark[1]), fold(mark[3] or mark[1])}
        return found


@dataclass(frozen=True)
class Read:
    """A role as it was read: all spellings of person and body."""

    person: frozenset[str]
    title: str
    body: frozenset[str]
    status: str

    def says(self, role: tuple[str, str, str, str], names: Names) -> bool:
        """True where this is the phrase's role. "Kepala Dinas Sosial" of Garut is "Kepala" of Dinas Sosial Garut."""
        person, titles, bodies, status = role
        if self.status != status or not self.person & names[fold(person)]:
            return False
        forms = {fold(title) for title in titles.split("|")}
        offices = {
            " ".join([title, *spelling])
            for title in forms
            for body in bodies.split("|")
            for spelling in _spelt(body, names)
        }
        return not offices.isdisjoint(f"{fold(self.title)} {body}".strip() for body in self.body or {""})


def _spelt(body: str, names: Names) -> list[list[str]]:
    """The spellings of a body; no words at all where there need be none."""
    return [[name] for name in sorted(names[fold(body)])] if body else [[]]


def fold(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def phrases() -> list[Phrase]:
    cases = tomllib.loads(PHRASES.read_text(encoding="utf-8"))["case"]
    return [Phrase(case["kind"], case["text"], tuple(tuple(role[:4]) for role in case["roles"])) for case in cases]


class Reader:
    """The trained pipeline, as ``kg build`` runs it."""

    def __init__(self) -> None:
        self.pack: Pack = pack.load("id")
        self.nlp = pipeline.load(self.pack)
        self.observer = Observer(self.pack, ontology.load(), "phrases")

    def whole(self, phrase: Phrase) -> set[Read]:
        """What is read of the plain text."""
        article = Article("phrase", phrase.plain)
        reading = boilerplate.reading(article, self.pack)
        report = self.observer.observe(article, reading, self.nlp(reading.text))
        spelt = {entity.key: frozenset(map(fold, entity.names)) for entity in report.entities}
        return {
            Read(spelt[r.person], r.title, spelt[r.body] if r.body else frozenset(), r.status) for r in report.roles
        }

    def named(self, phrase: Phrase) -> set[Read]:
        """What the titles' reader makes of the text with its marked names."""
        doc = self.nlp(phrase.plain)
        found: dict[tuple[EntityType, str], list[Name]] = defaultdict(list)
        shift = 0
        for mark in MARK.finditer(phrase.text):
            begin = mark.start() - shift
            span = doc.char_span(begin, begin + len(mark[1]), alignment_mode="expand")
            assert span is not None
            found[TYPES[mark[2]], mark[3] or mark[1]].append(Name(span.start, span.end, TYPES[mark[2]], "marked", 1.0))
            shift += len(mark[0]) - len(mark[1])
        chains = tuple(Chain(f"{kind}:{slug(name)}", kind, name, tuple(some)) for (kind, name), some in found.items())
        spelt = {chain.key: frozenset({fold(chain.name)}) for chain in chains}
        roles = titles.roles(doc, chains, dates.dates(doc, None, self.pack), self.pack)
        return {Read(spelt[r.person], r.title, spelt[r.body] if r.body else frozenset(), r.status) for r in roles}


def right(phrase: Phrase, read: set[Read]) -> int:
    """How many of the phrase's roles were read, one to one."""
    left, names = sorted(read, key=str), phrase.names
    for role in phrase.roles:
        found = next((each for each in left if each.says(role, names)), None)
        if found:
            left.remove(found)
    return len(read) - len(left)


@dataclass
class Figures:
    """How many phrases and roles there are, were read, were right."""

    phrases: int = 0
    exact: int = 0
    said: int = 0
    read: int = 0
    right: int = 0

    def add(self, phrase: Phrase, read: set[Read]) -> None:
        hits = right(phrase, read)
        self.phrases += 1
        self.exact += hits == len(phrase.roles) == len(read)
        self.said, self.read, self.right = self.said + len(phrase.roles), self.read + len(read), self.right + hits

    @property
    def share(self) -> float:
        """Phrases of which all roles and no others were read."""
        return self.exact / self.phrases

    @property
    def f1(self) -> float:
        """Of roles with exact person, title, body and status."""
        return 2 * self.right / (self.said + self.read) if self.said + self.read else 1.0


def measured(reader: Reader, *, named: bool) -> dict[str, Figures]:
    """The figures by kind, and over all."""
    found: dict[str, Figures] = defaultdict(Figures)
    for phrase in phrases():
        read = reader.named(phrase) if named else reader.whole(phrase)
        for kind in (phrase.kind, "all"):
            found[kind].add(phrase, read)
    return dict(found)


def _table(reader: Reader) -> Iterator[str]:
    for named, what in ((True, "with the marked names"), (False, "with the model's names")):
        yield what
        for kind, f in sorted(measured(reader, named=named).items(), key=lambda item: (item[0] == "all", item[0])):
            yield f"  {kind:8} {f.exact:3} of {f.phrases:3} phrases exact ({f.share:.3f}), roles F1 {f.f1:.3f}"


if __name__ == "__main__":
    print("\n".join(_table(Reader())))
