"""Sentences of our own, with their names marked: training/sentences/*.txt.

    python training/sentences.py [FILE ...]      checks them and counts what they hold

A line is a paragraph; an empty line ends a document; ``#`` begins a comment. A name stands in square brackets after its
type: ``Menhan [LOC Rusia] [PER Sergei Shoigu] tiba di [LOC Pyongyang].`` Nothing else stands in square brackets.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "sentences"
LABELS = ("PER", "ORG", "LOC")

_NAME = re.compile(rf"\[({'|'.join(LABELS)}) ([^\[\]]+)\]")

Marked = tuple[str, list[tuple[int, int, str]]]
"""A text and its names: begin and end in characters, and the type."""


def marked(line: str) -> Marked:
    """The text of a marked line and its names. Raises ValueError where a bracket is no name."""
    text, names, done = "", [], 0
    for match in _NAME.finditer(line):
        text += line[done : match.start()]
        names.append((len(text), len(text) + len(match[2]), match[1]))
        text, done = text + match[2], match.end()
    text += line[done:]
    if "[" in text or "]" in text:
        raise ValueError(f"a square bracket that marks no name: {line!r}")
    if any(text[begin].isspace() or text[end - 1].isspace() for begin, end, _ in names):
        raise ValueError(f"white space at the edge of a name: {line!r}")
    return text, names


def documents(path: Path) -> Iterator[list[Marked]]:
    """The documents of a file, each a list of paragraphs. Raises ValueError with the line at fault."""
    paragraphs: list[Marked] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            try:
                paragraphs.append(marked(line.strip()))
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from error
        elif paragraphs:
            yield paragraphs
            paragraphs = []


def main() -> None:
    total: Counter[str] = Counter()
    for path in [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt")):
        paragraphs = [p for document in documents(path) for p in document]
        counts = Counter(label for _, names in paragraphs for _, _, label in names)
        print(path.name, len(paragraphs), "paragraphs", dict(sorted(counts.items())))
        total += counts + Counter(paragraphs=len(paragraphs))
        seen = Counter(text for text, _ in paragraphs)
        for text in (text for text, times in seen.items() if times > 1):
            print("  twice:", text)
    print("all", dict(sorted(total.items())))


if __name__ == "__main__":
    main()
