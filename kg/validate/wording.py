"""The words of findings and reports, from ``wording.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

LANGUAGES: Final = ("en", "id")


def messages(rule: str, parts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a rule finds wrong, in each language."""
    return tuple((lang, _table()["rule"][rule][lang].format_map(parts)) for lang in LANGUAGES)


def component(rule: str) -> str:
    """The IRI of the term of OWL that a rule sees contradicted."""
    return str(_table()["rule"][rule]["of"])


def phrase(name: str, lang: str) -> str:
    """A phrase of the report."""
    return str(_table()["report"][name][lang])


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads((files("kg.validate") / "wording.toml").read_text(encoding="utf-8"))
