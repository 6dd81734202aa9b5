"""A former office told without its holder's name: "Kim meyakinkan mantan kepala pertahanan Rusia".

Who is meant is plain where somebody named before holds another office of the same state or body, and the sentence
has not named that person yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.nlp.titles_phrases import Phrase
from kg.nlp.titles_text import At, Page
from kg.nlp.titles_words import fold

RETOLD_SENTENCES = 3
"""So many sentences back the person must have been named; farther back another reading is as likely (by hand)."""


def retold(page: Page, found: Sequence[Phrase], held: Sequence[tuple[At, Phrase]]) -> Iterator[tuple[At, Phrase]]:
    """(person, phrase) for phrases of former offices that no name stands beside; `held` are those that have one."""
    tied = {phrase.start for _, phrase in held}
    for phrase in found:
        if phrase.standing != "former" or phrase.start in tied or not phrase.bodies or phrase.person is not None:
            continue
        person = None if page.quoted(phrase.start) else meant(page, phrase, held)
        if person is not None:
            yield person, phrase


def meant(page: Page, phrase: Phrase, held: Sequence[tuple[At, Phrase]]) -> At | None:
    """The person named last before the sentence who holds something else of the same body."""
    first, end = page.sentence(phrase.start)
    inside = {person.key for person in page.persons_within(first, end)}
    body = {fold(spelling) for name in phrase.bodies for spelling in page.spellings(name.name.key)}
    fitting = {person.key for person, other in held if _shares_body(page, other, body)} - inside
    start = first
    for _ in range(RETOLD_SENTENCES):
        start = page.sentence(start - 1)[0] if start else 0
    before = [person for person in page.persons_within(start, first) if person.key in fitting]
    return before[-1] if before else None


def _shares_body(page: Page, phrase: Phrase, body: set[str]) -> bool:
    names = [fold(spelling) for name in phrase.bodies for spelling in page.spellings(name.name.key)]
    return any(f" {part} " in f" {name} " for name in names for part in body)
