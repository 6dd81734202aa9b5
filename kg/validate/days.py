"""Whether what a node says of its days agrees: a date with its bounds, a tenure with its interval of certain days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.rdf import vocab as v
from kg.rdf.terms import IRI, Quad
from kg.store.embedded import EmbeddedStore
from kg.validate.findings import Finding, by_rule

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}")
"""A year, month or day of four digits, without a time zone: such dates compare as texts."""


def at_odds(said: Sequence[Quad], store: EmbeddedStore) -> Iterator[Finding]:
    """What the statements on one node say of its days that cannot be."""
    for one in said:
        if one.predicate == v.DATE and _DATE.fullmatch(one.object.value):
            yield from _outside(one, said)
        elif one.predicate == v.MEMBER_DURING:
            yield from _other_interval(one, said, store)


def _outside(one: Quad, said: Sequence[Quad]) -> Iterator[Finding]:
    """A date that lies before the first possible day, or after the last."""
    shown = one.object.value
    for quad in said:
        bound = quad.object.value
        if quad.predicate in (v.EARLIEST, v.LATEST) and _DAY.fullmatch(bound):
            cut = bound[: len(shown)]
            if shown < cut if quad.predicate == v.EARLIEST else shown > cut:
                parts = {"value": shown, "one": quad.predicate.value.removeprefix(v.RW), "other": bound}
                yield by_rule("date-bounds", (one, quad), parts, v.DATE.value, str(one.object))


def _other_interval(one: Quad, said: Sequence[Quad], store: EmbeddedStore) -> Iterator[Finding]:
    """An end of the interval of certain days that is not the tenure's latest start, or not its earliest end."""
    for step, bound in ((v.HAS_BEGINNING, v.LATEST_START), (v.HAS_END, v.EARLIEST_END)):
        instants = store.about(one.object.value, step.value)
        days = [quad for each in instants for quad in store.about(each.object.value, v.IN_XSD_DATE.value)]
        bounds = [quad for quad in said if quad.predicate == bound]
        if isinstance(one.object, IRI) and days and {d.object for d in days}.isdisjoint(b.object for b in bounds):
            parts = {"value": days[0].object.value, "one": bound.value.removeprefix(v.RW)}
            parts["other"] = bounds[0].object.value if bounds else "-"
            yield by_rule("certain-bounds", (one, days[0], *bounds), parts, v.MEMBER_DURING.value, str(days[0].object))
