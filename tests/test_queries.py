"""The questions in queries/: documented, right on a small world made by hand; on other engines: test_queries_stores."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from reports_by_hand import ASKED, reports

from kg import build, queries
from kg.errors import BadInput, Broken
from kg.rdf.vocab import BASE
from kg.store.base import Solutions
from kg.store.embedded import EmbeddedStore

ROOT = Path(__file__).parent.parent
each_question = pytest.mark.parametrize("name", queries.names())

Rows = list[tuple[str, ...]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    path = tmp_path_factory.mktemp("questions") / "graph"
    build.add(lambda index: reports(), path)
    found = build.reader(path)
    yield found
    found.close()


def table(store: EmbeddedStore, sparql: str) -> tuple[tuple[str, ...], Rows]:
    answer = store.query(sparql)
    assert isinstance(answer, Solutions)
    cells = [tuple("" if v is None else getattr(v, "value", str(v)) for v in row) for row in answer.rows]
    return answer.variables, cells


def ask(store: EmbeddedStore, question: str, *columns: str, **values: str) -> Rows:
    """Some columns of the answer to a question; `from_` stands for the parameter from."""
    given = {key.rstrip("_"): value for key, value in values.items()}
    variables, rows = table(store, queries.question(question).bound(given))
    return [tuple(row[variables.index(column)] for column in columns) for row in rows]


# Documentation


@each_question
def test_a_question_is_documented(name: str, store: EmbeddedStore) -> None:
    question = queries.question(name)
    assert question.summary.endswith("?")
    variables, _ = table(store, question.sparql)
    assert tuple(column.name for column in question.columns) == variables
    for parameter in question.parameters:
        assert re.search(rf"\?{parameter.name}\b", question.sparql), parameter
        assert parameter.name not in variables, "a column would be taken for the parameter"
        assert parameter.term(parameter.example)


def test_a_question_without_header_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bare.rq").write_text("SELECT ?x WHERE { ?x a ?y }")
    monkeypatch.setattr(queries, "folder", lambda name: tmp_path)
    with pytest.raises(Broken, match="has no header"):
        list(queries.questions())


def test_the_contract_with_the_scorer() -> None:
    columns = {
        name: " ".join(f"?{column.name}" for column in queries.question(f"article-{name}").columns)
        for name in ("entities", "roles", "events")
    }
    assert columns == {
        "entities": "?article ?entity ?type ?name",
        "roles": "?article ?person ?title ?org ?orgName ?status",
        "events": "?article ?event ?type ?date ?factuality ?participant ?place ?source",
    }


def test_the_readme_names_every_question_and_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if "kg query" not in text:
        pytest.skip("README.md tells nothing of kg query yet")
    commands = "build query export load forget explain validate verify rebuild"
    assert [name for name in queries.names() if f"`{name}`" not in text] == []
    assert [command for command in commands.split() if f"kg {command}" not in text] == []


def competency() -> list[str]:
    text = (ROOT / "queries" / "competency.md").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.startswith("    kg query ")]


@pytest.mark.parametrize("command", competency())
def test_a_command_of_the_competency_questions_can_be_asked(command: str, store: EmbeddedStore) -> None:
    _, _, name, *words = shlex.split(command)
    assert set(words[::2]) <= {"--param"}
    values = dict(word.split("=", 1) for word in words[1::2])
    table(store, queries.question(name).bound(values))


def test_every_competency_question_is_answered() -> None:
    text = (ROOT / "queries" / "competency.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^\*\*CQ\d\d\. ", text, re.MULTILINE)) == 20


@each_question
def test_without_parameters_a_question_asks_for_all(name: str, store: EmbeddedStore) -> None:
    question = queries.question(name)
    _, everything = table(store, question.sparql)
    _, some = table(store, question.bound(ASKED.get(name, {})))
    assert len(everything) >= len(some) > 0


# Offices


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        ("2023-07-01", {("possible", "Sergei Shoigu")}),
        ("2023-07-27", {("certain", "Sergei Shoigu")}),
        ("2024-03-01", {("possible", "Sergei Shoigu"), ("possible", "Andrei Belousov")}),
        ("2024-07-15", {("certain", "Andrei Belousov")}),
        ("2024-09-14", {("certain", "Andrei Belousov")}),
        ("2025-01-01", {("possible", "Andrei Belousov")}),
    ],
)
def test_who_held_an_office(day: str, holders: set[tuple[str, str]], store: EmbeddedStore) -> None:
    found = ask(store, "who-held", "certainty", "holder", position="Menteri Pertahanan", of="Rusia", date=day)
    assert set(found) == holders


def test_an_office_is_found_by_its_label_too(store: EmbeddedStore) -> None:
    found = ask(store, "who-held", "holder", position="Menteri Pertahanan Rusia", date="2024-07-15")
    assert found == [("Andrei Belousov",)]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("who-held", {"position": position, "of": of, "date": "2023-07-27"})
        for position in ("pemimpin", "PEMIMPIN", " Pemimpin  Korea   Utara")
        for of in ("Korea Utara", "korut", "KORUT", "korea  utara")
    ]
    + [("holders", {"position": "pemimpin", "of": "KORUT"}), ("career", {"person": "kim JONG-UN"})],
)
def test_letter_case_spaces_and_spelling_do_not_count(
    question: str, values: dict[str, str], store: EmbeddedStore
) -> None:
    assert ("Kim Jong-un",) in ask(store, question, "holder", **values)


@pytest.mark.parametrize("of", ["Korea Utara", "Negeri Antah"])
def test_nobody_held_the_office_of_another_country(of: str, store: EmbeddedStore) -> None:
    assert ask(store, "who-held", "holder", position="Menteri Pertahanan", of=of, date="2023-07-27") == []


def test_who_is_called_former_holds_it_no_more(store: EmbeddedStore) -> None:
    for day in ("2024-09-14", "2024-09-15", "2026-01-01"):
        found = ask(store, "who-held", "holder", position="Menteri Pertahanan", of="Rusia", date=day)
        assert ("Sergei Shoigu",) not in found


def test_a_career_has_bounds_and_what_they_rest_on(store: EmbeddedStore) -> None:
    columns = "office", "earliestStart", "latestStart", "earliestEnd", "latestEnd", "attested"
    assert ask(store, "career", *columns, person="shoigu") == [
        (
            "Menteri Pertahanan Rusia",
            "",
            "2023-07-27",
            "2023-07-28",
            "2024-06-20",
            "2023-07-27 current pagi-1; 2023-07-28 current siang-2; 2024-09-14 former malam-4",
        ),
        ("Sekretaris Dewan Keamanan Rusia", "", "2024-09-14", "2024-09-14", "", "2024-09-14 current malam-4"),
    ]


def test_envoys_are_found_by_where_they_are_sent(store: EmbeddedStore) -> None:
    found = ask(store, "holders", "holder", "office", territory="Korea Utara")
    assert found == [("Oleg Contohov", "Duta Besar Rusia untuk Korea Utara")]


MINISTRY = (("end", "Sergei Shoigu"), ("start", "Andrei Belousov"))
"""Between the last article that has the one in office and the first that has the other."""


@pytest.mark.parametrize(
    ("period", "changes"),
    [
        ({"from_": "2024-03", "to": "2024-03"}, {*MINISTRY, ("Departure", "Siti Rahma")}),
        ({"from_": "2024-04-02", "to": "2024-04-02"}, {*MINISTRY, ("Appointment", "Budi Santosa")}),
        ({"to": "2023-07-27"}, set()),
        ({"from_": "2024-09-15"}, set()),
    ],
)
def test_roles_change_between_known_days(
    period: dict[str, str], changes: set[tuple[str, str]], store: EmbeddedStore
) -> None:
    assert set(ask(store, "roles-changed", "change", "who", **period)) == changes


# Events


@pytest.mark.parametrize(
    ("name", "columns", "values", "rows"),
    [
        (
            "met",
            ("counterpart", "date", "places", "factuality", "articles"),
            {"person": "Kim Jong-un"},
            [("Sergei Shoigu", "2023-07-26", "Pyongyang", "actual", "pagi-1; siang-2")],
        ),
        (
            "met",
            ("counterpart", "factuality"),
            {"person": "Shoigu", "with": "Kang Sun-nam"},
            [("Kang Sun-nam", "planned")],
        ),
        ("met", ("counterpart",), {"person": "Shoigu", "from": "2023-07-27", "to": "2023-07-28"}, [("Kang Sun-nam",)]),
        ("met", ("counterpart",), {"person": "Vladimir Putin"}, []),
        (
            "transfers",
            ("givers", "bearers", "recipients", "things"),
            {"thing": "surat"},
            [("Vladimir Putin", "Sergei Shoigu", "Kim Jong-un", "surat")],
        ),
        ("transfers", ("givers", "recipients"), {"giver": "Korea Utara"}, [("Korea Utara", "Rusia")]),
        ("transfers", ("givers",), {"bearer": "Kim Jong-un"}, []),
        (
            "visits",
            ("visitors", "date", "places"),
            {"visitor": "Shoigu"},
            [("Sergei Shoigu", "2023-07-25", "Pyongyang")],
        ),
        ("visits", ("visitors",), {"from": "2023-07-26"}, []),
        (
            "agreements",
            ("parties", "things", "date"),
            {},
            [("Andrei Belousov; Kim Jong-un", "perjanjian kerja sama", "2024-06-19")],
        ),
        ("events", ("what", "date"), {"participant": "Siti Rahma"}, [("Departure", "2024-03")]),
        ("events", ("participants", "articles"), {"thing": "upacara"}, [("Oleg Contohov (attendee)", "pagi-3")]),
        ("events", ("what",), {"place": "Negeri Antah"}, []),
        ("corroborated", ("count", "told"), {}, [("2", "pagi-1; siang-2")]),
        ("corroborated", ("count",), {"articles": "3"}, []),
        ("network", ("source", "target", "weight", "articles"), {}, [("Kim Jong-un", "Sergei Shoigu", "1", "2")]),
        (
            "denied-claims",
            ("participants", "claimants", "deniers", "factuality", "article"),
            {},
            [("Korut (giver); Rusia (recipient)", "Amerika Serikat", "Korut", "denied", "siang-2")],
        ),
        ("denied-claims", ("article",), {"source": "Rusia"}, []),
        (
            "told",
            ("article", "date"),
            {"type": "Meeting", "participant": "Kim Jong-un"},
            [("pagi-1", "2023-07-26"), ("siang-2", "2023-07-27")],
        ),
        (
            "conflicts",
            ("says", "article"),
            {"kind": "date"},
            [("2023-07-26", "pagi-1"), ("2023-07-27", "siang-2")],
        ),
        ("articles", ("article",), {"by": "Siaran Siang"}, [("siang-2",)]),
        ("articles", ("article",), {"word": "BUPATI"}, [("tanpa-tanggal",)]),
    ],
)
def test_the_small_world(
    name: str, columns: tuple[str, ...], values: dict[str, str], rows: Rows, store: EmbeddedStore
) -> None:
    assert ask(store, name, *columns, **values) == rows


def test_one_event_by_its_iri(store: EmbeddedStore) -> None:
    [(event,)] = ask(store, "corroborated", "eventIri")
    assert ask(store, "told", "article", event=event) == [("pagi-1",), ("siang-2",)]
    assert ask(store, "told", "article", event=event.replace(BASE, "id:")) == [
        ("pagi-1",),
        ("siang-2",),
    ]


def test_spellings_lie_in_one_node_with_their_articles(store: EmbeddedStore) -> None:
    found = ask(store, "spellings", "entity", "spelling", "articles", name="sergey shoigu")
    assert found == [
        ("Sergei Shoigu", "Sergei Shoigu", "malam-4; pagi-1"),
        ("Sergei Shoigu", "Sergey Shoigu", "siang-2"),
        ("Sergei Shoigu", "Shoigu", "pagi-1; siang-2"),
    ]


def test_evidence_reaches_sentences_of_everything(store: EmbeddedStore) -> None:
    texts = {report.article: report for report in reports()}
    for name, column in (
        ("career", "tenureIri"),
        ("career", "officeIri"),
        ("events", "eventIri"),
        ("conflicts", "conflictIri"),
    ):
        for (iri,) in ask(store, name, column, **({"person": "Shoigu"} if name == "career" else {})):
            found = ask(store, "evidence", "article", "quote", "sentence", about=iri)
            assert found
            for article, quote, sentence in found:
                assert article in texts
                assert quote in sentence


# Parameters


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("career", {}, "--param person=... is missing"),
        ("career", {"person": "X", "year": "2"}, "no parameter year; it takes\n  person (name, required)"),
        ("statistics", {"x": "1"}, "it takes none"),
        ("who-held", {"position": "Presiden", "date": "kemarin"}, "Example: date=2023-07-26"),
        ("who-held", {"position": "Presiden", "date": "2023-02-30"}, "--param date=2023-02-30"),
        ("met", {"person": "Kim", "from": "2023-13"}, "--param from=2023-13"),
        ("corroborated", {"articles": "many"}, "--param articles=many"),
        ("evidence", {"about": "not an iri"}, "--param about=not an iri"),
        ("evidence", {"about": "http://x/> } #"}, "not an absolute IRI"),
        ("career", {"person": " "}, "is empty"),
        ("career", {"person": "\\u0022"}, "backslash"),
    ],
)
def test_a_wrong_parameter_is_told(name: str, values: dict[str, str], says: str) -> None:
    with pytest.raises(BadInput) as fault:
        queries.question(name).bound(values)
    assert says in str(fault.value)


@pytest.mark.parametrize(
    ("kind", "value", "literal"),
    [
        ("from", "2023", "2023-01-01"),
        ("from", "2023-07", "2023-07-01"),
        ("to", "2024-02", "2024-02-29"),
        ("to", "2023-07-05", "2023-07-05"),
    ],
)
def test_a_period_begins_and_ends_with_a_day(kind: str, value: str, literal: str) -> None:
    assert str(queries.TYPES[kind](value)).startswith(f'"{literal}"^^')


ECHO = """# What is given?
#
# Parameters:
#   given (text): any text. Example: "a"
SELECT ?seen # WHERE { in a comment
WHERE { FILTER ("WHERE {" != '}') BIND (?given AS ?seen) }"""


@given(st.text())
def test_a_value_stays_a_value(echo_store: EmbeddedStore, value: str) -> None:
    try:
        sparql = queries.parse("echo", ECHO).bound({"given": value})
    except BadInput:
        return
    assert table(echo_store, sparql)[1] == [(value.strip(),)]
    other = rdflib.Graph().query(sparql)
    assert [str(row[0]) for row in other] == [value.strip()]  # type: ignore[index,union-attr]


@pytest.fixture(scope="module")
def echo_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    found = EmbeddedStore(tmp_path_factory.mktemp("echo") / "quads")
    yield found
    found.close()


def test_values_keep_the_lines_of_a_query() -> None:
    for name, values in ASKED.items():
        question = queries.question(name)
        assert question.bound(values).count("\n") == question.sparql.count("\n")


def test_any_sparql_file_is_a_question(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("# just a comment: with a colon\n\nASK { ?s ?p ?o }\n")
    question = queries.from_file(path)
    assert question.bound({}) == path.read_text()
    with pytest.raises(BadInput, match="it takes none"):
        question.bound({"x": "1"})
    with pytest.raises(BadInput, match="cannot be read"):
        queries.from_file(tmp_path / "absent.rq")


def test_a_query_without_where_has_no_place_for_parameters() -> None:
    with pytest.raises(BadInput, match="write the word WHERE"):
        queries.with_values("ASK { ?s ?p ?o }", {"s": queries.TYPES["iri"]("http://example.org/a")})
