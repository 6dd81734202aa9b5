"""Counts the words that the press writes small: kg/lang/id/common.txt, which tells a capital at the beginning of a
sentence from a name.

    python training/words.py          after training/vectors.py, on training/work/raw.txt
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kg.lang import pack

WORK = Path(__file__).parent / "work"
TIMES, SHARE = 15, 0.92
"""A word is common that stands small so often, and in this share of the places where no sentence begins."""
HEADER = """# Words that the press writes small, counted in raw news by training/words.py: a capital at the beginning of
# a sentence or in a headline does not make a name of them. To extend: change the counting, or add words below.
"""


def main() -> None:
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for line in (WORK / "raw.txt").open(encoding="utf-8"):
        before = "."
        for word in line.split():
            if (word.isalpha() and before[-1:].isalnum()) or before == ",":
                (small if word.islower() else large)[word.casefold()] += 1
            before = word
    common = sorted(
        w for w, n in small.items() if w.isalpha() and len(w) > 1 and n >= TIMES and n / (n + large[w]) >= SHARE
    )
    (pack.load().folder / "common.txt").write_text(HEADER + "\n".join(common) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
