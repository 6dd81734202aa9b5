"""Title phrases to roles: the cases of titles.toml, spans for the reader of names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import Broken
from kg.ids import slug
from kg.lang import pack
from kg.lang.pack import Pack
from kg.nlp.layers import Chain, Name, Role
from kg.nlp.titles import roles, title_spans
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
        (name[r.person], r.title, name[r.body], r.status, *([name[r.territory]] if r.territory else [])) for r in found
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(nlp: spacy.Language, words: Pack, case: dict) -> None:
    doc, chains = read(nlp, case["text"])
    assert told(roles(doc, chains, (), words), chains) == {tuple(role) for role in case["roles"]}


def only(nlp: spacy.Language, words: Pack, marked: str) -> Role:
    """The one role of a text."""
    doc, chains = read(nlp, marked)
    (role,) = roles(doc, chains, (), words)
    return role


def test_single_seats(nlp: spacy.Language, words: Pack) -> None:
    assert only(nlp, words, "Ketua [KPK|o] [Setyo|p] hadir.").single
    assert not only(nlp, words, "Wakil Ketua [KPK|o] [Johanis|p] hadir.").single


def test_evidence_covers_title_and_name(nlp: spacy.Language, words: Pack) -> None:
    doc, chains = read(nlp, "Kata mantan Ketua [KPK|o] [Abraham Samad|p], itu keliru.")
    (role,) = roles(doc, chains, (), words)
    assert doc[role.start : role.end].text == "mantan Ketua KPK Abraham Samad"
    assert role.rule == "title:before"
    assert 0 < role.confidence <= 1


def test_roles_are_the_same_every_time(nlp: spacy.Language, words: Pack) -> None:
    doc, chains = read(nlp, " ".join(case["text"].rstrip() for case in CASES[:40]))
    assert roles(doc, chains, (), words) == roles(doc, tuple(reversed(chains)), (), words)


@pytest.mark.parametrize(
    "text", ["", "\n", "Ketua", "Presiden,", "Menteri (", "eks", "-", "Ketua dan", "Ketua, dan", "ke - 7"]
)
def test_scraps_are_read_without_harm(nlp: spacy.Language, words: Pack, text: str) -> None:
    doc = mark_sentences(nlp(text)) if text else nlp(text)
    assert roles(doc, (), (), words) == ()


def test_title_spans(nlp: spacy.Language, words: Pack) -> None:
    doc = nlp("Menhan Shoigu dan Ketua Umum Golkar disambut AKBP H. Rudi, kata Plt Bupati Melati.")
    assert [(doc[span.start : span.end].text, span.kind) for span in title_spans(doc, words)] == [
        ("Menhan", "office"),
        ("Ketua Umum", "head"),
        ("AKBP", "rank"),
        ("H.", "honorific"),
        ("Bupati", "office"),
    ]


TITLES = pack.load("id").table("titles")


@pytest.mark.parametrize("group", TITLES)
def test_every_title_has_an_english_label_and_a_kind_of_body(group: str) -> None:
    assert TITLES[group]["of"] and TITLES[group]["titles"]
    assert all(entry["en"] for entry in TITLES[group]["titles"].values())


def test_a_form_stands_for_one_office() -> None:
    entries = [entry for group in TITLES.values() for entry in group["titles"].items()]
    forms = [form.casefold() for name, entry in entries for form in (name, *entry.get("short", ()))]
    assert len(entries) >= 400
    assert sorted(forms) == sorted(set(forms))


def test_a_damaged_table_names_the_file(tmp_path: Path) -> None:
    words = pack.load("id")
    for name in ("roles.toml", "countries.toml", "speech.toml"):
        (tmp_path / name).write_bytes((words.folder / name).read_bytes())
    (tmp_path / "titles.toml").write_text('[a]\nof = "any"\n[a.titles]\n"Ketua" = { seat = 1 }\n')
    with pytest.raises(Broken, match=r"titles\.toml.*seat"):
        title_spans(spacy.blank("id")("Ketua"), Pack("id", tmp_path))
