"""A request of SPARQL 1.1 Update cut into its operations, with the graphs that each writes.

All is read from the tokens of the text, before anything is done. The grammar is that of SPARQL 1.1, rules [29] to [56]
(https://www.w3.org/TR/sparql11-query/#grammar). What could be read in another way is refused: an update reads and
writes scratch copies only (kg.store.update), so the worst that a wrong reading could do is to lose what it wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.store.scanning import PROLOGUE, Token, place, tokens
from kg.store.update import DEFAULT, EVERY, Operation

_MANAGES: Final = {"CLEAR": (0,), "DROP": (0,), "CREATE": (0,), "ADD": (1,), "MOVE": (0, 1), "COPY": (1,)}
"""Which of the graphs that an operation names it writes. MOVE takes its source away."""
_WRITING: Final = frozenset({"INSERT", "DELETE", "INSERT DATA", "DELETE DATA", "DELETE WHERE"})
"""What stands before a group of quads that are to be written."""
_QUIET: Final = frozenset({"SILENT", "TO", "GRAPH"})
_NAMES: Final = frozenset({"iri", "name"})
_BLANKS: Final = frozenset({"[", "("})


class Unclear(ValueError):
    """What an operation writes cannot be told before it is done."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One operation of a text, not yet looked at."""

    prologue: str
    """BASE and PREFIX of all operations up to here."""
    text: str
    place: tuple[int, int]
    """Line and column where it begins."""
    tokens: tuple[Token, ...]


def cut(sparql: str) -> Iterator[Piece]:
    """The operations of a text, cut at the semicolons between them. One that is malformed has pieces all the same."""
    found = tuple(tokens(sparql))
    at, prologue = 0, ""
    while at < len(found):
        begin = at
        while at < len(found) and (length := PROLOGUE.get(_word(found[at]))):
            at = min(at + length, len(found))
        if at > begin:
            prologue += f"{_text(sparql, found[begin:at])}\n"
        end = _end(found, at)
        if end > at:
            yield Piece(prologue, _text(sparql, found[at:end]), place(sparql, found[at].offset), found[at:end])
        at = end + 1


def read(sparql: str, piece: Piece) -> Operation:
    """What a well-formed operation writes, and from what. Raises Unclear where that cannot be told."""
    verb = _word(piece.tokens[0])
    plain = Operation(piece.prologue, piece.text)
    if verb in _MANAGES:
        named = [_graph(token) for token in piece.tokens[1:] if _word(token) not in _QUIET]
        return replace(plain, writes=tuple(named[which] for which in _MANAGES[verb]))
    if verb not in {"INSERT", "DELETE", "WITH"}:
        raise Unclear(f"{verb or piece.tokens[0].text} begins no operation that is known here")
    return _modifying(sparql, plain, piece.tokens)


def _word(token: Token) -> str:
    return token.text.upper() if token.kind == "word" else ""


def _text(sparql: str, some: Sequence[Token]) -> str:
    return sparql[some[0].offset : some[-1].offset + len(some[-1].text)]


def _graph(token: Token) -> str:
    word = _word(token)
    if token.kind in _NAMES or word in (DEFAULT, *EVERY):
        return word or token.text
    raise Unclear(f"{token.text} is no name of a graph")


def _end(found: Sequence[Token], at: int) -> int:
    """The semicolon after an operation, outside all braces, or the end."""
    depth = 0
    for number, token in enumerate(found[at:], at):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.text == ";" and depth == 0:
            return number
    return len(found)


def _modifying(sparql: str, plain: Operation, found: Sequence[Token]) -> Operation:
    """INSERT DATA, DELETE DATA, DELETE WHERE, and DELETE {} INSERT {} WHERE {} with its dataset."""
    with_graph = _word(found[0]) == "WITH"
    fixed = _graph(found[1]) if with_graph else DEFAULT
    writes, template, where, dataset = dict[str, None](), "", "", with_graph
    for before, group in _groups(found[2:] if with_graph else found):
        words, body = " ".join(_word(token) for token in before), _text(sparql, group)
        if words in _WRITING:
            writes |= dict.fromkeys(_written(group, fixed))
            template += f"{words.partition(' ')[0]} {body} "
        if words not in _WRITING or words == "DELETE WHERE":
            where, dataset = body, _dataset(before) or dataset
    blank = any(token.text in _BLANKS or token.kind == "blank" or _word(token) == "BNODE" for token in found)
    return replace(plain, writes=tuple(writes), template=template, where=where, dataset=dataset, blank=blank)


def _dataset(before: Sequence[Token]) -> bool:
    """True where USING names graphs before a WHERE."""
    rest = [token for token in before if _word(token) not in {"DELETE", "WHERE"}]
    while len(rest) > 1 and _word(rest[0]) == "USING":
        rest = rest[2 if _word(rest[1]) != "NAMED" else 3 :]
    if rest:
        raise Unclear(f"{rest[0].text} stands before WHERE; write spaces between words")
    return any(_word(token) == "USING" for token in before)


def _groups(found: Sequence[Token]) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """Each group in braces, with the tokens before it."""
    depth, begin, before = 0, 0, 0
    for at, token in enumerate(found):
        if token.text == "{":
            begin, depth = (at, 1) if depth == 0 else (begin, depth + 1)
        elif token.text == "}":
            depth -= 1
            if depth == 0:
                yield found[before:begin], found[begin : at + 1]
                before = at + 1


def _written(group: Sequence[Token], fixed: str) -> Iterator[str]:
    """The graphs that the quads of a template or of data stand in."""
    depth, at = 0, 0
    while at < len(group):
        token = group[at]
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 1 and _word(token) == "GRAPH":
            at += 1
            if group[at].kind == "variable":
                raise Unclear(f"GRAPH {group[at].text} could be any graph; name each graph that is to be written")
            yield _graph(group[at])
        elif depth == 1 and token.text not in {"{", "}", "."}:
            yield fixed
        elif depth == 2 and token.text == "{" and _word(group[max(0, at - 2)]) != "GRAPH":
            raise Unclear(f"{group[at - 1].text} stands before a group; write GRAPH and a space before its name")
        at += 1
