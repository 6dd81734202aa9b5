"""The names that a stretch of text is about: one for each member of a list, persons before what they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import ENTITY_TYPES
from kg.nlp.events_text import At, Text


def core(text: Text, start: int, end: int) -> list[At]:
    """The names a noun phrase is about: one for each member of the list, without appositions."""
    groups: list[tuple[str, list[At]]] = []
    named = [index for index in range(start, end) if text.words[index] in text.grammar.naming]
    if named and next(text.within(named[0], end), None) is not None:
        start = named[0] + 1  # "pelaku pembunuhan Riky bernama Erwin"
    last = start
    for name in text.within(start, end):
        if _is_home(text, name):
            continue
        joint = _joint(text, last, name.start) if groups else ""
        if groups and not joint:
            groups[-1][1].append(name)
        else:
            groups.append((joint, [name]))
        last = name.end
    heads = _without_appositions(_listed(text, [(joint, _head(names)) for joint, names in groups]))
    return list({name.key: name for name in reversed(heads)}.values())[::-1]


def _is_home(text: Text, name: At) -> bool:
    """True for where a person without a name is from: "pria asal Solo itu"."""
    before, grammar = name.start - 1, text.grammar
    return (
        name.type == "place"
        and before > 0
        and text.words[before] in grammar.origin
        and text.words[before - 1] in grammar.persons
    )


def _joint(text: Text, start: int, end: int) -> str:
    between = text.words[start:end]
    if any(word in text.grammar.coordinators for word in between):
        return "and"
    if len(between) == 1 and between[0] in text.grammar.dashes:
        return "-"  # "pertemuan AS-Iran"
    return "," if "," in between else ""


def _listed(text: Text, heads: Sequence[tuple[str, At]]) -> list[tuple[str, At]]:
    """The members of a list: after a comma only what an "and" closes or what is of the same type, no subject."""
    last_and = max((number for number, (joint, _) in enumerate(heads) if joint == "and"), default=0)
    for number, (joint, name) in enumerate(heads):
        alike = number == 0 or joint != "," or number <= last_and
        if not alike and name.type not in ("person", heads[number - 1][1].type):
            return list(heads[:number])
        if not alike and text.dep[text.root(name)].startswith("nsubj"):
            return list(heads[:number])  # "usai pertemuan dengan Ian, Rangga pulang"
    return list(heads)


def _without_appositions(heads: Sequence[tuple[str, At]]) -> list[At]:
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
    for kind in ENTITY_TYPES:
        of_kind = [name for name in names if name.type == kind]
        if of_kind:
            return of_kind[-1] if kind == "person" else of_kind[0]
    raise ValueError("a group of names is never empty")
