"""Where and when: the locative phrases and the dates that belong to a trigger, from its own sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Protocol

from kg.nlp.events_text import At, Text
from kg.nlp.layers import Date

CLIMB = 6
"""How many steps up the parse a place may hang below a trigger or its clause."""
LOCATIVE_GAP = 3
"""How many words may stand between "di" and a place: "di kawasan wisata Lembang", "di sebuah kamar kos, Legian"."""
AROUND = 5
"""How many words but names "sebelum" and the like may stand before a date: "sebelum rapat paripurna pada Senin"."""
COARSE = 62
"""Days from which on a date says no more than the year, or some of its months."""
BEFORE = 4
"""By how many words a date before a trigger counts as farther than one after it."""


class Words(Protocol):
    """Words that place and date belong to: a trigger, or what else tells that something happens."""

    @property
    def start(self) -> int:
        """The first token."""

    @property
    def end(self) -> int:
        """The token after the last."""


def places_near(text: Text, trigger: Words) -> list[str]:
    """The chains of the locative phrase nearest to a trigger in its clause, the ones after it first."""
    first, end = _reach(text, trigger)
    for tokens in (range(trigger.end, end), range(trigger.start - 1, first - 1, -1)):
        for token in tokens:
            if text.words[token] in text.grammar.locatives and token not in text.at:
                names = list(_locative(text, token, end if token >= trigger.end else trigger.start))
                if names and _hangs_on(text, names[0], trigger):
                    return list(dict.fromkeys(name.key for name in names))
    return []


def first_place(text: Text) -> list[str]:
    """The chains of the first locative phrase below the headline: where an article is."""
    for token in range(text.headline_end, len(text.words)):
        if text.words[token] in text.grammar.within and token not in text.at:
            names = list(_locative(text, token, text.sentence(token)[1]))
            if names:
                return list(dict.fromkeys(name.key for name in names))
    return []


def _reach(text: Text, trigger: Words) -> tuple[int, int]:
    """The part of a sentence that a trigger's place may stand in: not beyond what somebody says there."""
    first, end = _told(text, trigger)
    for saying in text.sayings:
        if saying.start <= trigger.start < saying.end:
            first, end = max(first, saying.start), min(end, saying.end)
    return first, end


def _told(text: Text, trigger: Words) -> tuple[int, int]:
    """The sentence of a trigger, without what stands before its "bahwa": that is of whoever says it."""
    first, end = text.sentence(trigger.start)
    opening = (index for index in range(trigger.start - 1, first, -1) if text.words[index] in text.grammar.content)
    return next(opening, first), end


def _locative(text: Text, token: int, end: int) -> Iterator[At]:
    """The places of one locative phrase: "di Pasar Legi, Solo, Jawa Tengah"."""
    last = token + 1
    if text.grammar.nowhere & {*text.words[last : last + 1]}:
        return
    for name in text.within(token + 1, end):
        between = [text.words[each] for each in range(last, name.start) if text.pos[each] != "PUNCT"]
        far = len(between) > LOCATIVE_GAP or text.grammar.prepositions & {*between}
        if far:
            return
        if name.type == "place":
            yield name
        last = name.end


def _hangs_on(text: Text, name: At, trigger: Words) -> bool:
    """True where a place belongs to a trigger or its clause in the parse, not to what it is about."""
    above = text.head[trigger.start]
    targets = {*range(trigger.start, trigger.end), above, text.head[above]}
    node = text.root(name)
    for step in range(CLIMB):
        cases = {text.words[c] for c in text.children.get(node, ()) if text.dep[c] == "case"}
        if step and (cases & text.grammar.topics):
            return False
        if text.head[node] in targets or text.head[node] == node:
            return True
        node = text.head[node]
    return False


def date_near(text: Text, dates: Sequence[Date], trigger: Words) -> Date | None:
    """The date nearest to a trigger in its sentence of those that may date it."""
    first, end = _told(text, trigger)
    near = [date for date in dates if first <= date.start < end and _dates(text, date, trigger)]
    return min(near, key=lambda date: _distance(date, trigger), default=None)


def _dates(text: Text, date: Date, trigger: Words) -> bool:
    """False for a date of the report, and for one that only dates what the event comes before or after."""
    if _begins(text, date) and date.start < trigger.start:
        return False
    narrowed = narrowed_by(text, date)
    if narrowed is not None and not trigger.start <= narrowed < trigger.end:
        return narrowed < trigger.start < date.start
    beside = date.start == trigger.end and not date.dates_report  # "kesepakatan tahun 1978", though a year in a term
    return beside or date.scope is None or date.scope[0] <= trigger.start < date.scope[1]


def _begins(text: Text, date: Date) -> bool:
    """True for a year that only begins a state: "X, yang menjabat menteri sejak 2012, mengunjungi ..."."""
    years = (date.when.latest - date.when.earliest).days >= COARSE
    return years and date.start > text.sentence(date.start)[0] + 1 and text.words[date.start - 1] in text.grammar.since


def narrowed_by(text: Text, date: Date) -> int | None:
    """The word before a date that leaves it only what stands between: "sebelum peringatan 27 Juli, X bertemu Y"."""
    first, _ = text.sentence(date.start)
    plain = (index for index in range(date.start - 1, first - 1, -1) if index not in text.at)
    for index in islice(plain, AROUND):
        if text.words[index] in text.grammar.around:
            return index
        if text.words[index] == ",":
            break
    return None


def _distance(date: Date, trigger: Words) -> tuple[int, int]:
    if date.start >= trigger.end:
        return date.start - trigger.end, 0
    return trigger.start - date.end + BEFORE, 1
