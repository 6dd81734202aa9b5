"""The tokens of a SPARQL text, as oxigraph's parser may see them: enough to know what a text asks for before it is run.

Oxigraph's parser has no tokens: it reads letter by letter, so that ``trueSERVICE<x>`` and ``SERVICEex:x`` hold the
keyword. Where it may read a text in another way than the grammar of SPARQL 1.1 (section 19.8), `Ambiguous` is raised:
two readings are how a keyword hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

_BASE: Final = "A-Za-z\u0080-\U0010ffff"
"""PN_CHARS_BASE and more: beyond ASCII, whatever is no letter stands nowhere but in strings, IRIs and comments."""
_LETTER: Final = f"{_BASE}_0-9\\-"
"""PN_CHARS and more, to stand in brackets."""
_ESCAPE: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL: Final = f"(?:[{_BASE}_:0-9]|{_ESCAPE})(?:(?:[{_LETTER}.:]|{_ESCAPE})*(?:[{_LETTER}:]|{_ESCAPE}))?"
_TOKEN: Final = re.compile(
    rf"""
    (?P<space>(?:[ \t\r\n]+|\#[^\r\n]*)+)
  | (?P<iri><[^\x00-\x20<>"{{}}|^`]*>)
  | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*+\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
      |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$][{_BASE}_0-9]+)
  | (?P<blank>_:[{_LETTER}](?:[{_LETTER}.]*[{_LETTER}])?)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
  | (?P<name>(?:[{_BASE}](?:[{_LETTER}.]{{0,64}}[{_LETTER}])?)?:(?:{_LOCAL})?)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<sign><<\(|\|\||&&|\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPERAND: Final = {"iri", "string", "variable", "blank", "tag", "name", "word", "number"}
_OPENS, _CLOSES = {"(", "[", "{", "<<("}, {")", "]", "}"}
_PATTERN_BEFORE: Final = {"{", ".", ";", ",", ")", "/", "|", "^", "!", "<<("}
"""What an opening parenthesis stands after, within braces, if it opens a list, a path or a row: no expression."""
PROLOGUE: Final = {"BASE": 2, "VERSION": 2, "PREFIX": 3}
"""What may stand before a form or an operation, and how many tokens each has."""
HEAD: Final = 32_768
"""Characters that `form` reads, in a server's own process: five hundred prefixes fit in, and the worst text takes
60 ms of one core."""
_UNSURE: Final = re.compile(r"['#()]|service|load", re.IGNORECASE)
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@dataclass(eq=False)
class Ambiguous(Exception):
    """A text that can be read in two ways, at an offset of it."""

    offset: int
    advice: str


class Token(NamedTuple):
    """A token: what it is (iri, string, variable, blank, tag, name, word, number, sign), its text, where it begins."""

    kind: str
    text: str
    offset: int
    depth: int
    """How many brackets are open around it; an opening one counts itself."""


def tokens(sparql: str) -> Iterator[Token]:
    """The tokens of a text, without space and comments. A text that is malformed has tokens all the same.

    Raises Ambiguous where ``<`` may begin an IRI or mean "less than", and it matters which.
    """
    brackets: list[bool] = []
    """For each open bracket, whether an expression may stand in it, where ``<`` can mean "less than"."""
    before = Token("sign", "", 0, 0)
    for found in _TOKEN.finditer(sparql):
        kind, text = str(found.lastgroup), found[0]
        if kind == "space":
            continue
        if kind == "iri" and brackets and brackets[-1] and _is_operand(before) and _UNSURE.search(text):
            raise Ambiguous(
                found.start(), "write a space after < where it means less than, none where it begins an IRI"
            )
        if text in _OPENS:
            brackets.append(_is_expression(text, before, brackets))
        elif text in _CLOSES and brackets:
            brackets.pop()
        before = Token(kind, text, found.start(), len(brackets))
        yield before


def form(sparql: str) -> str | None:
    """The form of a query, in capitals: SELECT, ASK, CONSTRUCT or DESCRIBE; None where it has none. Reads its head.

    Raises Ambiguous.
    """
    words = (token.text.upper() for token in tokens(sparql[:HEAD]) if token.kind == "word")
    first = next((word for word in words if word not in PROLOGUE), "")
    return next((known for known in _FORMS if first.startswith(known)), None)


def place(sparql: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, counted from 1."""
    return sparql.count("\n", 0, offset) + 1, offset - sparql.rfind("\n", 0, offset)


def _is_operand(token: Token) -> bool:
    """True where an operator may follow."""
    return token.kind in _OPERAND or token.text in _CLOSES


def _is_expression(opening: str, before: Token, brackets: list[bool]) -> bool:
    if opening != "(":
        return False
    inside_braces = bool(brackets) and not brackets[-1]
    return not (inside_braces and before.text in _PATTERN_BEFORE)
