"""Which date belongs to which verb of coming or going: both stand in one clause, with no other verb between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.model import When
from kg.nlp.layers import Date
from kg.nlp.titles_terms_words import TermWords
from kg.nlp.titles_text import Page

MARKS: Final = frozenset({";", ":", '"', "“", "”", "?", "!"})
"""They end a clause; a full stop within a sentence belongs to an abbreviation."""
UNDONE_REACH: Final = 4
"""So many words before a verb leave it undone or a mere announcement (NEAR of events_factuality.py)."""
BEFORE: Final = 4
"""By how many words a date before a verb counts as farther than one after it (as in events_where.py)."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a page around its dates."""

    page: Page
    dates: Sequence[Date]
    words: TermWords
    published: date | None
    """The day of the article, against which it is told what is past."""

    def date_at(self, token: int) -> Date | None:
        """The date that begins at a token or after the small words there: "pada tahun 2012"."""
        while True:
            index = bisect_left(self.dates, token, key=lambda each: each.start)
            if index < len(self.dates) and self.dates[index].start == token:
                return self.dates[index]
            light = self.words.light.start(self.page.words, token)
            if light is None:
                return None
            token = light[0]

    def dated(self, start: int, end: int, past: int | None = None) -> When | None:
        """The date of the verb at tokens `start` to `end`; what lies between it and `past` is known to be no clause."""
        near = [each for each in self._within(start) if self.governs(start, end, each, past)]
        nearest = min(near, key=lambda d: d.start - end if d.start >= end else start - d.end + BEFORE, default=None)
        return self.loose(nearest) if nearest else None

    def governs(self, start: int, end: int, when: Date, past: int | None = None) -> bool:
        """True where a date is the one of the verb at tokens `start` to `end`."""
        first, last = self.page.sentence(start)
        if when.dates_report or not first <= when.start < last:
            return False
        if when.start >= end:
            begin = past if past is not None and when.start >= past > end else end
            beside = when.start == begin
            parted = self.parted(begin, when.start) or self._after_comma(begin, when.start)
            return (beside or self._in_scope(when, start)) and not parted
        return self._in_scope(when, start) and not self.parted(when.end, start) and self._opens(when, start)

    def loose(self, when: Date) -> When:
        """What a date means for an office: "tiga tahun lalu" may be the year before as well."""
        counted = self.page.words[when.start]
        if self.published is None or not when.rule.startswith("relative-") or counted in self.words.units:
            return when.when
        unit = when.rule.removeprefix("relative-")
        return when.when if unit == "day" else _widened(when.when, unit)

    def undone(self, start: int, end: int) -> bool:
        """True where a verb is said to be planned, untrue or only announced: "akan dilantik", "mengumumkan mundur"."""
        first, _ = self.page.sentence(start)
        vocabulary = self.page.vocabulary
        before = self.page.words[max(first, start - UNDONE_REACH) : start]
        for index in range(len(before) - 1, -1, -1):
            if before[index] == "," or before[index] in MARKS:
                before = before[index + 1 :]
                break
        said = [*before, *self.page.words[start:end]]
        return (
            not (vocabulary.undone | vocabulary.future).isdisjoint(before)
            or any(word in self.words.announces for word in said)
            or any(word in self.words.suspends for word in (*said, *self.page.words[end : end + 1]))
        )

    def repeated(self, start: int, end: int) -> bool:
        """True for "kembali dilantik", "terpilih lagi": the office was held before."""
        around = (*self.page.words[max(start - 1, 0) : start], *self.page.words[start : end + 1])
        return any(word in self.words.again for word in around)

    def began(self, start: int, end: int, when: When | None) -> When | None:
        """When an office began by a verb and its date: on that day, or, for "terpilih", from that day on."""
        if when is None or self.repeated(start, end):
            return None
        if not any(word in self.words.chosen for word in self.page.words[start:end]):
            return when
        if self.published is None or when.earliest > self.published:
            return None
        return When(when.earliest, self.published)

    def _within(self, token: int) -> Iterator[Date]:
        first, end = self.page.sentence(token)
        for index in range(bisect_left(self.dates, first, key=lambda each: each.start), len(self.dates)):
            if self.dates[index].start >= end:
                return
            yield self.dates[index]

    def _in_scope(self, when: Date, verb: int) -> bool:
        return when.scope is None or when.scope[0] <= verb < when.scope[1]

    def share(self, verb: tuple[int, int], other: tuple[int, int]) -> bool:
        """True where no other clause begins between a verb and other tokens of its sentence."""
        before = other[1] <= verb[0]
        return not (self.parted(other[1], verb[0]) if before else self.parted(verb[1], other[0]))

    def parted(self, start: int, end: int) -> bool:
        """True where another clause begins between two tokens."""
        return any(self._breaks(token) for token in range(start, end))

    def _after_comma(self, start: int, end: int) -> bool:
        """True where a comma begins something else than "di Istana, Jakarta, Senin": "usai dilantik, X pada Senin"."""
        comma = next((token for token in range(start, end) if self.page.words[token] == ","), end)
        return not all(self._tells_where(token) for token in range(comma, end))

    def _tells_where(self, token: int) -> bool:
        name, word, text = self.page.at.get(token), self.page.words[token], self.page.texts[token]
        if name is not None:
            return name.type != "person"
        small = word in self.words.light or word in self.page.vocabulary.located
        return small or not text[0].isalnum() or text[0].isupper()

    def _breaks(self, token: int) -> bool:
        word = self.page.words[token]
        if token in self.page.at:
            return False
        if word in MARKS or "\n" in word or word in self.words.opens:
            return True
        return self.is_verb(token)

    def is_verb(self, token: int) -> bool:
        """True for a verb that says something of its own."""
        if token in self.page.at or not self.page.texts[token][0].islower():
            return False
        return self.page.doc[token].pos_ == "VERB" and self.page.words[token] not in self.words.through

    def _opens(self, when: Date, verb: int) -> bool:
        """True where a date before a verb stands in its clause: not in "usai rapat pada Senin, X melantik"."""
        first, _ = self.page.sentence(verb)
        ended = "," in self.page.words[when.end : verb]
        for token in range(when.start - 1, first - 1, -1):
            word = self.page.words[token]
            if word == "," or word in MARKS or "\n" in word:
                return True
            if word in self.words.opens and token not in self.page.at:
                return not ended
            if self.is_verb(token):
                return False
        return True


def _widened(when: When, unit: str) -> When:
    """A stretch with the one before it: who counts back full years or months may lie nearly one of them off."""
    first = when.earliest
    if unit == "year":
        return When(date(first.year - 1, 1, 1), when.latest)
    if unit == "month":
        return When(date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1), when.latest)
    return When(date.fromordinal(first.toordinal() - (when.latest - first).days - 1), when.latest)
