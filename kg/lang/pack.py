"""A language pack is a folder ``kg/lang/<code>/`` of words as data: TOML tables, word lists, the trained model.

Every file begins with a header that says what it holds and how to extend it.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import Broken
from kg.ids import digest


@dataclass(frozen=True)
class Pack:
    """The words of one language, read from its folder on first use and kept."""

    code: str
    folder: Path

    def table(self, name: str) -> dict[str, Any]:
        """The TOML file ``name.toml``. Raises Broken where it is missing or malformed."""
        return _table(self.folder / f"{name}.toml")

    def lines(self, name: str) -> tuple[str, ...]:
        """The entries of ``name.txt``: one a line, ``#`` starts a comment. Raises Broken where it is missing."""
        return _lines(self.folder / f"{name}.txt")

    def digest(self, *names: str) -> str:
        """Names the state of some TOML files. Raises Broken where one is missing or malformed."""
        return digest(*(json.dumps(self.table(name), sort_keys=True) for name in names))

    @cached_property
    def model_path(self) -> Path:
        """The folder of the trained spaCy pipeline."""
        return self.folder / "model"


@cache
def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Broken(f"language pack: cannot read {path}: {error}; reinstall riwayat or mend the file") from error


@cache
def _lines(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Broken(f"language pack: cannot read {path}: {error}; reinstall riwayat or mend the file") from error
    stripped = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


@cache
def load(code: str = "id") -> Pack:
    """The language pack of a language code. Raises Broken where there is none."""
    folder = Path(str(files("kg.lang") / code))
    if not folder.is_dir():
        raise Broken(f"language pack: no folder {folder}; see CONTRIBUTING.md on adding a language")
    return Pack(code, folder)
