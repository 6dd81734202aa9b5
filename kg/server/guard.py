"""Who may ask at all: the name that a client calls the server by, and the web page that makes a browser ask.

A page of another site can make the browsers of its visitors send requests to a server on loopback. By a name of its
own that it lets point to 127.0.0.1 (DNS rebinding) it could read the answers: so only the server's own names are
answered. By a form it could send an update, by an image start a heavy query: so what a browser marks as coming from
another site is refused, unless its origin was let in with ``--cors``.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.server.problems import Problem
from kg.server.settings import Settings

_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(:[0-9]{0,5})?")
"""uri-host and port (RFC 3986, section 3.2.2): IRIs of answers are made of it."""
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_CROSS: Final = frozenset({"cross-site", "same-site"})


class Guard:
    """Lets through requests that name this server and that no foreign page made; raises Problem for others."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.names = {"localhost", settings.host.lower(), *(name.lower() for name in settings.names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on. Raises Problem 400, 403 or 421."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            _framed(headers)
            self._named(headers.getlist("host"))
            self._of_this_site(scope["method"], headers)
        await self.app(scope, receive, send)

    def _named(self, hosts: list[str]) -> None:
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            raise Problem(
                400, "No Host", "send one Host header, a name or an address and a port (RFC 9112, section 3.2)"
            )
        name = hostname(hosts[0])
        if name in self.names or self._addressed(name):
            return
        detail = "the Host header names another server; start kg serve with --name for each name it is called by"
        raise Problem(421, "Misdirected request", detail)

    def _addressed(self, name: str) -> bool:
        """True for an address of this server: no name, so nobody could have made it point here."""
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not loopback(self.settings.host)

    def _of_this_site(self, method: str, headers: Headers) -> None:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and self._lets_in(origin, headers["host"]):
            return
        foreign_page = site in _CROSS and headers.get("sec-fetch-mode") != "navigate"
        if foreign_page or (origin is not None and method not in _SAFE):
            raise Problem(403, "Request of another site", "a web page of another origin made this request; see --cors")

    def _lets_in(self, origin: str, host: str) -> bool:
        return {origin, "*"} & set(self.settings.origins) != set() or origin.partition("://")[2] == host


def _framed(headers: Headers) -> None:
    """Refuses a request whose end can be read in two ways: whoever stands in front may have read it in the other one
    (RFC 9112, section 6.3). The connection ends with it."""
    if "transfer-encoding" in headers and "content-length" in headers:
        detail = "send Content-Length or Transfer-Encoding, not both"
        raise Problem(400, "Two lengths", detail, headers=(("Connection", "close"),))


def hostname(host: str) -> str:
    """The name or address in a Host header, in small letters; empty where there is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "") if host.isprintable() else ""
    except ValueError:
        return ""


def loopback(host: str) -> bool:
    """True for a host that only this machine can reach."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
