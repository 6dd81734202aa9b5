"""RDF terms as light frozen values, and their canonical N-Quads form.

rdflib's terms are slow to make and pyoxigraph's stay behind ``store/embedded.py``; these carry quads between
the parts of kg. A Literal takes the lexical form that pyoxigraph keeps, so that writing and reading changes
nothing. There are no blank nodes in Riwayat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from kg.model import When

XSD: Final = "http://www.w3.org/2001/XMLSchema#"

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]*")
_LANG = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?")
_WRITTEN_APART = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_ESCAPES: Final = {
    0x08: "\\b",
    0x09: "\\t",
    0x0A: "\\n",
    0x0C: "\\f",
    0x0D: "\\r",
    0x22: '\\"',
    0x5C: "\\\\",
} | {code: f"\\u{code:04X}" for code in (*range(0x08), 0x0B, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF)}


@dataclass(frozen=True, slots=True, order=True)
class IRI:
    """An absolute IRI. Raises ValueError for what could not stand between angle brackets."""

    value: str

    def __post_init__(self) -> None:
        if _IRI.fullmatch(self.value) is None:
            raise ValueError(f"not an absolute IRI: {self.value!r}")

    def __str__(self) -> str:
        """The canonical N-Quads form."""
        return f"<{self.value}>"


@dataclass(frozen=True, slots=True)
class Literal:
    """Text with a datatype or a language, in canonical lexical form; plain text has neither.

    Raises ValueError for lone surrogates, for a number or truth value that is none, and for both at once.
    """

    value: str
    datatype: IRI | None = None
    lang: str | None = None

    def __post_init__(self) -> None:
        if not self.value.isascii():
            self.value.encode("utf-8")
        if self.lang is not None:
            self._check_language(self.lang)
        elif self.datatype is not None:
            self._canonicalise(self.datatype)

    @classmethod
    def kept(cls, value: str, datatype: IRI | None = None, lang: str | None = None) -> Literal:
        """A literal just as a store keeps it: nothing is checked, nothing made canonical.

        People may add numbers that are none, or of more digits than a store makes canonical.
        """
        made = cls.__new__(cls)
        for name, part in (("value", value), ("datatype", datatype), ("lang", lang)):
            object.__setattr__(made, name, part)
        return made

    def __str__(self) -> str:
        """The canonical N-Quads form."""
        text = self.value if _WRITTEN_APART.search(self.value) is None else self.value.translate(_ESCAPES)
        if self.lang is not None:
            return f'"{text}"@{self.lang}'
        return f'"{text}"' if self.datatype is None else f'"{text}"^^<{self.datatype.value}>'

    def _check_language(self, lang: str) -> None:
        lower = lang.lower()
        if self.datatype is not None or _LANG.fullmatch(lower) is None:
            raise ValueError(f"literal {self.value!r}: bad language {lang!r}, or one beside a datatype")
        object.__setattr__(self, "lang", lower)

    def _canonicalise(self, datatype: IRI) -> None:
        if datatype == XSD_STRING:
            object.__setattr__(self, "datatype", None)
        elif canonical := _CANONICAL.get(datatype.value):
            object.__setattr__(self, "value", canonical(self.value))


Term = IRI | Literal


class Quad(NamedTuple):
    """One statement in one named graph."""

    subject: IRI
    predicate: IRI
    object: Term
    graph: IRI


def nquads(quads: Iterable[Quad]) -> Iterator[str]:
    """One canonical N-Quads line for each quad, line break included; sorted lines are a dataset's form."""
    for subject, predicate, object_, graph in quads:
        yield f"<{subject.value}> <{predicate.value}> {object_} <{graph.value}> .\n"


def text(value: str, lang: str | None = None) -> Literal:
    """Text, in a language where one is given."""
    return Literal(value, None, lang)


def search_form(name: str) -> Literal:
    """A name as it is looked up: in lower case, with one space between words, in no language."""
    return Literal(" ".join(name.lower().split()))


def integer(value: int) -> Literal:
    """A count or an offset: xsd:integer, since stores keep no narrower type. Raises ValueError below zero."""
    if value < 0:
        raise ValueError(f"not a count or offset: {value}")
    return Literal(str(value), XSD_INTEGER)


def decimal(value: float) -> Literal:
    """A number of at most six decimal places."""
    return Literal(f"{value:.6f}", XSD_DECIMAL)


def boolean(value: bool) -> Literal:
    """A truth value."""
    return TRUE if value else FALSE


def day(value: date) -> Literal:
    """A calendar day."""
    return Literal(value.isoformat(), XSD_DATE)


def when(value: When) -> Literal | None:
    """A date typed by its precision: day, month or year; None for an interval, which has no one literal."""
    datatype = _BY_PRECISION.get(len(value.iso))
    return Literal(value.iso, datatype) if datatype else None


def _canonical_integer(value: str) -> str:
    if _INTEGER.fullmatch(value) is None:
        raise ValueError(f"not an integer: {value!r}")
    return str(int(value))


def _canonical_decimal(value: str) -> str:
    match = _DECIMAL.fullmatch(value)
    if match is None or not (match[2] or match[3]):
        raise ValueError(f"not a decimal: {value!r}")
    whole, part = match[2].lstrip("0") or "0", (match[3] or "").rstrip("0")
    number = f"{whole}.{part}" if part else whole
    return f"-{number}" if match[1] == "-" and number != "0" else number


def _canonical_boolean(value: str) -> str:
    known = {"true": "true", "1": "true", "false": "false", "0": "false"}
    if value not in known:
        raise ValueError(f"not a truth value: {value!r}")
    return known[value]


_CANONICAL: Final[dict[str, Callable[[str], str]]] = {
    XSD + "integer": _canonical_integer,
    XSD + "decimal": _canonical_decimal,
    XSD + "boolean": _canonical_boolean,
}

XSD_STRING: Final = IRI(XSD + "string")
XSD_BOOLEAN: Final = IRI(XSD + "boolean")
XSD_DATE: Final = IRI(XSD + "date")
XSD_DECIMAL: Final = IRI(XSD + "decimal")
XSD_G_YEAR: Final = IRI(XSD + "gYear")
XSD_G_YEAR_MONTH: Final = IRI(XSD + "gYearMonth")
XSD_INTEGER: Final = IRI(XSD + "integer")

TRUE: Final = Literal("true", XSD_BOOLEAN)
FALSE: Final = Literal("false", XSD_BOOLEAN)
_BY_PRECISION: Final = {4: XSD_G_YEAR, 7: XSD_G_YEAR_MONTH, 10: XSD_DATE}
