"""How a server was started, and what its HTTP side gives a client at most (``http.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.config import DEFAULT_BASE


@dataclass(frozen=True, slots=True)
class Settings:
    """Which graph is served, where the service listens, who may ask it, what it logs."""

    graph: Path = Path("graph")
    base: str = DEFAULT_BASE
    """Of the graph's IRIs."""
    host: str = "127.0.0.1"
    port: int = 7878
    names: tuple[str, ...] = ()
    """Names besides `host` that clients may call it by, for a proxy in front."""
    origins: tuple[str, ...] = ()
    """Origins of web pages that may read its answers (CORS); ``*`` for all."""
    token: str = field(default="", repr=False)
    """What whoever writes has to know; without one this server only reads."""
    log_queries: bool = False
    """Whether the text of queries goes into the log; else their SHA-256 alone."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a client is given at most: a table of ``http.toml``."""

    values: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.values[name]


@lru_cache(maxsize=8)
def given(table: str) -> Given:
    """A table of ``http.toml``."""
    return Given(_tables()[table])


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("kg.server") / "http.toml").read_text(encoding="utf-8"))
