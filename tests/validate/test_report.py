"""The report: text in two languages, a validation report as SHACL has it, JSON."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rdflib import RDF, BNode, Graph, URIRef
from rdflib.namespace import SH

from kg.config import DEFAULT_BASE
from kg.errors import BadInput
from kg.store.embedded import EmbeddedStore
from kg.validate.findings import Finding
from kg.validate.report import Report
from kg.validate.sentences import told

LISTED = (SH.resultPath, RDF.first, RDF.rest)
"""Whose values, or subjects, are the blank nodes of a path."""
Misshapen = tuple[EmbeddedStore, list[Finding]]

CONTRADICTED = Finding(
    rule="cax-dw",
    focus=f"{DEFAULT_BASE}person/siti-rahma",
    graph=f"{DEFAULT_BASE}graph/resolved",
    path=(),
    value="",
    component="http://www.w3.org/2002/07/owl#disjointWith",
    severity="Violation",
    messages=(("en", "Both."), ("id", "Keduanya.")),
    statements=("<urn:a> <urn:b> <urn:c> <urn:d> .", "<urn:a> <urn:b> <urn:e> <urn:d> ."),
)


def written(report: Report, misshapen: Misshapen) -> str:
    store, found = misshapen
    out = io.StringIO()
    report.write([*found, CONTRADICTED], lambda each: told(store, each), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["Unsound facts: ", "A tenure has exactly one holder", "undated (tanpa-tanggal)", "Both."]),
        ("id", ["Fakta tidak sah: ", "Masa jabatan harus punya tepat satu pemegang", "tanpa tanggal", "Keduanya."]),
    ],
)
def test_people_read_rule_fact_article_and_sentence(misshapen: Misshapen, lang: str, said: list[str]) -> None:
    text = written(Report(lang=lang, base=DEFAULT_BASE), misshapen)
    facts = ("rw:TenureShape-holder  2×", "id:tenure/sergei-shoigu-531d9fb34588  rw:holder", "(malam-4): “[")
    for words in (*said, *facts):
        assert words in text
    assert "- urn:a urn:b urn:c urn:d" in text
    assert "cax-dw (owl:disjointWith)  1×" in text
    assert "[Siti Rahma]" in text


def test_of_many_facts_some_are_shown(misshapen: Misshapen) -> None:
    store, found = misshapen
    many = [each for each in found if each.rule == found[0].rule] * 30
    lines = list(Report(most=2).lines(many, lambda each: told(store, each)))
    assert f"… and {len(many) - 2} more; --most 0 shows all" in lines[-1]
    assert sum(line.startswith(f"  {many[0].focus}") for line in lines) == 2


def test_a_warning_is_no_fault() -> None:
    warned = replace(CONTRADICTED, severity="Warning")
    assert not warned.unsound
    lines = list(Report().lines([warned], lambda _: ()))
    assert lines[0] == "Unsound facts: 0. Rules broken: 0. Warnings: 1."
    assert lines[2] == "cax-dw (owl:disjointWith)  1× (warning)"


def test_turtle_is_a_validation_report(misshapen: Misshapen) -> None:
    text = written(Report("ttl"), misshapen)
    assert text == written(Report("ttl"), misshapen)
    graph = Graph().parse(data=text, format="turtle")
    assert not any(isinstance(node, BNode) for s, p, o in graph if p not in LISTED for node in (s, p, o))
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = set(graph.objects(report, SH.result))
    assert len(results) == len(misshapen[1]) + 1
    assert str(graph.value(report, SH.conforms)) == "false"
    for result in results:
        for needed in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert isinstance(graph.value(result, needed), URIRef)
        assert len(set(graph.objects(result, SH.resultMessage))) == 2
        assert (result, RDF.type, SH.ValidationResult) in graph


def test_a_path_of_two_steps_is_a_list(misshapen: Misshapen) -> None:
    graph = Graph().parse(data=written(Report("ttl"), misshapen), format="turtle")
    rw = "https://w3id.org/riwayat/ontology#"
    (result,) = graph.subjects(SH.sourceShape, URIRef(f"{rw}RoleReportShape-person-entityType"))
    path = graph.value(result, SH.resultPath)
    assert isinstance(path, BNode)  # SHACL, section 2.3.1.2: an IRI would be a path of one property
    assert list(graph.items(path)) == [URIRef(f"{rw}person"), URIRef(f"{rw}entityType")]


def test_json_has_the_same(misshapen: Misshapen) -> None:
    read = json.loads(written(Report("json"), misshapen))
    assert read["conforms"] is False
    assert len(read["results"]) == len(misshapen[1]) + 1
    assert all(each["rule"] and each["messages"]["id"] for each in read["results"])
    assert any(s["article"] == "malam-4" and s["sentence"] for each in read["results"] for s in each["sentences"])


def test_nothing_unsound_is_said_so() -> None:
    for form, words in (("text", ""), ("ttl", 'sh:conforms "true"'), ("json", '"conforms": true')):
        out = io.StringIO()
        Report(form).write([], lambda _: (), out)
        assert words in out.getvalue()
    with pytest.raises(BadInput, match="choose one of text, ttl, json"):
        Report("xml")
    with pytest.raises(BadInput, match="choose one of en, id"):
        Report(lang="de")
