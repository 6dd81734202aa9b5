"""Treebanks in CoNLL-U, read on our own tokens and written again: a word with a clitic is one token here, two there.

What the clitic is to its word is kept as the feature ``Clitic`` (``rumahnya``: ``Clitic=nmod``); the model learns it.
Format: https://universaldependencies.org/format.html
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from columns import SETTINGS
from spacy.language import Language
from spacy.tokens import Doc, Token

ENCLITICS: dict[str, str] = SETTINGS["enclitics"]


def treebank(nlp: Language, path: Path) -> Iterator[Doc]:
    """The sentences of a CoNLL-U file; a word written as one is one token, whatever clitics it holds."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        doc = _tree(nlp, rows)
        if doc is not None:
            yield doc


def _tree(nlp: Language, rows: list[list[str]]) -> Doc | None:
    surface: list[tuple[list[str], list[int], bool]] = []
    until = 0
    for row in rows:
        spaced = "SpaceAfter=No" not in row[9]
        if "-" in row[0]:
            first, until = map(int, row[0].split("-"))
            surface.append((row, list(range(first, until + 1)), spaced))
        elif "." not in row[0] and int(row[0]) > until:
            surface.append((row, [int(row[0])], spaced))
    words = {int(row[0]): row for row in rows if row[0].isdigit()}
    home = {part: index for index, (_, parts, _) in enumerate(surface) for part in parts}
    tops = [_top(parts, words) for _, parts, _ in surface]
    heads, labels = [], []
    for index, top in enumerate(tops):
        head = int(words[top][6])
        heads.append(home[head] if head else index)
        labels.append(words[top][7].split(":")[0] if head else "ROOT")
    if any(not row[1].strip() for row, _, _ in surface):
        return None
    return Doc(
        nlp.vocab,
        words=[row[1].replace(" ", "_") for row, _, _ in surface],
        spaces=[spaced for _, _, spaced in surface],
        pos=[words[top][3] for top in tops],
        morphs=[_clitic(parts, top, words) for (_, parts, _), top in zip(surface, tops, strict=True)],
        heads=heads,
        deps=labels,
        sent_starts=[index == 0 for index in range(len(surface))],
    )


def _clitic(parts: list[int], top: int, words: dict[int, list[str]]) -> str:
    """What a clitic is to the word that it is joined to ("-nya" possessor or object), as a feature of the whole."""
    relations = [words[part][7].split(":")[0] for part in parts if part != top]
    return f"Clitic={relations[0]}" if len(relations) == 1 and parts[-1] != top else ""


def _top(parts: list[int], words: dict[int, list[str]]) -> int:
    """Of the words that one token holds, the one whose head lies outside."""
    return next((part for part in parts if int(words[part][6]) not in parts), parts[0])


def conllu(doc: Doc) -> Iterator[str]:
    """The sentences of a Doc as CoNLL-U, a word with a clitic as a range of two words."""
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if not words:
            continue
        number, numbers = 1, {}
        for token in words:
            numbers[token.i] = number
            number += 1 + bool(clitic(token))
        rows: list[str] = []
        for token in words:
            rows += _rows(token, numbers)
        yield "\n".join(rows) + "\n\n"


def clitic(token: Token) -> str:
    """The clitic that the model saw at the end of a token, or nothing."""
    if not token.morph.get("Clitic"):
        return ""
    return next((c for c in ENCLITICS if token.text.lower().endswith(c) and len(token) > len(c) + 1), "")


def _rows(token: Token, numbers: dict[int, int]) -> Iterator[str]:
    number, end = numbers[token.i], clitic(token)
    root = token.dep_ == "ROOT" or token.head.i not in numbers
    head, relation = (0, "root") if root else (numbers[token.head.i], token.dep_)
    spacing = "_" if token.whitespace_ else "SpaceAfter=No"
    if not end:
        yield _row(number, token.text, token.pos_, head, relation, spacing)
        return
    host, rest = token.text[: -len(end)], token.text[-len(end) :]
    yield f"{number}-{number + 1}\t{token.text}" + "\t_" * 7 + f"\t{spacing}"
    yield _row(number, host, token.pos_, head, relation, "_")
    yield _row(number + 1, rest, ENCLITICS[end], number, token.morph.get("Clitic")[0], "_")


def _row(number: int, form: str, pos: str, head: int, relation: str, misc: str) -> str:  # noqa: PLR0913, PLR0917
    return f"{number}\t{form}\t_\t{pos or 'X'}\t_\t_\t{head}\t{relation}\t_\t{misc}"
