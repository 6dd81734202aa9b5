"""How big a graph is and how sure: entities, offices, events, conflicts, decisions, duplicates suspected.

The measures are a table of queries, ``stats.toml`` beside this file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from kg.errors import Broken
from kg.rdf.terms import text
from kg.store.base import Row, Solutions, Store

COLUMNS: Final = ("what", "detail", "count")


def stats(store: Store) -> Solutions:
    """The measures of a graph, one a row, kinds in alphabetical order; a measure without kinds has no detail."""
    return Solutions(COLUMNS, _rows(store))


def _rows(store: Store) -> Iterator[Row]:
    table = _table()
    for measure in table["measure"]:
        answer = store.query(f"{table['prefixes']}{measure['query']}")
        assert isinstance(answer, Solutions)
        found = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
        for cells in sorted(found, key=lambda each: str(each.get("detail"))):
            if (count := cells.get("count")) is not None:
                yield text(measure["what"]), cells.get("detail"), count


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    path = files("kg") / "stats.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Broken(f"{path}: cannot be read ({error}); reinstall riwayat") from error
