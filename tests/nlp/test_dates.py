"""The dates of a Doc: aligned to tokens of any tokenizer, and the rule for dates of the report."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.lang import pack
from kg.nlp import dates

ID = pack.load("id")
FRIDAY = date(2023, 7, 28)
CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "dates.toml").read_text(encoding="utf-8"))
NLP = spacy.blank("id")


def read(text: str) -> Doc:
    """A Doc of spaCy's tokenizer; a sentence ends at a full stop before a space, or with the line."""
    doc = NLP(text)
    for token in doc:
        before = doc[token.i - 1] if token.i else None
        ends = before is not None and ("\n" in before.text or (before.text == "." and before.whitespace_))
        token.is_sent_start = before is None or bool(ends)
    return doc


def by_blanks(text: str) -> Doc:
    """A Doc whose tokens are parted by blanks alone, without sentences."""
    return Doc(Vocab(), words=text.split(" "), spaces=[True] * text.count(" ") + [False])


def by_letters(text: str) -> Doc:
    """A Doc of one token a character."""
    return Doc(Vocab(), words=list(text), spaces=[False] * len(text))


@pytest.mark.parametrize("text", CASES["event"])
def test_dates_of_events(text: str) -> None:
    (found,) = dates.dates(read(text), FRIDAY, ID)
    assert found.when.iso == "2023-07-26"
    assert not found.dates_report
    assert found.scope is None


@pytest.mark.parametrize("text", CASES["report"])
def test_dates_of_reports(text: str) -> None:
    (found,) = dates.dates(read(text), FRIDAY, ID)
    assert found.when.iso == "2023-07-26"
    assert found.dates_report


@pytest.mark.parametrize(("text", "dated", "undated"), CASES["beside"])
def test_a_date_of_the_report_dates_what_stands_beside_it(text: str, dated: str, undated: str) -> None:
    doc = read(text)
    (found,) = dates.dates(doc, FRIDAY, ID)
    assert found.dates_report
    assert found.scope is not None
    words = [token.text for token in doc[slice(*found.scope)]]
    assert dated in words
    assert undated not in words


@pytest.mark.parametrize("text", CASES["term"])
def test_a_year_in_a_term_dates_nothing(text: str) -> None:
    (found,) = dates.dates(read(text), FRIDAY, ID)
    assert found.scope == (found.start, found.start)
    assert not found.dates_report


TEXT = "Ratna dilantik\nRatna dilantik Rabu (26/7/2023). Hadi hadir, kata Ratna, Kamis(27/7)."


@pytest.mark.parametrize("tokenize", [read, by_blanks, by_letters])
def test_any_tokenizer_will_do(tokenize: Any) -> None:
    doc = tokenize(TEXT)
    first, second = dates.dates(doc, FRIDAY, ID)
    assert "Rabu (26/7/2023)" in doc[first.start : first.end].text
    assert "Kamis(27/7)" in doc[second.start : second.end].text
    assert (first.when.iso, second.when.iso) == ("2023-07-26", "2023-07-27")
    assert (first.dates_report, second.dates_report) == (False, True)


def test_a_cue_does_not_reach_over_a_line() -> None:
    (found,) = dates.dates(read('"Kami siap," kata Ratna\nKapal itu tiba Rabu'), FRIDAY, ID)
    assert not found.dates_report


def test_without_publication_only_full_dates_are_read() -> None:
    found = dates.dates(read("Ia tiba kemarin dan pergi 26 Juli 2023."), None, ID)
    assert [each.when.iso for each in found] == ["2023-07-26"]


def test_an_empty_doc_has_no_dates() -> None:
    assert dates.dates(read(""), FRIDAY, ID) == ()
