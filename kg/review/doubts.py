"""Identities that may be one: the doubts of the resolved graph, with the evidence of both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final

from kg import queries
from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Literal, Term
from kg.review.items import Item, Sentence, Side
from kg.store.base import Solutions, Store

SENTENCES: Final = 3
"""Sentences shown of each side, of different articles where there are so many."""
UNLIKELY: Final = 0.1
"""What an answer on the least likely pair is worth a report: telling two apart for good is worth something too. Set by
hand; queries/doubts.rq has the same order."""

Row = Mapping[str, str]
"""A row of an answer, by column; what is unbound is left out."""


class Doubts:
    """The source of pairs of identities (kg.review.items.Source)."""

    def items(self, store: Store, base: str) -> Sequence[Item]:
        """Every doubt; an answer is worth the reports of its smaller side, more where it is likely."""
        found: dict[str, list[Row]] = {}
        for row in _rows(store, "doubts", {}):
            found.setdefault(row["doubt"], []).append(row)
        return [_item(rows, base) for rows in found.values() if len(rows) == 2]

    def waits(self, item: Item, store: Store, base: str) -> bool:
        """True where the graph still has the doubt."""
        first, second = (IRI(base + about) for about in item.about)
        return store.query(f"ASK {{ ?doubt a {v.DOUBT} ; {v.ABOUT} {first} , {second} }}") is True

    def sides(self, item: Item, store: Store, base: str) -> tuple[Side, Side]:
        """The evidence of both."""
        first, second = item.about
        return side(store, first, base), side(store, second, base)


def side(store: Store, about: str, base: str) -> Side:
    """An identity as the graph knows it."""
    terms: dict[str, Term] = {"about": IRI(base + about)}
    named = list(_rows(store, "names", terms))
    return Side(
        about=about,
        label=named[0]["label"] if named else about,
        names=tuple(row["name"] for row in named if "name" in row),
        offices=tuple(dict.fromkeys(map(_office, _rows(store, "offices", terms)))),
        sentences=tuple(_of_different_articles(_rows(store, "sentences", terms))),
        articles=int(named[0]["articles"]) if named else 0,
    )


def _item(rows: Sequence[Row], base: str) -> Item:
    first, second = sorted(row["about"].removeprefix(base) for row in rows)
    score = float(rows[0]["score"])
    return Item(
        kind="identity",
        about=(first, second),
        score=score,
        value=(score + UNLIKELY) * min(int(row["reports"]) for row in rows),
        reasons=tuple(sorted(rows[0]["reasons"].splitlines())),
    )


def _office(row: Row) -> str:
    """``Menteri Pertahanan Rusia: 2023-07-26 to 2024-05-12 at least``, or each bound as far as it is known."""
    begins, ends = _bound(row, "Start"), _bound(row, "End")
    certain = row.get("latestStart", ""), row.get("earliestEnd", "")
    if all(certain) and not row.keys() & {"earliestStart", "latestEnd"}:
        times = f"on {certain[0]}" if certain[0] == certain[1] else f"{certain[0]} to {certain[1]} at least"
    else:
        times = ", ".join([f"from {begins}"] * bool(begins) + [f"to {ends}"] * bool(ends))
    acting = " (acting)" if row["acting"] == "true" else ""
    return f"{row['office']}{acting}" + (f": {times}" if times else "")


def _bound(row: Row, which: str) -> str:
    earliest, latest = row.get(f"earliest{which}"), row.get(f"latest{which}")
    if earliest and latest:
        return earliest if earliest == latest else f"{earliest}/{latest}"
    return f"{earliest} or later" if earliest else f"{latest} or before" if latest else ""


def _of_different_articles(rows: Iterable[Row]) -> Iterator[Sentence]:
    every = list(rows)
    first = list({row["article"]: row for row in reversed(every)}.values())[::-1]
    for row in first[:SENTENCES]:
        told = " ".join(row["sentence"].split())
        yield Sentence(told, row["article"], row.get("outlet"), row.get("published"))


def _rows(store: Store, name: str, terms: Mapping[str, Term]) -> Iterator[Row]:
    sparql = _sparql(name)
    answer = store.query(queries.with_values(sparql, terms) if terms else sparql)
    assert isinstance(answer, Solutions)
    for row in answer.rows:
        cells = zip(answer.variables, row, strict=True)
        yield {name: value.value for name, value in cells if isinstance(value, IRI | Literal)}


@lru_cache(maxsize=8)
def _sparql(name: str) -> str:
    return (files("kg.review") / f"{name}.rq").read_text(encoding="utf-8")
