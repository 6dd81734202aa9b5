"""Stores of the graph of tests/reports_by_hand.py, and what cases of unsound.toml change in them."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import Any

from kg.config import DEFAULT_BASE
from kg.queries import expanded
from kg.rdf.vocab import PREFIXES
from kg.store.embedded import EmbeddedStore

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads((Path(__file__).parent / "unsound.toml").read_text())
HEAD = f"@base <{DEFAULT_BASE}> .\n" + "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
TRIG = "application/trig"


def iri(name: str) -> str:
    """The IRI of a node that a case names relative to the base."""
    return name if name.startswith(("http", "urn:")) else DEFAULT_BASE + name


def change(store: EmbeddedStore, case: dict[str, Any]) -> None:
    """Makes a store unsound as a case says."""
    for subject, predicate in case.get("remove", ()):
        store.remove(list(store.about(iri(subject), expanded(predicate, DEFAULT_BASE))))
    for body in (case.get("add", ""), case.get("more", "")):
        store.take(io.BytesIO(f"{HEAD}{body}".encode()), TRIG, "urn:x-kg:none")
