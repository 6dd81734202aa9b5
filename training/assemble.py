"""Puts the trained pipeline into the language pack, measures it there, and writes figures and digests into its card.

python training/assemble.py SHARED MODEL
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import spacy
from measure import figures

import kg
from kg.lang import pack
from kg.nlp import tokens  # noqa: F401  (registers our tokenizer and sentence component)

HERE = Path(__file__).parent
CARD = """# The Indonesian model of Riwayat {version}

Tags, trees and names (PER, ORG, LOC) of Indonesian news on one tok2vec, learnt by `make model` from the sources in
[NOTICE](NOTICE); no weights from elsewhere. How it was made and what was tried: training/README.md of the repository.

Measured by training/measure.py on what it never learnt from:

```json
{figures}
```

Digests (SHA-256, first 16 digits) of what it learnt from:

```json
{digests}
```
"""


def digests(shared: Path) -> dict[str, str]:
    """A digest of each thing the recipe reads."""
    data = [*sorted((shared / "data").glob("*/*.*")), shared / "gold/articles/train.jsonl"]
    ours = [HERE / "articles.jsonl", *sorted(HERE.glob("*.cfg")), *sorted(HERE.glob("*.toml"))]
    named = {str(path.relative_to(shared)): [path] for path in data}
    named |= {f"training/{path.name}": [path] for path in ours}
    named["training/sentences"] = sorted((HERE / "sentences").glob("*.txt"))
    named["gold/train"] = sorted((shared / "gold/train").glob("*.json"))
    return {name: _digest(paths) for name, paths in named.items()}


def _digest(paths: list[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def main() -> None:
    shared, target = Path(sys.argv[1]), pack.load().model_path
    nlp = spacy.load(Path(sys.argv[2]))
    nlp.meta |= {
        "name": "riwayat",
        "version": kg.__version__,
        "description": "Tags, trees and names of Indonesian news",
        "author": "The Riwayat authors",
        "license": "CC BY-SA 4.0; see NOTICE",
        "sources": [],
        "performance": {},
    }
    nlp.to_disk(target, exclude=["lookups"])
    measured, learnt = figures(shared, target), digests(shared)
    meta = json.loads((target / "meta.json").read_text(encoding="utf-8"))
    meta |= {"performance": measured, "sources": [{"name": name, "sha256": code} for name, code in learnt.items()]}
    (target / "meta.json").write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    shown = {"figures": json.dumps(measured, indent=2, ensure_ascii=False), "digests": json.dumps(learnt, indent=2)}
    (target / "README.md").write_text(CARD.format(version=kg.__version__, **shown), encoding="utf-8")
    print(shown["figures"])


if __name__ == "__main__":
    main()
