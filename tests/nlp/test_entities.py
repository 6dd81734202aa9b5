"""Names and chains of articles that we wrote, through the trained model."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from spacy.language import Language

from kg.lang import pack
from kg.nlp import coreference, entities, headline, pipeline

ID = pack.load("id")
CASES = [
    pytest.param(case, id=f"{kind}-{number}")
    for kind, cases in tomllib.loads(Path(__file__).with_name("entities.toml").read_text(encoding="utf-8")).items()
    for number, case in enumerate(cases)
]

ARTICLE = """Menhan Rusia Temui Kim Jong-Un di Pyongyang
Pemimpin Korea Utara (Korut) Kim Jong-un menerima Menteri Pertahanan Rusia Sergei Shoigu di Pyongyang.
Shoigu, yang tiba bersama delegasinya, juga berbicara dengan Menteri Pertahanan Korea Utara, Kang Sun-nam.
Menurut Kantor Berita Pusat Korea (KCNA), Kim dan Shiogu lalu meninjau pameran senjata.
Korut memperingati 70 tahun gencatan senjata Perang Korea.
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load(ID)


def chains(nlp: Language, text: str) -> dict[str, set[str]]:
    doc = nlp(text)
    found = coreference.chains(doc, entities.names(doc, ID), ID)
    return {chain.key: {doc[name.start : name.end].text for name in chain.names} for chain in found}


def test_one_chain_for_each_thing(nlp: Language) -> None:
    found = chains(nlp, ARTICLE)
    assert found["person:sergei-shoigu"] == {"Sergei Shoigu", "Shoigu", "Shiogu"}
    assert {"Kim Jong-un", "Kim"} <= found["person:kim-jong-un"]
    assert found["person:kang-sun-nam"] == {"Kang Sun-nam"}
    assert found["place:korea-utara"] == {"Korea Utara", "Korut"}
    assert found["organization:kantor-berita-pusat-korea"] == {"Kantor Berita Pusat Korea", "KCNA"}
    assert sum(key.startswith("person:") for key in found) == 3


def test_a_war_is_no_place(nlp: Language) -> None:
    assert "place:korea" not in chains(nlp, ARTICLE)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Presiden Prabowo Subianto melantik menteri di Istana Negara, Jakarta.", "person:prabowo-subianto"),
        ("Komisi Pemberantasan Korupsi (KPK) menahan tersangka itu.", "organization:komisi-pemberantasan-korupsi"),
        ("Kapal itu berlayar dari Surabaya menuju Makassar.", "place:makassar"),
        ("Parade berlangsung di Lapangan Kim Il Sung, Pyongyang.", "place:lapangan-kim-il-sung"),
    ],
)
def test_names(nlp: Language, text: str, key: str) -> None:
    assert key in chains(nlp, text)


def test_names_never_overlap_nor_cross_lines(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    names = entities.names(doc, ID)
    assert all(left.end <= right.start for left, right in itertools.pairwise(names))
    assert not any("\n" in doc[name.start : name.end].text for name in names)


@pytest.mark.parametrize(
    ("text", "said", "label"),
    [
        ("Mereka berlatih sejak pagi buta di Solo.", "pagi buta", "LOC"),
        ("Perang Teluk berakhir dengan gencatan senjata.", "Perang Teluk", "LOC"),
        ("Bayarlah dalam dolar Kanada.", "Kanada", "LOC"),
    ],
)
def test_what_the_model_takes_for_a_name_and_is_none(nlp: Language, text: str, said: str, label: str) -> None:
    doc = nlp.make_doc(text)
    begin = text.index(said)
    span = doc.char_span(begin, begin + len(said), label=label)
    assert span is not None
    doc.ents = [span]
    assert said not in {doc[name.start : name.end].text for name in entities.names(doc, ID)}


@pytest.mark.parametrize("case", CASES)
def test_edges_of_names(nlp: Language, case: dict[str, list[str]]) -> None:
    doc = nlp(str(case["text"]))
    found = entities.names(doc, ID)
    for kind in ("person", "organization", "place"):
        assert sorted(doc[n.start : n.end].text for n in found if n.type == kind) == case.get(kind, [])


def test_without_a_headline_the_first_paragraph_is_read_as_the_rest(nlp: Language) -> None:
    doc = nlp("Wali Kota Solo Ratna Wijaya meninjau pasar.\nMenurut Ratna, pasar itu ramai.")
    headline.mark(doc, 0)
    assert "Ratna Wijaya" in {doc[name.start : name.end].text for name in entities.names(doc, ID)}


def test_no_body_runs_on_through_the_words_of_a_headline(nlp: Language) -> None:
    doc = nlp("Dewan Kopi Dorong Evaluasi Harga Pupuk\nDewan Kopi rapat di Solo.")
    found = [doc[name.start : name.end].text for name in entities.names(doc, ID)]
    assert not [text for text in found if "Evaluasi" in text]
