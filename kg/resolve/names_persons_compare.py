"""Whether two persons' names mean one person for whoever knows the news."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from kg.resolve.names_letters import fold
from kg.resolve.names_likeness import DIFFERENT, EQUAL, Likeness
from kg.resolve.names_persons import bare_person, public, skeleton, spelt, words

TYPO_LETTERS = 5
"""A word must have so many letters for one wrong one to be a slip: shorter names differ by one (Adi, Ari)."""
TYPO_APART = 2
"""Two names that are one letter apart where writers of foreign names agree may be so many letters apart as written."""
TAIL_LETTERS = 4
"""So many letters at the end of a single name are in use as a short name: "Yanto" for "Suryanto"."""


def compare_persons(one: str, two: str) -> Likeness:
    """What two names of persons say: ``Putin``, ``Vladimir Putin`` → same; ``Dedi``, ``Dedi Kusnandar`` → doubtful."""
    if fold(one) == fold(two):
        return EQUAL
    first, second = bare_person(one), bare_person(two)
    who, whom = _who(one), _who(two)
    if who and whom:
        return _known(who, whom, (first, second))
    if first == second:
        return Likeness("same", "variant")
    short, full = sorted((first.split(), second.split()), key=lambda name: (len(name), name))
    if _generation(short) != _generation(full):
        return DIFFERENT
    return _well_known(short, full, who or whom) or _unknown(short, full)


def _who(name: str) -> str | None:
    """The usual name of the public person that a name means."""
    known = public().known
    return known.get(spelt(fold(name))) or known.get(bare_person(name))


def _known(who: str, whom: str, names: tuple[str, str]) -> Likeness:
    """Both are in the tables; a part of a name may still stand for another bearer of it."""
    if who == whom:
        return Likeness("same", "known")
    for part, other in (names, names[::-1]):
        if part in public().parts and part in other.split():
            return Likeness("doubtful", "subset")
    return DIFFERENT


def _generation(name: list[str]) -> str | None:
    return words().generations.get(name[-1]) if len(name) > 1 else None


def _well_known(short: list[str], full: list[str], who: str | None) -> Likeness | None:
    """One names a public person: more given names, initials, the order of other countries still mean the person."""
    if who is None or len(short) < 2:
        return None
    if sorted(short) == sorted(full):
        return Likeness("same", "order")
    if "".join(short) == "".join(full) or skeleton(" ".join(short)) == skeleton(" ".join(full)):
        return Likeness("same", "variant")
    short, full = _split(short, full), _split(full, short)
    if short[-1] == full[-1] and _inside(short, full) and (short[0][0] == full[0][0] or len(short[0]) > 1):
        return Likeness("same", "initials" if _has_initials(short) else "subset")
    return None


def _split(name: list[str], other: list[str]) -> list[str]:
    """Initials written together, "BJ", in as many words as they stand for in the other name."""
    head = name[0]
    return [*head, *name[1:]] if len(head) in (2, 3) and head not in other and _starts(head, other) else name


def _starts(initials: str, name: list[str]) -> bool:
    return len(name) > len(initials) and all(word[0] == letter for letter, word in zip(initials, name, strict=False))


def _has_initials(name: list[str]) -> bool:
    return any(len(word) == 1 for word in name)


def _inside(short: list[str], full: list[str]) -> bool:
    """Every word of the short name stands in the full one, in order, one as it is, others as initials of it."""
    rest = iter(full)
    return all(any(_stands_for(word, other) for other in rest) for word in short) and bool(set(short) & set(full))


def _stands_for(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])


def _unknown(short: list[str], full: list[str]) -> Likeness:
    """Two names that no table knows both of."""
    if len(full) > 1 and "".join(short) == "".join(full):
        return Likeness("same", "variant")
    plain = [[w for w in name if w not in words().patronymics] for name in (short, full)]
    if (
        len(plain[0]) > 1
        and plain[0] == plain[1]
        and _fathers(short) != _fathers(full)
        and not (_fathers(short) and _fathers(full))
    ):
        return Likeness("same", "variant")
    if sorted(short) == sorted(full):
        return Likeness("doubtful", "order")
    if any(_genders(*pair) for pair in _differing(short, full)):
        return DIFFERENT
    return next(_doubts(short, full), DIFFERENT)


def _fathers(name: list[str]) -> set[str]:
    return set(name) & words().patronymics


def _doubts(short: list[str], full: list[str]) -> Iterator[Likeness]:
    """What two names have in common that might make them one, the strongest first."""
    bones = [[bone for word in name if (bone := skeleton(word))] for name in (short, full)]
    if bones[0] == bones[1]:
        yield Likeness("doubtful", "variant")
    if _subset(short, full) or _subset(*bones) or _subset_joined(short, full):
        yield Likeness("doubtful", "subset")
    if _inside(short, full) or _inside(_split(short, full), _split(full, short)) or _acronym(short, full):
        yield Likeness("doubtful", "initials")
    if _is_typo(short, full) or (_is_typo(*bones) and OSA.distance(" ".join(short), " ".join(full)) <= TYPO_APART):
        yield Likeness("doubtful", "typo")
    if len(short) == len(full) == 1 and _tail(short[0], full[0]):
        yield Likeness("doubtful", "subset")


def _subset(short: list[str], full: list[str]) -> bool:
    return len(short) < len(full) and set(short) <= set(full)


def _subset_joined(short: list[str], full: list[str]) -> bool:
    """``nur aini`` in ``nuraini hasanah``."""
    one, two = sorted((short, full), key=lambda name: (len("".join(name)), name))
    return any("".join(one) == "".join(two[i:j]) for i in range(len(two)) for j in range(i + 1, len(two) + 1))


def _acronym(short: list[str], full: list[str]) -> bool:
    """``rh`` for ``rizal hamdani``."""
    return len(short) == 1 and len(full) > 1 and short[0] == "".join(word[0] for word in full)


def _differing(short: list[str], full: list[str]) -> list[tuple[str, str]]:
    """The words at the same place that are not the same."""
    return [(a, b) for a, b in zip(short, full, strict=False) if a != b] if len(short) == len(full) else []


def _genders(one: str, two: str) -> bool:
    """``setiawan`` and ``setiawati``: a man's and a woman's form of one name."""
    for his, hers in words().genders:
        for man, woman in ((one, two), (two, one)):
            if man.endswith(his) and woman.endswith(hers) and man.removesuffix(his) == woman.removesuffix(hers):
                return True
    return False


def _is_typo(short: list[str], full: list[str]) -> bool:
    """One letter wrong, missing or exchanged in the whole of two names, in a word long enough."""
    slips = _differing(short, full)
    return len(slips) == 1 and min(map(len, slips[0])) >= TYPO_LETTERS and OSA.distance(*slips[0]) == 1


def _tail(one: str, two: str) -> bool:
    short, full = sorted((one, two), key=len)
    return len(short) >= TAIL_LETTERS and short != full and full.endswith(short)
