"""How surely events are told, who says so, and that an article tells each of them once."""

from __future__ import annotations

import pytest
from events_read import read, told

from kg.nlp.layers import Happening

MET = "[Ian Falk|person] {} [Rangga Putra|person] di [Solo|place]."


def one(text: str, name: str) -> Happening | None:
    """The only event of a type in a text; None where there is none."""
    events = [event for event in read(text)[0] if event.type == name]
    assert len(events) < 2
    return events[0] if events else None


@pytest.mark.parametrize(
    ("verb", "factuality"),
    [
        ("bertemu", "actual"),
        ("telah bertemu", "actual"),
        ("akan bertemu", "planned"),
        ("berencana menemui", "planned"),
        ("dijadwalkan bertemu", "planned"),
        ("dikabarkan akan segera bertemu", "planned"),
        ("diduga bertemu", "claimed"),
        ("membantah bertemu", "denied"),
        ("tidak bertemu", None),
        ("belum pernah bertemu", None),
        ("batal bertemu", None),
        ("menolak bertemu", None),
        ("mungkin bertemu", None),
        ("tidak akan bertemu", None),
        ("gagal bertemu", None),
        ("tidak hanya bertemu", "actual"),
        ("belum lama ini bertemu", "actual"),
        ("berniat menemui", "planned"),
        ("dituding menemui", "claimed"),
        ("menampik telah menemui", "denied"),
    ],
)
def test_words_before_a_trigger_tell_how_sure_it_is(verb: str, factuality: str | None) -> None:
    event = one(MET.format(verb), "Meeting")
    assert (event.factuality if event else None) == factuality


@pytest.mark.parametrize(
    ("sentence", "factuality"),
    [
        ("Akan tetapi, " + MET.format("bertemu"), "actual"),
        ("Jika " + MET.format("bertemu"), None),
        ("Seandainya " + MET.format("bertemu"), None),
        ("Pertemuan [Ian Falk|person] dan [Rangga Putra|person] itu batal.", None),
        ("Pertemuan [Ian Falk|person] dan [Rangga Putra|person] tidak terjadi.", None),
        ("Pertemuan [Ian Falk|person] dan [Rangga Putra|person] belum akan digelar.", None),
        ("Pertemuan [Ian Falk|person] dan [Rangga Putra|person] digelar kemarin.", "actual"),
        ("Warga mendesak agar pertemuan [Ian Falk|person] dan [Rangga Putra|person] dibatalkan.", "planned"),
    ],
)
def test_what_does_not_take_place_is_no_event(sentence: str, factuality: str | None) -> None:
    event = one(sentence, "Meeting")
    assert (event.factuality if event else None) == factuality


@pytest.mark.parametrize(
    ("sentence", "factuality"),
    [
        ("Kesepakatan [Westland|place] dan [Ostland|place] sudah dekat, kata [Ian Falk|person].", "planned"),
        ('Kesepakatan [Westland|place] dan [Ostland|place] "hampir tercapai".', "planned"),
        ("Mereka melihat potensi kesepakatan [Westland|place] dan [Ostland|place].", "planned"),
        ("Penandatanganan perjanjian [Westland|place] dan [Ostland|place] dijadwalkan pekan depan.", "planned"),
        ("[Westland|place] dan [Ostland|place] mencapai kesepakatan.", "actual"),
        ("Kesepakatan [Westland|place] dan [Ostland|place] membuka jalan bagi perdagangan.", "actual"),
    ],
)
def test_a_noun_may_be_only_in_view(sentence: str, factuality: str) -> None:
    event = one(sentence, "Agreement")
    assert event is not None and event.factuality == factuality


@pytest.mark.parametrize(
    ("text", "name", "factuality"),
    [
        ("[Ian Falk|person] berangkat ke [Solo|place] untuk menemui [Rangga Putra|person].", "Meeting", "planned"),
        ("[Ian Falk|person] diundang untuk menghadiri pameran di [Solo|place].", "PublicEvent", "planned"),
        ("[Ian Falk|person] berada di [Solo|place] untuk menemui [Rangga Putra|person].", "Meeting", "actual"),
        ("[Ian Falk|person] memasuki aula untuk kemudian menghadiri upacara di [Solo|place].", "PublicEvent", "actual"),
        ("[Ostland|place] mengizinkan [Ian Falk|person] untuk mengunjungi [Solo|place].", "Visit", "actual"),
        ("[Ian Falk|person] diperkirakan telah menemui [Rangga Putra|person].", "Meeting", "actual"),
        ("Perayaan [Ostland|place] di [Solo|place] itu akan diakhiri dengan doa.", "PublicEvent", "actual"),
        ("Perayaan [Ostland|place] di [Solo|place] itu akan digelar besok.", "PublicEvent", "planned"),
        ("Warga sibuk dengan persiapan parade [Ostland|place] di [Solo|place].", "PublicEvent", "planned"),
    ],
)
def test_what_is_meant_is_planned_unless_it_is_done_at_once(text: str, name: str, factuality: str) -> None:
    event = one(text, name)
    assert event is not None and event.factuality == factuality


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "[Westland|place] mengklaim [Ostland|place] mengirim senjata kepada [Sudland|place]. "
            "[Ostland|place] menolak klaim tersebut.",
            "Transfer",
            {"giver=Ostland", "recipient=Sudland", "denied", "source=Westland", "source=Ostland"},
        ),
        (
            "[Ostland|place] telah mengirim senjata, kata [Sudland|place]. "
            "Namun, [Ostland|place] membantah melakukan transaksi senjata dengan [Westland|place].",
            "Transfer",
            {"giver=Ostland", "recipient=Westland", "denied", "source=Sudland", "source=Ostland"},
        ),
        (
            "[Badan Antikorupsi|organization] menangkap [Seno Aji|person]. "
            "[Badan Antikorupsi|organization] menggeledah rumah [Seno Aji|person]. "
            "[Seno Aji|person] diduga menerima suap.",
            "Transfer",
            {"recipient=Seno Aji", "claimed", "source=Badan Antikorupsi"},
        ),
        (
            "[Darma Yudha|person] menyerahkan surat yang ditandatangani oleh [Rangga Putra|person] "
            "kepada [Ian Falk|person].",
            "Transfer",
            {"bearer=Darma Yudha", "giver=Rangga Putra", "recipient=Ian Falk", "actual"},
        ),
        (
            '"Kami siap," kata [Siti Lestari|person] usai menghadiri upacara di [Solo|place], Rabu (4/3/2026).',
            "PublicEvent",
            {"attendee=Siti Lestari", "place=Solo", "date=2026-03-04", "actual"},
        ),
        (
            "[Ian Falk|person] bertemu dengan delegasi [Ostland|place] yang dipimpin [Rangga Putra|person].",
            "Meeting",
            {"agent=Ian Falk", "counterpart=Ostland", "counterpart=Rangga Putra", "actual"},
        ),
        (
            "[Ian Falk|person] menemui [Rangga Putra|person]. Keduanya mengunjungi pameran lukisan.",
            "PublicEvent",
            {"attendee=Ian Falk", "attendee=Rangga Putra", "actual"},
        ),
        (
            "Upacara di [Solo|place] itu dihadiri [Ian Falk|person] dan [Rangga Putra|person].",
            "PublicEvent",
            {"attendee=Ian Falk", "attendee=Rangga Putra", "place=Solo", "actual"},
        ),
        (
            '"Kapal itu selamat," kata [Siti Lestari|person] di [Solo|place]. '
            "[Ian Falk|person] menemui [Rangga Putra|person].",
            "Meeting",
            {"agent=Ian Falk", "counterpart=Rangga Putra", "actual"},
        ),
    ],
)
def test_parts_and_sources(text: str, name: str, expected: set[str]) -> None:
    events, names = read(text)
    assert [told(event, names) for event in events if event.type == name] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gedung [Polda Timur|organization] ramai. [Seno Aji|person] diduga menerima suap.", {"Polda Timur"}),
        ("[Ian Falk|person] menuding [Seno Aji|person] menerima suap.", {"Ian Falk"}),
        ("[Seno Aji|person] dituding oleh [Ian Falk|person] menerima suap.", {"Ian Falk"}),
        ("Pekan lalu, tentara [Ostland|place] mengklaim [Seno Aji|person] menerima suap.", {"Ostland"}),
        ("[Polda Timur|organization] menyebut [Seno Aji|person] menerima uang.", {"Polda Timur"}),
        ("[Seno Aji|person] diduga menerima suap.", set()),
        ("Gedung [Polda Timur|organization] sepi. [Seno Aji|person] konon menerima suap.", set()),
    ],
)
def test_an_allegation_is_of_whoever_alleges_it(text: str, expected: set[str]) -> None:
    events, names = read(text)
    (event,) = [event for event in events if event.type == "Transfer"]
    assert event.factuality == "claimed"
    assert {names[key] for key, stance, _ in event.attributions if stance == "claims"} == expected


SENT = "[Ostland|place] mengirim senjata kepada [Sudland|place]{} "
SAID = SENT.format(", kata [Westland|place].")


@pytest.mark.parametrize(
    ("text", "factuality", "sources"),
    [
        (
            SAID + "[Ostland|place] membantah hal itu.",
            "denied",
            {"Westland", "Ostland"},
        ),
        (
            SAID + "Hal itu dibantah [Ostland|place].",
            "denied",
            {"Westland", "Ostland"},
        ),
        (SAID + "[Ostland|place] tak menampik kabar itu.", "actual", set()),
        (
            SAID + "Klaim itu belum dapat diverifikasi secara independen.",
            "claimed",
            {"Westland"},
        ),
        (SENT.format(".") + "Klaim lain belum dapat diverifikasi.", "actual", set()),
        ("[Ostland|place] tak menampik mengirim senjata kepada [Sudland|place].", "actual", set()),
        ("[Ostland|place] mengecam laporan bahwa [Ostland|place] mengirim senjata.", "denied", {"Ostland"}),
    ],
)
def test_what_is_told_may_be_contested_elsewhere(text: str, factuality: str, sources: set[str]) -> None:
    events, names = read(text)
    (event,) = [event for event in events if event.type == "Transfer"]
    assert event.factuality == factuality
    assert {names[key] for key, stance, _ in event.attributions if stance != "reports"} == sources


@pytest.mark.parametrize(
    ("text", "name", "factuality"),
    [
        ("[Seno Aji|person] yang diduga menerima suap ditahan [Polda Timur|organization].", "LegalAction", "actual"),
        ("[Polda Timur|organization] mengaku menyita uang dari [Seno Aji|person].", "LegalAction", "actual"),
        ("[Polda Timur|organization] akan mengusut kasus tewasnya [Seno Aji|person].", "Death", "actual"),
        ('[Ostland|place] mengancam akan memukul balik atau "menyerang" [Westland|place].', "Attack", "planned"),
        ("[Ian Falk|person] akan menemui warga yang menyerang [Seno Aji|person].", "Attack", "actual"),
        ("Usai bertemu [Ian Falk|person], [Seno Aji|person] tidak membeberkan isi pertemuan.", "Meeting", "actual"),
    ],
)
def test_a_cue_reaches_only_what_it_governs(text: str, name: str, factuality: str) -> None:
    event = one(text, name)
    assert event is not None and event.factuality == factuality


def test_headline_lead_and_body_tell_one_event() -> None:
    text = (
        "[Falk|person|Ian Falk] Temui [Rangga|person|Rangga Putra]\n"
        "Presiden [Ian Falk|person] bertemu dengan Menteri [Rangga Putra|person] di [Solo|place], Rabu (4/3/2026).\n"
        "Pertemuan itu berlangsung tertutup."
    )
    event = one(text, "Meeting")
    assert event is not None and len(event.triggers) == 3
    assert told(event, {c: c for _, c in event.participants} | {p: p for p in event.places}) >= {"date=2026-03-04"}


@pytest.mark.parametrize(
    ("headline", "met"),
    [
        (
            "[Falk|person|Ian Falk] Temui [Rangga|person|Rangga Putra], Bahas Impor [Ostland|place]-[Westland|place]",
            True,
        ),
        ("[Falk|person|Ian Falk] Bahas Tarif dengan [Rangga|person|Rangga Putra]", True),
        ("[Falk|person|Ian Falk] Bahas Hubungan [Ostland|place] dan [Westland|place]", False),
    ],
)
def test_what_a_headline_talks_about_meets_nobody(headline: str, met: bool) -> None:
    event = one(f"{headline}\nTarif naik pada Rabu (4/3/2026).", "Meeting")
    assert (event is not None) == met
    if event is not None:
        assert sorted(event.participants) == [("agent", "person:ian-falk"), ("counterpart", "person:rangga-putra")]


@pytest.mark.parametrize(
    "text",
    [
        "[Ian Falk|person] bertemu [Rangga Putra|person] di [Solo|place], Senin (2/3/2026). "
        "[Ian Falk|person] bertemu [Rangga Putra|person] di [Solo|place], Rabu (4/3/2026).",
        "[Ian Falk|person] bertemu [Rangga Putra|person]. [Ian Falk|person] bertemu [Siti Lestari|person].",
    ],
)
def test_other_days_and_other_people_are_other_events(text: str) -> None:
    assert sum(event.type == "Meeting" for event in read(text)[0]) == 2


def test_an_exhibition_is_no_parade() -> None:
    text = (
        "[Ian Falk|person] menghadiri pameran lukisan di [Solo|place]. "
        "[Ian Falk|person] menghadiri parade di [Solo|place]."
    )
    assert sum(event.type == "PublicEvent" for event in read(text)[0]) == 2


def test_a_date_of_the_report_dates_no_event() -> None:
    event = one(MET.format("bertemu")[:-1] + ", kata [KCNA|organization], Rabu (4/3/2026).", "Meeting")
    assert event is not None and event.date is None


@pytest.mark.parametrize(
    "text",
    [
        '"Harga turun," kata [Ian Falk|person] saat berbincang dengan [detikcom|organization] di [Solo|place].',
        "Dikutip dari [Kabar Solo|organization], [Ian Falk|person] menemui [Rangga Putra|person].",
    ],
)
def test_a_medium_that_only_reports_takes_no_part(text: str) -> None:
    events, names = read(text)
    parts = {names[key] for event in events for _, key in event.participants}
    assert not parts & {"detikcom", "Kabar Solo"}


@pytest.mark.parametrize(
    "denial",
    [
        "[Ostland|place] menuduh [Westland|place] memasok senjata kepada [Ian Falk|person], "
        "tetapi [Westland|place] maupun [Ian Falk|person] menyangkal klaim tersebut.",
        "[Ostland|place] menuduh [Westland|place] memasok senjata kepada [Ian Falk|person]. "
        "[Westland|place] membantah tudingan [Ostland|place] itu.",
    ],
    ids=["in the same sentence", "a name between"],
)
def test_a_denial_that_points_back(denial: str) -> None:
    events, names = read(denial)
    (found,) = [told(event, names) for event in events if event.type == "Transfer"]
    assert found >= {"giver=Westland", "recipient=Ian Falk", "denied", "source=Ostland", "source=Westland"}
