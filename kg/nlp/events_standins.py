"""Whom "korban" and "pelaku" stand for in an article: those to whom it tells that harm is done, and those who do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.nlp.events_merge import Draft
from kg.nlp.events_text import At, Text

VICTIM, CULPRIT = "*victim", "*culprit"
"""Keys of a stand-in until it is known for whom; functions of the roles that victims and culprits have."""
STAND_INS = frozenset({VICTIM, CULPRIT})
FOES = "foes"
"""The function of those who fight each other in an article."""
TOLD = 2
"""How often an article tells of a truce without a day that it is about; set by hand on train and dev."""
SIDES = 2
"""How many sides a truce has."""
NAMED_WITHIN = 4
"""Within how many words after such a noun the name may stand that it only describes: "korban, Budi"."""


def stand_in(text: Text, token: int) -> At | None:
    """The victim or culprit that a noun stands for; None where its name follows or it only says whose something is."""
    word, grammar = text.words[token], text.grammar
    key = VICTIM if word in grammar.victims else CULPRIT if word in grammar.culprits else None
    if key is None or not text.stands_in or token in text.at or _is_named(text, token) or _belongs(text, token):
        return None
    return At(token, token + 1, key, "person", False)


def _is_named(text: Text, token: int) -> bool:
    end = text.sentence(token)[1]
    near = range(token + 1, min(token + 1 + NAMED_WITHIN, end))
    for index in near:
        name = text.at.get(index)
        if name is not None:
            return name.type == "person"
        if text.words[index] in text.grammar.naming:
            return True
        if text.pos[index] not in ("PUNCT", "ADJ", "DET"):
            return False
    return False


def _belongs(text: Text, token: int) -> bool:
    """True for "keluarga korban": the noun before it is meant, not the victim."""
    first, _ = text.sentence(token)
    before = token - 1
    if before < first or text.words[before] in text.grammar.leading:
        return False
    return before in text.at or text.pos[before] in ("NOUN", "PROPN")


def resolved(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts with the persons of the article instead of stand-ins; where it names none, nobody."""
    culprits = _all(drafts, CULPRIT)
    victims = [key for key in _all(drafts, VICTIM) if key not in culprits]
    meant = {VICTIM: victims, CULPRIT: culprits}
    for draft in drafts:
        someone = bool(draft.keys)
        _resolve(draft, meant)
        gone = someone and not draft.keys
        draft.complete = draft.complete and not (gone and not any(draft.harm.values()) and not draft.count)
        yield draft


def _resolve(draft: Draft, meant: dict[str, list[str]]) -> None:
    for role, key in [each for each in sorted(draft.participants) if each[1] in meant]:
        draft.participants.discard((role, key))
        del draft.kinds[key]
        for person in meant[key]:
            if person not in draft.keys:
                draft.participants.add((role, person))
                draft.kinds[person] = "person"


def with_foes(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Drafts with the two sides of an article that do most harm to each other where one asks for them: a truce."""
    sides = _sides(drafts)
    asking = [draft for draft in drafts if draft.foes and draft.factuality == "actual"]
    if len(sides) < SIDES or not (any(draft.date for draft in asking) or len(asking) >= TOLD):
        return drafts
    for draft in asking:
        if draft.foes and not draft.keys:
            draft.participants |= {(draft.foes, key) for key in sides}
            draft.kinds.update(sides)
            draft.complete = True
    return drafts


def _sides(drafts: Sequence[Draft]) -> dict[str, str]:
    """The countries and bodies that attack or are attacked most often, with their types."""
    told = [draft for draft in drafts if draft.complete and draft.factuality == "actual"]
    roles = [(draft, {*draft.harm.get(VICTIM, ()), *draft.harm.get(CULPRIT, ())}) for draft in told]
    kinds = {key: draft.kinds[key] for draft, _ in roles for _, key in draft.participants}
    times = Counter(key for draft, mine in roles for role, key in sorted(draft.participants) if role in mine)
    sides = [(key, kinds[key]) for key, _ in times.most_common() if kinds[key] != "person"]
    return dict(sides[:SIDES])


def _all(drafts: Sequence[Draft], function: str) -> list[str]:
    """The persons who have the role of a victim or culprit anywhere, in order of the text."""
    found = [
        key
        for draft in drafts
        for role, key in sorted(draft.participants)
        if role in draft.harm.get(function, ()) and draft.kinds[key] == "person" and key not in STAND_INS
    ]
    return list(dict.fromkeys(found))
