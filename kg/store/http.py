"""HTTP requests that end: each has a deadline in all, a limit on what it may bring, and a few retries."""

from __future__ import annotations

import http.client
import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import IO, Final, Protocol
from urllib.parse import urlsplit

from kg import __version__
from kg.errors import BadInput
from kg.rdf.terms import IRI

AGENT: Final = f"riwayat/{__version__} (https://w3id.org/riwayat)"
ATTEMPTS: Final = 4
"""With PAUSE doubling, the retries of one request take 3.5 seconds: a restart, not an outage."""
PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 15.0
PASSING: Final = frozenset({429, 500, 502, 503, 504})
"""Statuses that may be gone when asked again; whatever is sent here may be sent twice."""
MAX_BYTES: Final = 256 * 1024 * 1024
"""A longer answer is refused: it would have to be held in memory."""
UNREACHABLE: Final = 0
HOPELESS: Final = -1
_CHUNK: Final = 64 * 1024


class Response(Protocol):
    """What urllib and SPARQLWrapper give for an open connection."""

    @property
    def status(self) -> int:
        """The status code."""

    @property
    def headers(self) -> Message:
        """The headers."""

    def read(self, amount: int) -> bytes:
        """The next bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: status, media type without parameters, body."""

    status: int
    media_type: str
    body: bytes

    @property
    def text(self) -> str:
        """The beginning of the body on one line, for messages."""
        return " ".join(self.body[:2000].decode("utf-8", "replace").split())[:300]


@dataclass(eq=False)
class Failure(Exception):
    """A request that brought no answer to work with."""

    status: int
    """UNREACHABLE where there was no answer, HOPELESS where asking again would bring no other."""
    reason: str
    after: float = 0.0
    """Seconds that the server asks to wait."""

    def __str__(self) -> str:
        """What happened, for people."""
        return f"{self.reason} (status {self.status})" if self.status > 0 else self.reason


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: ``basic`` and ``digest`` have a user and a password, ``bearer`` a token."""

    scheme: str = ""
    user: str = ""
    secret: str = ""

    @classmethod
    def from_environment(cls, names: Mapping[str, str] = os.environ, usual: str = "basic") -> Credentials:
        """Who RIWAYAT_TOKEN, or RIWAYAT_USER, RIWAYAT_PASSWORD and RIWAYAT_AUTH say; else nobody.

        `usual` is the scheme where RIWAYAT_AUTH is not set.
        """
        if token := names.get("RIWAYAT_TOKEN"):
            return cls("bearer", "", token)
        if user := names.get("RIWAYAT_USER"):
            scheme = names.get("RIWAYAT_AUTH", usual).lower()
            if scheme not in {"basic", "digest"}:
                raise BadInput(f"RIWAYAT_AUTH={scheme}: is neither basic nor digest")
            return cls(scheme, user, names.get("RIWAYAT_PASSWORD", ""))
        return cls()

    @property
    def header(self) -> str | None:
        """The value of the Authorization header, where the scheme has a fixed one."""
        from base64 import b64encode

        if self.scheme == "bearer":
            return f"Bearer {self.secret}"
        if self.scheme == "basic":
            return "Basic " + b64encode(f"{self.user}:{self.secret}".encode()).decode()
        return None

    def opener(self, url: str) -> urllib.request.OpenerDirector:
        """An opener that answers a digest challenge of the server of a URL."""
        if self.scheme != "digest":
            return urllib.request.build_opener()
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        origin = urlsplit(url)
        passwords.add_password(None, f"{origin.scheme}://{origin.netloc}/", self.user, self.secret)
        return urllib.request.build_opener(_Digest(passwords))


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Signs every request after the first challenge: else each body would be sent twice (RFC 7616, section 3.6)."""

    challenge: Mapping[str, str] | None = None

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """A request, signed where there was a challenge."""
        if self.challenge and not request.has_header(self.auth_header):  # noqa: SIM102 - two questions
            if signed := self.get_authorization(request, self.challenge):
                request.add_unredirected_header(self.auth_header, f"Digest {signed}")
        return request

    https_request = http_request

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage
    ) -> http.client.HTTPResponse | None:
        """The answer after a challenge, whose own connection is let go of; None where there is no digest to give."""
        try:
            answer: http.client.HTTPResponse | None = super().http_error_401(req, fp, code, msg, headers)
        except BaseException:
            fp.close()
            raise
        if answer is not None:
            fp.close()
        return answer

    def retry_http_digest_auth(self, req: urllib.request.Request, auth: str) -> http.client.HTTPResponse | None:
        """The answer to a request that is sent again, signed; keeps the challenge for the next ones."""
        parts = urllib.request.parse_http_list(auth.partition(" ")[2])
        self.challenge = urllib.request.parse_keqv_list([part for part in parts if part])
        return super().retry_http_digest_auth(req, auth)


def checked(url: str) -> str:
    """A web address, which is an IRI. Raises BadInput for any other (a file, an address without a host)."""
    try:
        parts = urlsplit(IRI(url).value)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise BadInput(f"{url}: is no web address; give one that begins with http:// or https://")
    return url


def patiently(send: Callable[[float], Response], seconds: float, attempts: int = ATTEMPTS) -> Reply:
    """The answer to a request, asked again where the fault may pass; `send` gets the seconds that are left.

    Raises Failure where there is none within the seconds in all.
    """
    end = time.monotonic() + seconds
    pause = PAUSE
    for attempt in range(1, attempts + 1):
        try:
            return _within(end - time.monotonic(), send)
        except Failure as failure:
            wait = max(pause, failure.after)
            passing = failure.status in PASSING or failure.status == UNREACHABLE
            if not passing or attempt == attempts or time.monotonic() + wait >= end:
                raise
            time.sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)
    raise AssertionError("the last attempt returns or raises")


def _within(seconds: float, send: Callable[[float], Response]) -> Reply:
    """One attempt in a thread of its own: a server that trickles cannot hold us beyond the deadline."""
    done: list[Reply | Failure] = []
    thread = threading.Thread(target=lambda: done.append(_attempt(seconds, send)), daemon=True)
    thread.start()
    thread.join(max(seconds, 0.0))
    late = f"no whole answer within {seconds:.0f} seconds" if thread.is_alive() else "the request broke off"
    outcome = done[0] if done else Failure(HOPELESS, late)
    if isinstance(outcome, Failure):
        raise outcome
    return outcome


def _attempt(seconds: float, send: Callable[[float], Response]) -> Reply | Failure:
    try:
        response = send(max(seconds, 0.1))
        return Reply(response.status, response.headers.get_content_type(), _body(response))
    except urllib.error.HTTPError as error:
        with error:
            said = Reply(error.code, "", error.read(2000))
        return Failure(error.code, said.text or str(error.reason), _seconds(error.headers.get("Retry-After")))
    except Failure as failure:
        return failure
    except TimeoutError:
        return Failure(HOPELESS, f"no answer within {seconds:.0f} seconds")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Failure(UNREACHABLE, str(getattr(error, "reason", "") or error) or type(error).__name__)


def _body(response: Response) -> bytes:
    parts, size = [], 0
    while part := response.read(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise Failure(HOPELESS, f"the answer is longer than {MAX_BYTES >> 20} MB; ask for less (LIMIT)")
    announced = response.headers.get("Content-Length")
    if announced is not None and announced != str(size):
        raise Failure(UNREACHABLE, f"the answer was cut short: {size} of {announced} bytes")
    return b"".join(parts)


def _seconds(retry_after: str | None) -> float:
    return float(retry_after) if retry_after and retry_after.isdigit() else 0.0
