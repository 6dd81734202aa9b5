"""Noun phrases that stand for a person of the article, and those that stand for nobody in particular."""

from __future__ import annotations

import pytest
from marked import marked

from kg.lang import pack
from kg.nlp import anaphora, pipeline, titles

KNOWN = "Menteri Pertahanan [Rusia|place] [Igor Palin|person] tiba di [Solo|place]. "
LEADER = "Pemimpin [Ostland|place] [Ian Falk|person] berpidato. "
TWO = "Menteri Sosial [Siti Lestari|person] menemui Menteri Agama [Jaka Wardana|person]. "


def phrases(text: str) -> set[tuple[str, str]]:
    """(phrase, name) of every anaphor that stands away from its name."""
    words = pack.load()
    doc, chains = marked(pipeline.load(words), text)
    roles = titles.roles(doc, chains, (), words)
    wider = anaphora.with_anaphors(doc, chains, roles, words)
    assert [chain.names for chain in wider] == [chain.names for chain in chains]
    beside = {name.start for chain in chains for name in chain.names}
    return {
        (doc[a.start : a.end].text, chain.name)
        for chain in wider
        for a in chain.anaphors
        if a.end not in beside and a.end + 1 not in beside
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (KNOWN + "Menteri tersebut membawa surat.", {("Menteri tersebut", "Igor Palin")}),
        (KNOWN + "Sang menteri membawa surat.", {("menteri", "Igor Palin")}),
        (
            KNOWN + "Warga menyambut Menteri Pertahanan [Rusia|place] itu.",
            {("Menteri Pertahanan Rusia itu", "Igor Palin")},
        ),
        (KNOWN + "Warga menyambut kepala pertahanan [Rusia|place].", {("kepala pertahanan Rusia", "Igor Palin")}),
        (LEADER + "Pemimpin [Ostland|place] itu lalu pulang.", {("Pemimpin Ostland itu", "Ian Falk")}),
        (TWO + "Menteri tersebut lalu pulang.", {("Menteri tersebut", "Jaka Wardana")}),
        ("Presiden [Ian Falk|person] tiba. Presiden lalu pulang.", {("Presiden", "Ian Falk")}),
        ("Polisi menangkap tersangka [Seno Aji|person]. Tersangka ditahan.", {("Tersangka", "Seno Aji")}),
        ("Delegasi militernya yang dipimpin oleh [Igor Palin|person] tiba.", {("Delegasi", "Igor Palin")}),
    ],
)
def test_a_phrase_stands_for_a_person(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= phrases(text)


@pytest.mark.parametrize(
    "text",
    [
        TWO + "Para menteri lalu pulang.",
        TWO + "Menteri harus jujur.",
        KNOWN + "Ia pernah menjadi menteri.",
        KNOWN + "Menteri Pertahanan [Ostland|place] tidak hadir.",
        "Presiden [Ian Falk|person] tiba. Pemilihan presiden digelar besok.",
        "Tersangka [Seno Aji|person] dan tersangka [Darma Yudha|person] ditahan. Tersangka menangis.",
    ],
)
def test_a_phrase_stands_for_nobody_in_particular(text: str) -> None:
    assert phrases(text) == set()


def test_a_place_after_a_title_is_no_part_of_it() -> None:
    words = pack.load()
    text = "[Seno Aji|person] dilantik sebagai Menteri Sosial di [Istana Timur|place]."
    doc, chains = marked(pipeline.load(words), text)
    wider = anaphora.with_anaphors(doc, chains, titles.roles(doc, chains, (), words), words)
    covered = {token for chain in wider for a in chain.anaphors for token in range(a.start, a.end)}
    assert not covered & {name.start for chain in chains if chain.type == "place" for name in chain.names}
