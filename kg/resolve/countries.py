"""Countries under all their names: one key for Korea Utara, Korut and DPRK."""

from __future__ import annotations

from functools import lru_cache

from kg.errors import Broken
from kg.ids import slug
from kg.lang import pack
from kg.resolve.names_letters import fold
from kg.resolve.names_places import fold_place


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
def items() -> dict[str, tuple[str, ...]]:
    """ISO 3166 code → items of Wikidata: the country's own, then that of the realm it is the larger part of.

    A country that nobody has looked up has none. Raises Broken where the table cannot be understood.
    """
    try:
        table = pack.load("id").table("countries")["country"]
        return {entry["code"]: tuple(entry[key] for key in ("item", "realm") if key in entry) for entry in table}
    except (KeyError, TypeError) as error:
        raise Broken(f"language pack: countries.toml lacks {error}; mend it or reinstall riwayat") from error


@lru_cache(maxsize=1)
def identities() -> frozenset[str]:
    """The ids of all countries across articles: ``place/korea-utara``. No other place has one of them."""
    return frozenset(f"place/{slug(name)}" for name in by_code().values())


@lru_cache(maxsize=1)
def home_places() -> frozenset[str]:
    """Folded names of places of the home country, from the language pack's ``places.toml``.

    Raises Broken where the table cannot be understood.
    """
    table = pack.load("id").table("places")
    try:
        regions = [(name, *r["names"], *r["cities"], *r["regencies"]) for name, r in table["province"].items()]
        unclear = set(table["ambiguous"]["names"])
        return frozenset(fold(name) for group in (*regions, *table["indonesia"].values()) for name in group) - {
            fold(name) for name in unclear
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise Broken(f"language pack: places.toml lacks {error}; mend it or reinstall riwayat") from error
