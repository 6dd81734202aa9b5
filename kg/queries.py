"""The questions in ``queries/``: what each answers, which parameters it takes, its SPARQL with values bound.

A question is one ``.rq`` file: a header of comments, then SPARQL 1.1 that runs as it is on any store whose
default graph is the union of all graphs. The header is::

    # Who held an office on a day?            what it answers, in one line
    #
    # More about it.
    #
    # Parameters:
    #   position (text, required): title of the office. Example: Menteri Pertahanan
    #   date (date): the day. Example: 2023-07-26
    #
    # Columns:
    #   holder: name of the person

Each parameter is a variable that the query leaves unbound. Values become RDF terms, checked by type, and
reach the query as one VALUES clause of serialised terms, put after the comment ``# parameters``: the same on every
store, and never pasted text. (The
substitution of pyoxigraph 0.5 serves no filter: its optimiser takes ``BOUND`` of a variable that no pattern
binds for false before the value is there.)

Oxigraph looks a pattern up for each row only where it stands in the group of the parameters, or alone in an OPTIONAL
or EXISTS. Two patterns in one of these, or a sub-SELECT beside other patterns, it reads for the whole graph; and so it
does from the OPTIONAL on with which it guesses more than 2^64 rows, ten for each pattern. So the questions put what is
required side by side, nest what is not: ``OPTIONAL { a OPTIONAL { b } }``, and end the inner SELECT with a LIMIT, that
no graph reaches: the guess goes on from there. A parameter that may be absent and should lead the search where it is
there gets a branch of a UNION; the other branch has ``FILTER (!BOUND(?of))``. Where the first would read everything
without a value, it begins with ``BIND (?of AS ?lead) FILTER (BOUND(?lead))``, which ends it there. An OPTIONAL is
looked up only by variables that are always bound before it: not by one of another OPTIONAL beside it; and an OPTIONAL
inside it that names a variable from outside of both is read for the whole graph. A branch that joins whole lists begins
with a group of its own, ``{ # parameters FILTER (!BOUND(?name)) }``: with a name no list is read. ORDER BY reads a
stored term from the index at each comparison, and makes an expression anew; a text that BIND made is at hand: so long
answers are sorted by one such text, made once a row, or once an article and an entity.

Other engines have ways of their own, found by ``tests/test_queries_stores.py``. Virtuoso 7.2.5 takes a comparison with
nothing for true, joins nothing into a CONCAT as an empty text, and says BOUND of a column of a sub-SELECT that is not:
so ``COALESCE(?end, day) >= ?date``, and ``IF(STRLEN(STR(?first)) > 0, ...)``. An EXISTS of it knows a parameter only
where the group binds it under another name, after its OPTIONALs: ``BIND (?place AS ?placeAsked)``. It mixes up the rows
of a SELECT DISTINCT without LIMIT inside another SELECT. comunica 4.5 gives an EXISTS the values of its own group
alone, none of the groups around: an EXISTS inside it gets them by ``BIND (?date AS ?asked)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kg.errors import BadInput, Broken
from kg.model import When
from kg.ontology import folder
from kg.rdf import vocab
from kg.rdf.terms import IRI, XSD_INTEGER, Literal, Term, day, search_form, text

_PARAMETER = re.compile(r"(?P<name>[a-z]\w*) \((?P<type>\w+)(?P<required>, required)?\): (?P<about>.+)")
_COLUMNS = re.compile(r"(?P<names>[a-z]\w*(?:, [a-z]\w*)*): (?P<about>.+)", re.IGNORECASE)
_EXAMPLE = re.compile(r"(?P<about>.*?) Example: (?P<example>.+)")
_SPARQL_TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*> | \"{3}.*?\"{3} | '{3}.*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'"""
    r"""| (?P<here>\#[ ]parameters\n) | \#[^\n]* | (?P<where>\bWHERE\s*\{)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_UNSAFE_TEXT = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")


SILENCE: Final = "nothing known"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that a question takes."""

    name: str
    type: str
    """One of TYPES."""
    required: bool
    about: str
    example: str

    def __str__(self) -> str:
        """One line for people."""
        need = ", required" if self.required else ""
        return f"{self.name} ({self.type}{need}): {self.about} Example: {self.example}"

    def term(self, value: str, base: str = vocab.BASE) -> Term:
        """The RDF term of a value that somebody typed. Raises BadInput where it is not of the type."""
        try:
            return TYPES[self.type](expanded(value, base) if self.type == "iri" else value)
        except ValueError as error:
            raise BadInput(f"--param {self.name}={value}: {error}. Example: {self.name}={self.example}") from error


@dataclass(frozen=True, slots=True)
class Column:
    """One variable of the result."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """One query file: what it answers, what it takes, what it gives, and its text."""

    name: str
    summary: str
    """What it answers, in one line."""
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str
    silence: str = SILENCE
    """What an answer without rows means."""

    def bound(self, values: Mapping[str, str], base: str = vocab.BASE) -> str:
        """The SPARQL with its parameters bound; `base` is that of shortened IRIs (``id:person/...``).

        Raises BadInput for an unknown, missing or wrong parameter.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in sorted(set(values) - set(known)):
            raise BadInput(f"{self.name}: no parameter {name}; {self._takes()}")
        for parameter in self.parameters:
            if parameter.required and parameter.name not in values:
                raise BadInput(f"{self.name}: --param {parameter.name}=... is missing; {self._takes()}")
        terms = {name: known[name].term(value, base) for name, value in values.items()}
        return with_values(self.sparql, terms) if terms else self.sparql

    def _takes(self) -> str:
        if not self.parameters:
            return "it takes none"
        return "it takes\n" + "\n".join(f"  {parameter}" for parameter in self.parameters)


def names() -> tuple[str, ...]:
    """The names of the questions that come with kg, sorted."""
    return tuple(sorted(path.stem for path in folder("queries").glob("*.rq")))


def questions() -> Iterator[Question]:
    """The questions that come with kg, sorted by name. Raises Broken where one has no header."""
    for name in names():
        yield question(name)


def question(name: str) -> Question:
    """One of the questions that come with kg. Raises BadInput for an unknown name."""
    if name not in names():
        raise BadInput(f"no question is called {name!r}; kg query --list shows those there are")
    path = folder("queries") / f"{name}.rq"
    try:
        found = _read(path)
    except BadInput as error:
        raise Broken(f"{path}: {error}; reinstall riwayat or mend the file") from error
    if not found.summary:
        raise Broken(f"{path}: has no header; reinstall riwayat or write one")
    return found


def from_file(path: Path) -> Question:
    """The question of any SPARQL file; its header may be missing. Raises BadInput where it cannot be read."""
    return _read(path)


def parse(name: str, source: str) -> Question:
    """The question of a query's text. Raises BadInput naming the line of a malformed header."""
    header = _header(source)
    summary, paragraphs = header[0][1] if header else "", _paragraphs(header)
    return Question(
        name=name,
        summary=summary,
        description="\n".join(line for kind, line in paragraphs if kind == "text"),
        parameters=tuple(_parameter(name, line) for kind, line in paragraphs if kind == "Parameters:"),
        columns=tuple(column for kind, line in paragraphs if kind == "Columns:" for column in _columns(line)),
        sparql=source,
        silence=next((line for kind, line in paragraphs if kind == "Without rows:"), SILENCE),
    )


def with_values(sparql: str, terms: Mapping[str, Term]) -> str:
    """The query with variables bound to terms by VALUES clauses.

    They stand after each comment ``# parameters``, in whose group the parameters are used; without one, at the
    head of the first WHERE. No line is added, so that messages about lines stay right. Raises BadInput where the
    query has neither.
    """
    tokens = list(_SPARQL_TOKEN.finditer(sparql))
    places = [m for m in tokens if m["here"]] or [m for m in tokens if m["where"]][:1]
    if not places:
        raise BadInput("the query has parameters but no WHERE { to bind them in; write the word WHERE")
    variables = " ".join(f"?{name}" for name in sorted(terms))
    row = " ".join(str(terms[name]) for name in sorted(terms))
    clause = f" VALUES ({variables}) {{ ({row}) }} "
    starts = [0, *(place.end() for place in places)]
    ends = [*starts[1:], len(sparql)]
    return clause.join(sparql[start:end] for start, end in zip(starts, ends, strict=True))


def _read(path: Path) -> Question:
    try:
        return parse(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: cannot be read as a SPARQL query ({error}); give a file in UTF-8") from error


def _header(source: str) -> list[tuple[int, str]]:
    """(line number, text) of the comments at the head of a query."""
    header = []
    for number, line in enumerate(source.splitlines(), 1):
        if not line.startswith("#"):
            break
        header.append((number, line.removeprefix("#").removeprefix(" ").rstrip()))
    return header


def _paragraphs(header: list[tuple[int, str]]) -> list[tuple[str, str]]:
    """The lines of a header after the first, each with the paragraph it stands in."""
    kind, found = "text", []
    for _, line in header[1:]:
        if line in {"Parameters:", "Columns:", "Without rows:"}:
            kind = line
        elif line:
            found.append((kind, line.strip()))
    return found


def _parameter(name: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    example = match and _EXAMPLE.fullmatch(match["about"])
    if match is None or example is None or match["type"] not in TYPES:
        raise BadInput(
            f"{name}: header line {line!r} is no parameter; write: name (type): what it is. Example: value"
            f" (types: {', '.join(TYPES)})"
        )
    return Parameter(match["name"], match["type"], bool(match["required"]), example["about"], example["example"])


def _columns(line: str) -> Iterator[Column]:
    """The columns that a line of a header tells of; none where it is a comment of another kind."""
    if match := _COLUMNS.fullmatch(line):
        for each in match["names"].split(", "):
            yield Column(each, match["about"])


def _text(value: str) -> Literal:
    if _UNSAFE_TEXT.search(value) or not value.strip():
        raise ValueError("is empty, or has a backslash or control character in it")
    return text(value.strip())


def _name(value: str) -> Term:
    return search_form(_text(value).value)


def _iri(value: str) -> Term:
    return IRI(value.strip().removeprefix("<").removesuffix(">"))


def _integer(value: str) -> Term:
    return Literal(value.strip(), XSD_INTEGER)


def _date(value: str) -> Term:
    return day(date.fromisoformat(value.strip()))


def _first_day(value: str) -> Term:
    return day(When.parse(value.strip()).earliest)


def _last_day(value: str) -> Term:
    return day(When.parse(value.strip()).latest)


TYPES: Final[dict[str, Callable[[str], Term]]] = {
    "text": _text,
    "name": _name,
    "iri": _iri,
    "integer": _integer,
    "date": _date,
    "from": _first_day,
    "to": _last_day,
}
"""The types of parameters. ``name`` is what entities and offices are looked up by (``skos:hiddenLabel``), in any letter
case. ``from`` and ``to`` take a day, month or year: its first and its last day."""


def expanded(iri: str, base: str = vocab.BASE) -> str:
    """The full IRI of a shortened one (``rw:Meeting``, ``id:person/sergei-shoigu``); any other as it is."""
    prefix, colon, rest = iri.partition(":")
    namespace = {**vocab.PREFIXES, "id": base}.get(prefix)
    return f"{namespace}{rest}" if colon and namespace else iri
