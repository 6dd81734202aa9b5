"""How many persons a trigger is told of: "sedikitnya 20 orang tewas"."""

from __future__ import annotations

from kg.nlp.events_text import Text
from kg.nlp.events_triggers import Trigger

COUNT = "count"
"""The function of whom the number before or after a trigger counts."""
REACH = 8
"""How many words before a trigger, or after it, the counted noun may stand."""


def count(text: Text, trigger: Trigger) -> int | None:
    """The number of persons told beside a trigger, on the side where those stand to whom it happens."""
    if all(function != COUNT for function, _ in trigger.group.frame):
        return None
    first, end = text.sentence(trigger.start)
    before = range(trigger.start - 1, max(first, trigger.start - REACH) - 1, -1)
    after = range(trigger.end, min(end, trigger.end + REACH))
    for index in (
        after if any(function == "object" or function == "of" for function, _ in trigger.group.frame) else before
    ):
        if text.words[index] in text.grammar.clause_words:
            return None
        if text.words[index] in text.grammar.persons and index > first:
            return _number(text, index - 1)
        if text.words[index] in text.grammar.one:
            return 1
    return None


def _number(text: Text, token: int) -> int | None:
    """A number in figures ("72.803") or in one word."""
    figures = text.words[token].replace(".", "")
    return int(figures) if figures.isdecimal() else text.grammar.numbers.get(text.words[token])
