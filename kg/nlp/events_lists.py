"""The lists of an article that name those of whom only a number was told: "Mereka ialah: 1. Budi 2. Siti"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.nlp.events_text import At, Listing, Text

OPENING = 3
"""Among how many words at its beginning a sentence of such a list says that several are meant."""
ITEM = 40
"""Over how many words an item of a numbered list may run."""
BEFORE = 3
"""How many sentences before a list the number may be told, where those between go on about the same persons."""
DOTS = frozenset({".", ")"})
QUOTES = frozenset({'"', "”"})


def listings(text: Text) -> tuple[Listing, ...]:
    """The lists of an article in order."""
    return tuple(sorted((*_numbered(text), *_told(text)), key=lambda each: each.start))


def listed(text: Text, token: int) -> tuple[At, ...]:
    """Who is listed in the sentence of a token, after it, or in one of the next sentences."""
    number = text.sentence_of[token]
    each = next((each for each in text.listings if each.start > token), None)
    if each is None or text.sentence_of[each.lead] - number > BEFORE:
        return ()
    between = text.sentences[number + 1 : text.sentence_of[each.lead]]
    return each.members if all(_of_several(text, first, end) for first, end in between) else ()


def _numbered(text: Text) -> Iterator[Listing]:
    """ "Berikut para saksi: 1. Budi, direktur 2. Siti": the first person of every item."""
    for token in [index for index, word in enumerate(text.words) if word == "1"]:
        ends = [token, *_items(text, token)] if _marks(text, token, 1) else []
        if len(ends) > 2:
            members = [next((n for n in text.within(a, b) if n.type == "person"), None) for a, b in pairwise(ends)]
            lead, _ = text.sentence(max(token - 2, 0))
            yield Listing(lead, token, tuple(name for name in members if name is not None))


def _marks(text: Text, token: int, number: int) -> bool:
    """True at the number of an item, which may stick to the word before it ("OKU2. Fahrudin")."""
    dotted = token + 1 < len(text.words) and text.words[token + 1] in DOTS
    return dotted and text.words[token].endswith(str(number))


def _items(text: Text, first: int) -> Iterator[int]:
    """Where the second and the further items of a list begin, and where the last ends."""
    number, token = 2, first + 1
    last = first
    while token < min(last + ITEM, len(text.words)):
        if _marks(text, token, number):
            yield token
            number, last = number + 1, token
        token += 1
    yield token


def _told(text: Text) -> Iterator[Listing]:
    """ "Keempat tersangka itu adalah Budi, Siti dan ...": the persons after the word that lists them."""
    for first, end in text.sentences:
        at = next((i for i in range(first, end) if text.words[i] in text.grammar.listing and i not in text.at), None)
        if at is None or not (text.words[at - 1] == "," or _unnamed(text, first, at)):
            continue
        last = next((i for i in range(at, end) if text.words[i] in QUOTES), end)
        members = tuple(name for name in text.within(at, last) if name.type == "person")
        if members:
            yield Listing(first, at, members)


def _unnamed(text: Text, first: int, at: int) -> bool:
    return _of_several(text, first, at) and next(text.within(first, at), None) is None


def _of_several(text: Text, first: int, at: int) -> bool:
    return bool(text.grammar.several & {*text.words[first : min(first + OPENING, at)]})
