"""What is refused before it is run: SERVICE and LOAD, a text that is too long, too deep or can be read in two ways.

A worker could not reach any other machine either (kg.server.confining); this is the first of two locks, and the one
that tells the client why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kg.server.limits import Limits
from kg.server.problems import Problem
from kg.store.scanning import PROLOGUE, Ambiguous, Token, place, tokens

_FETCHES: Final = re.compile("service|load", re.IGNORECASE)
"""No keyword of SPARQL holds one of these words but the two that fetch."""
_PREFIXING: Final = frozenset("!^+-")
_STEPS: Final = frozenset({"{", "||", "&&", "|", "/", "^", "!", "+", "-", "*"})


@dataclass(frozen=True, slots=True)
class From:
    """The dataset clause of a query: names as they are written, and the prologue that says what they mean."""

    prologue: str
    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass
class _Passed:
    """What of a text has been looked at."""

    steps: int = 0
    run: int = 0
    last: tuple[Token, Token] = (Token("sign", "", 0, 0), Token("sign", "", 0, 0))
    default: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


def checked(sparql: str, limits: Limits) -> From | None:
    """Looks a query or an update through before it is run; gives the dataset clause of a query that has one.

    Raises Problem where it is refused.
    """
    if len(sparql) > limits.text or len(sparql.encode()) > limits.text:
        raise Problem(413, "Text too long", f"a query may have {limits.text:,} bytes")
    passed, head = _Passed(), None
    try:
        for token in tokens(sparql):
            _check_cost(token, passed, limits, sparql)
            _check_fetch(token, passed, sparql)
            if head is None and token.kind == "word" and token.text.upper() not in PROLOGUE:
                head = token.offset
            _note_from(token, passed, sparql)
            passed.last = (passed.last[1], token)
    except Ambiguous as error:
        raise _problem(400, "Ambiguous query", error.advice, sparql, error.offset) from error
    if passed.default or passed.named:
        return From(sparql[:head], tuple(passed.default), tuple(passed.named))
    return None


def _check_cost(token: Token, passed: _Passed, limits: Limits, sparql: str) -> None:
    passed.run = passed.run + 1 if token.text in _PREFIXING else 0
    if max(token.depth, passed.run) > limits.depth:
        raise _problem(422, "Query too deep", f"at most {limits.depth} levels are read", sparql, token.offset)
    passed.steps += token.kind == "word" or token.text in _STEPS
    if passed.steps > limits.steps:
        what = f"at most {limits.steps:,} keywords and operators are read; give values by VALUES or IN"
        raise _problem(422, "Query too long", what, sparql, token.offset)


def _check_fetch(token: Token, passed: _Passed, sparql: str) -> None:
    """Refuses the keywords, also where one is glued to a name: what oxigraph reads as SERVICE stands before a brace."""
    last = passed.last[1]
    if token.kind == "word" and (found := _FETCHES.search(token.text)):
        raise _fetching(found[0], sparql, token.offset)
    if token.text == "{" and last.kind == "name" and _FETCHES.search(_prefix(last)):
        raise _fetching("service", sparql, last.offset)
    if token.kind == "name" and not token.depth and "load" in _prefix(token).lower() and not _is_word(last, "PREFIX"):
        raise _fetching("load", sparql, token.offset)


def _fetching(keyword: str, sparql: str, offset: int) -> Problem:
    detail = (
        f"{keyword.upper()} is refused: this service fetches nothing from elsewhere. Ask the other service yourself"
        " and give its answer by VALUES; if it is a prefix, name it otherwise"
    )
    return _problem(403, "No other service is asked", detail, sparql, offset)


def _note_from(token: Token, passed: _Passed, sparql: str) -> None:
    """Notes a graph after FROM or FROM NAMED. Both stand outside all brackets."""
    before, last = passed.last
    if token.depth:
        return
    glued = token.kind in {"word", "name"} and "FROM" in (_prefix(token).upper()) and not _is_word(token, "FROM")
    if glued and not _is_word(last, "PREFIX"):
        raise _problem(400, "Ambiguous query", "write a space after FROM", sparql, token.offset)
    if token.kind in {"iri", "name"} and _is_word(last, "FROM"):
        passed.default.append(token.text)
    elif token.kind in {"iri", "name"} and _is_word(last, "NAMED") and _is_word(before, "FROM"):
        passed.named.append(token.text)


def _is_word(token: Token, keyword: str) -> bool:
    return token.kind == "word" and token.text.upper() == keyword


def _prefix(name: Token) -> str:
    return name.text.partition(":")[0]


def _problem(status: int, title: str, detail: str, sparql: str, offset: int) -> Problem:
    return Problem(status, title, detail, *place(sparql, offset))
