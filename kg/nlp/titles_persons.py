"""Persons around a title: who is listed with whom, whose verb it is, who was last spoken of."""

from __future__ import annotations

from itertools import islice

from kg.nlp.titles_text import At, Page

LISTED = 20
"""So many names make a list at most; more are a table."""
TOPIC = 6
"""How many sentences back the person may be named whom a phrase without a name stands for."""
SPEAKER = 10
"""How many tokens a speaker's title may put between the speech word and the name."""

_SEPARATORS = frozenset({",", "-", "–", "/"})


def listed_after(page: Page, person: At) -> list[At]:
    """A person and those listed right after: "A, B dan C"."""
    found = [person]
    _, end = page.sentence(person.start)
    while len(found) < LISTED:
        at = found[-1].end
        if at < end and page.words[at] == "(":
            at = (page.close(at, end) or at) + 1
        while at < end and _lists(page, at):
            at += 1
        following = page.person_from(at, end) if at > found[-1].end else None
        if following is None:
            break
        found.append(following)
    return found


def listed_before(page: Page, person: At) -> list[At]:
    """A person and those listed right before, in order of the text."""
    found = [person]
    first, _ = page.sentence(person.start)
    while len(found) < LISTED:
        at = found[0].start
        while at > first and _lists(page, at - 1):
            at -= 1
        name = page.at.get(at - 1) if first < at < found[0].start else None
        if name is None or name.type != "person":
            break
        found.insert(0, name)
    return found


def _lists(page: Page, token: int) -> bool:
    return page.words[token] in _SEPARATORS or page.words[token] in page.vocabulary.conjunctions


def subject_of(page: Page, verb: int) -> At | None:
    """The last person named before a verb in its sentence."""
    return next(page.persons_back(verb, page.sentence(verb)[0]), None)


def topic(page: Page, start: int, end: int) -> At | None:
    """Whom a phrase without a name stands for: who last spoke where it speaks, else who was named last."""
    back = page.sentences[max(page.sentence_of[start] - TOPIC, 0)][0]
    persons = list(islice(page.persons_back(start, back), LISTED))
    beside = [*page.words[start - 1 : start], *page.words[end : end + 1]]
    speaks = not page.vocabulary.speech.isdisjoint(beside)
    speakers = (person for person in persons if speaks and _speaks(page, person))
    return next(speakers, None) or (persons[0] if persons else None)


def _speaks(page: Page, person: At) -> bool:
    """A speech word stands right after the name, or before it with nothing but a title between."""
    speech, words = page.vocabulary.speech, page.words
    if any(word in speech for word in words[person.end : person.end + 2]):
        return True
    first = max(page.sentence(person.start)[0], person.start - SPEAKER)
    for index in range(person.start - 1, first - 1, -1):
        name = page.at.get(index)
        if name is not None and name.type == "person":
            return False
        if words[index] in speech:
            return True
    return False
