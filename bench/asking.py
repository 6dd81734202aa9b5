"""Asks questions with many values and prints how long they take."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from kg import queries
from kg.store.base import Solutions
from kg.store.embedded import EmbeddedStore

ASKED: Final = 50
"""Values that each question is asked with."""
PATIENCE: Final = 60.0
"""Seconds after which a question is asked no more."""

Case = tuple[str, str, Iterator[dict[str, str]]]
"""A question, what its parameters are, and values of them."""


def ask_all(store: EmbeddedStore, cases: Iterable[Case]) -> None:
    """Asks each question and prints a line for it."""
    print(f"{'question':15} {'parameters':27} {'asked':>5} {'rows':>6} {'median':>10} {'95 %':>10}")
    for name, parameters, values in cases:
        times, found = [], []
        for given in islice(values, ASKED):
            began = time.perf_counter()
            found.append(rows(store, queries.question(name).bound(given)))
            times.append(time.perf_counter() - began)
            if sum(times) > PATIENCE:
                break
        late = sorted(times)[int(0.95 * (len(times) - 1))]
        middle = f"{statistics.median(times) * 1000:7.1f} ms {late * 1000:7.1f} ms"
        print(f"{name:15} {parameters:27} {len(times):5} {statistics.median(found):6.0f} {middle}", flush=True)


def rows(store: EmbeddedStore, sparql: str) -> int:
    """How many rows an answer has."""
    answer = store.query(sparql)
    assert isinstance(answer, Solutions)
    return sum(1 for _ in answer.rows)
