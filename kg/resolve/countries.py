"""Countries under all their names: one key for Korea Utara, Korut and DPRK."""

from __future__ import annotations

from functools import lru_cache

from kg.errors import Broken
from kg.ids import slug
from kg.lang import pack
from kg.resolve.names import fold, fold_place


@lru_cache(maxsize=1)
def by_name() -> dict[str, tuple[str, str]]:
    """Folded name → (ISO 3166 code, usual name), from the language pack's ``countries.toml``.

    Raises Broken where the table cannot be understood.
    """
    try:
        return {
            fold(name): (str(entry["code"]), str(entry["name"]))
            for entry in pack.load("id").table("countries")["country"]
            for name in (entry["name"], *entry["names"])
        }
    except (KeyError, TypeError) as error:
        raise Broken(f"language pack: countries.toml lacks {error}; mend it or reinstall riwayat") from error


def code(name: str) -> str | None:
    """The ISO 3166 code of the country that a name means, with or without "Negara" or "Republik"."""
    found = by_name().get(fold(name)) or by_name().get(fold_place(name))
    return found[0] if found else None


@lru_cache(maxsize=1)
def by_code() -> dict[str, str]:
    """ISO 3166 code → usual name."""
    return dict(by_name().values())


@lru_cache(maxsize=1)
def identities() -> frozenset[str]:
    """The ids of all countries across articles: ``place/korea-utara``. No other place has one of them."""
    return frozenset(f"place/{slug(name)}" for name in by_code().values())
