"""The token: where it comes from, how it is compared, what happens to who guesses."""

from __future__ import annotations

import hmac
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from kg.errors import Broken
from kg.server import authority
from kg.server.authority import Authority, token
from kg.server.problems import Problem
from kg.server.settings import Settings, given

TOKEN = "kata-sandi-panjang-hanya-untuk-uji-0123456789"


def request(*sent: str, client: str = "127.0.0.1") -> Request:
    headers = [(b"authorization", each.encode("latin-1")) for each in sent]
    return Request({"type": "http", "headers": headers, "client": (client, 1), "method": "PUT", "path": "/"})


def refusal(of: Authority, *sent: str, client: str = "127.0.0.1") -> Problem:
    with pytest.raises(Problem) as found:
        of.check(request(*sent, client=client))
    return found.value


@pytest.mark.parametrize("sent", [f"Bearer {TOKEN}", f"bearer {TOKEN}", f"BEARER  {TOKEN} "])
def test_the_token_lets_in(sent: str) -> None:
    Authority(TOKEN).check(request(sent))


@pytest.mark.parametrize(
    "sent",
    [
        (f"Bearer {TOKEN[:-1]}",),
        (f"Bearer {TOKEN}x",),
        (f"Basic {TOKEN}",),
        (TOKEN,),
        ("Bearer",),
        ("",),
        ("Bearer \xff\xfe",),
        (f"Bearer {TOKEN}", "Bearer x"),
        ("Bearer x", f"Bearer {TOKEN}"),
    ],
)
def test_nothing_else_does(sent: tuple[str, ...]) -> None:
    problem = refusal(Authority(TOKEN), *sent)
    assert problem.status == 401
    assert dict(problem.headers)["WWW-Authenticate"] == 'Bearer realm="riwayat", error="invalid_token"'
    assert TOKEN not in str(problem.document())
    assert dict(refusal(Authority(TOKEN)).headers) == {"WWW-Authenticate": 'Bearer realm="riwayat"'}


def test_it_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    real = hmac.compare_digest

    def noted(one: Any, other: Any) -> bool:
        compared.append((one, other))
        return real(one, other)

    monkeypatch.setattr(authority.hmac, "compare_digest", noted)
    of = Authority(TOKEN)
    of.check(request(f"Bearer {TOKEN}"))
    refusal(of, "Bearer k")
    assert [len(each) for pair in compared for each in pair] == [32] * 4
    assert TOKEN.encode() not in {each for pair in compared for each in pair}


def test_who_guesses_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    of, limits, now = Authority(TOKEN), given("writing"), time.monotonic()
    monkeypatch.setattr(authority.time, "monotonic", lambda: now)
    for _ in range(limits["failures"]):
        assert refusal(of, "Bearer wrong").status == 401
    problem = refusal(of, "Bearer wrong")
    assert problem.status == 429
    assert int(dict(problem.headers)["Retry-After"]) > limits["failures_seconds"] - 2
    of.check(request(f"Bearer {TOKEN}"))  # behind a proxy, or on loopback, who guesses would lock out who writes
    assert refusal(of, "Bearer wrong", client="127.0.0.2").status == refusal(of).status == 401
    now += limits["failures_seconds"] + 1
    assert refusal(of, "Bearer wrong").status == 401


def test_addresses_that_failed_take_no_room_without_end() -> None:
    of, most = Authority(TOKEN), given("writing")["addresses"]
    for number in range(most + 50):
        refusal(of, "Bearer wrong", client=f"2001:db8::{number:x}")
    assert len(of._failures) == most


def test_it_comes_from_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n")
    path.chmod(0o600)
    assert token(path) == (TOKEN, None)
    path.chmod(0o644)
    found, warning = token(path)
    assert (found, warning) == (TOKEN, f"{path}: other users may read the token; chmod 600 {path}")
    monkeypatch.setenv(authority.VARIABLE, TOKEN)
    assert token(None) == (TOKEN, None)
    monkeypatch.delenv(authority.VARIABLE)
    with pytest.raises(Broken, match="writing needs a token"):
        token(None)
    with pytest.raises(Broken, match="cannot be read"):
        token(tmp_path / "none")


@pytest.mark.parametrize("text", ["a" * 31, "a b" * 20, "é" * 40, "a" * 40 + "\nb", "=" * 40])
def test_a_token_that_could_be_guessed_or_sent_otherwise_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(text)
    with pytest.raises(Broken, match="32 or more") as found:
        token(path)
    assert text not in str(found.value)


def test_it_is_not_shown() -> None:
    assert TOKEN not in repr(Settings(token=TOKEN))
