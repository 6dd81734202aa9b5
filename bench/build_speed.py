"""Articles a second of a whole ``kg build`` against the bare model on the same texts, and the peak of memory.

    python bench/build_speed.py ../shared/data/news/detik-2026.jsonl [ARTICLES]

Both run in this process, one after the other, on one worker; the model is loaded before either clock starts.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from itertools import islice
from pathlib import Path

import timed

from kg.build import build
from kg.lang import pack
from kg.model import Article
from kg.nlp import pipeline
from kg.nlp.boilerplate import reading
from kg.sources import read


def main() -> None:
    path, limit = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None
    words = pack.load()
    nlp = pipeline.load(words)
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / path.name
        with path.open("rb") as source, lines.open("wb") as target:
            target.writelines(islice(source, limit))
        articles = [item for item in read([str(lines)]) if isinstance(item, Article)]
        texts = [reading(article, words).text for article in articles]
        bare = timed.seconds(lambda: [None for _ in nlp.pipe(texts, batch_size=pipeline.BATCH_DOCS)])
        whole = timed.seconds(lambda: build([str(lines)], Path(folder) / "graph"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = len(articles)
    print(f"articles     {count}")
    print(f"bare model   {count / bare:.1f} a second")
    print(f"kg build     {count / whole:.1f} a second")
    print(f"ratio        {bare / whole:.2f}")
    print(f"peak memory  {peak:.0f} MiB")


if __name__ == "__main__":
    main()
