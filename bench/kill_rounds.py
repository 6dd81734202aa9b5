"""Kills kg build, load, export and serve at random moments, and checks each time that nothing is lost or half.

    python bench/kill_rounds.py [ROUNDS [SEED]]

What is killed, how, and what is checked stands in tests/graphs/kills.py. The commands take turns; every tenth round
kills `kg build samples` with the trained model. A round that fails stops with its seed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

ROOT: Final = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "graphs")]

import kills  # noqa: E402

ROUNDS: Final = 100
MODEL_EVERY: Final = 10
"""Rounds of which one is with the trained model, which takes seconds to load."""


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    done: Counter[str] = Counter()
    quick = [what for what in kills.ROUNDS if what != "samples"]
    with tempfile.TemporaryDirectory() as folder:
        scene = kills.scene(Path(folder))
        for number in range(rounds):
            what = "samples" if number % MODEL_EVERY == MODEL_EVERY - 1 else quick[number % len(quick)]
            began = time.monotonic()
            try:
                kills.ROUNDS[what](scene, Random(f"{seed} {number}"))
            except BaseException:
                print(f"round {number} ({what}) of seed {seed} failed", flush=True)
                raise
            done[what] += 1
            print(f"round {number}: {what} killed and made good in {time.monotonic() - began:.1f} s", flush=True)
    print(f"{sum(done.values())} rounds held: {', '.join(f'{count} {what}' for what, count in sorted(done.items()))}")


if __name__ == "__main__":
    main()
