"""Backwards from a title to the person it is tied to: appositions, small words, verbs, pronouns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.model import Status
from kg.nlp.titles_phrases import Phrase
from kg.nlp.titles_text import At, Page
from kg.nlp.titles_words import Deed, Tie

CLAUSE = 15
"""How many tokens before a verb of office its subject may end; set on the train articles."""
DEED = 12
"""How many tokens before a person the verb may stand whose object the person is (titles come between)."""

TOPIC = 6
"""How many sentences back the person may be named whom a phrase without a name stands for."""
SPEAKER = 10
"""How many tokens a speaker's title may put between the speech word and the name."""

_MARKS = frozenset({",", "(", '"', "“", "-", "–", "—", "--", "'", "/"})
_LISTING = frozenset({",", "dan", "serta", "&"})
_BREAKS = frozenset({"bahwa", "karena", "sehingga", ";", '"', "“", "”"})


@dataclass(frozen=True, slots=True)
class Tied:
    """The person a title is tied to from behind, and what the words between make of it."""

    person: At
    rule: str
    firm: bool
    """True where a word ties the two; a bare apposition still has to be closed."""
    status: Status | None = None
    began: bool = False
    ended: bool = False
    instead: At | None = None
    """Who takes the office that the person leaves."""


def tied(page: Page, phrase: Phrase) -> Tied | None:
    """The person before a title phrase that it belongs to; None where nothing ties it to one."""
    return _Back(page, phrase.start, phrase).read()


@dataclass(slots=True)
class _Back:
    page: Page
    at: int
    phrase: Phrase
    ties: list[Tie] = field(default_factory=list)
    marks: int = 0
    future: bool = False
    verb: int = -1

    def read(self) -> Tied | None:
        first, _ = self.page.sentence(self.phrase.core)
        while self.at > first:
            name = self.page.at.get(self.at - 1)
            if name is not None and name.type == "person":
                return self._found(name)
            if self._pronoun() or not self._step(name):
                break
        return self._unnamed(first)

    def _pronoun(self) -> bool:
        return bool(self.ties) and self.page.words[self.at - 1] in self.page.vocabulary.pronouns

    def _unnamed(self, first: int) -> Tied | None:
        """"Ia pernah menjabat Ketua X": the person last spoken of."""
        if not self.ties or not (self._pronoun() or (self.at == first and self.verb >= 0)):
            return None
        if set(self.ties) == {"plain"} or self.page.quoted(self.at):
            return None
        person = topic(self.page, first, self.phrase.end)
        made = self._by_verb(person) if person else None
        return replace(made, rule="title:pronoun") if made else None

    def _step(self, name: At | None) -> bool:
        words = self.page.words
        word = words[self.at - 1]
        tie = None if name else self.page.vocabulary.ties.end(words, self.at)
        if tie is not None:
            self._tie(*tie)
        elif self.verb >= 0:
            return self._clause(name, word)
        elif name is not None:
            return False
        elif word == ")":
            self.at = self._open(self.at - 1)
            return self.at > 0
        elif self._is_mark(word) or word in self.page.vocabulary.degrees or "." in word[1:]:
            self.marks += 1
            self.at -= 1
        elif self.ties and self.phrase.capital and words[self.at] in self.page.vocabulary.roles_as:
            self.verb = self.at  # "menerima tugas sebagai T"
        else:
            return False
        return True

    def _is_mark(self, word: str) -> bool:
        """A comma, a bracket, a dash that stands free ("Andre-Bupati Agam" are two)."""
        return word in _MARKS and (word != "-" or bool(self.page.doc[self.at - 2].whitespace_))

    def _tie(self, start: int, tie: Tie) -> None:
        self.ties.append(tie)
        self.future = self.future or tie == "future"
        if tie not in ("plain", "former", "future") and self.verb < 0:
            self.verb = start
        self.at = start

    def _clause(self, name: At | None, word: str) -> bool:
        """Before a verb any words of its clause may stand between it and its subject."""
        if word in _BREAKS or word in self.page.vocabulary.negations or self.verb - self.at > CLAUSE:
            return False
        self.future = self.future or (self.verb - self.at < 3 and word in self.page.vocabulary.future)
        self.at = name.start if name else self.at - 1
        return True

    def _open(self, close: int) -> int:
        for index in range(close - 1, max(close - 13, 0), -1):
            if self.page.words[index] == "(":
                return index
        return 0

    def _found(self, person: At) -> Tied | None:
        if self.verb >= 0:
            return self._by_verb(person)
        if not self.ties and not self.marks and not self._stands_beside():
            return None
        deed = _deed(self.page, person) if self.ties and not self.marks else None
        if deed is not None:
            return self._by_deed(person, *deed)
        status: Status | None = "former" if "former" in self.ties else ("future" if self.future else None)
        leads = person.start == self.page.sentence(person.start)[0]
        return Tied(person, "title:tied" if self.ties else "title:after", bool(self.ties) or leads, status)

    def _stands_beside(self) -> bool:
        """"Budi Direktur PT X": only with capital and body, and never in a headline."""
        phrase = self.phrase
        return phrase.capital and bool(phrase.bodies) and not self.page.in_title_case(phrase.core)

    def _by_verb(self, person: At) -> Tied | None:
        kinds = set(self.ties)
        if "none" in kinds:
            return None
        if "ends" in kinds and set(self.page.words[max(self.verb - 2, 0) : self.verb]) & self.page.vocabulary.undone:
            return Tied(person, "title:verb", True)
        if "ends" in kinds:
            return Tied(person, "title:left", True, "former", ended=True)
        if kinds & {"past", "former"}:
            return Tied(person, "title:past", True, "former")
        if self.future:
            return Tied(person, "title:verb", True, "future")
        began = "begins" in kinds
        return Tied(person, "title:began" if began else "title:verb", True, None, began=began)

    def _by_deed(self, person: At, deed: Deed, verb: int) -> Tied | None:
        page = self.page
        if deed == "proposes":
            return None
        if deed == "appoints":
            return Tied(person, "title:began", True, None, began=True)
        if deed == "dismisses":
            return Tied(person, "title:left", True, "former", ended=True)
        subject = subject_of(page, verb)
        if deed == "replaces":
            return Tied(person, "title:replaced", True, "former", ended=True, instead=subject)
        if subject is None:
            return None
        if deed == "replaced":
            return Tied(subject, "title:replaced", True, "former", ended=True, instead=person)
        if deed == "loses":
            return Tied(subject, "title:left", True, "former", ended=True)
        return Tied(subject, "title:began", True, None, began=True)


def subject_of(page: Page, verb: int) -> At | None:
    """The last person named before a verb in its sentence."""
    before = list(page.persons_within(page.sentence(verb)[0], verb))
    return before[-1] if before else None


def _deed(page: Page, person: At) -> tuple[Deed, int] | None:
    """The verb whose object (or agent) a person is, and where it stands."""
    first, _ = page.sentence(person.start)
    for index in range(person.start - 1, max(first, person.start - DEED) - 1, -1):
        name = page.at.get(index)
        if (name is not None and name.type == "person") or page.words[index] == ",":
            return None
        deed = page.vocabulary.deeds.get(page.words[index])
        if deed is not None:
            return deed, index
    return None


def listed_after(page: Page, person: At) -> list[At]:
    """A person and those listed right after: "A, B dan C"."""
    found = [person]
    _, end = page.sentence(person.start)
    while True:
        at = found[-1].end
        if at < end and page.words[at] == "(":
            at = (page.close(at, end) or at) + 1
        while at < end and page.words[at] in _LISTING:
            at += 1
        following = page.person_from(at, end) if at > found[-1].end else None
        if following is None:
            return found
        found.append(following)


def listed_before(page: Page, person: At) -> list[At]:
    """A person and those listed right before, in order of the text."""
    found = [person]
    first, _ = page.sentence(person.start)
    while True:
        at = found[0].start
        while at > first and page.words[at - 1] in _LISTING:
            at -= 1
        name = page.at.get(at - 1) if first < at < found[0].start else None
        if name is None or name.type != "person":
            return found
        found.insert(0, name)


def topic(page: Page, start: int, end: int) -> At | None:
    """Whom a phrase without a name stands for: who last spoke where it speaks, else who was named last."""
    number = page.sentence_of[start]
    back = page.sentences[max(number - TOPIC, 0)][0]
    persons = list(page.persons_within(back, start))
    speaks = any(w in page.vocabulary.speech for w in page.words[start - 1 : start] + page.words[end : end + 1])
    speakers = [person for person in persons if _speaks(page, person)] if speaks else []
    return (speakers or persons or [None])[-1]


def _speaks(page: Page, person: At) -> bool:
    """A speech word stands right after the name, or before it with nothing but a title between."""
    speech, words = page.vocabulary.speech, page.words
    if any(word in speech for word in words[person.end : person.end + 2]):
        return True
    first = max(page.sentence(person.start)[0], person.start - SPEAKER)
    for index in range(person.start - 1, first - 1, -1):
        name = page.at.get(index)
        if name is not None and name.type == "person":
            return False
        if words[index] in speech:
            return True
    return False
