"""Refreshes the lists of well-known names as far as a library knows them, and says what the others rest on.

    python training/knowledge.py            adds to countries.toml what CLDR has and it lacks
    python training/knowledge.py --check    only compares: 1 where something is lacking

Nothing is ever taken out: what was written by hand stays. Needs no network: CLDR comes with Babel.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from babel import Locale

from kg.lang import pack
from kg.resolve.names import fold

FOLDER: Final = pack.load().folder
COUNTRIES: Final = FOLDER / "countries.toml"
SOURCE: Final = re.compile(r"Source: (.*?); checked (\d{4}-\d\d-\d\d)")
LABEL: Final = re.compile(r"[(]| - ")
"""CLDR tells two countries apart with brackets and dashes that no article writes: "Kongo - Kinshasa"."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a list of names follows, where that is written, and when the list was last gone through."""

    where: str
    says: str
    on: str


def cldr() -> dict[str, str]:
    """Code → Indonesian name of every territory with a code of two letters, from CLDR."""
    named = Locale("id").territories.items()
    return {code: name for code, name in named if re.fullmatch("[A-Z]{2}", code) and not LABEL.search(name)}


def refreshed(text: str, known: Mapping[str, str]) -> str:
    """countries.toml with every known country and name; nothing changes where it has them all."""
    table = tomllib.loads(text)
    entries = {entry["code"]: entry for entry in table["country"]}
    for code in known.keys() - entries.keys() - set(table["left_out"]):
        entries[code] = {"code": code, "name": known[code], "names": []}
    header = text[: text.index("[[country]]")]
    return header + "\n".join(_block(entries[code], known.get(code)) for code in sorted(entries))


def sources(folder: Path) -> Iterator[Source]:
    """Every source that the tables of a folder name in a comment, in order."""
    for path in sorted(folder.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        for comment in re.finditer(r"(?:^#.*\n)+", text, re.MULTILINE):
            line = text.count("\n", 0, comment.start()) + 1
            for says, on in SOURCE.findall(" ".join(comment.group().replace("#", "").split())):
                yield Source(f"{path.name}:{line}", says, on)


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes or compares, then prints the sources; 1 where a comparison found something lacking."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--check", action="store_true", help="only compare")
    check = asked.parse_args(arguments).check
    before = COUNTRIES.read_text(encoding="utf-8")
    after = refreshed(before, cldr())
    if not check:
        COUNTRIES.write_text(after, encoding="utf-8", newline="\n")
    print(
        f"{COUNTRIES.name}: {'as CLDR has it' if before == after else 'lacks names of CLDR' if check else 'refreshed'}"
    )
    for source in sources(FOLDER):
        print(f"{source.where}: checked {source.on}: {source.says}")
    return int(check and before != after)


def _block(entry: Mapping[str, Any], known: str | None) -> str:
    """One country in TOML as it was, its name in CLDR added where no name of it is the same."""
    names = list(entry["names"])
    if known and fold(known) not in {fold(name) for name in (entry["name"], *names)}:
        names.append(known)
    rows = {**entry, "names": names}
    return "[[country]]\n" + "".join(f"{key} = {json.dumps(row, ensure_ascii=False)}\n" for key, row in rows.items())


if __name__ == "__main__":
    raise SystemExit(main())
