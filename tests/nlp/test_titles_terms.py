"""When offices began and ended, beside their titles and elsewhere in the article: the cases of terms.toml."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from marked import marked

from kg import ontology
from kg.errors import Broken
from kg.lang import pack
from kg.lang.pack import Pack
from kg.nlp import anaphora, dates, pipeline, titles
from kg.nlp.events import Reader
from kg.nlp.titles_terms_words import term_words
from kg.nlp.titles_turns import Turns

CASES = tomllib.loads(Path(__file__).with_name("terms.toml").read_text(encoding="utf-8"))["case"]
PUBLISHED = "2025-09-10"
ID = pack.load("id")
TYPES = {"p": "person", "o": "organization", "b": "place"}


def terms(text: str, published: date | None) -> set[tuple[str, ...]]:
    """Person, title, status, start and end of every office that an article tells."""
    doc, chains = marked(pipeline.load(ID), re.sub(r"\|([pob])(?:=([^\]]+))?\]", _spelt_out, text))
    found = dates.dates(doc, published, ID)
    roles = titles.roles(doc, chains, found, ID, published)
    referring = anaphora.with_anaphors(doc, chains, roles, ID)
    happenings = Reader(ontology.load(), ID).happenings(doc, referring, roles, found)
    told = Turns(titles.clauses(doc, chains, found, ID, published), ID, roles).settled(happenings)
    name = {chain.key: chain.name for chain in chains}
    bounds = [(r, *(when.iso if when else "" for when in (r.began, r.ended))) for r in told]
    return {(name[r.person], r.title, r.status, began, ended) for r, began, ended in bounds}


def _spelt_out(mark: re.Match[str]) -> str:
    return f"|{TYPES[mark[1]]}{'|' + mark[2] if mark[2] else ''}]"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:70])
def test_case(case: dict) -> None:
    published = date.fromisoformat(case.get("published", PUBLISHED))
    assert terms(case["text"], published) == {tuple(term) for term in case["terms"]}


def test_a_third_of_the_cases_tell_no_bound() -> None:
    silent = [case for case in CASES if not any(began or ended for *_, began, ended in case["terms"])]
    assert len(silent) * 3 >= len(CASES)


def test_without_a_day_of_publication_years_tell_by_themselves() -> None:
    text = "Dirut [PT Maju|o] periode 2010-2015 [Rudi Hartono|p] ditahan, Senin (3/11/2025)."
    assert terms(text, None) == {("Rudi Hartono", "Direktur Utama", "former", "2010", "2015")}


def test_a_far_year_is_not_the_present() -> None:
    text = "Ketua [KONI|o] periode 2024-2028 [Rudi Hartono|p] bicara target 2045, Senin (3/11/2025)."
    assert terms(text, None) == {("Rudi Hartono", "Ketua", "current", "2024", "")}


@pytest.mark.parametrize("text", ["Menjabat sejak", "menjabat", "Masa jabatannya", "sudah tiga tahun", "(2019-", "per"])
def test_scraps_are_read_without_harm(text: str) -> None:
    assert terms(text, date.fromisoformat(PUBLISHED)) == set()


def test_a_missing_list_names_the_file(tmp_path: Path) -> None:
    for name in ("terms.toml", "dates.toml"):
        (tmp_path / name).write_bytes((ID.folder / name).read_bytes())
    table = (tmp_path / "terms.toml").read_text(encoding="utf-8").replace("\nuntil = ", "\nuntill = ")
    (tmp_path / "terms.toml").write_text(table, encoding="utf-8")
    with pytest.raises(Broken, match=r"terms\.toml.*until"):
        term_words(Pack("id", tmp_path))
