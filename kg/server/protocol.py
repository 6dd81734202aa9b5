"""Requests of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/, section 2), parsed strictly.

Nothing is guessed: exactly one operation, UTF-8 only, percent-encoding that decodes, a content type that says what
the body is. Whether an operation is allowed here is not decided in this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.errors import BadInput
from kg.rdf.terms import IRI
from kg.server.problems import Problem

FORM: Final = "application/x-www-form-urlencoded"
Kind = Literal["query", "update"]
DIRECT: Final[dict[str, Kind]] = {"application/sparql-query": "query", "application/sparql-update": "update"}
"""Content types of an operation sent as it is, without parameters around it."""
DATASET: Final[dict[Kind, tuple[str, str]]] = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
"""Parameters that name the dataset of an operation (sections 2.1.4 and 2.2.3)."""
MAX_FIELDS: Final = 10_000
"""Parameters of one request. Some 3,000 named graphs were seen with federated engines; beyond it is an attack."""

_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})?")


@dataclass(frozen=True, slots=True)
class Received:
    """What a request of the protocol is made of."""

    method: str
    query_string: bytes
    content_type: str | None = None
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Operation:
    """One query or update with the dataset that the request names for it."""

    kind: Kind
    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def operation(received: Received, kinds: Sequence[Kind] = ("query", "update")) -> Operation:
    """The operation that a request asks for; one of `kinds` is expected at its address.

    Raises Problem: 400 for what is malformed, absent or there twice, 405 for another method, 415 for another content
    type. An update by GET is 400 (section 2.2: updates are sent by POST).
    """
    parameters = fields(received.query_string, "the address")
    if received.method == "POST":
        return _posted(received, parameters, kinds)
    if received.method not in {"GET", "HEAD"}:
        raise not_allowed(received.method, "POST" if kinds == ("update",) else "GET, HEAD, POST")
    if any(name == "update" for name, _ in parameters) or kinds == ("update",):
        raise Problem(400, "Update by GET", "an update is sent by POST, so that no link and no cache can run it")
    return _operation("query", parameters, None)


def not_allowed(method: str, allowed: str) -> Problem:
    """The problem of a method that an address does not know (RFC 9110, section 15.5.6)."""
    return Problem(
        405, "Method not allowed", f"{method} means nothing here; use {allowed}", headers=(("Allow", allowed),)
    )


def fields(encoded: bytes, where: str) -> list[tuple[str, str]]:
    """Names and values of application/x-www-form-urlencoded (URL Standard, section 5.1).

    Raises Problem 400, naming `where`, for percent signs that encode nothing and bytes that are not UTF-8.
    """
    parts = [part for part in encoded.split(b"&") if part]
    if len(parts) > MAX_FIELDS:
        raise Problem(400, "Too many parameters", f"{where} holds more than {MAX_FIELDS} parameters")
    pairs = (part.partition(b"=") for part in parts)
    return [(decoded(name, where), decoded(value, where)) for name, _, value in pairs]


def decoded(encoded: bytes, where: str) -> str:
    """The text of a percent-encoded name or value. Raises Problem 400 where there is none."""
    if any(not found[1] for found in _PERCENT.finditer(encoded)):
        detail = f"{where} holds a % without two hexadecimal digits after it; write a percent sign as %25"
        raise Problem(400, "Malformed percent-encoding", detail)
    plain = _PERCENT.sub(lambda found: bytes([int(found[1], 16)]), encoded.replace(b"+", b" "))
    return utf8(plain, where)


def utf8(body: bytes, where: str) -> str:
    """Bytes read as UTF-8. Raises Problem 400 where they are not."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "Not UTF-8", f"{where} is not UTF-8 at byte {error.start}; encode it so") from None


def media_type(content_type: str | None) -> tuple[str, str]:
    """Type and charset of a Content-Type header, both in small letters; a charset that is not told is UTF-8."""
    essence, *parameters = (content_type or "").split(";")
    pairs = dict(part.strip().lower().partition("=")[::2] for part in parameters)
    return essence.strip().lower(), pairs.get("charset", "utf-8").strip('"')


def absolute(iri: str, parameter: str) -> str:
    """An absolute IRI that a parameter names. Raises Problem 400 for anything else, a relative one above all."""
    try:
        return IRI(iri).value
    except (ValueError, BadInput):
        raise Problem(400, "No absolute IRI", f"{parameter} must be an absolute IRI") from None


def _posted(received: Received, parameters: list[tuple[str, str]], kinds: Sequence[Kind]) -> Operation:
    essence, charset = media_type(received.content_type)
    expected = [name for name, kind in DIRECT.items() if kind in kinds]
    if essence not in {FORM, *expected}:
        given = "no Content-Type is given" if not essence else "the Content-Type is another"
        accepted = ", ".join([FORM, *expected])
        raise Problem(
            415, "Unsupported media type", f"{given}; send one of {accepted}", headers=(("Accept", accepted),)
        )
    if charset not in {"utf-8", "utf8"}:
        raise Problem(415, "Unsupported charset", "operations are UTF-8; leave the charset out, or send charset=utf-8")
    if essence == FORM:
        if any(name == "update" for name, _ in parameters):
            raise Problem(
                400, "Update in the address", "an update is sent in the body (section 2.2.1), where no log keeps it"
            )
        form = parameters + fields(received.body, "the form")
        return _operation(_kind(form, kinds), form, None)
    return _operation(DIRECT[essence], parameters, utf8(received.body, "the body"))


def _kind(form: Sequence[tuple[str, str]], kinds: Sequence[Kind]) -> Kind:
    """What a form asks for; where it asks for nothing, the first kind, whose absence is then told."""
    names = {name for name, _ in form}
    if {"query", "update"} <= names:
        raise Problem(400, "Two operations", "a request holds a query or an update, not both")
    other: set[Kind] = {"query", "update"}
    for kind in (*kinds, *sorted(other - set(kinds))):
        if kind in names:
            if kind not in kinds:
                raise Problem(400, f"No {kind} here", f"this address takes no {kind}; send it to /sparql or /{kind}")
            return kind
    return kinds[0]


def _operation(kind: Kind, parameters: Sequence[tuple[str, str]], text: str | None) -> Operation:
    """The operation among parameters, or the one that came as the body. Raises Problem unless there is one."""
    texts = [value for name, value in parameters if name == kind] + ([] if text is None else [text])
    if len(texts) != 1:
        what = f"no parameter {kind}" if not texts else f"{len(texts)} of {kind}"
        raise Problem(400, f"One {kind} is needed", f"the request holds {what}; send exactly one")
    default, named = (
        tuple(absolute(value, name) for name, value in parameters if name == wanted) for wanted in DATASET[kind]
    )
    return Operation(kind, texts[0], default, named)
