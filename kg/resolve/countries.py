"""Countries under all their names: one key for Korea Utara, Korut and DPRK."""

from __future__ import annotations

from functools import lru_cache

from kg.lang import pack
from kg.resolve.names import fold


@lru_cache(maxsize=1)
def by_name() -> dict[str, tuple[str, str]]:
    """Folded name → (ISO 3166 code, usual name), from the language pack's ``countries.toml``."""
    table = pack.load("id").table("countries")["country"]
    return {fold(name): (entry["code"], entry["name"]) for entry in table for name in (entry["name"], *entry["names"])}


@lru_cache(maxsize=1)
def by_code() -> dict[str, str]:
    """ISO 3166 code → usual name."""
    return dict(by_name().values())
