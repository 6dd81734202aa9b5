"""Requests of the SPARQL Protocol, parsed; what needs a server stands in protocol.toml."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kg.server.problems import Problem
from kg.server.protocol import FORM, MAX_FIELDS, Operation, Received, fields, media_type, operation

G1, G2 = "http://a.example/g1", "http://a.example/g2"
QUERY = "application/sparql-query"


def refused(received: Received) -> int:
    with pytest.raises(Problem) as caught:
        operation(received)
    assert caught.value.detail
    return caught.value.status


def test_all_three_ways_ask_the_same() -> None:
    asked = Operation("query", "ASK { ?s ?p 'é+&' }", (G1,), (G2, G1))
    dataset = b"default-graph-uri=http%3A%2F%2Fa.example%2Fg1&named-graph-uri=" + G2.encode() + b"&named-graph-uri="
    dataset += G1.encode()
    query = b"query=ASK+%7b+%3Fs%20?p+'%C3%A9%2B%26'+}"
    ways = (
        Received("GET", query + b"&" + dataset),
        Received("POST", b"", f"{FORM}; charset=UTF-8", dataset + b"&" + query),
        Received("POST", dataset, FORM, query),
        Received("POST", dataset, QUERY, asked.text.encode()),
        Received("POST", dataset, f'{QUERY.upper()} ; Charset="utf-8"', asked.text.encode()),
    )
    assert [operation(way) for way in ways] == [asked] * len(ways)


def test_an_update_has_its_own_parameters() -> None:
    received = Received("POST", b"using-graph-uri=http://a.example/g1&default-graph-uri=x", FORM, b"update=CLEAR+ALL")
    assert operation(received) == Operation("update", "CLEAR ALL", (G1,))


@pytest.mark.parametrize(
    ("received", "status"),
    [
        (Received("GET", b"update=CLEAR+ALL"), 400),
        (Received("GET", b"query=ASK{}&update=CLEAR+ALL"), 400),
        (Received("GET", b"Query=ASK{}"), 400),
        (Received("GET", b"query=%"), 400),
        (Received("GET", b"query=%4"), 400),
        (Received("GET", b"query=%g0"), 400),
        (Received("GET", b"query=%ED%A0%80"), 400),
        (Received("GET", b"query=\xff"), 400),
        (Received("GET", b"query=ASK{}&default-graph-uri="), 400),
        (Received("GET", b"query=ASK{}&named-graph-uri=http://a.example/%3E"), 400),
        (Received("POST", b"", QUERY, b"\xff"), 400),
        (Received("POST", b"", FORM, b"query=%C3"), 400),
        (Received("POST", b"", None, b"ASK {}"), 415),
        (Received("POST", b"", "multipart/form-data; boundary=x", b"--x--"), 415),
        (Received("POST", b"", f"{FORM}; charset=latin1", b"query=ASK{}"), 415),
        (Received("PATCH", b"query=ASK{}"), 405),
        (Received("GET", b"&".join([b"x"] * (MAX_FIELDS + 1))), 400),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_is_malformed_is_refused(received: Received, status: int) -> None:
    assert refused(received) == status


@given(some.binary(max_size=200))
def test_any_bytes_are_parameters_or_a_problem(encoded: bytes) -> None:
    try:
        pairs = fields(encoded, "the address")
    except Problem as problem:
        assert problem.status == 400
    else:
        again = b"&".join(quote(name).encode() + b"=" + quote(value).encode() for name, value in pairs)
        assert fields(again, "the address") == pairs


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, ("", "utf-8")),
        ("text/turtle", ("text/turtle", "utf-8")),
        ("Text/Turtle;charset=ISO-8859-1", ("text/turtle", "iso-8859-1")),
        (";;=;", ("", "utf-8")),
    ],
)
def test_content_types(header: str | None, expected: tuple[str, str]) -> None:
    assert media_type(header) == expected
