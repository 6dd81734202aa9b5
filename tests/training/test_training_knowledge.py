"""The lists of well-known names: complete as far as CLDR goes, one meaning a name, each with its source."""

from __future__ import annotations

import re
from collections import Counter

import knowledge
import pytest

from kg.lang import bodies, pack
from kg.nlp import entities, entities_known, pipeline
from kg.nlp.layers import Name
from kg.nlp.same_name import matcher

ID = pack.load("id")
TABLES = ID.table("bodies")
BODIES = list(bodies.names(ID))
MINISTRIES = {**TABLES["ministries"], **TABLES["former_ministries"]}
KNOWN = entities_known.well_known(ID)


def test_countries_have_every_name_of_cldr(capsys: pytest.CaptureFixture[str]) -> None:
    assert knowledge.main(["--check"]) == 0
    assert "countries.toml: as CLDR has it" in capsys.readouterr().out


def test_a_refresh_adds_and_never_takes_out() -> None:
    text = '# Header\nleft_out = ["AQ"]\n\n[[country]]\ncode = "FR"\nname = "Prancis"\nnames = ["Perancis"]\n'
    after = knowledge.refreshed(text, {"FR": "France", "BE": "Belgia", "AQ": "Antarktika"})
    assert after == (
        '# Header\nleft_out = ["AQ"]\n\n[[country]]\ncode = "BE"\nname = "Belgia"\nnames = []\n\n'
        '[[country]]\ncode = "FR"\nname = "Prancis"\nnames = ["Perancis", "France"]\n'
    )
    assert knowledge.refreshed(after, {"FR": "PRANCIS"}) == after


def test_a_refresh_keeps_the_item_of_a_country() -> None:
    text = '[[country]]\ncode = "NL"\nname = "Belanda"\nnames = []\nitem = "Q55"\nrealm = "Q29999"\n'
    assert knowledge.refreshed("left_out = []\n\n" + text, {"NL": "Belanda"}) == "left_out = []\n\n" + text


def test_a_territory_that_is_left_out_is_no_country_of_ours() -> None:
    table = ID.table("countries")
    assert not set(table["left_out"]) & {entry["code"] for entry in table["country"]}


def test_every_list_of_bodies_says_its_source() -> None:
    text = (ID.folder / "bodies.toml").read_text(encoding="utf-8")
    heads = re.findall(r"(?:^#.*\n)*^(?:\[(?!plain)\w+\]$|\w+ = \[)", text, re.MULTILINE)
    assert len(heads) == len(TABLES) - 1 + len(TABLES[bodies.PLAIN])
    assert [head for head in heads if "# Source:" not in head] == []
    written = sum(path.read_text(encoding="utf-8").count("# Source:") for path in ID.folder.glob("*.toml"))
    assert len(list(knowledge.sources(ID.folder))) == written


def test_no_body_is_listed_twice() -> None:
    counts = Counter(name for names in BODIES for name in names)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_ministry_has_one_name_of_its_own() -> None:
    words = matcher(ID)
    meant = {
        name: words.form(name, "organization").canonical for full, more in MINISTRIES.items() for name in (full, *more)
    }
    assert {name: found for name, found in meant.items() if name not in MINISTRIES[found.removeprefix("=")]} == {
        full: f"={full}" for full in MINISTRIES
    }


def test_the_cabinet_is_complete() -> None:
    coordinating = [name for name in TABLES["ministries"] if name.startswith("Kementerian Koordinator")]
    assert len(coordinating) == 7
    assert len(TABLES["ministries"]) == 47  # 48 of 2024, with Haji dan Umrah, without BUMN and Bappenas, an agency here


def test_a_name_that_is_a_body_and_a_place_is_doubtful() -> None:
    gazetteer = entities_known.gazetteer(ID)
    both = {name for names in BODIES for name in names} & gazetteer
    assert both <= KNOWN.ambiguous & set(ID.table("places")["ambiguous"]["names"])


def test_doubtful_names_are_known_names() -> None:
    assert KNOWN.ambiguous - KNOWN.types.keys() == set()
    assert "PMI" not in KNOWN.never


def test_names_are_cut_as_the_tokenizer_cuts_them() -> None:
    nlp = pipeline.load(ID)
    cut = {name: tuple(token.text for token in nlp.make_doc(name)) for name in KNOWN.types}
    assert {name: words for name, words in cut.items() if words not in entities_known.cuts(name)} == {}


@pytest.mark.parametrize("text", ["Rapat digelar oleh Kemendiktisaintek.", "Ia bekerja di Kementerian ATR/BPN."])
def test_what_is_known_is_a_name_where_the_model_is_silent(text: str) -> None:
    doc = pipeline.load(ID).make_doc(text)
    found = entities.names(doc, ID)
    assert [(name.type, name.rule) for name in found] == [("organization", "known")]


@pytest.mark.parametrize(
    ("start", "end", "kept"), [(1, 4, False), (4, 5, True), (3, 5, True), (5, 6, True), (4, 6, False)]
)
def test_what_is_known_cuts_no_name_of_the_model(start: int, end: int, kept: bool) -> None:
    known = Name(3, 5, "organization", "known", entities.KNOWN)
    of_the_model = Name(start, end, "organization", "model", entities.MODEL)
    assert list(entities._uncut([known], [of_the_model])) == [known] * kept
