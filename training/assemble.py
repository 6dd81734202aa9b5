"""Puts what was learnt apart into one pipeline and writes it into the language pack.

python training/assemble.py SYNTAX NAMES
"""

from __future__ import annotations

import sys
from pathlib import Path

import spacy

import kg
from kg.lang import pack
from kg.nlp import tokens  # noqa: F401  (registers our tokenizer and sentence component)

KEPT = {"NOTICE"}
"""Files of the model's folder that training does not make."""


def main() -> None:
    syntax, names = (spacy.load(Path(path)) for path in sys.argv[1:3])
    syntax.add_pipe("ner", source=names)
    syntax.meta |= {
        "name": "riwayat",
        "version": kg.__version__,
        "description": "Tags, parse and names of Indonesian news",
        "author": "The Riwayat authors",
        "license": "CC BY-SA 4.0; see NOTICE",
        "sources": [],
        "performance": {**syntax.meta["performance"], **names.meta["performance"]},
    }
    target = pack.load().model_path
    kept = {name: (target / name).read_bytes() for name in KEPT if (target / name).exists()}
    syntax.to_disk(target, exclude=["lookups"])
    for name, content in kept.items():
        (target / name).write_bytes(content)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(f"{target}: {size / 1e6:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
