"""The table of PLOVER's codes in ontology/alignments.ttl: what it codes, and that it fits the rest of the ontology."""

from __future__ import annotations

import pytest
import rdflib
from rdflib import RDF, RDFS

from kg import ontology
from kg.export.plover_codes import PLOVER, Told, load
from kg.resolve import countries

each_type = pytest.mark.parametrize("name", [each.name for each in ontology.load().types])
NO_ISO_CODE = {"CQ"}
"""Sark, which CLDR has and ISO 3166 has not."""


def told(type_: str, words: str = "", about: str = "", sense: str = "", roles: str = "") -> Told:
    parts = [frozenset(filter(None, each.split(", "))) for each in (words, about, roles)]
    return Told(type_, sense or type_, *parts)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (told("Meeting", "bertemu"), {("CONSULT", None)}),
        (told("Meeting", "menelepon"), {("CONSULT", "phone")}),
        (told("Visit", "tiba"), {("CONSULT", "visit")}),
        (told("Transfer", "menyerahkan", "bantuan, beras"), {("AID", None)}),
        (told("Transfer", "menyerahkan", "surat"), {(None, None)}),
        (told("Transfer", "memasok"), {("AID", None)}),
        (told("Transfer", "menyelundupkan", "senjata"), {(None, None)}),
        (told("Transfer", "mengembalikan", "bantuan"), {(None, None)}),
        (told("Agreement", "sepakat"), {("AGREE", None)}),
        (told("Agreement", "meneken, kesepakatan"), {("SUPPORT", None)}),
        (told("Agreement", "gencatan senjata", sense="truce"), {("CONCEDE", None)}),
        (told("Departure", "mengundurkan diri"), {("RETREAT", "resign")}),
        (told("Departure", "dicopot"), {(None, None)}),
        (told("LegalAction", "menangkap", sense="arrest"), {("COERCE", "arrest")}),
        (told("LegalAction", "menyita", sense="seizure"), {("COERCE", "confiscate")}),
        (told("LegalAction", "menggugat", sense="suit"), {("ACCUSE", "allege")}),
        (told("LegalAction", "menyelidiki", sense="inquiry"), {("ACCUSE", "investigate")}),
        (told("LegalAction", "divonis", sense="verdict"), {("SANCTION", "convict")}),
        (told("LegalAction", "membebaskan terdakwa", sense="verdict"), {(None, None)}),
        (told("LegalAction", "memberikan grasi", sense="verdict"), {("CONCEDE", None)}),
        (told("Attack", "menyerang"), {("ASSAULT", None)}),
        (told("Attack", "menembak"), {("ASSAULT", "firearms")}),
        (told("Attack", "menembak, menikam"), {("ASSAULT", "firearms"), ("ASSAULT", "primitive")}),
        (told("Attack", "uji coba rudal"), {("MOBILIZE", "weapons")}),
        (told("Attack", "peluncuran rudal", roles="attacker"), {(None, None)}),
        (told("Attack", "peluncuran rudal", roles="attacker, target"), {("ASSAULT", "heavy-weapons")}),
        (told("Attack", "serangan siber"), {(None, None)}),
        (told("Death", "tewas"), {(None, None)}),
        (told("Appointment", "melantik"), {(None, None)}),
        (told("PublicEvent", "parade"), {(None, None)}),
    ],
)
def test_events_are_coded(given: Told, codes: set[tuple[str | None, str | None]]) -> None:
    assert {(coding.event, coding.mode) for coding in load().codings_of(given)} == codes


@pytest.mark.parametrize(
    ("office", "sector"),
    [
        ("menteri pertahanan", "GOV"),
        ("menteri", "GOV"),
        ("menteri keuangan bayangan", "OPP"),
        ("kapolres metro", "COP"),
        ("hakim konstitusi", "JUD"),
        ("panglima tni", "MIL"),
        ("anggota dpr", "LEG"),
        ("rektor", "EDU"),
        ("uskup agung", "REL"),
        ("presiden", None),
        ("ketua umum", None),
        ("gurunya", None),
    ],
)
def test_offices_say_a_sector(office: str, sector: str | None) -> None:
    assert load().offices.of(office) == sector


@pytest.mark.parametrize(
    ("body", "sector", "code"),
    [
        ("Kementerian Pertahanan Jepang", "GOV", None),
        ("Bank Indonesia", "GOV", "IDN"),
        ("Bank Central Asia", "BUS", None),
        ("PT. Contoh Jaya", "BUS", None),
        ("Mahkamah Agung", "JUD", "IDN"),
        ("DPRD Contohrejo", "LEG", None),
        ("Polda Metro Jaya", "COP", None),
        ("TNI AD", "MIL", "IDN"),
        ("Badan Intelijen Negara", "SPY", "IDN"),
        ("Partai Contoh", "PTY", None),
        ("Golkar", "PTY", "IDN"),
        ("Reuters", "JRN", None),
        ("ASEAN", None, "IGO"),
        ("Greenpeace Indonesia", None, "NGO"),
        ("Klub Contoh", None, None),
        ("Ptolemaios", None, None),
    ],
)
def test_organizations_say_a_sector_and_a_code(body: str, sector: str | None, code: str | None) -> None:
    assert (load().bodies.of(body), load().actors.of(body)) == (sector, code)


@pytest.mark.parametrize(
    ("place", "code"),
    [("Korut", "PRK"), ("Inggris", "GBR"), ("Jawa Barat", "IDN"), ("Kabupaten Sleman", "IDN"), ("Pyongyang", None)],
)
def test_places_lie_in_a_country(place: str, code: str | None) -> None:
    assert load().place(place) == code


@each_type
def test_a_type_has_a_coding_for_every_event_and_the_code_of_its_notation(name: str) -> None:
    codings = [coding for coding in load().codings if coding.type == name]
    assert any(coding.conditions == 0 for coding in codings)
    notation = ontology.load().type(name).notation
    assert notation is None or notation in {coding.event for coding in codings}


@each_type
def test_words_senses_and_roles_are_those_of_the_type(name: str) -> None:
    known = ontology.load().type(name)
    forms = {form for group in known.groups for form in group.forms}
    for coding in (coding for coding in load().codings if coding.type == name):
        assert coding.words <= forms
        assert coding.senses <= {group.sense for group in known.groups}
        assert coding.roles | coding.doers <= set(known.roles)
    assert set(known.roles) <= set(load().sides)


def test_every_country_has_a_code_of_its_own() -> None:
    codes = load().alpha3
    assert set(countries.by_code()) - NO_ISO_CODE == set(codes)
    assert len(set(codes.values())) == len(codes)


def test_every_term_is_declared_and_labelled() -> None:
    path = ontology.folder("ontology") / "alignments.ttl"
    graph = rdflib.Graph().parse(path)
    used = {node for triple in graph for node in triple if str(node).startswith(PLOVER)}
    assert used <= {*graph.subjects(RDF.type), rdflib.URIRef(f"{PLOVER}countries")}
    for term in used & set(graph.subjects(RDF.type, rdflib.OWL.AnnotationProperty)):
        assert {label.language for label in graph.objects(term, RDFS.label)} == {"id", "en"}  # type: ignore[attr-defined]
