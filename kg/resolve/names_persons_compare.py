"""Whether two persons' names mean one person for whoever knows the news."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from kg.resolve.names_letters import fold
from kg.resolve.names_likeness import DIFFERENT, EQUAL, Likeness
from kg.resolve.names_persons import bare_person, skeleton, spelling, words
from kg.resolve.names_public import initials_of, is_part, public, who

TYPO_LETTERS = 5
"""A word must have so many letters for one wrong one to be a slip: shorter names differ by one (Adi, Ari)."""
TYPO_APART = 2
"""Two names that are one letter apart where writers of foreign names agree may be so many letters apart as written."""
TAIL_LETTERS = 4
"""So many letters at the end of a single name are in use as a short name: "Yanto" for "Suryanto"."""
RARE_WORDS = 3
"""So many words of a name, in order, are one person's; one less where he is well known."""
HEAD_LETTERS = 4
"""So many letters at the beginning of a word of a name may be the word cut short: "Hidayat" for "Hidayatullah"."""


def compare_persons(one: str, two: str) -> Likeness:
    """What two names of persons say: ``SBY`` and the full name → same; ``Dedi``, ``Dedi Kusnandar`` → doubtful."""
    if fold(one) == fold(two):
        return EQUAL
    first, second = bare_person(one), bare_person(two)
    if (person := who(one)) and (other := who(two)):
        return _known(person, other, is_part(one) or is_part(two), (first, second))
    short, full = sorted((first.split(), second.split()), key=lambda name: (len(name), name))
    if short == full:
        return Likeness("same" if person or len(short) > 1 else "doubtful", "variant")
    if _generation(short) != _generation(full):
        return _subset_of_one(short, full)
    return next(_sure(short, full, person or who(two)), None) or _unsure(short, full)


def _known(person: str, other: str, part: bool, names: tuple[str, str]) -> Likeness:
    """Both are public persons. A part of a name may be another bearer's; a well-known foreign family name is clear."""
    if part and person == other and person not in public().abroad:
        return Likeness("doubtful", "subset")
    for short, full in (names, names[::-1]):
        if short in public().parts and short in full.split():
            return Likeness("doubtful", "subset")
    return Likeness("same", "known") if person == other else DIFFERENT


def _generation(name: list[str]) -> str | None:
    return words().generations.get(name[-1]) if len(name) > 1 else None


def _subset_of_one(short: list[str], full: list[str]) -> Likeness:
    """``marcos`` may be ``ferdinand marcos jr``; ``ferdinand marcos`` is his father."""
    return Likeness("doubtful", "subset") if len(short) == 1 and short[0] in full else DIFFERENT


def _sure(short: list[str], full: list[str], person: str | None) -> Iterator[Likeness]:
    """What makes two names one person's, known to the tables or not."""
    if len(full) > 1 and "".join(short) == "".join(full):
        yield Likeness("same", "variant")
    if _patronymic(short, full):
        yield Likeness("same", "variant")
    abroad = person in public().abroad and not set(short) & words().patronymics
    if sorted(short) == sorted(full) and (abroad or _korean(short, full)):
        yield Likeness("same", "order")
    if _initials_for_all(short, full):
        yield Likeness("same", "initials")
    if person and len(short) > 1 and short[0] == full[0] and short[-1] == full[-1] and set(short) < set(full):
        yield Likeness("same", "subset")
    if len(short) == 1 and person == " ".join(full) and short[0] == initials_of(full):
        yield Likeness("same", "initials")
    if _rare(short, full, RARE_WORDS - 1 if person == " ".join(full) else RARE_WORDS):
        yield Likeness("same", "subset" if len(short) < len(full) else "variant")


def _rare(short: list[str], full: list[str], many: int) -> bool:
    """So many words in full, besides Muhammad and the like, no two persons share; one may be spelt otherwise."""
    rest = iter(full)
    telling = [word for word in short if len(word) > 1 and word not in public().first]
    if len(telling) < many:
        return False
    slip = _slip(short, full)
    otherwise = slip is not None and min(map(len, slip)) > TYPO_LETTERS and skeleton(slip[0]) == skeleton(slip[1])
    return otherwise or (len(short) < len(full) and all(word in rest for word in short))


def _patronymic(short: list[str], full: list[str]) -> bool:
    """``anwar bin ibrahim`` and ``anwar ibrahim``; bin and binti tell two apart."""
    plain = [[word for word in name if word not in words().patronymics] for name in (short, full)]
    told = [set(name) & words().patronymics for name in (short, full)]
    return len(plain[0]) > 1 and plain[0] == plain[1] and not all(told)


def _korean(one: list[str], two: list[str]) -> bool:
    """``kang in lee`` and ``lee kang in``: the family name first or last."""
    for name, other in ((one, two), (two, one)):
        if len(name) == 3 and name[0] in words().korean and [*name[1:], name[0]] == other:
            return set(name[1:]) <= set(words().syllables)
    return False


def _initials_for_all(one: list[str], two: list[str]) -> bool:
    """``maria s w sumardjono`` and the name in full: as many words, first and last in full, each initial fits."""
    ends = len(one) == len(two) > 2 and one[0] == two[0] and one[-1] == two[-1] and len(one[-1]) > 1
    return ends and all(_stands_for(a, b) for a, b in zip(one, two, strict=True))


def _stands_for(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])


def _unsure(short: list[str], full: list[str]) -> Likeness:
    """Two names that no table knows both of: doubtful where something speaks for one person, else different."""
    doubt = next(_doubts(short, full), DIFFERENT)
    if doubt is DIFFERENT or len(short) != len(full):
        return doubt
    return DIFFERENT if any(_genders(a, b) for a, b in zip(short, full, strict=True) if a != b) else doubt


def _doubts(short: list[str], full: list[str]) -> Iterator[Likeness]:
    """What two names have in common that might make them one, the strongest first."""
    bones = [[bone for word in name if (bone := skeleton(word))] for name in (short, full)]
    if bones[0] == bones[1]:
        yield Likeness("doubtful", "variant")
    if sorted(short) == sorted(full) or sorted(bones[0]) == sorted(bones[1]):
        yield Likeness("doubtful", "order")
    if _subset(short, full) or _subset(*bones) or _subset_joined(short, full):
        yield Likeness("doubtful", "subset")
    if _inside(short, full) or _inside(_split(short, full), _split(full, short)) or short == [initials_of(full)]:
        yield Likeness("doubtful", "initials")
    if _is_typo(short, full) or (_is_typo(*bones) and OSA.distance(" ".join(short), " ".join(full)) <= TYPO_APART):
        yield Likeness("doubtful", "typo")
    if _cut(short, full):
        yield Likeness("doubtful", "subset")
    if _sisters(short, full):
        yield Likeness("doubtful", "variant")


def _sisters(one: list[str], two: list[str]) -> bool:
    """``michael johnson`` and ``mike johnston``."""
    rests = [" ".join(name[1:]) for name in (one, two)]
    first = len(one) == len(two) > 1 and two[0] in spelling().sisters.get(one[0], ())
    return first and OSA.distance(*rests) <= 1


def _subset(short: list[str], full: list[str]) -> bool:
    return len(short) < len(full) and set(short) <= set(full)


def _subset_joined(short: list[str], full: list[str]) -> bool:
    """``nur aini`` in ``nuraini hasanah``."""
    one, two = sorted((short, full), key=lambda name: (len("".join(name)), name))
    letters = "".join(one)
    if letters not in "".join(two):
        return False
    return any(letters == "".join(two[i:j]) for i in range(len(two)) for j in range(i + 1, len(two) + 1))


def _inside(short: list[str], full: list[str]) -> bool:
    """Every word of the short name stands in the full one, in order, one as it is, others as initials of it."""
    rest = iter(full)
    return bool(set(short) & set(full)) and all(any(_stands_for(word, other) for other in rest) for word in short)


def _split(name: list[str], other: list[str]) -> list[str]:
    """Initials written together, "BJ", in as many words as they stand for in the other name."""
    head = name[0]
    starts = len(other) > len(head) and all(word[0] == letter for letter, word in zip(head, other, strict=False))
    return [*head, *name[1:]] if len(head) in (2, 3) and head not in other and starts else name


def _genders(one: str, two: str) -> bool:
    """``setiawan`` and ``setiawati``: a man's and a woman's form of one name."""
    for his, hers in words().genders:
        for man, woman in ((one, two), (two, one)):
            if man.endswith(his) and woman.endswith(hers) and man.removesuffix(his) == woman.removesuffix(hers):
                return True
    return False


def _is_typo(one: list[str], two: list[str]) -> bool:
    """One letter wrong, missing or exchanged in one word of several. Single names do differ so."""
    slip = _slip(one, two)
    return slip is not None and min(map(len, slip)) >= TYPO_LETTERS and OSA.distance(*slip) == 1


def _slip(one: list[str], two: list[str]) -> tuple[str, str] | None:
    """The only words at the same place that are not the same."""
    if len(one) != len(two) or len(one) < 2:
        return None
    slips = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return slips[0] if len(slips) == 1 else None


def _cut(one: list[str], two: list[str]) -> bool:
    """A word cut short: ``yanto`` of ``suryanto``, ``cecep hidayat`` of ``cecep hidayatullah``."""
    if len(one) == len(two) == 1:
        tail, whole = sorted((one[0], two[0]), key=len)
        return len(tail) >= TAIL_LETTERS and whole.endswith(tail)
    if (slip := _slip(one, two)) is None:
        return False
    head, whole = sorted(slip, key=len)
    made = whole.removeprefix(head)
    return len(head) >= HEAD_LETTERS and made != whole and made not in words().makers
