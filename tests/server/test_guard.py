"""By which names a server may be called (Host), from which pages (Origin)."""

from __future__ import annotations

import asyncio

import pytest

from kg.server.guard import Guard, hostname, loopback
from kg.server.problems import Problem
from kg.server.settings import Settings


def passes(settings: Settings, method: str = "GET", **headers: str) -> int:
    """200 where a request is passed on, else the status of its problem."""

    async def nothing(*_: object) -> None:
        return None

    encoded = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "headers": encoded}
    try:
        asyncio.run(Guard(nothing, settings)(scope, nothing, nothing))  # type: ignore[arg-type]
    except Problem as problem:
        return problem.status
    return 200


LOCAL, OPEN = Settings(), Settings(host="0.0.0.0", names=("Graf.example",))


@pytest.mark.parametrize(
    ("settings", "host", "status"),
    [
        (LOCAL, "127.0.0.1:7878", 200),
        (LOCAL, "127.9.9.9", 200),
        (LOCAL, "localhost", 200),
        (LOCAL, "LOCALHOST:1", 200),
        (LOCAL, "[::1]:7878", 200),
        (LOCAL, "192.168.1.2", 421),
        (LOCAL, "localhost.evil.example", 421),
        (LOCAL, "127.0.0.1.evil.example", 421),
        (LOCAL, "evil.example:7878@localhost", 400),
        (LOCAL, "localhost@evil.example", 400),
        (LOCAL, 'localhost:7878/evil?"<>', 400),
        (LOCAL, "localhost:http", 400),
        (LOCAL, "localhost:", 200),
        (LOCAL, "[::1", 400),
        (LOCAL, "[::1%25lo]:7878", 400),
        (LOCAL, "", 421),
        (LOCAL, "local\u00adhost", 400),
        (OPEN, "192.168.1.2:80", 200),
        (OPEN, "[fe80::1]", 200),
        (OPEN, "graf.EXAMPLE", 200),
        (OPEN, "evil.example", 421),
        (Settings(host="graf.local"), "graf.local:7878", 200),
    ],
)
def test_only_its_own_names_are_answered(settings: Settings, host: str, status: int) -> None:
    assert passes(settings, host=host) == status


def test_a_request_without_a_name_is_refused() -> None:
    assert passes(LOCAL) == 400


ORIGINS = Settings(origins=("https://peta.example",))
HERE = "localhost:7878"


@pytest.mark.parametrize(
    ("settings", "method", "headers", "status"),
    [
        (LOCAL, "POST", {"origin": "http://localhost:7878"}, 200),
        (LOCAL, "POST", {"origin": "http://localhost:9999"}, 403),
        (LOCAL, "POST", {"origin": "null"}, 403),
        (LOCAL, "POST", {"origin": "http://["}, 403),
        (LOCAL, "DELETE", {"origin": "https://evil.example"}, 403),
        (LOCAL, "POST", {}, 200),
        (LOCAL, "GET", {"origin": "https://evil.example"}, 200),
        (LOCAL, "GET", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, 403),
        (LOCAL, "GET", {"sec_fetch_site": "same-site", "sec_fetch_mode": "cors"}, 403),
        (LOCAL, "GET", {"sec_fetch_site": "none", "sec_fetch_mode": "navigate"}, 200),
        (LOCAL, "POST", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "origin": "null"}, 403),
        (ORIGINS, "POST", {"origin": "https://peta.example", "sec_fetch_site": "cross-site"}, 200),
        (ORIGINS, "POST", {"origin": "https://peta.example.evil.example"}, 403),
        (Settings(origins=("*",)), "POST", {"origin": "https://any.example"}, 200),
    ],
)
def test_pages_of_others_ask_only_where_they_were_let_in(
    settings: Settings, method: str, headers: dict[str, str], status: int
) -> None:
    assert passes(settings, method, host=HERE, **headers) == status


@pytest.mark.parametrize(
    ("host", "expected"), [("localhost", True), ("127.0.0.2", True), ("::1", True), ("0.0.0.0", False), ("x.y", False)]
)
def test_what_only_this_machine_reaches(host: str, expected: bool) -> None:
    assert loopback(host) is expected


def test_names_are_read_from_host() -> None:
    assert [hostname(host) for host in ("A.example:1", "[::1]:2", "a:b:c", "\x00")] == ["a.example", "::1", "a", ""]
