"""Whether a date dates only the report: "..., kata X, Rabu", "dilansir AFP, Kamis", "X pada Rabu mengatakan".

A speech word or cue before the date in its sentence makes it the report's. Where what is reported stands
before the cue, all between cue and date belongs to the saying ("kata X usai rapat di Jakarta, Rabu": the date
is the rapat's too, never the content's). Where it follows, the date must hang on the cue itself: only names
and light words between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.lang.calendar_words import Lexeme, Phrases
from kg.lang.pack import Pack

FORWARD_REACH = 10
"""How many lexemes after a date the verb of "Pada Rabu, Presiden X mengatakan" may stand: title and name."""

SETS = ("void_after", "light", "barriers", "quotes", "year_dates")

OPENING = 3
"""Up to so many lexemes before a cue are no content: "Hal itu disampaikan", "Seperti dikutip"."""


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The words that tell a date of the report from a date of the event."""

    after: frozenset[str]
    """Speech words whose speaker follows; what is reported stands before them ("..., kata X")."""
    free: frozenset[str]
    """Of these, the ones that need no quotation mark or comma before them."""
    verbs: frozenset[str]
    """Speech verbs whose content follows ("X mengatakan ...")."""
    cues: Phrases[bool]
    void_after: frozenset[str]
    light: frozenset[str]
    barriers: frozenset[str]
    quotes: frozenset[str]
    year_dates: frozenset[str]
    """Words before a year that make it the date of an event; after others it belongs to a name or a term."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a date of the report dates besides: from the offset on, to its begin or to the sentence's end."""

    begin: int
    open: bool


@lru_cache(maxsize=4)
def report_words(pack: Pack) -> ReportWords:
    """The report words of a language pack, from ``dates.toml`` and ``speech.toml``."""
    speech, table = pack.table("speech"), pack.table("dates")["report"]
    stances = ("", "claims_", "denies_")
    after = {word for stance in stances for word in speech[f"{stance}after"]}
    return ReportWords(
        after=frozenset(after | {f"{word}nya" for word in after}),
        free=frozenset(word for each in speech["free_after"] for word in (each, f"{each}nya")),
        verbs=frozenset(word for stance in stances for word in speech[f"{stance}before"]),
        cues=Phrases(dict.fromkeys((*table["cues"], *speech["via"]), True)),
        **{name: frozenset(table[name]) for name in SETS},
    )


def dates_nothing(rule: str, before: Sequence[Lexeme], words: ReportWords) -> bool:
    """True for a year that belongs to a term: "mantan Dirjen tahun 2024", "dana hibah 2019-2022"."""
    return rule in ("year", "years") and bool(before) and before[-1].word not in words.year_dates


def scope(before: Sequence[Lexeme], after: Sequence[Lexeme], words: ReportWords) -> Scope | None:
    """What a date dates if it is the report's, else None. Takes its sentence before it and after it."""
    if _verb_follows(before, after, words):
        return Scope(before[-1].end if before else 0, open=False)
    for index in range(len(before) - 1, -1, -1):
        word = before[index].word
        if word in words.barriers:
            return None
        cue_end = _cue(before, index, words)
        if cue_end is not None:
            return _governed(before, index, cue_end, words)
        if word in words.verbs:
            light = _light(before[index + 1 :], words)
            return Scope(before[index].end, open=False) if light else None
    return None


def _cue(before: Sequence[Lexeme], index: int, words: ReportWords) -> int | None:
    """The index after the cue that begins at an index."""
    phrase = words.cues.at(before, index)
    if phrase is not None:
        return phrase[1]
    follows = before[index + 1].word if index + 1 < len(before) else ""
    if before[index].word not in words.after or follows in words.void_after:
        return None
    told = index == 0 or before[index].word in words.free or before[index - 1].word in words.quotes
    return index + 1 if told else None


def _governed(before: Sequence[Lexeme], index: int, end: int, words: ReportWords) -> Scope | None:
    parted = index > 0 and before[index - 1].word in words.quotes
    content = parted or sum(lexeme.kind == "word" for lexeme in before[:index]) > OPENING
    if content or _light(before[end:], words):
        return Scope(before[end - 1].end, open=content)
    return None


def _verb_follows(before: Sequence[Lexeme], after: Sequence[Lexeme], words: ReportWords) -> bool:
    """True in "KCNA pada Kamis melaporkan", "Menlu X, Rabu (26/7), mengatakan", "Pada Rabu, X mengatakan"."""
    opens = not any(lexeme.kind == "word" and lexeme.word not in words.light for lexeme in before)
    comma = bool(after) and after[0].word == ","
    if comma and not opens and not (before and before[-1].word == ","):
        return False
    for count, lexeme in enumerate(after[:FORWARD_REACH]):
        if lexeme.word in words.verbs:
            return opens or count <= comma
        if not _is_light(lexeme, words):
            return False
    return False


def _light(lexemes: Sequence[Lexeme], words: ReportWords) -> bool:
    return all(_is_light(lexeme, words) for lexeme in lexemes)


def _is_light(lexeme: Lexeme, words: ReportWords) -> bool:
    if lexeme.word in words.barriers:
        return False
    return lexeme.kind != "word" or lexeme.capital or lexeme.word in words.light
