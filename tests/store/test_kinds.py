"""Which kind of store an address is: by the address, by what the server says of itself, or as told."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from loopback import handling

from kg.cli.exports import KINDS
from kg.errors import BadInput
from kg.store.kinds import kinds, place

CASES = tomllib.loads((Path(__file__).parent / "kinds_asked.toml").read_text(encoding="utf-8"))["case"]


@contextmanager
def answering(headers: Mapping[str, str], asked: list[str]) -> Iterator[str]:
    """A server that answers with some headers."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            asked.append(f"{self.command} {self.path} {self.headers.get('Authorization')}")
            self.send_response_only(405)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with handling(Handler) as address:
        yield address


@pytest.mark.parametrize("case", CASES, ids=[case["url"] for case in CASES])
def test_the_kind_of_an_address(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIWAYAT_USER", "somebody")
    asked: list[str] = []
    with answering(case.get("answers", {}), asked) as host:
        url = case["url"].replace("HOST", host)
        if "kind" not in case:
            with pytest.raises(BadInput, match="give --kind"):
                place(url)
            return
        found = place(url)
        assert (found.kind.name, found.root) == (case["kind"], case["root"].replace("HOST", host))
        path = url.removeprefix(host) or "/"
        assert asked == ([f"HEAD {path} None"] if "answers" in case else []), "asked once, and without a password"


def test_a_kind_that_is_told_may_be_anywhere() -> None:
    found = place("http://127.0.0.1:8182/sparql", "neptune")
    assert (found.kind.name, found.root, found.how) == ("neptune", "http://127.0.0.1:8182", "by --kind")


@pytest.mark.parametrize(
    ("url", "kind", "message"),
    [
        ("http://h/store", "stardog", "(?s)no such kind.*oxigraph.*neptune"),
        ("http://h/store", "blazegraph", "no address of Blazegraph; see https://"),
        ("ftp://h/store", None, "no web address"),
        ("http://h/my store", None, "no web address"),
        ("http://h:99999/store", None, "no web address"),
        ("http://127.0.0.1:9/x", None, "does not answer"),
    ],
)
def test_what_is_no_store_is_told(url: str, kind: str | None, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        place(url, kind)


def test_the_table_names_its_sources() -> None:
    for kind in kinds():
        assert kind.documentation.startswith("https://"), kind.name
        assert kind.tried in {"server", "documentation"}, kind.name
        assert bool(kind.quads) == bool(kind.media), kind.name
    assert [kind.name for kind in kinds() if kind.tried == "server"] == ["oxigraph", "virtuoso"]


def test_the_help_names_all_kinds() -> None:
    from kg.cli.exports import KINDS

    assert all(kind.name in KINDS for kind in kinds())


def test_help_names_all_kinds() -> None:
    names = KINDS.partition(";")[0].replace(" or ", ", ").split(", ")
    assert sorted(names) == sorted(kind.name for kind in kinds())
