"""TOML files of blocks that people edit and git merges: ``[[decision]]`` after ``[[decision]]``."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import Broken

Value = TypeVar("Value")


def read(path: Path, name: str, made: Callable[[dict[str, Any]], Value]) -> tuple[Value, ...]:
    """The values of all blocks of a file, in order; none where there is no file.

    `made` raises ValueError for a block that says nothing; that and any other fault is raised as Broken, with the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        advice = "mend that line; where git left its marks, keep the blocks of both sides and remove the marks"
        raise Broken(f"{path}: cannot be understood ({error}); {advice}") from error
    blocks = table.get(name, [])
    if table.keys() - {name} or not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise Broken(f"{path}: holds something else than {name}s; write each under a line of its own: [[{name}]]")
    head = re.compile(rf"[ \t]*\[\[\s*{name}\s*\]\]")
    begins = [number for number, line in enumerate(text.split("\n"), 1) if head.match(line)]
    lines = begins if len(begins) == len(blocks) else [1] * len(blocks)
    return tuple(_made(path, line, block, made) for line, block in zip(lines, blocks, strict=True))


def quoted(text: str) -> str:
    """A TOML basic string: JSON's, but that DEL is written as an escape too (TOML 1.0, String)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _made(path: Path, line: int, block: dict[str, Any], made: Callable[[dict[str, Any]], Value]) -> Value:
    try:
        return made(block)
    except ValueError as error:
        raise Broken(f"{path}, line {line}: {error}") from error
