"""Normal forms of names, and what two names have to do with each other."""

from __future__ import annotations

import pytest

from kg.lang import pack
from kg.model import EntityType
from kg.resolve.names import abbreviates, compare, fold_organization, fold_person, fold_place, same_person

ONE_PERSON = [
    ("Sergei Shoigu", "Sergey Shoigu", "Sergej Shoigu"),
    ("Ivan Kerzhensky", "Ivan Kerzhenskiy", "Ivan Kerzhenskyy"),
    ("Soetardjo Wirjokoesoemo", "Sutarjo Wiryokusumo"),
    ("Tjokro Njoman", "Cokro Nyoman"),
    ("Achmad Bachtiar", "Akhmad Bahtiar", "Ahmad Bachtiar"),
    ("Moch. Zainuddin", "Mohammad Zainudin", "Muhammad Zainuddin", "Muh Zainoeddin"),
    ("Abdurrahman Toha", "Abdul Rahman Toha", "Abdurahman Toha"),
    ("Park Seo Jin", "Park Seo-jin", "Park Seojin"),
    ("Ma'ruf Yakin", "Maruf Yakin", "Ma’ruf Yakin"),
    ("Letjen TNI (Purn) Budi Harsono", "Budi Harsono", "Pak Budi Harsono", "Dr. H. Budi Harsono, S.H., M.Si."),
    ("Irjen Pol Drs. Rahmat Lesmana, M.H.", "Rahmat Lesmana", "Kapolda Rahmat Lesmana"),
    ("I Wayan Sudarma", "Wayan Sudarma"),
    ("AA Gde Wirasana", "Anak Agung Gede Wirasana"),
    ("IB Rai Sukarta", "Ida Bagus Rai Sukarta"),
    ("Tb. Hidayat Malik", "Tubagus Hidayat Malik"),
    ("Menlu Rusia Boris Karelin", "Boris Karelin"),
    ("Rudy Hermansyah", "Rudi Hermansyah"),
    ("Jokowi", "Joko Widodo", "Presiden Jokowi", "Ir. H. Joko Widodo"),
    ("SBY", "Susilo Bambang Yudhoyono"),
    ("Gus Dur", "Abdurrahman Wahid"),
]
"""Names that articles of one person use: one key."""


@pytest.mark.parametrize("names", ONE_PERSON, ids=lambda names: names[0])
def test_spellings_of_a_person_have_one_fold(names: tuple[str, ...]) -> None:
    assert len({fold_person(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Suharto", "Suhartono"),
        ("Andi Hasan", "Andi Hasim"),
        ("Dewi Setiawan", "Dewi Setiawati"),
        ("Putra Wijaya", "Putri Wijaya"),
        ("Paulus I", "Paulus II"),
        ("Budi Santoso", "Budi Susanto"),
        ("Rahmat Yani", "Rahmat Yanti"),
        ("Imam Santoso", "Santoso"),
        ("Sri Rahayu", "Rahayu"),
        ("Edy Wirawan", "Dy Wirawan"),
    ],
)
def test_other_persons_have_other_folds(one: str, two: str) -> None:
    assert fold_person(one) != fold_person(two)


@pytest.mark.parametrize("name", ["Prabowo", "Putin", "JK", "BG", "Mega", "Sandi"])
def test_a_part_of_a_name_or_initials_are_no_whole_name(name: str) -> None:
    assert " " not in fold_person(name)


@pytest.mark.parametrize(
    "names",
    [
        ("Polda Jabar", "Kepolisian Daerah Jawa Barat", "Polda Jawa Barat"),
        ("Polrestabes Medan", "Kepolisian Resor Kota Besar Medan", "Kepolisian Resort Kota Besar Medan"),
        ("Pemprov Jatim", "Pemerintah Provinsi Jawa Timur"),
        ("Kejari Bogor", "Kejaksaan Negeri Bogor"),
        ("DPRD Kab. Garut", "Dewan Perwakilan Rakyat Daerah Kabupaten Garut"),
        ("KPUD Depok", "KPU Depok", "Komisi Pemilihan Umum Depok"),
        ("KPK", "Komisi Pemberantasan Korupsi", "KPK RI"),
        ("Kementrian Agama", "Kementerian Agama Republik Indonesia", "Kemenag RI", "Departemen Agama"),
        ("Kemlu Malaysia", "Kementerian Luar Negeri Malaysia"),
        ("Kementerian Pertanian Tiongkok", "Kementerian Pertanian China"),
        ("Kongres AS", "Kongres Amerika Serikat"),
        ("Partai Golkar", "Golkar", "Partai Golongan Karya"),
        ("DPP PDIP", "Dewan Pimpinan Pusat PDI Perjuangan"),
        ("PT Bank Rakyat Indonesia (Persero) Tbk", "BRI", "Bank BRI"),
        ("WHO", "Organisasi Kesehatan Dunia", "World Health Organization"),
        ("UGM", "Universitas Gadjah Mada"),
        ("Hizbullah", "Hezbollah"),
    ],
    ids=lambda names: names[0],
)
def test_names_of_an_organization_have_one_fold(names: tuple[str, ...]) -> None:
    assert len({fold_organization(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dewan Keamanan PBB", "Dewan Keamanan Rusia"),
        ("Kementerian Hukum dan HAM", "Kementerian Hukum"),
        ("Kementerian Pendidikan dan Kebudayaan", "Kementerian Kebudayaan"),
        ("DPRD Kota Bogor", "DPRD Kabupaten Bogor"),
        ("Polda Jateng", "Polda Jatim"),
        ("Kemlu RI", "Kemlu Malaysia"),
        ("Bank Indonesia", "Bank Negara Indonesia"),
        ("KPI", "Komisi Penyiaran Indonesia"),
    ],
)
def test_other_organizations_have_other_folds(one: str, two: str) -> None:
    assert fold_organization(one) != fold_organization(two)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Dinas PUPR OKU", "dinas pupr kabupaten ogan komering ulu"),
        ("Dinas PUPR Kabupaten OKU", "dinas pupr kabupaten ogan komering ulu"),
        ("Kejaksaan Negeri (Kejari) Pekanbaru", "kejari pekanbaru"),
        ("Badan Legislasi (Baleg) DPR", "badan legislasi dpr"),
        ("Polres Pare-Pare", "polres parepare"),
    ],
)
def test_what_a_phrase_stands_for_is_said_once(name: str, folded: str) -> None:
    assert fold_organization(name) == fold_organization(folded) == folded


@pytest.mark.parametrize("name", ["Kepolisian RI", "Kejaksaan RI", "Polisi RI"])
def test_a_word_for_every_body_of_a_kind_means_none(name: str) -> None:
    assert fold_organization(name) != fold_organization(name.split(maxsplit=1)[0])


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Jatim", "Jawa Timur", True),
        ("Kota Solo", "Kota Surakarta", True),
        ("Moskwa", "Moskow", True),
        ("Kota Bogor", "Kabupaten Bogor", False),
        ("Padang", "Padang Panjang", False),
    ],
)
def test_fold_place(one: str, two: str, same: bool) -> None:
    assert (fold_place(one) == fold_place(two)) is same


COMPARED: list[tuple[EntityType, str, str, str, str]] = [
    ("person", "Vladimir Putin", "Putin", "same", "known"),
    ("person", "Prabowo", "Prabowo Subianto", "doubtful", "subset"),
    ("person", "Habib Rizieq", "Muhammad Rizieq Shihab", "same", "known"),
    ("person", "S. B. Yudhoyono", "Susilo Bambang Yudhoyono", "same", "known"),
    ("person", "Anwar bin Zaid", "Anwar Zaid", "same", "variant"),
    ("person", "Anwar bin Zaid", "Anwar binti Zaid", "different", "other"),
    ("person", "Nur Laila", "Nurlaila", "same", "variant"),
    ("person", "Lee Jin-woo", "Jin-woo Lee", "same", "order"),
    ("person", "Fumio Kishida", "Kishida Fumio", "same", "order"),
    ("person", "Rahman Taufan", "Taufan Rahman", "doubtful", "order"),
    ("person", "Retno S.P. Winarni", "Retno Sekar Pertiwi Winarni", "same", "initials"),
    ("person", "Retno W.", "Retno Winarni", "doubtful", "initials"),
    ("person", "RW", "Retno Winarni", "doubtful", "initials"),
    ("person", "Retno", "Retno Winarni", "doubtful", "subset"),
    ("person", "Retno Winarni", "Retno Winarti", "doubtful", "typo"),
    ("person", "Sutopo", "Sutomo", "different", "other"),
    ("person", "Retno Hartono", "Retno Hartini", "different", "other"),
    ("person", "Martin Halim Jr", "Martin Halim Sr", "different", "other"),
    ("person", "Ratu Elizabeth I", "Ratu Elizabeth II", "different", "other"),
    ("person", "Iriana Joko Widodo", "Joko Widodo", "different", "other"),
    ("person", "Abu Obeida al-Jarrah", "Abu Ubaidah", "doubtful", "subset"),
    ("person", "Tamim bin Hamad", "Sheikh Tamim bin Hamad al-Thani", "same", "known"),
    ("person", "Kim Yong Nam", "Kim Jong Nam", "different", "other"),
    ("person", "Michael Norton", "Mike Norton", "doubtful", "variant"),
    ("organization", "FBI", "Biro Investigasi Federal", "same", "known"),
    ("organization", "Harian Fajar Pagi", "Fajar Pagi", "same", "variant"),
    ("organization", "KPI", "Komisi Penyiaran Indonesia", "doubtful", "abbreviation"),
    ("organization", "PKNS", "Paguyuban Karyawan Nusantara Sejahtera", "same", "abbreviation"),
    ("organization", "DPRD", "DPRD Kota Madiun", "doubtful", "subset"),
    ("organization", "Komisi IX DPR", "DPR", "different", "other"),
    ("organization", "Kodam IX/Udayana", "Kodam Udayana", "same", "variant"),
    ("organization", "Angkatan Udara", "Angkatan Udara Mesir", "doubtful", "subset"),
    ("organization", "Kejari Bandung", "Kejari Bandung Barat", "different", "other"),
    ("organization", "PUPR", "Kementerian Pekerjaan Umum", "different", "other"),
    ("organization", "Kementerian PUPR", "Kementerian Pekerjaan Umum", "doubtful", "known"),
    ("organization", "Yayasan Cahaya Nurani", "Yayasan Cahaya Nuroni", "doubtful", "typo"),
    ("place", "Korut", "DPRK", "same", "known"),
    ("place", "Provinsi Jawa Barat", "Jabar", "same", "level"),
    ("place", "Blitar", "Kota Blitar", "doubtful", "level"),
    ("place", "Kota Ambon", "Ambon", "same", "level"),
    ("place", "Gunung Slamet", "Slamet", "same", "level"),
    ("place", "Iran", "Irak", "different", "other"),
    ("place", "Riau", "Kepulauan Riau", "different", "other"),
    ("place", "Selat Bali", "Bali", "different", "other"),
    ("place", "Laut Banda", "Selat Banda", "different", "other"),
    ("place", "DI Yogyakarta", "Provinsi Daerah Istimewa Yogyakarta", "same", "level"),
    ("place", "Jl. Jenderal Sudirman", "Jalan Sudirman", "same", "variant"),
    ("place", "Danau Toba, Sumatera Utara", "Danau Toba", "same", "level"),
    ("place", "Sukasari, Bogor", "Sukasari", "doubtful", "level"),
]


@pytest.mark.parametrize(("kind", "one", "two", "verdict", "manner"), COMPARED)
def test_compare(kind: EntityType, one: str, two: str, verdict: str, manner: str) -> None:
    found = compare(one, two, kind)
    assert (found.verdict, found.manner) == (verdict, manner)
    assert compare(two, one, kind) == found


def test_no_short_name_stands_for_two_persons() -> None:
    table = pack.load().table("nicknames")
    told: dict[str, str] = {}
    for full, shorts in (*table["names"].items(), *table["abroad"].items()):
        for name in (full, *shorts):
            assert told.setdefault(name, full) == full, f"{name}: {full} and {told[name]}"


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("jusuf kalla", "muhammad jusuf kalla", True),
        ("sergei shiogu", "sergei shoigu", True),
        ("kim jong il", "kim jong un", False),
        ("rahmat wijaya", "rahmat hidayat", False),
        ("budi budi", "budi santoso", False),
    ],
)
def test_same_person(short: str, full: str, same: bool) -> None:
    assert same_person(short, full) is same


@pytest.mark.parametrize(
    ("short", "full", "does"),
    [
        ("kpk", "komisi pemberantasan korupsi", True),
        ("polri", "kepolisian republik indonesia", True),
        ("golkar", "golongan karya", True),
        ("dpr", "dprd jawa barat", False),
        ("mandiri", "bank mandiri", False),
        ("polri", "polda metro jaya", False),
        ("bank bumi", "bank bumi daya", False),
    ],
)
def test_abbreviates(short: str, full: str, does: bool) -> None:
    assert abbreviates(short, full) is does
