"""When an office began and ended, by the words beside its title: years of a term, "sejak 2012", the day of the verb.

Of verbs that only name somebody for an office (terpilih, ditunjuk) the day is the earliest one: the office began
then or later, and no later than the article, which has the person in it. A planned end ends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.lang import calendar
from kg.lang.pack import Pack
from kg.model import When
from kg.nlp.layers import Date
from kg.nlp.titles_clauses import Clauses
from kg.nlp.titles_link import Link
from kg.nlp.titles_status import ordinal
from kg.nlp.titles_words import fold

TAKES_UP_REACH: Final = 4
"""So many words after name and title the verb of taking it up may begin (by hand)."""
DEED_REACH: Final = 12
"""So many words before name and title the verb may stand whose object the person is (as in titles_ties.py)."""
EARLIEST: Final = 1900
"""Figures below are no years of a term."""
YEAR: Final = 4
CENTURIES: Final = ("19", "20")
DASHES: Final = ("-", "–")
LONGEST: Final = 32
"""So many years an office lasts at most; more years in brackets after a name are a life's (set by hand)."""
VERBAL: Final = frozenset({"title:verb", "title:began", "title:past", "title:pronoun"})
"""Rules by which a verb ties the title to its holder: the date may stand before it all."""


@dataclass(frozen=True, slots=True)
class Term:
    """When an office began and ended, as far as words tell."""

    began: When | None = None
    ended: When | None = None
    over: bool | None = None
    """True where the words say an end that lies behind, False where they say that the office is still held."""


class Terms:
    """Reads the terms of the offices of one page."""

    def __init__(self, clauses: Clauses, pack: Pack) -> None:
        """Takes the page with its dates and the language pack."""
        self._clauses = clauses
        self._page = clauses.page
        self._words = clauses.words
        self._pack = pack
        year = self._written()
        self._today = clauses.published or (date(year, 12, 31) if year else None)
        year = year or self._words.as_of + 1
        self._by_now = clauses.published or date(year, 1, 1)

    def of(self, link: Link) -> Term:
        """When the office of a link began and ended."""
        if link.status == "future":
            return Term()
        term = self._years(link) or next(self._beside(link), None) or Term()
        began = term.began or self._began(link)
        ended = term.ended or self._ended(link)
        return self.settled(Term(began, ended, term.over))

    def gone(self, link: Link) -> bool:
        """True for "Presiden Soeharto" in an article of later years: titles.toml says when he left."""
        title, spoken = link.phrase.title, self._page.spellings(link.person.key)
        if link.phrase.kind != "state":
            return False
        terms = zip(title.holders, title.left, strict=False)
        left = [year for who, year in terms if any(fold(who) in name for name in spoken)]
        year = self._clauses.published.year if self._clauses.published else self._words.undated
        return bool(left) and max(left) < year

    def settled(self, term: Term) -> Term:
        """The term without what lies ahead or runs backwards."""
        began = term.began if self._began_by_now(term.began) else None
        ended = term.ended if self._began_by_now(term.ended) else None
        if began and ended and began.earliest > ended.latest:
            return Term()
        return Term(began, ended, None if term.over and ended is None else term.over)

    def _began_by_now(self, when: When | None) -> bool:
        return when is not None and (self._today is None or when.earliest <= self._today)

    def _written(self) -> int:
        """The year an undated article was written in, as far as it tells: the last one that it dates a day by."""
        page = self._page
        dated = [each.when.latest.year for each in self._clauses.dates if each.when.earliest == each.when.latest]
        written = [int(word[-4:]) for word in page.words if word[-5:-4] == "/" and word[-4:].isdigit()]
        return max([*dated, *written], default=0)

    # --- beside the title -----------------------------------------------------------------------------------------

    def _years(self, link: Link) -> Term | None:
        """The years that were read as part of the title phrase: "Dirut periode 2010-2015", "Ketua sejak 2019"."""
        phrase = link.phrase
        for token in range(phrase.title_end, phrase.end):
            told = self.read(token) if token not in self._page.at else None
            if told is not None and not self._goes_on(link, told[1]):
                return told[0]
        years = [When.year(year) for year in phrase.years if year >= EARLIEST]
        return self._both(*years) if len(years) == len(phrase.years) == 2 else None

    def _beside(self, link: Link) -> Iterator[Term]:
        """What is said right after title or name, and before them where a verb ties the two."""
        page, phrase, person = self._page, link.phrase, link.person
        named_after = phrase.person == person
        yield from self._bracketed(phrase.title_end, max(phrase.stop, link.end if named_after else 0))
        if named_after:
            yield from self._named(person.end)
            return
        after = (ordinal(page, phrase.end) if phrase.end < len(page.words) else 0) or phrase.end
        term = self.read(self._past_which(after)) if after < len(page.words) else None
        if term is not None and not self._goes_on(link, term[1]):
            yield term[0]
        if link.rule in VERBAL:
            yield from self._inside(link)
            yield from self._leading(link)

    def _past_which(self, token: int) -> int:
        """Past "yang menjabat"; the token itself where it does not stand there."""
        which = self._words.which.start(self._page.words, token)
        holds = self._words.holds.start(self._page.words, which[0]) if which else None
        return holds[0] if holds else token

    def _goes_on(self, link: Link, token: int) -> bool:
        """True where a verb follows that may have the date: "Budi, Ketua KONI sejak 2019 menggelapkan dana"."""
        verbal = link.rule in VERBAL
        return not verbal and token < len(self._page.words) and self._clauses.is_verb(token)

    def _inside(self, link: Link) -> Iterator[Term]:
        """ "Rudi menjabat sejak 2012 sebagai Direktur"."""
        for token in range(link.person.end, link.phrase.start):
            if self._words.holds.end(self._page.words, token) is not None:
                term = self.read(token)
                if term is not None:
                    yield term[0]

    def _leading(self, link: Link) -> Iterator[Term]:
        """ "Sejak 2012, Rudi menjabat Direktur"."""
        page, core = self._page, link.phrase.core
        first, _ = page.sentence(core)
        term = self.read(first)
        if term is None or term[1] >= core or term[0].began is None:
            return
        if all(self._leads_on(token, link) for token in range(term[1], core)):
            yield term[0]

    def _leads_on(self, token: int, link: Link) -> bool:
        """True for what may stand between such a date and the title: a comma, the holder, the verb."""
        page = self._page
        name = page.at.get(token)
        if name is not None:
            return name.key == link.person.key
        word, vocabulary = page.words[token], page.vocabulary
        tied = any(vocabulary.ties.start(page.words, at) for at in (token, token - 1)) and word not in self._words.which
        return tied or word == "," or word in vocabulary.pronouns or word in vocabulary.styles

    def _named(self, token: int) -> Iterator[Term]:
        """ "Bupati Melati Rudi periode 2019-2024"."""
        if self._words.named.start(self._page.words, token) is not None:
            term = self.read(token)
            if term is not None:
                yield term[0]

    def _bracketed(self, start: int, end: int) -> Iterator[Term]:
        """ "Presiden ke-6 (2004-2014)", "Direktur PT X (2019-sekarang)"."""
        for token in range(start, min(end + 1, len(self._page.words))):
            close = self._page.close(token, len(self._page.words)) if self._page.words[token] == "(" else 0
            term = self._range_at(token + 1) if close else None
            if term is not None and term[1] == close and _lasts(term[0]):
                yield term[0]

    # --- words and dates ------------------------------------------------------------------------------------------

    def read(self, token: int) -> tuple[Term, int] | None:
        """The term that is told from a token on, and where its words end: "sejak 2012", "periode 2019-2024"."""
        page, words = self._page, self._words
        if token >= len(page.words):
            return None
        for cue in (words.named.start(page.words, token), words.spans.start(page.words, token)):
            found = (self._range_at(cue[0]) or self._range_at(token)) if cue else None
            if found is not None:
                return found
        since = words.since.start(page.words, token)
        if since is not None:
            return self._since(since[0])
        until = words.until.start(page.words, token)
        if until is not None:
            when = self._clauses.date_at(until[0])
            return (self._both(None, when.when), when.end) if when and not _is_range(when) else None
        return self._during(token)

    def _since(self, token: int) -> tuple[Term, int] | None:
        deed = self._deed_at(token)
        if deed:
            when = self._clauses.dated(token, deed)
            began = self._clauses.began(token, deed, when)
            return (Term(began), deed) if began else None
        found = self._clauses.date_at(token)
        if found is None or _is_range(found):
            return None
        until = self._words.until.start(self._page.words, found.end) if found.end < len(self._page.words) else None
        last = self._clauses.date_at(until[0]) if until else None
        began = self._clauses.loose(found)
        return (self._both(began, last.when), last.end) if last else (Term(began), found.end)

    def _range_at(self, token: int) -> tuple[Term, int] | None:
        """ "2004 hingga 2009", "2019-sekarang"."""
        found = self._clauses.date_at(token)
        if found is not None and _is_range(found):
            ends = self._ends(found)
            return (self._both(*ends), found.end) if ends else None
        words, end = self._page.words, found.end if found else token + 1
        word = words[token] if token < len(words) else ""
        year = (
            When.year(int(word[:YEAR]))
            if word[:YEAR].isdigit() and word[:2] in CENTURIES and len(word) >= YEAR
            else None
        )
        if year and word[YEAR : YEAR + 1] in DASHES and word[YEAR + 1 :] in self._words.now:
            return Term(year), token + 1  # the tokenizer keeps "2019-sekarang" whole
        joint = self._words.joins.start(words, end) if found or word.isdigit() else None
        now = self._words.now.start(words, joint[0]) if joint else None
        first = found.when if found else year
        return (Term(first), now[0]) if now and first else None

    def _ends(self, when: Date) -> tuple[When, When] | None:
        """The two ends of a stretch, each as precise as it is written; None where only both together are dates."""
        first, last = When.year(when.when.earliest.year), When.year(when.when.latest.year)
        if when.rule == "years":
            return first, last
        for left, right in self._halves(when):
            halves = self._alone(left), self._alone(right)
            if halves[0] and halves[1] and When(halves[0].earliest, halves[1].latest) == when.when:
                return halves[0], halves[1]
        return None

    def _halves(self, when: Date) -> Iterator[tuple[str, str]]:
        """A stretch cut where a word or dash joins its ends, also inside of "2019-Juli"."""
        doc = self._page.doc
        for token in range(when.start, when.end):
            before, text, after = doc[when.start : token].text, doc[token].text, doc[token + 1 : when.end].text
            if self._words.joins.start(self._page.words, token) is not None:
                yield before, after
            for dash in DASHES:
                left, joint, right = text.partition(dash)
                if joint and left and right:
                    yield f"{before} {left}", f"{right} {after}"

    def _alone(self, text: str) -> When | None:
        found = calendar.find(text, self._pack, self._clauses.published)
        return found[0].when if len(found) == 1 else None

    def _both(self, began: When | None, ended: When) -> Term:
        """A term with its end, unless that lies ahead or may do so."""
        past = self._by_now is not None and ended.latest < self._by_now
        return Term(began, ended, True) if past else Term(began)

    def _during(self, token: int) -> tuple[Term, int] | None:
        """ "selama lima tahun terakhir", "sudah tiga tahun": back from the day of the article."""
        words = self._page.words
        cue = self._words.during.start(words, token) or self._words.served.start(words, token)
        length = self.length(cue[0]) if cue else None
        recent = self._words.recent.start(words, length[1]) if length else None
        return (Term(length[0], over=False), recent[0]) if length and recent else None

    def length(self, token: int) -> tuple[When, int] | None:
        """When it began what has lasted so long, and where the length ends; of years and months only."""
        words = self._page.words
        if token >= len(words) or self._clauses.published is None:
            return None
        number = self._words.numbers.start(words, token)
        if number is None and words[token].isdigit() and len(words[token]) < 3:
            number = token + 1, int(words[token])
        unit = self._words.units.start(words, number[0]) if number else self._words.one.start(words, token)
        if unit is None or unit[1] not in ("year", "month"):
            return None
        return _ago(self._clauses.published, number[1] if number else 1, unit[1]), unit[0]

    # --- by the verb ----------------------------------------------------------------------------------------------

    def _deed_at(self, token: int) -> int:
        """Where a verb of coming that begins at a token ends; 0 where there is none."""
        page = self._page
        if token >= len(page.words):
            return 0
        tie = page.vocabulary.ties.start(page.words, token)
        if tie is not None and tie[1] == "begins":
            return tie[0]
        return token + 1 if page.vocabulary.deeds.get(page.words[token]) in ("appoints", "undergoes") else 0

    def _began(self, link: Link) -> When | None:
        taken = self._taken_up(link)
        if taken is not None:
            return self._clauses.dated(*taken)
        if not link.began:
            return None
        verb = self._verb(link, frozenset({"begins", "appoints", "undergoes", "replaces", "replaced"}))
        if verb is None or self._clauses.undone(*verb):
            return None
        return self._clauses.began(*verb, self._clauses.dated(*verb, link.end))

    def _ended(self, link: Link) -> When | None:
        """The day of the verb; another's succession ("menggantikan Y") does not tell when Y had left."""
        if not link.ended:
            return None
        verb = self._verb(link, frozenset({"ends", "dismisses", "loses", "replaced"}))
        if verb is None or self._clauses.undone(*verb):
            return None
        return self._clauses.dated(*verb, link.end)

    def _taken_up(self, link: Link) -> tuple[int, int] | None:
        """The verb after name and title that tells that the office is taken up: "untuk *menduduki jabatannya*"."""
        page = self._page
        _, end = page.sentence(link.end - 1)
        for token in range(link.end, min(end, link.end + TAKES_UP_REACH)):
            found = page.vocabulary.takes_up.start(page.words, token)
            if found is not None:
                return token, found[0]
        return None

    def _verb(self, link: Link, kinds: frozenset[str]) -> tuple[int, int] | None:
        """The verb of coming or going that ties the title: the last one before it in its sentence."""
        page, core = self._page, link.phrase.core
        first, _ = page.sentence(core)
        for token in range(core - 1, max(first, min(link.start, core) - DEED_REACH) - 1, -1):
            tie = page.vocabulary.ties.start(page.words, token)
            if tie is not None and tie[1] in kinds and token not in page.at:
                return token, tie[0]
            if page.vocabulary.deeds.get(page.words[token]) in kinds:
                return token, token + 1
        return None


def _is_range(when: Date) -> bool:
    return when.rule in ("years", "range")


def _lasts(term: Term) -> bool:
    """True for years that an office may have; others are those of a life."""
    return not (term.began and term.ended) or term.ended.latest.year - term.began.latest.year <= LONGEST


def _ago(day: date, count: int, unit: str) -> When:
    """The year or month so many before a day, and the one before that: the press counts the full ones."""
    if unit == "year":
        return When(date(day.year - count - 1, 1, 1), date(day.year - count, 12, 31))
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    before, month_before = divmod(year * 12 + month - 1, 12)
    return When(date(before, month_before + 1, 1), When.month(year, month + 1).latest)
