"""What a news page holds besides the article: its lines and stretches, told apart by the words of a language pack.

The words are in ``boilerplate.toml``; this reader knows only how such lines are built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.lang.pack import Pack

START_WORDS = 40
"""A line that begins like clutter is clutter up to so many words; longer ones are one-line articles."""
LABEL_WORDS = 18
"""A byline or tag line has at most so many words (the longest in the raw pages at hand has 14)."""
TAIL_WORDS = 45
"""What follows the last sentence of a one-line text has at most so many words."""
LINK_WORDS = 28
"""A headline has at most so many words (the longest of 2,778 Detik headlines has 17)."""
DATELINE_CHARS = 70
"""A dateline ends within so many characters (the longest of 3,439 articles of 2017 has 46)."""

_WORD = re.compile(r"[^\W_]+(?:\+)?")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){3,}(?:\.html?)?")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BREADCRUMB = re.compile(r"[^.!?\"“]{1,40}(?:\s*[>›»/|]\s*[^.!?\"“>›»]{1,120}){1,6}")
_DATE_LINE = re.compile(
    r"(?:[\w.&' ]{2,40}?\s*[-–|,]\s*)?(?:[^\W\d]+['’]?[^\W\d]*\s*,?\s*)?\(?\d{1,2}[\s/.-]+(?:[^\W\d]{3,9}|\d{1,2})[\s/.-]+\d{4}\)?"
    r"[\s,|•·-]*(?:(?:[^\W\d]+\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?\s*(?:WIB|WITA|WIT|GMT|UTC)?(?:\s*[|•·-].{0,60})?",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|co|id|net|tv|news|org|info|asia)(?:\.id)?", re.IGNORECASE)
_DASH = re.compile(r"(?:\s+-\s?-|\s+-|\s*[–—]|--)\s+")
_PLACE_WORD = re.compile(r"[A-Z][\w'’.-]*|\d[\d/.]*")
_SENTENCE_END = re.compile(r"[.!?…][\"”'’)\]]*\s+(?=[\"“‘'(]?[A-Z0-9])")
_INITIALS = re.compile(
    r"(?:^|(?<=[.!?:\"”'’])\s*)[(\[]\s*(?:[a-z]{2,4}|[A-Za-z]{1,9}\s?/\s?[A-Za-z]{1,9}(?:\s?/\s?[A-Za-z]{1,9})?|T\s?\.?\s?[A-Z]?\d*\s?/\s?[A-Z]\d+|\*)\s*[)\]]\s*\.?\s*$"
)
_RESIDUE = re.compile(r"(?<=[.!?\"”])\s+:\s+(?=[A-Z\"'“])")
_GAMBAS = re.compile(r"\[\s?[Gg]ambas\s?:[^\]]{0,40}\]")
_QUOTED = re.compile(
    r"(?:'.{3,200}?'(?!\w)|\".{3,200}?\"(?!\w)|‘.{3,200}?’(?!\w)|“.{3,200}?”)\s*(?:di sini)?\s*:?\s*"
)
_PARTS = re.compile(r"[,()|/]")
_TOKEN = re.compile(r"\S+")


def words(line: str) -> tuple[str, ...]:
    """The words of a line as lines are compared: lower case, without marks and bare numbers."""
    return tuple(w for w in _WORD.findall(line.casefold()) if not w.isdigit())


def is_sentence(line: str) -> bool:
    """True for a line that reads like running text: five words or more, closed by a full stop or a quotation mark."""
    stripped = line.rstrip(" \t\"'”’)]»")
    return stripped.endswith((".", "!", "?", "…", ":")) and len(line.split()) >= 5


def is_title_case(text: str, small: frozenset[str]) -> bool:
    """True where at least seven words in ten that headlines capitalise are capitalised, and no full stop ends it."""
    heavy = [w for w in _WORD.findall(text) if w.casefold() not in small]
    return (
        bool(heavy)
        and not text.rstrip().endswith(".")
        and sum(not w[0].islower() for w in heavy) >= 0.7 * len(heavy)
    )


@dataclass(frozen=True)
class Clutter:
    """The words of one language for what is not the article, ready to compare with."""

    lines: frozenset[tuple[str, ...]]
    starts: frozenset[tuple[str, ...]]
    ends: frozenset[tuple[str, ...]]
    bar: frozenset[str]
    small: frozenset[str]
    openers: frozenset[str]
    outlets: frozenset[str]
    label: re.Pattern[str]
    cut: re.Pattern[str]
    link: re.Pattern[str]
    tail: re.Pattern[str]
    credit: re.Pattern[str]
    longest_start: int

    def drops(self, line: str) -> bool:
        """True where the whole line is clutter: a menu, a share bar, a byline, tags, a link, a date line, a slug."""
        key = words(line)
        if len(key) > START_WORDS:
            return False
        return (
            all(len(word) == 1 for word in key)
            or key in self.lines
            or key in self.ends
            or self.bar.issuperset(key)
            or any(key[:n] in self.starts for n in range(1, self.longest_start + 1))
            or self._is_label(line, key)
            or self.is_page_line(line)
        )

    def is_page_line(self, line: str) -> bool:
        """True for lines that are known by their form alone: addresses, slugs, dates of publication, breadcrumbs."""
        text = line.strip()
        if _SLUG.fullmatch(text) or _URL.fullmatch(text) or _DATE_LINE.fullmatch(text):
            return True
        return ">" in text and _BREADCRUMB.fullmatch(text) is not None and not is_sentence(text)

    def ends_article(self, line: str) -> bool:
        """True for a line after which the page lists other articles, comments and imprint."""
        return words(line) in self.ends

    def is_bare_link(self, line: str) -> bool:
        """True for a cue ("Baca Juga") whose headline stands on the next line."""
        match = self.link.match(line.strip())
        return match is not None and match.end() >= len(line.strip()) - 2

    def inside(self, passage: str) -> Iterator[tuple[int, int]]:
        """The stretches of a passage that are not the article, in no order; they may overlap."""
        end = len(passage)
        for pattern in (self.cut, self.credit):
            yield from (match.span() for match in pattern.finditer(passage))
        for match in self.link.finditer(passage):
            yield match.start(), self._headline_end(passage, match.end())
        for match in self.tail.finditer(passage):
            if len(passage[match.start() :].split()) <= TAIL_WORDS:
                yield match.start(), end
        for match in _RESIDUE.finditer(passage):
            rest = passage[match.end() :]
            if len(rest.split()) <= LINK_WORDS and is_title_case(rest, self.small):
                yield match.start(), end
        if initials := _INITIALS.search(passage):
            yield initials.start(), end

    def dateline(self, passage: str, first: bool) -> int:
        """Where a passage begins after its dateline (``JAKARTA, KOMPAS.com -``); `first`: it opens the article."""
        match = _DASH.search(passage, 0, DATELINE_CHARS)
        if match and self._is_dateline(passage[: match.start()]):
            return match.end()
        if (
            match
            and first
            and self._is_city(passage[: match.start()])
            and not passage[match.end() :][:1].islower()
        ):
            return match.end()
        return 0

    def is_outlet(self, text: str) -> bool:
        """True for the name of an outlet: one of the list, or a domain."""
        return (
            " ".join(text.casefold().split()) in self.outlets or _DOMAIN.fullmatch(text.strip()) is not None
        )

    def _is_dateline(self, head: str) -> bool:
        """An outlet with or without a city, or a city in capitals."""
        parts = [part.strip() for part in _PARTS.split(head) if part.strip()]
        names = [part for part in parts if not self.is_outlet(part)]
        if not parts or not all(_PLACE_WORD.fullmatch(word) for part in names for word in part.split()):
            return False
        return len(names) < len(parts) or (head.upper() == head and sum(map(str.isalpha, head)) >= 4)

    def _is_city(self, head: str) -> bool:
        return 0 < len(head.split()) <= 3 and all(
            _PLACE_WORD.fullmatch(word.strip(",")) for word in head.split()
        )

    def _is_label(self, line: str, key: tuple[str, ...]) -> bool:
        return len(key) <= LABEL_WORDS and self.label.match(line.strip()) is not None

    def _headline_end(self, passage: str, begin: int) -> int:
        """Where the headline of another article ends that begins here."""
        if (quoted := _QUOTED.match(passage, begin)) is not None:
            return quoted.end()
        rest = passage[begin:]
        if (
            len(rest.split()) <= LINK_WORDS
            and not _SENTENCE_END.search(rest)
            and not rest.rstrip().endswith(".")
        ):
            return len(passage)
        return self._run_end(passage, begin)

    def _run_end(self, passage: str, begin: int) -> int:
        """Where a headline in title case ends that a sentence follows with no mark between.

        Where it can't be told the sentence goes too: a sentence lost is cheaper than another article's facts.
        """
        run: list[re.Match[str]] = []
        for match in _TOKEN.finditer(passage, begin):
            if run and match.group()[0] in '"“':
                return match.start()
            if self._is_running_text(match.group()):
                return self._sentence_begin(passage, run, begin)
            run.append(match)
            if match.group()[-1] in ".!?]":
                return match.end()
        return len(passage)

    def _is_running_text(self, token: str) -> bool:
        letters = _WORD.findall(token)
        return bool(letters) and letters[0][0].islower() and letters[0] not in self.small

    def _sentence_begin(self, passage: str, run: list[re.Match[str]], begin: int) -> int:
        for match in reversed(run):
            if match.group()[0].isupper() and match.group().strip(",").casefold() in self.openers:
                return match.start()
        if not run:
            return begin
        stop = _SENTENCE_END.search(passage, begin)
        return stop.end() if stop else len(passage)


@lru_cache(maxsize=8)
def load(pack: Pack) -> Clutter:
    """The clutter of a language. Raises Broken where its file is missing or malformed."""
    table = pack.table("boilerplate")
    starts = frozenset(words(entry) for entry in table["starts"])
    return Clutter(
        lines=frozenset(words(entry) for entry in table["lines"]),
        starts=starts,
        ends=frozenset(words(entry) for entry in table["ends"]),
        bar=frozenset(table["bar"]),
        small=frozenset(table["small"]),
        openers=frozenset(table["openers"]),
        outlets=frozenset(table["outlets"]),
        label=re.compile(rf"(?:{_any(table['labels'])})\s*(?::|\|)", re.IGNORECASE),
        cut=re.compile(f"{_any(table['cuts'], exact=True)}|{_GAMBAS.pattern}"),
        link=_link(table["links"], table["link_kinds"]),
        tail=re.compile(rf"(?:^|(?<=[.!?:\"”'’)])\s+){_initial(table['tails'])}"),
        credit=_credit(table["credits"], table["agencies"]),
        longest_start=max(map(len, starts)),
    )


def _any(entries: Iterable[str], exact: bool = False) -> str:
    """A pattern for one of the entries, the longest first; white space stands for any white space."""
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    return "|".join(re.escape(e) if exact else r"\s+".join(map(re.escape, e.split())) for e in ordered)


def _initial(entries: Iterable[str]) -> str:
    """A pattern for one of the entries with a capital at its beginning, or in capitals."""
    given = list(entries)
    return f"(?:{_any([e[0].upper() + e[1:] for e in given])}|{_any([e.title() for e in given])}|{_any([e.upper() for e in given])})"


def _link(cues: Iterable[str], kinds: Iterable[str]) -> re.Pattern[str]:
    """A cue with a capital: at the beginning of a passage or sentence, or anywhere before a colon."""
    cue = rf"\[?\s?{_initial(cues)}(?:\s+(?i:{_any(kinds)})\b)?"
    return re.compile(rf"(?:^|(?<=[.!?:\"”'’)\]])\s*){cue}(?:\s*:|\b)\s*|\s{cue}\s?:\s*")


def _credit(cues: Iterable[str], agencies: Iterable[str]) -> re.Pattern[str]:
    cue = rf"(?:{_any([c.title() for c in cues])}|{_any([c.upper() for c in cues])}|{_any([c[0].upper() + c[1:] for c in cues])})"
    names = r"(?:[A-Z][\w.'’-]*\s+){0,4}?[A-Z][\w.'’-]*/\S+"
    return re.compile(
        rf"\s*[(\[]\s*{cue}\s*[.:/][^()\[\]]{{1,120}}[)\]]\.?"
        rf"|\s*[(\[]\s*(?i:{_any(agencies)})\s*/[^()\[\]]{{1,80}}[)\]]\.?"
        rf"|(?<=[.!?\"”)])\s+{cue}\s*:\s*(?:{names}|[^.!?]{{1,60}}$)"
        rf"|^{cue}\s*:\s*{names}"
    )
