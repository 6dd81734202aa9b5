"""Who may write: whoever knows the token (RFC 6750, section 2.1). It is compared in constant time and logged nowhere.

Somebody who guesses is told to wait after some wrong tokens from one address. The right token is let in all the same:
an address may be a proxy's, or on loopback every program's, and nobody is to lock the writers out. A token has so many
letters that guessing never ends.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import stat
import time
from collections import OrderedDict
from pathlib import Path
from typing import Final

from starlette.requests import Request

from kg.errors import Broken
from kg.server.problems import Problem
from kg.server.settings import given

VARIABLE: Final = "RIWAYAT_SERVE_TOKEN"
SHORTEST: Final = 32
"""Letters of a token at least: with 64 of them 192 bits, where chance chose them."""
LONGEST: Final = 4096
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
_ADVICE: Final = "make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
_CHALLENGE: Final = 'Bearer realm="riwayat"'


def token(file: Path | None) -> tuple[str, str | None]:
    """The token of a file, else of the environment, and what is to be warned about.

    Raises Broken where there is none, or one that could be guessed.
    """
    found = os.environ.get(VARIABLE, "") if file is None else _read(file)
    where = VARIABLE if file is None else str(file)
    if not found:
        raise Broken(f"writing needs a token: give --token-file FILE or {VARIABLE}; {_ADVICE}")
    if len(found) < SHORTEST or _TOKEN.fullmatch(found) is None:
        raise Broken(f"{where}: a token has {SHORTEST} or more of A-Z a-z 0-9 . _ ~ + / -; {_ADVICE}")
    if file is not None and os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return found, f"{file}: other users may read the token; chmod 600 {file}"
    return found, None


class Authority:
    """Lets through requests that have the token."""

    def __init__(self, token: str) -> None:
        self._digest = _digest(token)
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def check(self, request: Request) -> None:
        """Raises Problem 401 where a request has no token or a wrong one, 429 where too many were wrong."""
        sent = request.headers.getlist("authorization")
        if not sent:
            raise _refused("a write needs the server's token; send it as Authorization: Bearer TOKEN", "")
        scheme, _, given_token = sent[0].partition(" ")
        right = hmac.compare_digest(_digest(given_token.strip()), self._digest)
        if len(sent) > 1 or scheme.lower() != "bearer" or not right:
            address = request.client.host if request.client else ""
            self._slow_down(address)
            self._note(address)
            raise _refused("the token is not the server's", ', error="invalid_token"')

    def _slow_down(self, address: str) -> None:
        limits, now = given("writing"), time.monotonic()
        recent = [at for at in self._failures.get(address, ()) if now - at < limits["failures_seconds"]]
        if len(recent) >= limits["failures"]:
            wait = str(round(limits["failures_seconds"] - (now - recent[0])) + 1)
            detail = f"too many wrong tokens came from this address; try again in {wait} seconds"
            raise Problem(429, "Too many wrong tokens", detail, headers=(("Retry-After", wait),))

    def _note(self, address: str) -> None:
        """Remembers the last failures of an address, and forgets the address that failed longest ago."""
        limits = given("writing")
        failed = [*self._failures.pop(address, []), time.monotonic()]
        self._failures[address] = failed[-limits["failures"] :]
        while len(self._failures) > limits["addresses"]:
            self._failures.popitem(last=False)


def _digest(text: str) -> bytes:
    """Of equal length for all texts, so that comparing tells nothing of the length either."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(LONGEST).decode("ascii", "replace").strip()
    except OSError as error:
        raise Broken(f"{file}: cannot be read ({error.strerror or error}); give --token-file another file") from error


def _refused(detail: str, error: str) -> Problem:
    return Problem(401, "Unauthorized", detail, headers=(("WWW-Authenticate", f"{_CHALLENGE}{error}"),))
