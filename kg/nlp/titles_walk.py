"""From a title word by word to the name that holds it, or to where its phrase ends."""

from __future__ import annotations

from dataclasses import dataclass

from kg.nlp.titles_status import ordinal, term
from kg.nlp.titles_text import At, Page
from kg.nlp.titles_words import Standing, Title

PORTFOLIO_LENGTH = 14
"""How many words a portfolio may have; the longest of the train articles has eleven."""
SMALL_WORDS = 5
"""How many of them may be without a capital ("kepala sayap bersenjata kelompok ...")."""
LIST_REACH = 12
"""How far off the "dan" of a list may be ("Obat, Narkotika, Psikotropika, dan Zat Adiktif")."""
REACH = 60
"""How many tokens a title phrase may run in all."""
ORIGIN = 6
"""So many tokens after "asal" the name of the place ends its mention ("asal daerah pemilihan Jawa Timur II")."""
VERB_LETTERS = 5
"""A verb with its prefix has at least so many letters ("berat" is no verb of "rat", but "melantik" is one)."""

OF_PLACES = frozenset({"state", "country", "region"})
"""What an office is of where its body is a place."""


@dataclass(frozen=True, slots=True)
class Body:
    """A name inside a title phrase and the small word that brings it in ("" where there is none)."""

    name: At
    by: str


@dataclass(frozen=True, slots=True)
class Core:
    """A title in the text: where it ends, and the name that its last words are ("Panglima *TNI*")."""

    end: int
    title: Title
    body: At | None = None


def core_at(page: Page, token: int) -> Core | None:
    """The longest title that begins at a token and cuts no name."""
    if token >= len(page.words) or page.words[token] not in page.vocabulary.titles:
        return None
    style = page.vocabulary.styles.start(page.words, token)
    for end, title in page.vocabulary.titles.all_from(page.words, token):
        if style is not None and style[0] > end:
            return None  # "Komisaris Besar" is a rank
        inner = next((page.at[i] for i in range(token, end) if i in page.at), None)
        if inner is None:
            return Core(end, title)
        if inner.end == end and title.bodies and inner.type != "person":
            return Core(end, title, inner)
        if inner.end == end and title.national and inner.type == "organization":
            return Core(end, title)  # "Menteri ESDM", where ESDM was found as a name
    return None


class Walk:
    """What stands after a title, read token by token; every step says whether to go on, or None: not mine."""

    def __init__(self, page: Page, start: int, core: Core) -> None:
        self._page = page
        self._words = page.words
        self._title = core.title
        self._start = start
        self._limit = min(page.sentence(start)[1], start + REACH)
        self._by, self._small, self._in_unit = "", 0, False
        self.at = self.end = core.end
        self.portfolio: list[int] = []
        self.bodies = [Body(core.body, "")] if core.body else []
        self.standing: Standing = "current"
        self.numbered = self.comma = False
        self.years: list[int] = []
        self.since: int | None = None
        self.person: At | None = None

    def read(self) -> None:
        """Reads to the name after the phrase or to where the phrase ends."""
        while self.person is None and self.at < self._limit and self._step():
            pass

    def _step(self) -> bool:
        if self._joins_another():
            return False
        for read in (
            self._name,
            self._same_body,
            self._bracket,
            self._style,
            self._suffix,
            self._origin,
            self._term,
            self._comma,
        ):
            goes_on = read()
            if goes_on is not None:
                return goes_on
        return self._naming() or self._small_word() or self._portfolio_word()

    def _take(self, end: int) -> bool:
        self.at = end
        return True

    def _hold(self, token: int) -> bool:
        """True where only ranks and honorifics stand between a token and a person, who holds the title then."""
        self.person = self._page.person_from(token, self._limit) if token < self._limit else None
        return self.person is not None

    def _joins_another(self) -> bool:
        """At "sekaligus", "dan" before another title."""
        joint = self._page.vocabulary.joins.start(self._words, self.at)
        if joint is None:
            return False
        status = self._page.vocabulary.before.start(self._words, joint[0])
        return core_at(self._page, status[0] if status else joint[0]) is not None

    def _name(self) -> bool | None:
        name = self._page.at.get(self.at)
        if name is None:
            return None
        if name.type == "person":
            self.person = name if name.start == self.at else None
            return False
        self.bodies.append(Body(name, self._by))
        self.portfolio.extend(range(name.start, name.end))
        self._by, self._in_unit, self.end = "", False, name.end
        return self._take(name.end)

    def _same_body(self) -> bool | None:
        """The body named last before, for "kepala politik kelompok tersebut"."""
        vocabulary, word = self._page.vocabulary, self._words[self.at]
        pointed = "".join(self._words[self.at + 1 : self.at + 2]) in vocabulary.pointing
        if self.bodies or word not in vocabulary.kinds or not pointed:
            return None
        body = self._page.body_before(self._start, "place" if word in vocabulary.place_kinds else "organization")
        if body is None:
            return False
        self.bodies.append(Body(body, ""))
        self.end = self.at + 2
        return self._take(self.end)

    def _bracket(self) -> bool | None:
        if self._words[self.at] != "(":
            return None
        close = self._page.close(self.at, self._limit)
        inside = self._page.person_from(self.at + 1, close)
        if inside is not None and inside.end == close:
            self.person = inside
            return False
        status = self._page.vocabulary.after.start(self._words, self.at + 1) if close else None
        if status is not None and status[0] == close:
            self.standing = status[1] or self.standing  # "Bupati X (saat itu)"
        return bool(close) and self._take(close + 1)

    def _style(self) -> bool | None:
        style = self._page.vocabulary.styles.start(self._words, self.at)
        if style is None or self._hold(self.at):
            return None if style is None else True
        return False if style[1] == "rank" and not self._title.open else None

    def _suffix(self) -> bool | None:
        """Words after a title or body that say when ("terpilih"), or nothing ("nonaktif", "ke-7")."""
        words, vocabulary = self._words, self._page.vocabulary
        if words[self.at] in vocabulary.ages and words[self.at + 2 : self.at + 3] == [vocabulary.age_unit]:
            return self._take(self.at + 3)
        number = ordinal(self._page, self.at)
        if number:
            self.numbered = True
            return self._take(number)
        found = self._page.vocabulary.after.start(self._words, self.at)
        if found is None:
            return None
        self.end, self.standing = found[0], found[1] or self.standing
        return self._take(self.end)

    def _origin(self) -> bool | None:
        """Over where a holder is from: "politikus Golkar *asal Bali*"."""
        if self._words[self.at] not in self._page.vocabulary.origin:
            return None
        reach = range(self.at + 1, min(self.at + ORIGIN, self._limit))
        name = next((self._page.at[token] for token in reach if token in self._page.at), None)
        return name is not None and name.type != "person" and self._take(name.end)

    def _term(self) -> bool | None:
        years, end = term(self._page, self.at, self._limit)
        alone = end == self.at + 1 and not self.bodies  # a single year, without "tahun" before it
        if not years or alone:
            return None
        if len(years) == 1 and self._words[self.at] in self._page.vocabulary.since:
            self.since = years[0]
        self.years.extend(years)
        self.end = end
        return self._take(end)

    def _comma(self) -> bool | None:
        if self._words[self.at] != ",":
            return None
        after = self.at + 1
        naming = self._page.vocabulary.naming.start(self._words, after)
        if self._hold(naming[0] if naming else after):
            self.comma = True
            return True
        name = self._page.at.get(after)
        closed = name is not None and name.type != "person" and self._closed_by_comma(name.end)
        return (closed or self._lists(after)) and self._take(after)

    def _closed_by_comma(self, token: int) -> bool:
        """True where a person follows a name after a comma: "Bupati X, Provinsi Y, Nama"."""
        follows = token + (self._words[token : token + 1] == [","])
        return self._page.person_from(follows, self._limit) is not None

    def _lists(self, token: int) -> bool:
        """True where a list of portfolio words goes on to its "dan": "Politik, Hukum, dan Keamanan"."""
        conjunctions = self._page.vocabulary.conjunctions
        if not self._title.open or self.bodies or token >= self._limit:
            return False
        if core_at(self._page, token) is not None:
            return False  # "Ketua, Sekretaris, dan Bendahara X"
        if self._words[token] in conjunctions and "," not in self._words[self._start : self.at]:
            return False  # "Dirut PT X, dan ..." lists persons
        for index in range(token, min(token + LIST_REACH, self._limit)):
            if self._words[index] in conjunctions:
                return self._may_be_portfolio(index + 1)
            if self._words[index] != "," and not self._may_be_portfolio(index):
                return False
        return False

    def _naming(self) -> bool:
        found = self._page.vocabulary.naming.start(self._words, self.at)
        return found is not None and self._hold(found[0])

    def _small_word(self) -> bool:
        """Goes on over "Direktur Keuangan *dan* Risiko", "Ketua Program *di* Universitas X"."""
        word, after, vocabulary = self._words[self.at], self.at + 1, self._page.vocabulary
        if after >= self._limit or self._page.person_from(after, self._limit):
            return False
        name = self._page.at.get(after)
        named = name is not None and name.type != "person"
        if word in vocabulary.brings_body:
            goes_on = named or self._words[after] in vocabulary.kinds | vocabulary.units
        else:
            goes_on = word in vocabulary.connectors and self._joins_on(after, named)
        if goes_on:
            self._by = word
            self.portfolio.append(self.at)
            self.at = after
        return goes_on

    def _joins_on(self, after: int, named: bool) -> bool:
        """True where "dan" goes on: a portfolio, or the second country of an envoy."""
        if self._title.envoy and self.bodies:
            return named
        return self._title.open and (named or self._may_be_portfolio(after))

    def _portfolio_word(self) -> bool:
        token, vocabulary = self.at, self._page.vocabulary
        kind = self._words[token] in vocabulary.kinds and (token + 1) in self._page.at
        unit = self._words[token] in vocabulary.units and bool(self.bodies)
        opens = kind or unit or self._in_unit or (self._title.open and not self.bodies)
        if not opens or self._another_holder(token) or not (kind or self._may_be_portfolio(token)):
            return False
        if self._title.of == "state" and self._page.texts[token][0].isupper():
            return False  # part of a name that was not found whole
        self._in_unit = self._in_unit or unit
        self._small += not self._page.texts[token][0].isupper()
        self.portfolio.append(token)
        self.end = token + 1
        return self._take(self.end)

    def _another_holder(self, token: int) -> bool:
        """True at an office of someone else ("pimpinan *Presiden* X"), but not for those who serve him."""
        core = None if self._title.gives else core_at(self._page, token)
        return core is not None and core.title.of in OF_PLACES

    def _may_be_portfolio(self, token: int) -> bool:
        page, vocabulary = self._page, self._page.vocabulary
        if token >= self._limit or token in page.at or page.in_title_case(token):
            return False
        text, word = page.texts[token], page.words[token]
        if not text[0].isalnum() or len(self.portfolio) >= PORTFOLIO_LENGTH:
            return False
        if word in vocabulary.stops:
            return False
        return not text[0].islower() or (self._small < SMALL_WORDS and not self._is_verb(word))

    def _is_verb(self, word: str) -> bool:
        vocabulary = self._page.vocabulary
        long = len(word) >= VERB_LETTERS and word not in vocabulary.not_verbs
        return (long and word.startswith(vocabulary.verb_beginnings)) or word.endswith(vocabulary.possessive)
