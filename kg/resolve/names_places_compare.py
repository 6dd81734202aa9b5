"""Whether two places' names mean one place for whoever knows the news."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from kg.resolve import countries
from kg.resolve.names_letters import fold
from kg.resolve.names_likeness import DIFFERENT, EQUAL, Likeness
from kg.resolve.names_persons import bare_person
from kg.resolve.names_places import fold_place, regions

TYPO_LETTERS = 6
"""A place's name must have so many letters for one wrong one to be a slip: Iran and Irak are none."""


def compare_places(one: str, two: str) -> Likeness:
    """What two names of places say: ``Korut``, ``DPRK`` → same; ``Blitar``, ``Kota Blitar`` → doubtful."""
    if fold(one) == fold(two):
        return EQUAL
    codes = {countries.code(name) or countries.code(fold_place(name)) for name in (one, two)}
    if codes != {None}:
        return Likeness("same", "known") if len(codes) == 1 else DIFFERENT
    if "," in one + two and (within := _within(one, two)):
        return within
    first, second = fold_place(one), fold_place(two)
    if first == second:
        return Likeness("same", "known")
    if first.replace(" ", "") == second.replace(" ", ""):
        return Likeness("same", "variant")
    return _levels(first, second) or _parts(first, second)


def _within(one: str, two: str) -> Likeness | None:
    """``Danau Toba, Sumatera Utara`` is Danau Toba; ``Kemang, Jakarta Selatan`` may be another Kemang."""
    (head, _, region), (other, _, elsewhere) = one.partition(","), two.partition(",")
    if bool(region) == bool(elsewhere) or compare_places(head, other).verdict != "same":
        return None
    place = fold_place(head)
    sure = regions().alone(place) or place.split()[0] in regions().nature
    return Likeness("same" if sure else "doubtful", "level")


def _levels(one: str, two: str) -> Likeness | None:
    """The same name with and without a word for its kind, or with two such words."""
    (level, name), (other, named) = _level(one), _level(two)
    name, named = _usual(name), _usual(named)
    if level == other and level in regions().streets and bare_person(name) == bare_person(named):
        return Likeness("same", "variant")
    if name.replace(" ", "") != named.replace(" ", ""):
        same_kind = level and level == other and level not in regions().streets
        return DIFFERENT if same_kind and not _slips(name, named) else None
    if level == other:
        return Likeness("same", "level")
    if level and other:
        return DIFFERENT
    return _with_kind(level or other or "", name)


def _with_kind(kind: str, name: str) -> Likeness:
    """A name with and without a word for its kind: Gunung Slamet is Slamet, Selat Bali is not Bali."""
    table = regions()
    place = name in table.listed or countries.code(name) is not None
    if kind in table.waters and place:
        return DIFFERENT
    alone = _only(kind, name) or (kind in table.nature and name not in table.cities | table.regencies)
    return Likeness("same" if alone else "doubtful", "level")


def _usual(name: str) -> str:
    return regions().usual.get(name, name)


def _level(name: str) -> tuple[str | None, str]:
    """The word for the kind, as it is compared, and the rest: ``kab bogor`` → ``kabupaten``, ``bogor``."""
    table, words = regions(), name.split()
    for count in (2, 1):
        head, rest = " ".join(words[:count]), " ".join(words[count:])
        if rest and (level := table.levels.get(head, head if head in table.nature else None)):
            inner, bare = _level(rest)
            return (level, bare) if inner == level else (level, rest)
    return None, name


def _only(level: str, name: str) -> bool:
    """True where a province, city or regency is the only one of the name."""
    table = regions()
    kinds = {"provinsi": table.provinces, "kota": table.cities, "kabupaten": table.regencies}
    return name in kinds.get(level, ()) and table.alone(name)


def _parts(one: str, two: str) -> Likeness:
    """A name within a longer one may be the same place said shorter, unless the tables know both as places."""
    short, full = sorted((one.split(), two.split()), key=lambda name: (len(name), name))
    if len(short) < len(full) and f" {' '.join(short)} " in f" {' '.join(full)} ":
        both = {one, two} <= regions().listed and one not in regions().divided and two not in regions().divided
        return DIFFERENT if both else Likeness("doubtful", "subset")
    if _slips(one, two) and not {one, two} <= regions().listed:
        return Likeness("doubtful", "typo")
    return DIFFERENT


def _slips(one: str, two: str) -> bool:
    return min(len(one), len(two)) >= TYPO_LETTERS and OSA.distance(one, two) == 1
