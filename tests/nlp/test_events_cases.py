"""Cases of the law, attacks and deaths: who acts and whom it is about, by the article; lists; numbers of the dead."""

from __future__ import annotations

import pytest
from events_read import read, told

BUREAU = "[Badan Antikorupsi|organization]"
SENO, TANIA, DARMA = "[Seno Aji|person]", "[Tania Okta|person]", "[Darma Yudha|person]"
OSTLAND = "[Ostland|place]"


def every(text: str, name: str) -> list[set[str]]:
    """All events of a type in a text, in the notation of the examples."""
    events, names = read(text)
    return [told(event, names) for event in events if event.type == name]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            f"Kini {SENO} telah ditetapkan sebagai tersangka dan ditahan {BUREAU}.",
            "LegalAction",
            ["authority=Badan Antikorupsi; suspect=Seno Aji; actual"] * 2,
        ),
        (
            f"{BUREAU} menangkap {SENO}. Dua jam kemudian {SENO} ditahan.",
            "LegalAction",
            ["authority=Badan Antikorupsi; suspect=Seno Aji; actual"] * 2,
        ),
        (
            f"{SENO} ditangkap di [Solo|place]. Kasus itu dibenarkan juru bicara [Polres Merak|organization].",
            "LegalAction",
            ["authority=Polres Merak; suspect=Seno Aji; place=Solo; actual"],
        ),
        (
            f"{BUREAU} menetapkan dua tersangka. Mereka ialah: 1. {SENO} selaku direktur 2. {TANIA} selaku bendahara.",
            "LegalAction",
            ["authority=Badan Antikorupsi; suspect=Seno Aji; suspect=Tania Okta; actual"],
        ),
        (
            f"{BUREAU} memeriksa tiga saksi. Ketiga saksi itu adalah {SENO}, {TANIA}, dan {DARMA}.",
            "LegalAction",
            ["authority=Badan Antikorupsi; suspect=Seno Aji; suspect=Tania Okta; suspect=Darma Yudha; actual"],
        ),
        (
            f"{BUREAU} menangkap pelaku pembunuhan {SENO} bernama {TANIA}.",
            "LegalAction",
            ["authority=Badan Antikorupsi; suspect=Tania Okta; actual"],
        ),
        (
            f"{BUREAU} menetapkan {SENO} sebagai tersangka kasus korupsi [Bank Merak|organization].",
            "LegalAction",
            ["authority=Badan Antikorupsi; suspect=Seno Aji; actual"],
        ),
        (
            f"Serangan {OSTLAND} itu menargetkan [Brigade Biru|organization].",
            "Attack",
            ["attacker=Ostland; target=Brigade Biru; actual"],
        ),
        (
            f"{OSTLAND} menyerang [Westland|place]. Sehari kemudian [Westland|place] menyerang [Nordland|place].",
            "Attack",
            2,
        ),
        (f"Sebanyak 20 orang tewas dalam serangan {OSTLAND}. Di kota lain 4 orang tewas.", "Death", 2),
        (f"Sebanyak 20 orang tewas dalam serangan {OSTLAND}. Kepala polisi mengatakan 20 orang tewas.", "Death", 1),
        (f"Tiga anak {SENO} tewas dalam serangan {OSTLAND}.", "Death", ["attacker=Ostland; actual"]),
        (f"{SENO} berduka atas meninggalnya sejumlah warga di [Solo|place].", "Death", ["place=Solo; actual"]),
        (
            f"{TANIA} dibunuh {SENO} di [Solo|place]. Polisi menangkap pelaku.",
            "LegalAction",
            ["suspect=Seno Aji; actual"],
        ),
        (
            f"{SENO} dianiaya oleh {TANIA}. Setelah diamankan, pelaku mengaku menyesal.",
            "LegalAction",
            ["suspect=Tania Okta; actual"],
        ),
        (
            f"Tersangka {SENO} membunuh {TANIA}. Tersangka berperan menyiksa korban di [Solo|place].",
            "Attack",
            ["attacker=Seno Aji; target=Tania Okta; place=Solo; actual"],
        ),
        (
            f"{TANIA} ditemukan tewas. Keluarga korban diserang di [Solo|place] pada Senin (2/3/2026).",
            "Attack",
            ["place=Solo; date=2026-03-02; actual"],
        ),
        (
            f"{SENO} menikam {TANIA}. Kapolres Merak {DARMA} mengatakan pelaku ditangkap.",
            "LegalAction",
            ["suspect=Seno Aji; actual"],
        ),
        (
            f"Tersangka {SENO} diperiksa polisi, kata Kompol {DARMA}. Menurut {DARMA}, ia ditahan.",
            "LegalAction",
            ["suspect=Seno Aji; actual"] * 2,
        ),
        (
            f"{SENO} menghabisi {TANIA} dengan cara menikam berkali-kali.",
            "Attack",
            ["attacker=Seno Aji; actual"],
        ),
        (f"Seorang pria di [Solo|place] bernama {SENO} tewas.", "Death", ["deceased=Seno Aji; place=Solo; actual"]),
        (f"Pria asal [Solo|place] itu membunuh {TANIA}.", "Death", ["deceased=Tania Okta; actual"]),
        (f"{SENO} menyaksikan kematian {TANIA}.", "Death", ["deceased=Tania Okta; actual"]),
        (f"Banjir di {OSTLAND} merenggut 57 jiwa.", "Death", 1),
        (
            f"{OSTLAND} mengajukan dakwaan terhadap {SENO}.",
            "LegalAction",
            ["authority=Ostland; suspect=Seno Aji; actual"],
        ),
        (
            f"Hakim menyatakan {SENO} bersalah. Vonis terhadap {SENO} dibacakan kemarin.",
            "LegalAction",
            ["suspect=Seno Aji; date=2026-03-04; actual"],
        ),
        (f"{OSTLAND} mendeportasi {SENO}.", "LegalAction", ["authority=Ostland; suspect=Seno Aji; actual"]),
        (f"{SENO} dipindahkan ke lapas di [Solo|place].", "LegalAction", ["suspect=Seno Aji; place=Solo; actual"]),
        (
            "Seorang pria di [Ostland|place] tewas. Ia meninggal di [RSUD Merak|place].",
            "Death",
            1,
        ),
    ],
)
def test_a_case_is_read(text: str, name: str, expected: list[str] | int) -> None:
    found = every(text, name)
    if isinstance(expected, int):
        assert len(found) == expected
    else:
        assert found == [set(each.split("; ")) for each in expected]
