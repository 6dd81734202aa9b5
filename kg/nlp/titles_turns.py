"""When an office began and ended, told elsewhere than beside its title.

    events   "Purbaya dilantik, Senin (8/9/2025)": an actual Appointment, Departure or Death on a dated day
    verbs    "Ia menjabat sejak 2012": a verb that names no office
    terms    "Masa jabatannya berakhir 27 September 2023"

The office is the one that the sentence names for the person; where it names none, the only one the article gives
the person. Where two would fit nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from kg.lang.pack import Pack
from kg.model import When
from kg.nlp.layers import Happening, Role
from kg.nlp.titles_clauses import Clauses
from kg.nlp.titles_terms import Term, Terms
from kg.nlp.titles_text import At
from kg.nlp.titles_walk import core_at
from kg.nlp.titles_words import fold

Turn = Literal["begins", "ends", "dies"]
TURNS: Final[dict[str, tuple[str, Turn]]] = {
    "Appointment": ("appointee", "begins"),
    "Departure": ("leaver", "ends"),
    "Death": ("deceased", "dies"),
}
"""What an event does to the offices of who has a role in it."""
STILL_DAYS: Final = 31
"""So many days after leaving or dying the press may still give an office as held; whoever has it later has another, or
is remembered by it (by hand)."""
POST_REACH: Final = 3
"""So many words after a verb of leaving "jabatannya" may stand."""
COMPLEMENT: Final = 8
"""So many words after a verb what is taken up or left may be named."""
CONFIDENCE: Final = {"title:event": 0.8, "title:served": 0.7, "title:ran-out": 0.7}
"""How sure each rule is; by hand, below the rules that have title and date in one phrase."""
IN_OFFICE: Final = frozenset({"current", "acting"})


class Turns:
    """Reads what an article tells of the beginnings and ends of the offices it has given."""

    def __init__(self, clauses: Clauses, pack: Pack, roles: Sequence[Role]) -> None:
        """Takes the page with its dates, the language pack and the roles found."""
        self._clauses = clauses
        self._page = clauses.page
        self._words = clauses.words
        self._terms = Terms(clauses, pack)
        self._roles = roles

    def settled(self, happenings: Sequence[Happening]) -> tuple[Role, ...]:
        """The roles and those told elsewhere; all of one office with the same bounds."""
        return _settled((*self._roles, *self._told(happenings)))

    def _told(self, happenings: Sequence[Happening]) -> Iterator[Role]:
        """The roles again, each with a bound and the words that tell it."""
        for happening in happenings:
            if happening.type in TURNS and happening.factuality == "actual":
                yield from self._by_event(happening)
        for token in range(len(self._page.words)):
            yield from self._served(token)
            yield from self._ran_out(token)

    # --- events ---------------------------------------------------------------------------------------------------

    def _by_event(self, happening: Happening) -> Iterator[Role]:
        part, turn = TURNS[happening.type]
        for start, end in happening.triggers:
            when = None if self._unfit(start, end, turn) else self._day(happening, start, end)
            if when is None:
                continue
            for role in self._turned(happening, when, part, (start, end)):
                began = self._clauses.began(start, end, when) if turn == "begins" else None
                term = Term(began, None if turn == "begins" else when)
                yield from self._with(role, term, (start, end), "title:event")

    def _day(self, happening: Happening, start: int, end: int) -> When | None:
        """When an event was, by one of its verbs; a year after a title ("menjadi presiden tahun 2024") counts too."""
        past = self._past_title(end)
        if happening.date is None:
            return self._clauses.dated(start, end, past)
        governs = self._clauses.governs(start, end, happening.date, past)
        return self._clauses.loose(happening.date) if governs else None

    def _past_title(self, token: int) -> int:
        """Past "menjadi presiden" after a verb; the token itself where no title stands there."""
        words = self._page.words
        core = (
            core_at(self._page, token + 1)
            if words[token : token + 1] and words[token] in self._words.complements
            else None
        )
        return core.end if core else token

    def _unfit(self, start: int, end: int, turn: Turn) -> bool:
        """True for a verb that is only announced, and for another's succession: it does not tell when one left."""
        deed = self._page.vocabulary.deeds.get(self._page.words[start])
        return self._clauses.undone(start, end) or (turn == "ends" and deed == "replaces")

    def _turned(self, happening: Happening, when: When, part: str, verb: tuple[int, int]) -> Iterator[Role]:
        """The roles whose office an event begins or ends."""
        turn = TURNS[happening.type][1]
        for person in sorted(key for role, key in happening.participants if role == part):
            if turn == "dies":
                if self._named(person, verb) and self._still(when):
                    yield from _one_each(r for r in self._roles if r.person == person and r.status in IN_OFFICE)
                continue
            role = self._office(person, verb, ends=turn == "ends")
            if role is not None and not self._names_another(verb, role):
                yield role

    def _still(self, ended: When) -> bool:
        """True where an article may give as held what ended then."""
        published = self._clauses.published
        return published is not None and (published - ended.latest).days <= STILL_DAYS

    def _office(self, person: str, verb: tuple[int, int], ends: bool) -> Role | None:
        """The only office of a person that fits: of those in the clause of a verb, else of all in the article.

        What ended may be an office that somebody left before, where the clause has it or speaks of "jabatannya".
        """
        mine = [role for role in self._roles if role.person == person]
        here = [role for role in mine if self._in_clause(role, verb)]
        words = self._page.words
        named = any(word in self._words.posts for word in words[verb[0] : verb[1] + POST_REACH])
        former = ends and bool(here or named or self._words.holds.start(words, verb[0]))
        fitting = [role for role in here or mine if role.status in IN_OFFICE or (former and role.status == "former")]
        offices = _one_each(fitting)
        return offices[0] if len(offices) == 1 else None

    def _in_clause(self, role: Role, verb: tuple[int, int]) -> bool:
        """True where a title stands in the clause of a verb, before it or after it."""
        first, last = self._page.sentence(verb[0])
        if not first <= role.end - 1 < last:
            return False
        # "Ia dilantik sebagai Bupati" begins with the name
        begin = role.start if role.start >= verb[1] else role.end
        return self._clauses.share(verb, (begin, role.end))

    def _named(self, person: str, verb: tuple[int, int]) -> bool:
        """True where a person's name stands in the clause of a verb: of "korban" and "mereka" another may be meant."""
        names = self._page.persons_within(*self._page.sentence(verb[0]))
        return any(name.key == person and self._clauses.share(verb, (name.start, name.end)) for name in names)

    def _names_another(self, verb: tuple[int, int], role: Role) -> bool:
        """True where the words after a verb name another office or body: "mundur dari partai"."""
        words, (_, last) = self._page.words, self._page.sentence(verb[0])
        own = {*fold(role.title).split(), *(fold(self._page.chains[role.body].name).split() if role.body else ())}
        for at in range(verb[0], min(last, verb[1] + COMPLEMENT)):
            if at >= verb[1] and (words[at] in self._words.opens or self._clauses.is_verb(at)):
                return False
            if words[at] in self._words.complements and at not in self._page.at:
                named = words[at + 1 : at + 2]
                left = [word for word in words[at + 1 : at + 4] if word in self._words.posts]
                return not (named and (named[0] in own or (left and not self._post_of_another(at + 1, own))))
        return False

    def _post_of_another(self, token: int, own: set[str]) -> bool:
        """True for "jabatan komisaris" of somebody who holds another office."""
        words = self._page.words
        while token < len(words) and words[token] in self._words.posts:
            token += 1
        following = words[token] if token < len(words) else "."
        if following in self._words.complements:
            following = words[token + 1] if token + 1 < len(words) else "."
        dated = self._clauses.date_at(token) is not None
        closes = following in self._page.vocabulary.stops or following in self._words.opens
        return not (dated or closes or not following[0].isalnum() or following in own)

    # --- verbs that name no office --------------------------------------------------------------------------------

    def _served(self, token: int) -> Iterator[Role]:
        """ "Rudi menjabat sejak 2012", "sudah tiga tahun menjabat"."""
        leaves = self._words.leaves.start(self._page.words, token)
        if leaves is not None and not self._clauses.undone(token, leaves[0]):
            yield from self._by_subject(
                token, Term(None, self._clauses.dated(token, leaves[0]), True), (token, leaves[0])
            )
        holds = self._words.holds.start(self._page.words, token)
        if holds is None:
            return
        if self._words.since.end(self._page.words, token) is not None:
            yield from self._since_held(token, holds[0])
        told = self._terms.read(holds[0])
        if told is not None:
            yield from self._by_subject(token, told[0], (token, told[1]))
            return
        start, began = self._so_long(token)
        if began is not None:
            yield from self._by_subject(start, Term(began), (start, holds[0]))

    def _since_held(self, start: int, end: int) -> Iterator[Role]:
        """ "Sejak menjabat tahun lalu, Presiden Rudi ...": the holder follows."""
        when = self._clauses.date_at(end)
        if when is None or self._page.words[when.end : when.end + 1] != [","]:
            return
        for role in self._roles:
            if role.start == when.end + 1 and role.status in IN_OFFICE:
                yield from self._with(role, Term(self._clauses.loose(when)), (start, when.end), "title:served")

    def _so_long(self, token: int) -> tuple[int, When | None]:
        """The "sudah tiga tahun" right before a verb: where it begins, and when what lasted so long began."""
        for start in range(max(token - 4, 0), token):
            if self._words.served.start(self._page.words, start) == (start + 1, self._page.words[start]):
                length = self._terms.length(start + 1)
                if length is not None and length[1] == token:
                    return start, length[0]
        return token, None

    def _by_subject(self, token: int, term: Term, span: tuple[int, int]) -> Iterator[Role]:
        person = self._subject(token)
        role = self._office(person, span, ends=term.over is True) if person else None
        if role is not None:
            yield from self._with(role, term, span, "title:served")

    def _subject(self, token: int) -> str | None:
        """Who the verb at a token is said of: the name right before it, or the pronoun's person."""
        first, _ = self._page.sentence(token)
        while token > first:
            name = self._page.at.get(token - 1)
            if name is not None:
                return name.key if name.type == "person" else None
            if self._page.words[token - 1] in self._page.vocabulary.pronouns:
                return self._spoken_of(first)
            before = self._words.before_holds.end(self._page.words, token)
            if before is None:
                return None
            token = before[0]
        return None

    def _spoken_of(self, first: int) -> str | None:
        """The only person of the sentence before, for "Ia menjabat sejak 2012"."""
        if first == 0 or self._page.quoted(first):
            return None
        persons: Sequence[At] = list(self._page.persons_within(self._page.sentence(first - 1)[0], first))
        keys = {person.key for person in persons}
        return keys.pop() if len(keys) == 1 else None

    def _ran_out(self, token: int) -> Iterator[Role]:
        """ "Masa jabatan Rudi berakhir pada 27 September 2023"."""
        of = self._words.term_of.start(self._page.words, token)
        if of is None:
            return
        end = of[0]
        name = self._page.at.get(end)
        person = name.key if name and name.type == "person" else None
        end = name.end if name and person else end
        over = self._words.runs_out.start(self._page.words, end)
        when = self._clauses.date_at(over[0]) if over else None
        if person is None and of[1].endswith(self._page.vocabulary.possessive):
            person = self._subject_of_term(token)
        if when is None or person is None or self._clauses.undone(token, end):
            return
        past = self._clauses.published is not None and when.when.latest < self._clauses.published
        role = self._office(person, (token, of[0]), ends=True)
        if past and role is not None:
            yield from self._with(role, Term(None, when.when, True), (token, when.end), "title:ran-out")

    def _subject_of_term(self, token: int) -> str | None:
        """Whose "masa jabatannya" it is: the only person named before it in its sentence or in the one before."""
        first, _ = self._page.sentence(token)
        keys = {person.key for person in self._page.persons_within(first, token)}
        return (keys.pop() if len(keys) == 1 else None) if keys else self._spoken_of(first)

    def _with(self, role: Role, term: Term, span: tuple[int, int], rule: str) -> Iterator[Role]:
        term = self._terms.settled(term)
        if term.ended and role.status in IN_OFFICE and not self._still(term.ended):
            return
        if term.began or term.ended:
            start, end = span
            sure = min(CONFIDENCE[rule], role.confidence)
            yield replace(role, start=start, end=end, rule=rule, confidence=sure, began=term.began, ended=term.ended)


@dataclass(frozen=True, slots=True)
class _Held:
    """Who holds what, in which standing: what all words for one office of an article have in common."""

    person: str
    title: str
    body: str | None
    territory: str | None
    status: str


def _settled(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The roles, all of one office with the same bounds; bounds that exclude each other are given up."""
    told: dict[_Held, list[Role]] = {}
    for role in roles:
        told.setdefault(_held(role), []).append(role)
    bounds = {held: (_agreed([r.began for r in some]), _agreed([r.ended for r in some])) for held, some in told.items()}
    return tuple(replace(r, began=bounds[_held(r)][0], ended=bounds[_held(r)][1]) for r in roles)


def _held(role: Role) -> _Held:
    return _Held(role.person, role.title, role.body, role.territory, role.status)


def _agreed(some: Sequence[When | None]) -> When | None:
    """The narrowest of the dates if it lies in all the others."""
    known = sorted({when for when in some if when}, key=lambda when: (when.latest - when.earliest, when))
    return known[0] if known and all(known[0].within(other) for other in known) else None


def _one_each(roles: Sequence[Role] | Iterator[Role]) -> list[Role]:
    """The first role of each office; one without a body is any of its title."""
    found: list[Role] = []
    for role in roles:
        if not any(_same_office(role, other) for other in found):
            found.append(role)
    return found


def _same_office(one: Role, other: Role) -> bool:
    bodies = {one.body, other.body} - {None}
    return one.person == other.person and fold(one.title) == fold(other.title) and len(bodies) < 2
