"""Who says, claims or denies what, and by way of whom."""

from __future__ import annotations

import pytest
from marked import marked

from kg.lang import pack
from kg.nlp import pipeline
from kg.nlp.attribution import sayings

Said = tuple[tuple[str, ...], str, str | None]


def said(text: str) -> list[Said]:
    """(speakers, stance, via) of every saying of a text."""
    words = pack.load()
    doc, chains = marked(pipeline.load(words), text)
    names = {chain.key: chain.name for chain in chains}
    found = sayings(doc, chains, words)
    return [(tuple(names[k] for k in s.speakers), s.stance, names.get(s.via or "")) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '"Pertemuan itu baik," kata [KCNA|organization] dikutip dari [Reuters|organization], Kamis (5/3/2026).',
            (("KCNA",), "reports", "Reuters"),
        ),
        ("[Ian Falk|person] mengatakan perundingan gagal.", (("Ian Falk",), "reports", None)),
        ("Harga beras turun, ujar Menteri [Siti Lestari|person].", (("Siti Lestari",), "reports", None)),
        ("Menurut [Siti Lestari|person], harga beras turun.", (("Siti Lestari",), "reports", None)),
        ("[Ostland|place] menuduh [Westland|place] menyerang desa itu.", (("Ostland",), "claims", None)),
        ("[Seno Aji|person] membantah menerima suap.", (("Seno Aji",), "denies", None)),
        ("[Ostland|place] menolak klaim [Westland|place] bahwa senjata telah dikirim.", (("Ostland",), "denies", None)),
        (
            "[Ostland|place] menolak klaim [Westland|place] bahwa senjata telah dikirim.",
            (("Westland",), "claims", None),
        ),
        ("Harga beras turun. Hal itu disampaikan [Siti Lestari|person].", (("Siti Lestari",), "reports", None)),
    ],
)
def test_it_is_known_who_says_so(text: str, expected: Said) -> None:
    assert expected in said(text)


def test_who_rejects_a_claim_makes_none() -> None:
    found = said("[Ostland|place] menolak klaim [Westland|place] bahwa senjata telah dikirim.")
    assert (("Ostland",), "claims", None) not in found


def test_a_denial_of_what_was_said_covers_the_sentence_before() -> None:
    words = pack.load()
    text = "[Westland|place] mengklaim [Ostland|place] mengirim senjata. [Ostland|place] menolak klaim tersebut."
    doc, chains = marked(pipeline.load(words), text)
    (denial,) = [saying for saying in sayings(doc, chains, words) if saying.stance == "denies"]
    assert "mengirim" in doc[denial.start : denial.end].text


def test_words_without_a_speaker_are_nobodys() -> None:
    assert said("Harga beras turun tajam di pasar.") == []
