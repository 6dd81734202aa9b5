"""Kinds of stores behind HTTP, as data (``kinds.toml``), and which kind an address is."""

from __future__ import annotations

import re
import tomllib
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from http.client import HTTPException
from importlib.resources import files
from typing import Final

from kg.errors import BadInput
from kg.store import http

ASKING_SECONDS: Final = 10.0
"""Longest silence of a server that is asked what it is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table; its head says what the fields mean."""

    name: str
    title: str
    documentation: str
    tried: str
    root: str
    endings: Sequence[str]
    query: str
    update: str
    batch: int
    graphs: str = ""
    quads: str = ""
    media: str = ""
    form: bool = False
    telling: bool = False
    refused: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    auth: str = "basic"
    counted: int = 1_000
    rows: int = 20_000
    listed: str = "GRAPH ?g { ?s ?p ?o }"

    def root_of(self, address: str, anywhere: bool = False) -> str | None:
        """What stands before an ending of this kind; None where the address is none of this kind.

        `anywhere` takes any root, such as that of a proxy.
        """
        for ending in sorted(self.endings, key=len, reverse=True):
            root = address.removesuffix(ending)
            if address.endswith(ending) and (anywhere or re.fullmatch(self.root, root)):
                return root
        return None

    def sent_by(self, headers: Mapping[str, str]) -> str | None:
        """The header by which an answer shows that it is from a server of this kind."""
        for name, value in self.headers.items():
            if re.search(value, headers.get(name, "")):
                return f"{name}: {headers[name]}"
        return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a store of a known kind is, and how it was recognised."""

    kind: Kind
    root: str
    how: str


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order of the table."""
    table = tomllib.loads((files("kg.store") / "kinds.toml").read_text(encoding="utf-8"))
    return tuple(Kind(**row) for row in table["kind"])


def place(url: str, name: str | None = None) -> Place:
    """The store at an address: of the kind that is named, else of the only one with such addresses, else it is asked.

    Asking is one HEAD without credentials. Raises BadInput where the kind is unknown or has no such address.
    """
    address = http.checked(url).rstrip("/")
    if name is not None:
        return _named(address, name)
    fitting = [Place(kind, root, "by its address") for kind in kinds() if (root := kind.root_of(address)) is not None]
    telling = [each for each in fitting if each.kind.telling]
    ending = [each for each in fitting if each.root != address]
    for some in (telling, ending):
        if len(some) == 1:
            return some[0]
    headers = _asked(address)
    for each in fitting:
        if shown := each.kind.sent_by(headers):
            return replace(each, how=f"by its header {shown}")
    raise BadInput(f"{url}: no store that is recognised; give --kind and an address that ends so:\n{_listed()}")


def _named(address: str, name: str) -> Place:
    for kind in kinds():
        if kind.name == name:
            root = kind.root_of(address, anywhere=True)
            if root is None:
                raise BadInput(f"{address}: no address of {kind.title}; see {kind.documentation}")
            return Place(kind, root, "by --kind")
    raise BadInput(f"--kind {name}: no such kind; give one of these:\n{_listed()}")


def _asked(address: str) -> Mapping[str, str]:
    """The headers with which a server answers, whatever it answers; none where it does not."""
    request = urllib.request.Request(address, headers={"User-Agent": http.AGENT}, method="HEAD")
    try:
        with urllib.request.build_opener().open(request, timeout=ASKING_SECONDS) as reply:
            found = reply.headers
    except urllib.error.HTTPError as error:
        with error:
            found = error.headers
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", "") or error
        raise BadInput(f"{address}: does not answer ({reason}); see whether the server runs") from error
    return {name.lower(): value for name, value in found.items()}


def _listed() -> str:
    return "\n".join(f"  {kind.name:<11} ...{' or ...'.join(filter(None, kind.endings))}" for kind in kinds())
