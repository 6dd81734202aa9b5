"""How many persons a trigger is told of: "sedikitnya 20 orang tewas"."""

from __future__ import annotations

from kg.nlp.events_text import Text
from kg.nlp.events_triggers import Trigger

COUNT = "count"
"""The function of whom the number before or after a trigger counts."""
AFTER = frozenset({"object", "of"})
"""The functions of names after a trigger."""
REACH = 8
"""How many words before a trigger, or after it, the counted noun may stand."""


def count(text: Text, trigger: Trigger) -> int | None:
    """The number of persons told beside a trigger, on the side where those stand to whom it happens."""
    functions = {function for function, _ in trigger.group.frame}
    if COUNT not in functions:
        return None
    first, end = text.sentence(trigger.start)
    before = range(trigger.start - 1, max(first, trigger.start - REACH) - 1, -1)
    after = range(trigger.end, min(end, trigger.end + REACH))
    for index in after if functions & AFTER else before:
        word = text.words[index]
        if word in text.grammar.one:
            return 1
        if word in text.grammar.persons and index > first:
            return _number(text, index - 1)
        if word in text.grammar.clause_words:
            return None
    return None


def _number(text: Text, token: int) -> int | None:
    """A number in figures ("72.803") or in one word."""
    figures = text.words[token].replace(".", "")
    return int(figures) if figures.isdecimal() else text.grammar.numbers.get(text.words[token])
