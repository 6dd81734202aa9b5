"""Title phrases in running text: status, title, portfolio, body and what stands between them and a name after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.nlp.titles_text import At, Page
from kg.nlp.titles_words import Standing, Title

PORTFOLIO_LENGTH = 14
"""How many words a portfolio may have; the longest directorates of the train articles have eleven."""
LIST_REACH = 12
"""How far off the "dan" of a list may be ("Obat, Narkotika, Psikotropika, Prekursor, dan Zat Adiktif")."""
SMALL_WORDS = 5
"""How many of them may be without a capital ("kepala sayap bersenjata kelompok ...")."""
_TO = frozenset({"-", "–", "sampai", "hingga", "s", "/", "d", "tahun"})
REACH = 60
"""How many tokens a title phrase may run in all."""


@dataclass(frozen=True, slots=True)
class Body:
    """A name inside a title phrase and the small word that brings it in ("" where there is none)."""

    name: At
    by: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title phrase: tokens ``start`` to ``end``, status words and bodies included."""

    start: int
    core: int
    """Where the title itself begins."""
    end: int
    stop: int
    """Where reading on came to a halt: at a name, at a word that joins another title, or at some other word."""
    title: Title
    portfolio: tuple[int, ...]
    """Tokens of the portfolio and of the names after it, in order."""
    bodies: tuple[Body, ...]
    standing: Standing
    numbered: bool
    years: tuple[int, ...]
    person: At | None
    comma: bool
    """True where a comma stands between the phrase and the person after it."""
    capital: bool
    start_of_title: int
    """Where the title itself begins; ``core`` lies before it where an English portfolio does."""
    end_of_title: int
    unmarked: bool
    """True where the portfolio seems to hold a body that no name was found for: "Ketua DPR", "Direktur PT X"."""


def phrases(page: Page) -> Iterator[Phrase]:
    """Every title phrase of a page, in order; none begins inside another or inside a name."""
    token = 0
    while token < len(page.words):
        name = page.at.get(token)
        starts = name is None and page.words[token] in page.vocabulary.titles
        phrase = phrase_at(page, token) if starts and not _is_status(page, token) else None
        if phrase is not None:
            yield phrase
        token = name.end if name else (max(phrase.end, token + 1) if phrase else token + 1)


def _is_status(page: Page, token: int) -> bool:
    """"Pelaksana Tugas" before a title is no title of its own."""
    status = page.vocabulary.before.start(page.words, token)
    return status is not None and core_at(page, status[0]) is not None


def phrase_at(page: Page, token: int) -> Phrase | None:
    """The title phrase whose title begins at a token."""
    core = core_at(page, token)
    return _Walk(page, token, *core).phrase() if core else None


def core_at(page: Page, token: int) -> tuple[int, Title, At | None] | None:
    """The longest title at a token that cuts no name: (end, title, the body that the title ends in)."""
    if token >= len(page.words) or page.words[token] not in page.vocabulary.titles:
        return None
    style = page.vocabulary.styles.start(page.words, token)
    for end, title in page.vocabulary.titles.all_from(page.words, token):
        if style is not None and style[0] > end:
            return None  # "Komisaris Besar" is a rank
        inner = next((page.at[i] for i in range(token, end) if i in page.at), None)
        if inner is None:
            return end, title, None
        if inner.end == end and title.bodies and inner.type != "person":
            return end, title, inner
    return None


@dataclass(slots=True)
class _Walk:
    """Reads on from a title, word by word, to the name that holds it or to where the phrase ends."""

    page: Page
    core: int
    at: int
    title: Title
    inner: At | None
    limit: int = 0
    end: int = 0
    by: str = ""
    small: int = 0
    in_unit: bool = False
    portfolio: list[int] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    standing: Standing = "current"
    numbered: bool = False
    years: list[int] = field(default_factory=list)
    person: At | None = None
    comma: bool = False

    def phrase(self) -> Phrase:
        _, sentence_end = self.page.sentence(self.core)
        self.limit = min(sentence_end, self.core + REACH)
        self.end = title_end = self.at
        if self.inner is not None:
            self.bodies.append(Body(self.inner, ""))
        while self.person is None and self.at < self.limit and self._step():
            pass
        title = self.core
        self._modifiers()
        start, standing = self._status()
        return Phrase(
            start=start,
            core=self.core,
            end=self.end,
            stop=self.at,
            title=self.title,
            portfolio=tuple(self.portfolio),
            bodies=tuple(self.bodies),
            standing=standing,
            numbered=self.numbered,
            years=tuple(self.years),
            person=self.person,
            comma=self.comma,
            start_of_title=title,
            end_of_title=title_end,
            unmarked=not self.bodies and any(self._is_body_word(token) for token in self.portfolio),
            capital=self.page.texts[self.core][0].isupper(),
        )

    def _is_body_word(self, token: int) -> bool:
        text = self.page.texts[token]
        return (text.isupper() and len(text) > 1) or self.page.words[token] in self.page.vocabulary.kinds

    def _modifiers(self) -> None:
        """"Marketing Communication Manager": words with a capital before an English title belong to it."""
        start = self.core
        first, _ = self.page.sentence(start)
        while self.title.english and start > first and self.core - start < 4 and self._modifies(start - 1):
            start -= 1
        self.portfolio[:0] = range(start, self.core)
        self.core = start

    def _modifies(self, token: int) -> bool:
        text = self.page.texts[token]
        style = self.page.vocabulary.styles.end(self.page.words, token + 1)
        if token in self.page.at or style is not None or self.page.words[token] in self.page.vocabulary.stops:
            return False
        return text == "&" or (text[0].isupper() and text.isascii())

    def _status(self) -> tuple[int, Standing]:
        """The words of status before the title, and what they and those after it come to."""
        page, start, before = self.page, self.core, "current"
        while (found := page.vocabulary.before.end(page.words, start)) or self._hyphen(start):
            start, value = found or (start - 1, before)
            before = value if before in ("current", value) or value in ("none", "kin") else before
        if before == "none" and self.standing == "future":
            return start, "future"
        return start, before if before != "current" else self.standing  # type: ignore[return-value]

    def _hyphen(self, start: int) -> bool:
        """"eks-Menteri": the tokenizer cuts before a capital."""
        words = self.page.words
        return words[start - 1] == "-" and self.page.vocabulary.before.end(words, start - 1) is not None

    def _step(self) -> bool:
        if self._joins_another():
            return False
        for read in (self._name, self._same_body, self._bracket, self._style, self._suffix, self._term, self._comma, self._naming):
            taken = read()
            if taken is not None:
                return taken
        return self._small_word() or self._portfolio_word()

    def _joins_another(self) -> bool:
        joint = self.page.vocabulary.joins.start(self.page.words, self.at)
        return joint is not None and self._another_title(joint[0])

    def _take(self, end: int) -> bool:
        self.at = end
        return True

    def _hold(self, token: int) -> bool | None:
        """True where nothing but ranks and honorifics stands between a token and a person, who is then the holder."""
        self.person = self.page.person_from(token, self.limit)
        return True if self.person else None

    def _name(self) -> bool | None:
        name = self.page.at.get(self.at)
        if name is None:
            return None
        if name.type == "person":
            self.person = name if name.start == self.at else None
            return False
        self.bodies.append(Body(name, self.by))
        self.portfolio.extend(range(name.start, name.end))
        self.by, self.in_unit, self.end = "", False, name.end
        return self._take(name.end)

    def _same_body(self) -> bool | None:
        """"kepala politik kelompok tersebut": the body named last before."""
        page, token = self.page, self.at
        pointed = page.words[token + 1 : token + 2]
        if page.words[token] not in page.vocabulary.kinds or self.bodies or not pointed:
            return None
        if pointed[0] not in page.vocabulary.pointing:
            return None
        body = page.body_before(self.core, "place" if page.words[token] in ("negara", "kota") else "organization")
        if body is None:
            return False
        self.bodies.append(Body(body, ""))
        self.end = token + 2
        return self._take(token + 2)

    def _bracket(self) -> bool | None:
        if self.page.words[self.at] != "(":
            return None
        close = self.page.close(self.at, self.limit)
        if not close:
            return False
        inside = self.page.person_from(self.at + 1, close)
        if inside is not None and inside.end == close:
            self.person = inside
            return False
        return self._take(close + 1)

    def _style(self) -> bool | None:
        style = self.page.vocabulary.styles.start(self.page.words, self.at)
        if style is None or self._hold(self.at):
            return None if style is None else True
        return False if style[1] == "rank" and not self.title.open else None

    def _suffix(self) -> bool | None:
        words = self.page.words
        found = self.page.vocabulary.after.start(words, self.at)
        ordinal = _ordinal(words, self.at)
        if found is None and not ordinal:
            return None
        if ordinal:
            self.numbered = True
            return self._take(ordinal)
        end, status = found  # type: ignore[misc]
        if words[self.at] in self.page.vocabulary.pointing:
            return False
        if status is not None:
            self.standing = status
        self.end = end
        return self._take(end)

    def _term(self) -> bool | None:
        words = self.page.words
        start = self.at + (words[self.at] in self.page.vocabulary.terms)
        years, end = self._years(start)
        if not years or (start == self.at and len(years) < 2 and not self.bodies):
            return None
        self.years.extend(years)
        self.end = end
        return self._take(end)

    def _years(self, start: int) -> tuple[list[int], int]:
        """The year or years at a token, months before them passed over: "September 2024-Januari 2026"."""
        years: list[int] = []
        words, at, end = self.page.words, start, start
        while at < self.limit and len(years) < 2:
            if _is_year(words[at]):
                years.append(int(words[at][:4]))
                end = at + 1
            elif not (years and words[at] in _TO) and not (at > self.at and _is_month(words, at)):
                break
            at += 1
        return years, end

    def _comma(self) -> bool | None:
        page, after = self.page, self.at + 1
        if page.words[self.at] != ",":
            return None
        naming = page.vocabulary.naming.start(page.words, after)
        if after < self.limit and self._hold(naming[0] if naming else after):
            self.comma = True
            return True
        name = page.at.get(after)
        if name is not None and name.type != "person" and self._closed_by_comma(name.end):
            return self._take(after)
        return self._take(after) if self._lists(after) else False

    def _closed_by_comma(self, token: int) -> bool:
        """"Bupati X, Provinsi Y, Nama": the name after a comma belongs to the phrase where a person follows at once."""
        if token >= self.limit:
            return False
        follows = token + (self.page.words[token] == ",")
        return self.page.person_from(follows, self.limit) is not None

    def _lists(self, token: int) -> bool:
        """"Politik, Hukum, dan Keamanan": a portfolio goes on after a comma where an "and" comes soon."""
        if not self.title.open or self.bodies:
            return False
        if self.page.words[token] == "dan" and "," not in self.page.words[self.core : self.at]:
            return False  # "Dirut PT X, dan ..." lists persons
        for index in range(token, min(token + LIST_REACH, self.limit)):
            if self.page.words[index] in ("dan", "&"):
                return index + 1 < self.limit and self._may_be_portfolio(index + 1)
            if self.page.words[index] != "," and not self._may_be_portfolio(index):
                return False
        return False

    def _naming(self) -> bool | None:
        found = self.page.vocabulary.naming.start(self.page.words, self.at)
        return self._hold(found[0]) if found else None

    def _small_word(self) -> bool:
        """"Direktur Keuangan *dan* Risiko", "Ketua Program *di* Universitas X": never before another title."""
        page, words, token = self.page, self.page.words, self.at
        after = token + 1
        if after >= self.limit or page.person_from(after, self.limit):
            return False
        name = page.at.get(after)
        if words[token] in page.vocabulary.brings_body:
            goes_on = (name is not None and name.type != "person") or words[after] in page.vocabulary.kinds
        elif words[token] in page.vocabulary.connectors:
            goes_on = self.title.open and (name is None or name.type != "person")
            goes_on = goes_on and (name is not None or self._may_be_portfolio(after))
        else:
            return False
        if goes_on:
            self.by = words[token]
            self.portfolio.append(token)
            self._take(after)
        return goes_on

    def _another_title(self, token: int) -> bool:
        status = self.page.vocabulary.before.start(self.page.words, token)
        return core_at(self.page, status[0] if status else token) is not None

    def _portfolio_word(self) -> bool:
        token, words = self.at, self.page.words
        unit = words[token] in self.page.vocabulary.units and bool(self.bodies)
        kind = words[token] in self.page.vocabulary.kinds and (token + 1) in self.page.at
        if not (unit or kind or self.in_unit or (self.title.open and not self.bodies)):
            return False
        if self.title.of == "state" and self.page.texts[token][0].isupper():
            return False
        if not kind and not self._may_be_portfolio(token) or self._another_holder(token):
            return False
        self.in_unit = self.in_unit or unit
        self.small += not self.page.texts[token][0].isupper()
        self.portfolio.append(token)
        self.end = token + 1
        return self._take(token + 1)

    def _another_holder(self, token: int) -> bool:
        """"pimpinan Presiden X": the office of someone else, except for those who serve him ("Staf Khusus Menteri")."""
        core = None if self.title.gives else core_at(self.page, token)
        return core is not None and core[1].of in ("state", "country", "region")

    def _may_be_portfolio(self, token: int) -> bool:
        page, vocabulary = self.page, self.page.vocabulary
        if token >= self.limit or token in page.at or page.in_title_case(token):
            return False
        text, word = page.texts[token], page.words[token]
        if not (text[0].isalnum() and len(self.portfolio) < PORTFOLIO_LENGTH) or word in vocabulary.stops:
            return False
        if word in vocabulary.connectors or word in vocabulary.brings_body:
            return False
        if text[0].isupper() or text[0].isdigit():
            return True
        verb = len(word) > 4 and word.startswith(vocabulary.verb_beginnings) and word not in vocabulary.not_verbs
        return not verb and not word.endswith("nya") and self.small < SMALL_WORDS


def _ordinal(words: list[str], token: int) -> int:
    """Where "ke-7" (or "ke - 7") ends; 0 where there is none."""
    if words[token].startswith("ke-") and words[token][3:].isdigit():
        return token + 1
    if words[token] == "ke" and words[token + 1 : token + 2] == ["-"] and "".join(words[token + 2 : token + 3]).isdigit():
        return token + 3
    return 0


def _is_month(words: list[str], token: int) -> bool:
    """A word right before a year: "September 2024"."""
    return words[token].isalpha() and _is_year("".join(words[token + 1 : token + 2]))


def _is_year(word: str) -> bool:
    """"2024", also with what the tokenizer leaves at it: "2024-Januari"."""
    return word[:4].isdigit() and word[:2] in ("19", "20") and word[4:5] in ("", "-", "–")
