"""Who takes part where the parse or a single sentence does not tell: split lists, what points back."""

from __future__ import annotations

import pytest
from events_read import read, told

OPENED = "[Rangga Putra|person] meresmikan jembatan di [Solo|place], Rabu (4/3/2026). "


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            OPENED + "Acara itu turut dihadiri [Ian Falk|person], [Siti Lestari|person], dan [Tania Okta|person].",
            "PublicEvent",
            "organizer=Rangga Putra; attendee=Ian Falk; attendee=Siti Lestari; attendee=Tania Okta; place=Solo; "
            "date=2026-03-04; actual",
        ),
        (
            OPENED + "Tampak hadir dalam acara itu antara lain [Ian Falk|person] dan [Tania Okta|person].",
            "PublicEvent",
            "organizer=Rangga Putra; attendee=Ian Falk; attendee=Tania Okta; place=Solo; date=2026-03-04; actual",
        ),
        (
            "[Badan Antikorupsi|organization] menduga [Seno Aji|person] dan [Darma Yudha|person] memberikan uang "
            "kepada [Siti Lestari|person].",
            "Transfer",
            "giver=Seno Aji; giver=Darma Yudha; recipient=Siti Lestari; claimed; source=Badan Antikorupsi",
        ),
        (
            "[Rangga Putra|person] berterima kasih kepada [Ian Falk|person] karena telah mengirim bantuan beras.",
            "Transfer",
            "giver=Ian Falk; actual",
        ),
        (
            "[Palang Biru|organization] memecat [Seno Aji|person] karena menerima uang dari [Darma Yudha|person].",
            "Transfer",
            "recipient=Seno Aji; giver=Darma Yudha; actual",
        ),
        (
            '"Kami bersama [Siti Lestari|person] akan menemui [Ian Falk|person]," kata [Tania Okta|person].',
            "Meeting",
            "agent=Siti Lestari; agent=Tania Okta; counterpart=Ian Falk; planned",
        ),
        (
            "[Rangga Putra|person] tiba di [Hanoi|place]. Turut mendampingi dalam kunjungan itu adalah "
            "[Siti Lestari|person] dan [Tania Okta|person].",
            "Visit",
            "visitor=Rangga Putra; visitor=Siti Lestari; visitor=Tania Okta; place=Hanoi; actual",
        ),
        (
            "Presiden [Rangga Putra|person] berbicara dengan Perdana Menteri [Ian Falk|person]. "
            "Pertemuan kedua pemimpin digelar di [Solo|place].",
            "Meeting",
            "agent=Rangga Putra; counterpart=Ian Falk; place=Solo; actual",
        ),
    ],
)
def test_all_who_take_part_are_found(text: str, name: str, expected: str) -> None:
    events, names = read(text)
    assert [told(event, names) for event in events if event.type == name] == [set(expected.split("; "))]


def test_the_two_are_those_named_most() -> None:
    text = (
        "[Ian Falk|person] menemui [Rangga Putra|person]. [Ian Falk|person] menyerahkan surat dari [Seno Aji|person] "
        "kepada [Rangga Putra|person]. Pembicaraan kedua tokoh berlangsung lama."
    )
    events, names = read(text)
    assert not any(names[key] == "Seno Aji" for e in events if e.type == "Meeting" for _, key in e.participants)
