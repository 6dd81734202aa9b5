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


CLAIM = "[Westland|place] mengklaim [Ostland|place] mengirim senjata. "


@pytest.mark.parametrize(
    "denial",
    [
        "[Ostland|place] menolak klaim tersebut.",
        "[Ostland|place] menampik tuduhan itu.",
        "Hal itu dibantah [Ostland|place].",
        "Tudingan tersebut ditepis oleh [Ostland|place].",
        "Namun, [Ostland|place] menyebut laporan itu sebagai rekayasa.",
        "[Ostland|place] menegaskan kabar tersebut tidak benar.",
        "Cuaca sedang cerah. [Ostland|place] membantah tuduhan itu.",
    ],
)
def test_a_denial_may_point_back(denial: str) -> None:
    words = pack.load()
    doc, chains = marked(pipeline.load(words), CLAIM + denial)
    covers = [
        s for s in sayings(doc, chains, words) if s.stance == "denies" and "mengirim" in doc[s.start : s.end].text
    ]
    assert [s.speakers for s in covers] == [("place:ostland",)]


@pytest.mark.parametrize(
    "text",
    [
        "[Ostland|place] tak menampik kabar tersebut.",
        "[Ostland|place] tidak membantah tuduhan itu.",
        "[Ostland|place] menolak usul tersebut.",
        "[Ostland|place] menyebut laporan itu lengkap.",
        "Hal itu disampaikan [Ostland|place].",
    ],
)
def test_not_every_answer_denies(text: str) -> None:
    assert all(stance != "denies" for _, stance, _ in said(CLAIM + text))


def test_a_claim_is_named_as_one_when_it_is_retold() -> None:
    text = "[Ostland|place] mengirim senjata. Klaim tersebut disampaikan [Westland|place]."
    assert said(text) == [(("Westland",), "claims", None)]


def test_words_without_a_speaker_are_nobodys() -> None:
    assert said("Harga beras turun tajam di pasar.") == []
