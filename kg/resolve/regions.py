"""Provinces, cities and regencies as seats: "Bupati Bogor" heads the regency, "Wali Kota Bogor" the city."""

from __future__ import annotations

from functools import lru_cache

from kg.errors import Broken
from kg.lang import pack
from kg.resolve import countries
from kg.resolve.names import fold
from kg.resolve.policy import Regions, load


def seat(title: str, body: str, policy: Regions) -> tuple[str, str]:
    """Kind and name of the region that an office heads, from folded title and lead key of its body.

    Both are empty for any other office.
    """
    level = next((kind for head, kind in policy.heads.items() if title == head or title.startswith(f"{head} ")), "")
    name = _bare(body.partition(":")[2], policy) if level else ""
    return (level, _provinces().get(name, name)) if name else ("", "")


def at_home(body: str, policy: Regions) -> bool:
    """True where the lead key of a body names a region of the home country."""
    return _bare(body.partition(":")[2], policy) in countries.home_places()


def rivals(one: str, other: str) -> bool:
    """True for names of two regions; "Kutai" may be short for "Kutai Kartanegara"."""
    few, many = sorted((one.split(), other.split()), key=len)
    return not set(few) <= set(many)


def _bare(name: str, policy: Regions) -> str:
    """A region's name without the words for its kind."""
    words = name.split()
    while len(words) > 1 and words[0] in policy.kinds:
        words.pop(0)
    return " ".join(words)


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    """Every folded name of a province → its usual one. Raises Broken where ``places.toml`` cannot be understood."""
    try:
        provinces = pack.load("id").table("places")["province"].items()
        names = [(fold(other), fold(name)) for name, region in provinces for other in (name, *region["names"])]
    except (KeyError, TypeError, AttributeError) as error:
        raise Broken(f"language pack: places.toml lacks {error}; mend it or reinstall riwayat") from error
    policy = load().regions
    return {_bare(other, policy): _bare(name, policy) for other, name in names}
