"""Backwards from a title to the person it is tied to: appositions, small words, verbs, pronouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.model import Status
from kg.nlp.titles_persons import subject_of, topic
from kg.nlp.titles_phrases import Phrase
from kg.nlp.titles_text import At, Page
from kg.nlp.titles_words import Deed, Tie

CLAUSE = 15
"""How many tokens before a verb of office its subject may end; set on the train articles."""
DEED = 12
"""How many tokens before a person the verb may stand whose object the person is (titles come between)."""
AHEAD = 4
"""How many tokens after a title the word may stand that dates it later ("... pada 2 Mei mendatang")."""
LATER = 12
"""How many tokens after a title its taking up may be told of ("dan akan dilantik ..."), set by hand."""
BRACKET = 12
"""How many tokens a bracket between name and title may hold."""

_MARKS = frozenset({",", "(", '"', "“", "-", "–", "—", "--", "'", "/"})
_OUTCOMES: Final[dict[Deed, tuple[str, bool, Status | None]]] = {
    "appoints": ("title:began", False, None),
    "undergoes": ("title:began", True, None),
    "dismisses": ("title:left", False, "former"),
    "loses": ("title:left", True, "former"),
    "replaces": ("title:replaced", False, "former"),
    "replaced": ("title:replaced", True, "former"),
}
"""Rule, whether the verb's subject (else its object) is meant, and status; "proposes" makes no holder."""

_LISTS = frozenset({"title:verb", "title:began", "title:left", "title:past", "title:pronoun"})
"""Ties by a verb, which hold for every title of a list after it."""


@dataclass(frozen=True, slots=True)
class Tied:
    """The person a title is tied to from behind, and what the words between make of it."""

    person: At
    rule: str
    firm: bool = True
    """True where a word ties the two; a bare apposition still has to be closed."""
    status: Status | None = None
    began: bool = False
    ended: bool = False
    instead: At | None = None
    """Who takes the office that the person leaves."""


def tied(page: Page, phrase: Phrase, told: Mapping[int, Tied]) -> Tied | None:
    """The person before a title phrase that it belongs to; None where nothing ties it to one.

    `told` has the ties of the phrases before by where these end: "A, Ketua X, yang juga *Ketua Y*".
    """
    return _Back(page, phrase, told).read()


class _Back:
    """Reads from a title back to a person, token by token."""

    def __init__(self, page: Page, phrase: Phrase, told: Mapping[int, Tied]) -> None:
        self._page = page
        self._told = told
        self._words = page.words
        self._phrase = phrase
        self._at = phrase.start
        self._ties: set[Tie] = set()
        self._marks = 0
        self._future = self._was = False
        self._verb = -1
        self._kin = False
        if phrase.title.verb:
            self._ties.add("holds")
            self._verb = phrase.start

    def read(self) -> Tied | None:
        """The person found, None where the words before the title tie it to none."""
        first, _ = self._page.sentence(self._phrase.core)
        while self._at > first:
            before = self._told.get(self._at) if self._at < self._phrase.start else None
            if before is not None and (self._ties or before.rule in _LISTS):
                return self._found(before.person) if self._ties else before
            name = self._page.at.get(self._at - 1)
            if name is not None and name.type == "person":
                if not is_of_kin(self._page, name):
                    return self._found(name)
                self._kin = True
            if self._at_pronoun() or not self._step(name):
                break
        return self._unnamed(first)

    def _at_pronoun(self) -> bool:
        return bool(self._ties) and self._words[self._at - 1] in self._page.vocabulary.pronouns

    def _unnamed(self, first: int) -> Tied | None:
        """The person last spoken of, for "Ia pernah menjabat Ketua X"."""
        elided = self._at == first and (self._verb >= 0 or self._pronoun_follows())
        elided = elided and (not self._kin or self._points())
        if not self._ties or not (elided or self._at_pronoun()):
            return None
        bare = self._ties == {"plain"} and not (self._phrase.bodies or self._leads_body(first))
        if bare or self._page.quoted(self._at):
            return None
        person = topic(self._page, first if elided else self._at - 1, self._phrase.end)
        made = self._by_verb(person) if person else None
        if made is None:
            return None
        then = self._page.vocabulary.then.end(self._words, self._at - 1) and not (elided or made.began or made.status)
        return replace(made, rule="title:pronoun", status="former" if then else made.status)

    def _points(self) -> bool:
        """True for "perempuan yang menjabat Ketua X *itu*"."""
        return "".join(self._words[self._phrase.stop : self._phrase.stop + 1]) in self._page.vocabulary.pointing

    def _leads_body(self, first: int) -> bool:
        """True for "perempuan yang memimpin *X* sebagai ketua itu"."""
        names = (self._page.at.get(token) for token in range(first, self._phrase.start))
        return self._points() and any(name is not None and name.type == "organization" for name in names)

    def _pronoun_follows(self) -> bool:
        """True for "Selaku Ketua X, *dia* ..."."""
        after = self._words[self._phrase.stop : self._phrase.stop + 2]
        return bool(self._ties) and after[:1] == [","] and after[-1] in self._page.vocabulary.pronouns

    def _step(self, name: At | None) -> bool:
        """Goes one word or tie back; False where it ties nothing."""
        word = self._words[self._at - 1]
        tie = None if name else self._page.vocabulary.ties.end(self._words, self._at)
        if tie is not None:
            return self._tie(*tie)
        if self._verb >= 0:
            return self._clause(name, word)
        if name is not None:
            return self._further()
        if word == ")":
            self._at = self._open(self._at - 1)
            return self._at > 0
        return self._mark(word) or self._conjunction(word) or self._alias() or self._further()

    def _tie(self, start: int, tie: Tie) -> bool:
        self._ties.add(tie)
        self._future = self._future or tie == "future"
        if tie not in ("plain", "former", "future") and self._verb < 0:
            self._verb = start
        self._at = start
        return True

    def _clause(self, name: At | None, word: str) -> bool:
        """Before a verb any words of its clause may stand between it and its subject."""
        if word in self._page.vocabulary.clause_ends or self._verb - self._at > CLAUSE:
            return False
        self._future = self._future or (self._verb - self._at < 3 and word in self._page.vocabulary.future)
        self._was = self._was or word in self._page.vocabulary.once
        self._at = name.start if name else self._at - 1
        return True

    def _mark(self, word: str) -> bool:
        """Over a comma, a degree, a dash that stands free ("Andre-Bupati Agam" are two)."""
        joined = word == "-" and not self._page.doc[self._at - 2].whitespace_
        if joined or not (word in _MARKS or word in self._page.vocabulary.degrees or "." in word[1:]):
            return False
        self._marks += 1
        self._at -= 1
        return True

    def _alias(self) -> bool:
        """Over another name or an age: "Basuki *alias Ahok*, Gubernur X", "Lukman, *45 tahun*, Ketua RT"."""
        words, vocabulary = self._words, self._page.vocabulary
        known = self._marks > 0 and words[self._at - 2] in vocabulary.aliases
        aged = self._marks > 0 and words[self._at - 1] == vocabulary.age_unit and words[self._at - 2].isdigit()
        self._at -= 2 if known or aged else 0
        self._at -= aged and words[self._at - 1] in vocabulary.ages
        return known or aged

    def _conjunction(self, word: str) -> bool:
        """Over the "dan" before the last of several titles: "menjabat Ketua X, Ketua Y, *dan* Ketua Z"."""
        if self._ties or word not in self._page.vocabulary.conjunctions or not self._told:
            return False
        self._at -= 1
        return True

    def _further(self) -> bool:
        """From "sebagai" on the holder may stand further off: "menerima penugasan sebagai Ketua X"."""
        if not self._ties or self._words[self._at] not in self._page.vocabulary.roles_as:
            return False
        if not (self._phrase.capital or self._phrase.title.single or self._works()):
            return False
        self._verb = self._at
        return True

    def _works(self) -> bool:
        """True at "*bekerja di RSUD X* sebagai perawat"."""
        name = self._page.at.get(self._at - 1)
        if name is None or name.type == "person":
            return False
        before = self._words[max(name.start - 2, 0) : name.start]
        return not self._page.vocabulary.works.isdisjoint(before)

    def _open(self, close: int) -> int:
        """The bracket that the one at a token closes; 0 where there is none."""
        for index in range(close - 1, max(close - BRACKET - 1, 0), -1):
            if self._words[index] == "(":
                return index
        return 0

    def _found(self, person: At) -> Tied | None:
        if self._verb >= 0:
            return self._by_verb(person)
        if not self._ties and not self._marks and not self._stands_beside():
            return None
        deed = _deed(self._page, person) if not (self._ties and self._marks) else None
        if deed is not None and self._ties:
            return self._by_deed(person, *deed)
        if deed is not None and deed[0] == "dismisses" and not undone(self._page, deed[1]):
            return Tied(person, "title:after", False, "former", ended=True)
        then = bool(self._ties) and self._is_then(person)
        status: Status | None = "former" if then or "former" in self._ties else "future" if self._future else None
        leads = person.start == self._page.sentence(person.start)[0]
        return Tied(person, "title:tied" if self._ties else "title:after", bool(self._ties) or leads, status)

    def _stands_beside(self) -> bool:
        """True for "Budi Direktur PT X": only with capital and body, and never in a headline."""
        phrase = self._phrase
        return phrase.capital and bool(phrase.bodies) and not self._page.in_title_case(phrase.core)

    def _by_verb(self, person: At) -> Tied | None:
        if "none" in self._ties or self._words[person.start - 1] in self._page.vocabulary.negations:
            return None
        deed = _deed(self._page, person) if self._verb == person.end else None
        if deed is not None and deed[0] == "appoints" and undone(self._page, deed[1]):
            return self._by_plan(person, None, deed[1])  # "akan melantik A menjadi T"
        self._future = self._future or self._is_ahead(person)
        if "ends" in self._ties:
            return self._by_end(person)
        self._future = self._future or ("begins" in self._ties and self._is_later())
        begins = "begins" in self._ties and not self._future
        if self._ties & {"past", "former"} or (not begins and (self._is_then(person) or self._was)):
            return Tied(person, "title:past", status="former")
        if begins:
            return Tied(person, "title:began", began=True)
        return Tied(person, "title:verb", status="future" if self._future else None)

    def _is_ahead(self, person: At) -> bool:
        """True for "*tahun depan* X menjadi Ketua Y", "X dilantik sebagai Ketua Y *pekan depan*"."""
        vocabulary, after = self._page.vocabulary, self._phrase.stop
        first, end = self._page.sentence(self._phrase.core)
        before = self._words[first : max(person.start, first)]
        return not vocabulary.ahead.isdisjoint((*before, *self._words[after : min(after + AHEAD, end)]))

    def _is_later(self) -> bool:
        """True for "terpilih sebagai Ketua X; *pelantikan dijadwalkan* bulan depan"."""
        end = min(self._page.sentence(self._phrase.core)[1], self._phrase.stop + LATER)
        return any(self._page.vocabulary.later.start(self._words, at) for at in range(self._phrase.stop, end))

    def _by_end(self, person: At) -> Tied:
        if undone(self._page, self._verb):
            return Tied(person, "title:verb")  # "didesak mundur dari jabatan T"
        return Tied(person, "title:left", status="former", ended=True)

    def _is_then(self, person: At) -> bool:
        """True for "saat itu X menjabat T"."""
        start = self._page.styled_from(person.start)
        return self._page.vocabulary.then.end(self._words, start) is not None or self._is_earlier(start)

    def _is_earlier(self, start: int) -> bool:
        """True for "*sebelum menjadi* Ketua X, A menjabat T"."""
        first, _ = self._page.sentence(start)
        if self._words[first] not in self._page.vocabulary.earlier or self._words[start : start + 1] != [","]:
            return False
        return self._page.vocabulary.ties.start(self._words, first + 1) is not None

    def _by_deed(self, person: At, deed: Deed, verb: int) -> Tied | None:
        if deed not in _OUTCOMES:
            return None
        if deed == "appoints" and self._words[person.end] == self._page.vocabulary.from_word:
            return Tied(person, "title:left", status="former", ended=True)  # "merotasi A dari Kapolres X"
        rule, of_subject, status = _OUTCOMES[deed]
        subject = subject_of(self._page, verb)
        holder, other = (subject, person) if of_subject else (person, subject)
        if holder is None:
            return None
        if undone(self._page, verb):
            return self._by_plan(holder, status, verb)
        instead = other if rule == "title:replaced" else None
        return Tied(holder, rule, True, status, began=status is None, ended=status is not None, instead=instead)

    def _by_plan(self, holder: At, status: Status | None, verb: int) -> Tied | None:
        """What is not done yet leaves an office as it was: "*akan melantik* A sebagai T", "didesak mencopot A"."""
        if status is not None:
            return Tied(holder, "title:verb")
        return Tied(holder, "title:verb", status="future") if is_planned(self._page, verb) else None


def is_of_kin(page: Page, person: At) -> bool:
    """True for "putri X": what the clause tells is told of her."""
    found = page.vocabulary.before.end(page.words, page.styled_from(person.start))
    return found is not None and found[1] == "kin"


def undone(page: Page, verb: int) -> bool:
    """True where the words before a verb leave it undone: "didesak *mencopot* Kapolres X"."""
    return not page.vocabulary.undone.isdisjoint(_before(page, verb))


def is_planned(page: Page, verb: int) -> bool:
    """True where the words before a verb say that it will be done: "*akan melantik* A"."""
    return not page.vocabulary.future.isdisjoint(_before(page, verb))


def _before(page: Page, verb: int) -> Sequence[str]:
    return page.words[max(verb - 2, 0) : verb]


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
