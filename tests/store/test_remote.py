"""Servers that answer badly, late or not at all."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import pytest
from loopback import handling
from waiting import LATE

from kg.errors import BadInput
from kg.rdf.terms import IRI, Quad, text
from kg.store import http
from kg.store.base import Solutions
from kg.store.http import Credentials
from kg.store.remote import Endpoint, RemoteStore, query_form

SELECT = "SELECT ?x WHERE { ?x ?y ?z }"
EMPTY = b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}'
JSON = "application/sparql-results+json"


@dataclass
class Script:
    """What a server answers, one entry a request, the last for ever; and what it was asked."""

    replies: list[tuple[int, str, bytes]]
    headers: dict[str, str] = field(default_factory=dict)
    trickle: float = 0.0
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    """A server on loopback that answers by its script."""
    monkeypatch.setattr(http, "PAUSE", 0.05)
    script = Script([(200, JSON, EMPTY)])

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            script.asked.append((self.command, self.path, dict(self.headers), body))
            status, media, reply = script.replies.pop(0) if len(script.replies) > 1 else script.replies[0]
            self.send_response(status)
            headers = {"Content-Type": media, "Content-Length": str(len(reply)), **script.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for byte in reply:
                time.sleep(script.trickle)
                self.wfile.write(bytes([byte]))

        do_POST = do_PUT = do_GET = do_DELETE = answer

        def log_message(self, format: str, *args: object) -> None:
            pass

        def finish(self) -> None:
            with contextlib.suppress(OSError):
                super().finish()

    with handling(Handler) as url:
        script.url = url
        yield script


def asker(script: Script, seconds: float = LATE, credentials: Credentials | None = None) -> RemoteStore:
    return RemoteStore(Endpoint(f"{script.url}/query"), credentials or Credentials(), seconds)


def test_queries_are_posted_whole_with_our_name(scripted: Script) -> None:
    answer = asker(scripted).query(SELECT)
    assert isinstance(answer, Solutions)
    assert (answer.variables, list(answer.rows)) == (("x",), [])
    ((method, path, headers, body),) = scripted.asked
    assert (method, path) == ("POST", "/query")
    assert headers["User-Agent"].startswith("riwayat/")
    assert b"SELECT" in body


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("text/html", b"<html><body>Please log in</body></html>"),
        (JSON, EMPTY[:-8]),
        (JSON, b"{}"),
        (JSON, b""),
        (JSON, b"[1]"),
        (JSON, b'{"head": {"vars": ["x"]}, "boolean": true}'),
        (JSON, b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": 1}]}}'),
        ("text/csv", b"x\r\nThe SPARQL operation has been cancelled"),
    ],
)
def test_status_200_proves_nothing(scripted: Script, media: str, body: bytes) -> None:
    scripted.replies = [(200, media, body)]
    with pytest.raises(BadInput, match=r"no whole result of SELECT.*try again"):
        asker(scripted).query(SELECT)
    assert len(scripted.asked) == 1


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("application/n-triples", b"<http://a/b> <http://a/b> <http://a"),
        (
            "application/n-triples",
            b"<http://a/b> <http://a/b> 'x' .\nThe SPARQL operation has been cancelled",
        ),
        ("text/html", b"<html>"),
    ],
)
def test_half_a_graph_is_no_answer(scripted: Script, media: str, body: bytes) -> None:
    scripted.replies = [(200, media, body)]
    with pytest.raises(BadInput, match="no whole result of CONSTRUCT"):
        asker(scripted).query("CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("columns", "row", "said"),
    [
        ('"g"', '{"g": {"type": "uri", "value": "urn:g"}}', "columns g, n, answered with g;"),
        (
            '"n", "g"',
            '{"n": {"type": "literal", "value": "many"}, "g": {"type": "uri", "value": "urn:g"}}',
            "answered with .many",
        ),
    ],
)
def test_rows_of_something_else_are_no_answer(scripted: Script, columns: str, row: str, said: str) -> None:
    body = f'{{"head": {{"vars": [{columns}]}}, "results": {{"bindings": [{row}]}}}}'
    scripted.replies = [(200, JSON, body.encode())]
    with pytest.raises(BadInput, match=said):
        asker(scripted).counts([IRI("urn:g")])


def test_an_ask_without_truth_value_is_no_answer(scripted: Script) -> None:
    scripted.replies = [(200, JSON, b'{"head": {}, "boolean": "true"}')]
    with pytest.raises(BadInput, match="no whole result of ASK"):
        asker(scripted).query("ASK {}")


def test_a_short_body_is_noticed(scripted: Script) -> None:
    scripted.headers = {"Content-Length": str(len(EMPTY) + 10)}
    with pytest.raises(BadInput, match=r"within|cut short"):
        asker(scripted).query(SELECT)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_asked_again(scripted: Script, status: int) -> None:
    scripted.replies = [(status, "text/plain", b"busy"), (200, JSON, EMPTY)]
    asker(scripted).query(SELECT)
    assert len(scripted.asked) == 2


def test_a_lasting_fault_is_told_after_a_few_attempts(scripted: Script) -> None:
    scripted.replies = [(503, "text/plain", b"closed for today")]
    with pytest.raises(BadInput, match=r"closed for today \(status 503\)"):
        asker(scripted).query(SELECT)
    assert len(scripted.asked) == 4


def test_a_server_that_asks_to_wait_too_long_is_not_waited_for(scripted: Script) -> None:
    scripted.replies, scripted.headers = [(429, "text/plain", b"slow down")], {"Retry-After": "3600"}
    began = time.monotonic()
    with pytest.raises(BadInput, match="slow down"):
        asker(scripted).query(SELECT)
    assert time.monotonic() - began < LATE


def test_a_trickling_server_meets_the_deadline(scripted: Script) -> None:
    scripted.trickle = LATE / len(EMPTY)
    began = time.monotonic()
    with pytest.raises(BadInput, match="no whole answer within 1 seconds"):
        asker(scripted, 1).query(SELECT)
    assert time.monotonic() - began < LATE


def test_nobody_there(scripted: Script) -> None:
    store = RemoteStore(Endpoint("http://127.0.0.1:9/query"), Credentials(), 1)
    with pytest.raises(BadInput, match=r"http://127.0.0.1:9/query: .*see whether the server runs"):
        store.query(SELECT)


@pytest.mark.parametrize(
    ("status", "advice"),
    [(400, "mend the query"), (401, "RIWAYAT_USER"), (403, "RIWAYAT_TOKEN"), (404, "address")],
)
def test_a_fault_of_ours_says_what_to_do(scripted: Script, status: int, advice: str) -> None:
    scripted.replies = [(status, "text/plain", b"kutip ' dan \"")]
    with pytest.raises(BadInput, match=rf"kutip ' dan \" \(status {status}\).*{advice}"):
        asker(scripted).query(SELECT)
    assert len(scripted.asked) == 1


def test_what_a_store_does_not_take_is_told(scripted: Script) -> None:
    scripted.replies = [(400, "text/plain", b"xsd:duration")]
    with pytest.raises(BadInput, match=r"graph http://a.example/g .*xsd:duration .*change the value"):
        RemoteStore(Endpoint(scripted.url, update=scripted.url), Credentials()).remove_graph("http://a.example/g")


@pytest.mark.parametrize(
    ("names", "header"),
    [
        ({}, None),
        ({"RIWAYAT_TOKEN": "abc"}, "Bearer abc"),
        ({"RIWAYAT_USER": "saya", "RIWAYAT_PASSWORD": "ra:hasia"}, "Basic c2F5YTpyYTpoYXNpYQ=="),
    ],
)
def test_credentials_come_from_the_environment(scripted: Script, names: dict[str, str], header: str | None) -> None:
    credentials = Credentials.from_environment(names)
    asker(scripted, credentials=credentials).query(SELECT)
    writer = RemoteStore(Endpoint(f"{scripted.url}/q", f"{scripted.url}/g"), credentials)
    writer.extend([Quad(IRI("a:b"), IRI("a:b"), text("x"), IRI("a:g"))])
    assert [headers.get("Authorization") for _, _, headers, _ in scripted.asked] == [header, header]


def test_a_wrong_scheme_is_refused() -> None:
    with pytest.raises(BadInput, match="neither basic nor digest"):
        Credentials.from_environment({"RIWAYAT_USER": "saya", "RIWAYAT_AUTH": "ntlm"})


def test_digest_answers_a_challenge_of_any_realm(scripted: Script) -> None:
    scripted.headers = {"WWW-Authenticate": 'Digest realm="Apa Saja", nonce="n", qop="auth", algorithm=MD5'}
    scripted.replies = [(401, "text/plain", b""), (200, JSON, EMPTY)] * 2
    credentials = Credentials.from_environment(
        {"RIWAYAT_USER": "dba", "RIWAYAT_PASSWORD": "x", "RIWAYAT_AUTH": "digest"}
    )
    writer = RemoteStore(Endpoint(f"{scripted.url}/q", None, f"{scripted.url}/u"), credentials)
    writer.remove_graph("a:g")
    asker(scripted, credentials=credentials).query(SELECT)
    signed = [headers.get("Authorization", "") for _, _, headers, _ in scripted.asked]
    assert [each.partition(" ")[0] for each in signed] == ["", "Digest", "", "Digest"]
    writer.remove_graph("a:h")
    assert "nc=00000002" in scripted.asked[-1][2]["Authorization"], "after a challenge no body is sent twice"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/", "http://", "a.example/store", "http://["])
def test_only_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(BadInput, match="no web address"):
        RemoteStore(Endpoint(url), Credentials())


@pytest.mark.parametrize(
    ("sparql", "form"),
    [
        ("select * {}", "SELECT"),
        ("# DELETE everything\nBASE <http://a/>\nPREFIX construct: <http://a#b>\n# INSERT\nASK {}", "ASK"),
        ("PREFIX : <http://a/>\tPREFIX a-b:<http://b/>DESCRIBE :x", "DESCRIBE"),
    ],
)
def test_the_form_of_a_query(sparql: str, form: str) -> None:
    assert query_form(sparql) == form


def test_a_graph_store_alone_changes_no_graph_in_part(scripted: Script) -> None:
    store = RemoteStore(Endpoint(f"{scripted.url}/query", graphs=f"{scripted.url}/store"), Credentials())
    with pytest.raises(BadInput, match="SPARQL Update"):
        store.remove(
            [Quad(*map(IRI, ("http://a.example/s", "http://a.example/p", "http://a.example/o", "http://a.example/g")))]
        )
