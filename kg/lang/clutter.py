"""What a news page holds besides the article: lines and stretches, told apart by the words of a language.

The words are in ``boilerplate.toml``; this reader knows only how such lines are built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.lang.pack import Pack

START_WORDS = 40
"""A line that begins like clutter is clutter up to so many words; longer ones are one-line articles."""
START_CHARS = 400
"""No line of so many words is longer (ten characters a word, a third more than Indonesian news has)."""
END_CHARS = 60
"""Headings of lists of other articles and bare cues are no longer (the longest of the table has 27)."""
LABEL_WORDS = 18
"""A byline or tag line has at most so many words (the longest in the raw pages at hand has 14)."""
TAIL_WORDS = 45
"""What follows the last sentence of a one-line text has at most so many words."""
TAIL_CHARS = 600
"""No tail is longer: of so many words with thirteen characters each."""
LINK_WORDS = 28
"""A headline has at most so many words (the longest of 2,778 Detik headlines has 17)."""
DATELINE_CHARS = 70
"""A dateline ends within so many characters (the longest of 3,439 articles of 2017 has 46)."""
CITY_WORDS = 3
"""A city in a dateline has at most so many words ("Kuala Lumpur, Malaysia")."""
SENTENCE_WORDS = 5
"""A line of fewer words is no sentence, whatever mark it ends with ("Ada apa?" is a headline)."""

_WORD = re.compile(r"[^\W_]*[^\W\d_][^\W_]*\+?")
_CAPITALS = re.compile(r"[A-Z]\w+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){3,}(?:\.html?)?")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BREADCRUMB = re.compile(r"[^.!?\"“]{1,40}(?:\s*[>›»/|]\s*[^.!?\"“>›»]{1,120}){1,6}")
_DATE_LINE = re.compile(
    r"""(?:[\w.&'\ ]{2,40}?\s*[-–|,]\s*)?              # outlet or label
        (?:[^\W\d]+['’]?[^\W\d]*\s*,?\s*)?             # day of the week
        \(?\d{1,2}[\s/.-]+(?:[^\W\d]{3,9}|\d{1,2})[\s/.-]+\d{4}\)?
        [\s,|•·-]*(?:(?:[^\W\d]+\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?\s*(?:WIB|WITA|WIT|GMT|UTC)?
        (?:\s*[|•·-].{0,60})?""",
    re.IGNORECASE | re.VERBOSE,
)
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|co|id|net|tv|news|org|info|asia)(?:\.id)?", re.IGNORECASE)
_DASH = re.compile(r"(?:\s+-\s?-|\s+-|\s*[–—]|--)\s+")
_TIGHT_DASH = re.compile(r"(?<=[^\W\d])[-–](?=[A-Z\"“])")
_PLACE_WORD = re.compile(r"[A-Z][\w'’.-]*|\d[\d/.]*")
_PARTS = re.compile(r"[,()|/]")
_OUTLET_PARTS = re.compile(r"[,()|/]|\s[-–—]|[–—-]\s")
_TOKEN = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…][\"”'’)\]]*\s+(?=[\"“‘'(]?[A-Z0-9])")
_INITIALS = re.compile(
    r"""(?:^|(?<=[.!?:"”'’])\s*)[(\[]\s*
        (?:[a-z]{2,4}                                          # (abc)
         |[A-Za-z]{1,9}\s?/\s?[A-Za-z]{1,9}(?:\s?/\s?[A-Za-z]{1,9})?   # (abc/def)
         |T\s?\.?\s?[A-Z]?\d*\s?/\s?[A-Z]\d+                   # (T.I025/R010), a news agency's
         |\*)\s*[)\]]\s*\.?\s*$""",
    re.VERBOSE,
)
_RESIDUE = re.compile(r"(?<=[.!?\"”])\s+:\s+(?=[A-Z\"'“])")
_EMBEDDED = r"\[\s?G[Aa][Mm][Bb][Aa][Ss]\s?:[^\]]{0,40}\]"
_QUOTED = re.compile(r"(?:'.{3,200}?'(?!\w)|\".{3,200}?\"(?!\w)|‘.{3,200}?’(?!\w)|“.{3,200}?”)\s*(?:di sini)?\s*:?\s*")


def words(line: str) -> tuple[str, ...]:
    """The words of a line as lines are compared: lower case, without marks and bare numbers."""
    return tuple(_WORD.findall(line.casefold()))


def is_sentence(line: str) -> bool:
    """True for a line that reads like running text: five words or more, and a mark that closes a sentence."""
    stripped = line.rstrip(" \t\"'”’)]»")
    return stripped.endswith((".", "!", "?", "…", ":")) and len(line.split()) >= SENTENCE_WORDS


def line_spans(text: str, begin: int = 0) -> Iterator[tuple[int, int]]:
    """Where each line of a text begins and ends, from an offset on; empty lines too."""
    for match in _BREAK.finditer(text, begin):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def is_title_case(text: str, small: frozenset[str]) -> bool:
    """True where seven in ten of the words that headlines capitalise are capitalised, and no stop ends it."""
    heavy = [w for w in _WORD.findall(text) if w.casefold() not in small]
    capitals = sum(not w[0].islower() for w in heavy)
    return bool(heavy) and not text.rstrip().endswith(".") and capitals >= 0.7 * len(heavy)


@dataclass(frozen=True)
class Cue:
    """A pattern that is looked for only where one of its words occurs: running text mostly has none."""

    pattern: re.Pattern[str]
    hints: frozenset[str]

    def found(self, passage: str, capitals: frozenset[str], begin: int = 0) -> Iterator[re.Match[str]]:
        """Every match in a passage whose capitalised words are given, from an offset on."""
        return iter(()) if self.hints.isdisjoint(capitals) else self.pattern.finditer(passage, begin)


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
    cut: Cue
    link: Cue
    tail: Cue
    credit: Cue
    longest_start: int

    def is_running(self, line: str) -> bool:
        """True for a line of running text: a sentence, and no headline that ends in a question mark.

        What is cut out of it does not count: credits, the author's initials.
        """
        core = self._core(line) if line.endswith((")", "]")) else line
        return is_sentence(core) and not is_title_case(core, self.small)

    def drops(self, line: str) -> bool:
        """True where the whole line is clutter: menu, share bar, byline, tags, link, date, address, slug."""
        if len(line) > START_CHARS:
            return False
        key = words(line)
        if len(key) > START_WORDS:
            return False
        return (
            all(len(word) == 1 for word in key)
            or key in self.lines
            or key in self.ends
            or self.bar.issuperset(key)
            or any(key[:n] in self.starts for n in range(1, self.longest_start + 1))
            or (len(key) <= LABEL_WORDS and self.label.match(line.strip()) is not None)
            or self.is_page_line(line)
        )

    def is_page_line(self, line: str) -> bool:
        """True for lines known by their form alone: addresses, slugs, dates of publication, breadcrumbs."""
        text = line.strip()
        if len(text) > START_CHARS:
            return False
        if _SLUG.fullmatch(text) or _URL.fullmatch(text) or _DATE_LINE.fullmatch(text):
            return True
        return ">" in text and _BREADCRUMB.fullmatch(text) is not None and not is_sentence(text)

    def is_slug(self, line: str) -> bool:
        """True for the last part of a page's address: its headline in lower case, joined by hyphens."""
        return len(line) <= START_CHARS and _SLUG.fullmatch(line.strip()) is not None

    def ends_article(self, line: str) -> bool:
        """True for a line after which the page lists other articles, comments and imprint."""
        return len(line) <= END_CHARS and words(line) in self.ends

    def is_bare_link(self, line: str) -> bool:
        """True for a cue ("Baca Juga") whose headline stands on the next line."""
        match = self.link.pattern.match(line) if len(line) <= END_CHARS else None
        return match is not None and match.end() >= len(line) - 2

    def inside(self, passage: str) -> Iterator[tuple[int, int]]:
        """The stretches of a passage that are not the article, in no order; they may overlap."""
        end, capitals = len(passage), frozenset(_CAPITALS.findall(passage))
        for cue in (self.cut, self.credit):
            yield from (match.span() for match in cue.found(passage, capitals))
        for match in self.link.found(passage, capitals):
            yield match.start(), self._headline_end(passage, match.end())
        last = max(0, end - TAIL_CHARS)
        for match in self.tail.found(passage, capitals, last):
            if len(passage[match.start() :].split()) <= TAIL_WORDS:
                yield match.start(), end
        for match in _RESIDUE.finditer(passage, last) if " : " in passage else ():
            rest = passage[match.end() :]
            if len(rest.split()) <= LINK_WORDS and is_title_case(rest, self.small):
                yield match.start(), end
        if passage[-3:].rstrip(" .").endswith((")", "]")) and (initials := _INITIALS.search(passage)):
            yield initials.start(), end

    def dateline(self, passage: str, opening: bool) -> int:
        """Where a passage begins after its dateline (``JAKARTA, KOMPAS.com -``), 0 where it has none.

        A city alone (``Jakarta -``, ``MOSKWA -``) is one only in a passage that opens the article.
        """
        return self._dateline(passage, _DASH, opening) or self._dateline(passage, _TIGHT_DASH, opening=False, least=2)

    def _dateline(self, passage: str, dash: re.Pattern[str], opening: bool, least: int = 1) -> int:
        """The same for one kind of dash; `least` parts stand before one without blanks: "Jakarta, CNN Indonesia-"."""
        match = dash.search(passage, 0, DATELINE_CHARS)
        follows = passage[match.end() : match.end() + 1] if match else ""
        if match is None or follows.islower():
            return 0
        head = passage[: match.start()]
        parts = [part.strip() for part in _PARTS.split(head) if part.strip()]
        names = [part for part in parts if not self.is_outlet(part)]
        if len(parts) < least or not all(_PLACE_WORD.fullmatch(word) for part in names for word in part.split()):
            return 0
        if len(names) < len(parts):
            return match.end()
        city = " ".join(name for name in names if not name[0].isdigit())
        is_city = city.isupper() or len(city.split()) in range(1, CITY_WORDS + 1)
        return match.end() if opening and is_city and not follows.isdigit() else 0

    def outlet_in(self, head: str) -> str | None:
        """The outlet that a dateline or a line with the date of publication names."""
        parts = (part.strip(" -–—|") for part in _OUTLET_PARTS.split(head))
        return next((part for part in parts if part and self.is_outlet(part)), None)

    def is_outlet(self, text: str) -> bool:
        """True for the name of an outlet: one of the list, or a domain."""
        return " ".join(text.casefold().split()) in self.outlets or _DOMAIN.fullmatch(text.strip()) is not None

    def _core(self, line: str) -> str:
        """A line up to the first stretch at its end that is not the article."""
        ends = [begin for begin, end in self.inside(line) if not line[end:].strip()]
        return line[: min(ends, default=len(line))].rstrip()

    def _headline_end(self, passage: str, begin: int) -> int:
        """Where the headline of another article ends that begins here."""
        if (quoted := _QUOTED.match(passage, begin)) is not None:
            return quoted.end()
        rest = passage[begin : begin + TAIL_CHARS + 1]
        short = len(rest) <= TAIL_CHARS and len(rest.split()) <= LINK_WORDS
        if short and not _SENTENCE_END.search(rest) and not rest.rstrip().endswith("."):
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
            if match.group()[-1] in ".!?]" or len(run) > LINK_WORDS:
                return match.end()
        return len(passage)

    def _is_running_text(self, token: str) -> bool:
        letters = _WORD.findall(token)
        return bool(letters) and letters[0][0].islower() and letters[0] not in self.small

    def _sentence_begin(self, passage: str, run: Sequence[re.Match[str]], begin: int) -> int:
        """Where the sentence begins whose first lower-case word follows the run."""
        if not run or passage[:begin].rstrip()[-1:] != ":":
            return begin
        for match in reversed(run):
            if match.group()[0].isupper() and match.group().strip(",").casefold() in self.openers:
                return match.start()
        stop = _SENTENCE_END.search(passage, begin, begin + TAIL_CHARS)
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
        label=re.compile(rf"(?:{_any(table['labels'])})\s*[:|]", re.IGNORECASE),
        cut=_cue(f"{_any(_cased(table['cuts']))}|{_EMBEDDED}", [*table["cuts"], "gambas"]),
        link=_link(table["links"], table["link_kinds"]),
        tail=_cue(rf"(?:^|(?<=[.!?:\"”'’)])\s+){_capital(table['tails'])}", table["tails"]),
        credit=_credit(table["credits"], table["agencies"]),
        longest_start=max(map(len, starts)),
    )


def _any(entries: Iterable[str]) -> str:
    """A pattern for one of the entries, the longest first; a space stands for any white space."""
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    return "|".join(r"\s+".join(map(re.escape, entry.split())) for entry in ordered)


def _cased(entries: Iterable[str]) -> list[str]:
    """Each entry with a capital at its beginning, with capitals everywhere, and in capitals."""
    return sorted({form for e in entries for form in (e[:1].upper() + e[1:], e.title(), e.upper())})


def _capital(entries: Iterable[str]) -> str:
    return f"(?:{_any(_cased(entries))})"


def _hints(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(first for form in _cased(entries) for first in _CAPITALS.findall(form)[:1])


def _cue(pattern: str, entries: Iterable[str]) -> Cue:
    """A cue that is looked for where the first word of an entry occurs with a capital."""
    return Cue(re.compile(pattern), _hints(entries))


def _link(entries: Sequence[str], kinds: Iterable[str]) -> Cue:
    """A cue with a capital: at the beginning of a passage or sentence, or anywhere before a colon."""
    cue = rf"\[?\s?{_capital(entries)}(?:\s+(?i:{_any(kinds)})\b)?"
    pattern = rf"(?:^|(?<=[.!?:\"”'’)\]])\s*){cue}(?:\s*:|\b)\s*|\s[\[(]?\s?{cue}\s?:\s*"
    return _cue(pattern, entries)


def _credit(entries: Sequence[str], agencies: Sequence[str]) -> Cue:
    """Who made a picture: in brackets, or after the caption."""
    cue = _capital(entries)
    maker = r"(?:[A-Z][\w.'’-]*\s+){0,4}?[A-Z][\w.'’-]*/\S+"
    pattern = rf"""
        \s*[(\[]\s*{cue}\s*[.:/][^()\[\]]{{1,120}}[)\]]\.?
        |\s*[(\[]\s*(?i:{_any(agencies)})\s*/[^()\[\]]{{1,80}}[)\]]\.?
        |(?:^|(?<=[.!?"”)])\s+){cue}\s*:\s*(?:{maker}|[^.!?]{{1,60}}$)"""
    return Cue(re.compile(pattern, re.VERBOSE), _hints([*entries, *agencies]))
