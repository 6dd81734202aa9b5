"""Who takes part in what a trigger tells, in which role, and where: the frame of its group filled with names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.nlp.events_text import At, Text
from kg.nlp.events_triggers import Trigger

OBJECT_REACH = 9
"""How many words after the trigger an object's first name may stand (titles come between)."""
SUBJECT_REACH = 12
"""How far before the trigger a subject is looked for where the parse has none."""
MAIN_REACH = 3
"""How many steps up the parse a verb inherits the subject of the verb above it."""


@dataclass(slots=True)
class Parts:
    """Names by function, in order of the text."""

    filled: dict[str, list[At]] = field(default_factory=dict)

    def put(self, function: str, names: Sequence[At]) -> None:
        """Adds names to a function."""
        if names:
            self.filled.setdefault(function, []).extend(names)


def parts(text: Text, trigger: Trigger) -> Parts:
    """The names around a trigger by grammatical function."""
    found = Parts()
    if trigger.group.kind == "noun":
        _noun_subject(text, trigger, found)
    else:
        found.put("subject", subject(text, trigger.start))
    _after(text, trigger, found)
    return found


def core(text: Text, start: int, end: int) -> list[At]:
    """The names a noun phrase is about: one for each member of the list, persons before what they belong to."""
    groups: list[tuple[str, list[At]]] = []
    last = start
    for name in text.within(start, end):
        joint = _joint(text, last, name.start) if groups else ""
        if groups and not joint:
            groups[-1][1].append(name)
        else:
            groups.append((joint, [name]))
        last = name.end
    return _without_appositions(text, groups)


def _joint(text: Text, start: int, end: int) -> str:
    between = text.words[start:end]
    if any(word in text.grammar.coordinators for word in between):
        return "and"
    return "," if "," in between else ""


def _without_appositions(text: Text, groups: list[tuple[str, list[At]]]) -> list[At]:
    heads = [(joint, _head(names)) for joint, names in groups]
    kept: list[At] = []
    for number, (joint, name) in enumerate(heads):
        after = heads[number + 1] if number + 1 < len(heads) else None
        if name.type != "person" and after and after[0] == "," and after[1].type == "person":
            continue  # "Menteri Pertahanan Korea Utara, Kang"
        if name.type != "person" and joint == "," and kept and kept[-1].type == "person":
            continue  # "Kang, Menteri Pertahanan Korea Utara"
        kept.append(name)
    return kept


def _head(names: Sequence[At]) -> At:
    for kind in ("person", "organization", "place"):
        of_kind = [name for name in names if name.type == kind]
        if of_kind:
            return of_kind[-1] if kind == "person" else of_kind[0]
    raise ValueError("a group of names is never empty")


def subject(text: Text, verb: int, steps: int = MAIN_REACH) -> list[At]:
    """The names in the subject of a verb: by the parse, by a relative pronoun, from the verb above, by order."""
    relative = _antecedent(text, verb)
    if relative is not None:
        return relative
    by_parse = _parsed_subject(text, verb, steps)
    return by_parse if by_parse is not None else _left(text, verb)


def _antecedent(text: Text, verb: int) -> list[At] | None:
    first, _ = text.sentence(verb)
    for index in range(verb - 1, max(first, verb - 4) - 1, -1):
        if text.words[index] in text.grammar.relative:
            return _before(text, first, index)
        if index in text.at or text.pos[index] in ("NOUN", "PROPN", "VERB"):
            return None
    return None


def _before(text: Text, first: int, index: int) -> list[At]:
    start = _phrase_start(text, first, index)
    return core(text, start, index)[-1:]


def _phrase_start(text: Text, first: int, end: int) -> int:
    for index in range(end - 1, first - 1, -1):
        word = text.words[index]
        if index not in text.at and (
            word in text.grammar.prepositions
            or word in text.grammar.clause_words
            or text.pos[index] == "VERB"
        ):
            return index + 1
    return first


def _parsed_subject(text: Text, verb: int, steps: int) -> list[At] | None:
    for child in text.children.get(verb, ()):
        if text.dep[child].startswith("nsubj") and child < verb:
            names = _phrase(text, child, verb)
            if names or text.words[child] not in text.grammar.relative:
                return names or _pronoun(text, child)
    above = text.head[verb]
    if (
        steps
        and above != verb
        and text.dep[verb] in ("conj", "xcomp", "advcl", "parataxis", "ccomp")
        and above < verb
    ):
        if text.sentence_of[above] == text.sentence_of[verb]:
            return _parsed_subject(text, above, steps - 1)
    return None


def _phrase(text: Text, head: int, limit: int) -> list[At]:
    start, end = text.subtree(head)
    for index in range(head + 1, min(end, limit)):
        if index not in text.at and (
            text.words[index] in text.grammar.clause_words
            or text.words[index] in text.grammar.prepositions
            and text.words[index] not in text.grammar.coordinators
        ):
            end = index
            break
    return core(text, start, min(end, limit))


def _pronoun(text: Text, token: int) -> list[At] | None:
    if text.words[token] in text.grammar.pairs:
        return pair_before(text, token)
    if text.words[token] in text.grammar.pronouns:
        return person_before(text, token)
    return []


def person_before(text: Text, token: int) -> list[At]:
    """The person a pronoun stands for where no chain says so: the first person of the sentence before."""
    number = text.sentence_of[token]
    if number == 0:
        return []
    start, end = text.sentences[number - 1]
    return [name for name in text.within(start, end) if name.type == "person"][:1]


def pair_before(text: Text, token: int) -> list[At]:
    """The last two persons (or else names) of different chains before a token."""
    for persons_only in (True, False):
        seen: dict[str, At] = {}
        for name in reversed([n for n in text.within(0, token)]):
            if not persons_only or name.type == "person":
                seen.setdefault(name.key, name)
            if len(seen) == 2:
                return sorted(seen.values())
    return []


def _left(text: Text, verb: int) -> list[At]:
    start = max(text.clause_start(verb), verb - SUBJECT_REACH)
    for index in range(verb - 1, start - 1, -1):
        word = text.words[index]
        if word in text.grammar.pairs or word in text.grammar.pronouns:
            return _pronoun(text, index) or []
    first, _ = text.sentence(verb)
    begin = _phrase_start_back(text, max(first, start), verb)
    return core(text, begin, verb)


def _phrase_start_back(text: Text, first: int, verb: int) -> int:
    """Past prepositional phrases: the subject is the first phrase of the clause that no preposition governs."""
    return first


def _noun_subject(text: Text, trigger: Trigger, found: Parts) -> None:
    light, undergo = text.grammar.light_active, text.grammar.light_undergo
    first, _ = text.sentence(trigger.start)
    for index in range(trigger.start - 1, max(first, trigger.start - 4) - 1, -1):
        word = text.words[index]
        if word in undergo:
            found.put("of", subject(text, index))
            return
        if word in light:
            found.put("subject", subject(text, index))
            return
        if word in text.grammar.meanwhile:
            found.put("subject", _main_subject(text, index))
            return
        if index in text.at or word in text.grammar.clause_words or word == ",":
            return


def _main_subject(text: Text, token: int) -> list[At]:
    """The person whose doing frames the noun: the nearest person before in the clause, else right after it."""
    first, end = text.sentence(token)
    before = [name for name in text.within(first, token) if name.type == "person"]
    if before:
        return before[-1:]
    for index in range(token, end):
        if text.dep[index].startswith("nsubj"):
            names = _phrase(text, index, end)
            if names and names[0].type == "person":
                return names[:1]
    return []


def _after(text: Text, trigger: Trigger, found: Parts) -> None:
    functions = {function for function, _ in trigger.group.frame}
    _, end = text.sentence(trigger.start)
    current = {"active": "object", "bare": "object", "passive": "agent", "noun": "of"}[trigger.group.kind]
    start = trigger.end
    for index in range(trigger.end, end + 1):
        stop = index == end or _stops(text, index, functions, trigger)
        if not stop:
            continue
        if current in functions and (
            current in text.grammar.prepositions or _near(text, start, index, trigger)
        ):
            found.put(current, core(text, start, index))
        if index == end or not _goes_on(text, index):
            return
        current, start = text.words[index], index + 1


def _near(text: Text, start: int, end: int, trigger: Trigger) -> bool:
    first = next(text.within(start, end), None)
    return first is not None and first.start - trigger.end <= OBJECT_REACH


def _stops(text: Text, index: int, functions: set[str], trigger: Trigger) -> bool:
    word = text.words[index]
    if index in text.at:
        return False
    if word in functions and word in text.grammar.prepositions:
        return True
    if word in text.grammar.coordinators:
        return False
    return (
        word in text.grammar.prepositions
        or word in text.grammar.clause_words
        or word in ('"', "“", "”", ";", ":")
        or text.pos[index] == "VERB"
    )


def _goes_on(text: Text, index: int) -> bool:
    return text.words[index] in text.grammar.prepositions
