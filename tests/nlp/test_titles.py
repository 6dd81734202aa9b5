"""Title phrases to roles: the cases of titles.toml, terms and dates, spans for the reader of names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.ids import slug
from kg.lang import pack
from kg.lang.pack import Pack
from kg.nlp.layers import Chain, Name, Role
from kg.nlp.titles import roles
from kg.nlp.tokens import mark_sentences, tokenizer

CASES = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))["case"]
TYPES = {"p": "person", "o": "organization", "b": "place"}
MARK = re.compile(r"\[([^|\]]+)\|([pob])(?:=([^\]]+))?\]")


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    made = spacy.blank("id")
    made.tokenizer = tokenizer(made)
    return made


@pytest.fixture(scope="module")
def words() -> Pack:
    return pack.load("id")


def read(nlp: spacy.Language, marked: str) -> tuple[Doc, tuple[Chain, ...]]:
    """A Doc and its chains from a text with marked names."""
    plain, spans, last = "", [], 0
    for mark in MARK.finditer(marked):
        plain += marked[last : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[1]), mark[2], mark[3] or mark[1]))
        plain, last = plain + mark[1], mark.end()
    doc = mark_sentences(nlp(plain + marked[last:]))
    names: dict[tuple[str, str], list[Name]] = {}
    for begin, end, kind, chain in spans:
        span = doc.char_span(begin, end)
        assert span is not None, f"{chain} is no whole tokens"
        names.setdefault((kind, chain), []).append(Name(span.start, span.end, TYPES[kind], "test", 1.0))
    return doc, tuple(
        Chain(f"{TYPES[kind]}:{slug(chain)}", TYPES[kind], chain, tuple(found))
        for (kind, chain), found in names.items()
    )


def told(found: tuple[Role, ...], chains: tuple[Chain, ...]) -> set[tuple[str, ...]]:
    name = {chain.key: chain.name for chain in chains} | {None: ""}
    return {
        (name[r.person], r.title, name[r.body], r.status, *([name[r.territory]] if r.territory else []))
        for r in found
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(nlp: spacy.Language, words: Pack, case: dict) -> None:
    doc, chains = read(nlp, case["text"])
    assert told(roles(doc, chains, (), words), chains) == {tuple(role) for role in case["roles"]}
